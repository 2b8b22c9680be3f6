"""The five questions as a picture: how often the answer was yes, by how deals ended, each share with its interval."""

from __future__ import annotations

from typing import NamedTuple

from premortem.acts.afterwards.why import EndAnswered, WhyDocument
from premortem.web.pictures.alone import Sign

WIDTH, NAMES, COUNTS = 960, 208, 150
ROW, HEAD, TOP = 22, 30, 26
LEGEND = (Sign("dot", "the share of yes, where it is known"), Sign("reach", "where the truth lies, 95 times in 100"))
TENTHS = (0, 25, 50, 75, 100)


class Dot(NamedTuple):
    """A share: where it stands, and the ends of its interval; no `x` where it is not known in any deal."""

    y: int
    name: str
    end: str
    x: int | None
    low: int
    high: int
    counts: str
    counts_x: int


class Block(NamedTuple):
    """A question and its rows."""

    y: int
    asked: str
    dots: list[Dot]


class FiveQuestions(NamedTuple):
    """What the template draws; `says` is the picture in a sentence."""

    width: int
    height: int
    bottom: int
    marks: list[tuple[int, str]]
    blocks: list[Block]
    says: str


def five_questions(document: WhyDocument) -> FiveQuestions:
    """A row for each way in which deals ended, under each question."""
    blocks, y = [], TOP
    for one in document.questions:
        dots = [_dot(y + HEAD + ROW * number, end) for number, end in enumerate(one.by_end)]
        blocks.append(Block(y + HEAD - 12, one.asked, dots))
        y += HEAD + ROW * len(one.by_end) + 4
    return FiveQuestions(WIDTH, y + 24, y, [(_at(one / 100), f"{one}%") for one in TENTHS], blocks, _says(document))


def _dot(y: int, end: EndAnswered) -> Dot:
    share = end.yes.share
    counts = f"{end.yes.some} of {end.yes.of}" + (", few" if end.yes.few and end.yes.of else "")
    counts += f"; {end.unknown} unknown" if end.unknown else ""
    x, low, high = (None, 0, 0) if share is None else (_at(share.value), _at(share.low), _at(share.high))
    return Dot(y + ROW // 2, end.called, end.end, x, low, high, counts, WIDTH - COUNTS + 14)


def _at(share: float) -> int:
    return round(NAMES + (WIDTH - NAMES - COUNTS) * share)


def _says(document: WhyDocument) -> str:
    """Each question in a sentence."""
    return " ".join(
        f"{one.asked} " + ", ".join(f"{end.called}: yes in {end.yes.some} of {end.yes.of}" for end in one.by_end) + "."
        for one in document.questions
    )
