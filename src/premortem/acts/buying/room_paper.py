"""The shared plan on paper (PDF): what a buyer may hand round in their own house. It has no product's name on it.

It is made of what the room shows and of nothing else. What people say to each other beside a step, who agrees, and how
ready they are stays in the room.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache, partial
from typing import Any

import msgspec
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from premortem.acts.buying.paper_fonts import Letters, is_east_asian
from premortem.acts.buying.room import RoomDocument, StepInRoom
from premortem.ledger.saying import on

INK, SOFT, LINE = HexColor(0x1B1F24), HexColor(0x59616B), HexColor(0xC9CED4)
WIDTHS = (36 * mm, 76 * mm, 44 * mm, 18 * mm)
"""By, what, who, hours: as wide as the page between its margins."""
MARGIN, PADDING = 18 * mm, 6
WHOLE, BEGINNING = 60_000, 60
"""Letters that a paper holds as they are, and how many of each text stand on it beyond."""
WHOSE = {"buyer": "Your side", "joint": "Together"}
"""How a paper that goes round calls whose a step is; our side has its name."""


def paper(document: RoomDocument, ours: str, today: date) -> bytes:
    """The plan as a PDF, the same to the byte for the same plan and day. `ours` is how our side is called.

    A plan of more than `WHOLE` letters is cut: what stands beyond begins, and goes on in the plan itself.
    """
    return _paper(msgspec.json.encode(document), ours, today)


@lru_cache(maxsize=16)
def _paper(told: bytes, ours: str, today: date) -> bytes:
    document, whose = _cut(told), {**WHOSE, "ours": ours}
    page = _Page(Letters(_texts(document, whose)))
    story = [*page.head(today), *_about(page, document), *_steps(page, document, whose), *_leaving(page, document)]
    story += _people(page, document)
    story += [Spacer(0, 4 * mm), *(page.says(told, "soft") for told in page.letters.honestly())]
    out = io.BytesIO()
    sheet = SimpleDocTemplate(
        out,
        pagesize=A4,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN,
        title="Our plan",
        author="",
        creator="",
        producer="",
        lang="en",
        invariant=1,
    )
    foot = partial(_foot, f"Our plan, {on(today)}")
    sheet.build(story, onFirstPage=foot, onLaterPages=foot)
    return out.getvalue()


def _cut(told: bytes) -> RoomDocument:
    """Setting letters takes time, and whoever has a link may write: so there is an end to what one paper holds."""
    left = WHOLE

    def cut(value: Any) -> Any:
        nonlocal left
        if isinstance(value, str):
            left -= len(value)
            return value if left > 0 or len(value) <= BEGINNING else f"{value[:BEGINNING]}…"
        if isinstance(value, list):
            return [cut(one) for one in value]
        return {name: cut(one) for name, one in value.items()} if isinstance(value, dict) else value

    return msgspec.convert(cut(msgspec.json.decode(told)), RoomDocument)


class _Page:
    """Paragraphs of a page, set in letters that are there."""

    def __init__(self, letters: Letters) -> None:
        self.letters = letters

    def says(self, text: str, kind: str = "plain") -> Paragraph:
        size, bold, ink, before = {
            "title": (20, True, INK, 0),
            "heading": (12.5, True, INK, 12),
            "name": (9.5, True, INK, 5),
            "strong": (9.5, True, INK, 0),
            "plain": (9.5, False, INK, 0),
            "soft": (8.5, False, SOFT, 0),
        }[kind]
        style = ParagraphStyle(
            kind,
            fontName=self.letters.face(bold),
            fontSize=size,
            leading=size * 1.35,
            textColor=ink,
            spaceBefore=before,
            spaceAfter=2 if kind != "heading" else 4,
            wordWrap="CJK" if is_east_asian(text) else None,
            splitLongWords=1,
            keepWithNext=kind in ("heading", "name"),
        )
        return Paragraph(self.letters.set(text, bold), style)

    def head(self, today: date) -> list[Any]:
        return [self.says("Our plan", "title"), self.says(f"As both sides saw it on {on(today)}", "soft")]

    def part(self, heading: str, *rest: Any) -> list[Any]:
        """A part with its heading; none where there is nothing."""
        return [self.says(heading, "heading"), *rest] if rest else []


def _about(page: _Page, document: RoomDocument) -> list[Any]:
    said = [one for one in document.sayings if one.words]
    told = [shown for one in said for shown in (page.says(one.called, "name"), page.says(one.words))]
    return page.part("What it is about", *told)


def _steps(page: _Page, document: RoomDocument, whose: Mapping[str, str]) -> list[Any]:
    if not document.tasks:
        return page.part("What is to be done", page.says("No step is in the plan yet.", "soft"))
    rows = [[page.says(word, "strong") for word in ("By", "What", "Who", "Hours")]]
    rows += [[_day(page, one), _what(page, one), _who(page, one, whose), _hours(page, one)] for one in document.tasks]
    ruled = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LINEBELOW", (0, 0), (-1, -1), 0.5, LINE)]
    ruled += [("LEFTPADDING", (0, 0), (0, -1), 0), ("TOPPADDING", (0, 0), (-1, -1), 4)]
    table = Table(rows, colWidths=WIDTHS, repeatRows=1, style=TableStyle(ruled), hAlign="LEFT", splitInRow=1)
    heavy = [page.says(one, "soft") for one in document.overfull]
    weeks = [page.says(_busy(one), "soft") for one in document.busy]
    return [page.says("What is to be done", "heading"), table, Spacer(0, 2 * mm), *heavy, *weeks]


def _day(page: _Page, one: StepInRoom) -> Any:
    if one.done is not None:
        return [page.says("Done", "strong"), page.says(on(one.done))]
    return page.says(on(one.due) if one.due else "No day yet", "plain" if one.due else "soft")


def _what(page: _Page, one: StepInRoom) -> list[Any]:
    return [page.says(one.title, "strong"), *([page.says(one.note, "soft")] if one.note else [])]


def _who(page: _Page, one: StepInRoom, whose: Mapping[str, str]) -> list[Any]:
    return [page.says(whose[one.whose]), *([page.says(one.owner_name)] if one.owner_name else [])]


def _hours(page: _Page, one: StepInRoom) -> Any:
    planned = "" if one.hours is None else f"{one.hours:g}"
    return [page.says(planned), *([page.says(f"took {one.taken:g}", "soft")] if one.taken is not None else [])]


def _busy(one: StepInRoom) -> str:
    left = f"{one.hours or 0:g} hours left" + (f" ({one.note})" if one.note else "")
    week = f"week of {on(one.due)}" if one.due else "no week named"
    return f"Busy: {one.owner_name or 'somebody'}, {week}, {left}."


def _leaving(page: _Page, document: RoomDocument) -> list[Any]:
    told = []
    cost = document.nothing.cost
    if cost is not None:
        unit = f" {cost.unit}" if cost.unit else ""
        figure = f"{cost.amount:,g}{unit} a {cost.per}, that is {cost.a_year:,.0f}{unit} a year"
        told.append(page.says(f"Leaving it as it is costs {figure}, by the figure in this plan."))
    for one in document.risks:
        told += [page.says(one.title, "name" if one.note else "strong")]
        told += [page.says(one.note)] if one.note else []
    return page.part("Doing it, or leaving it", *told)


def _people(page: _Page, document: RoomDocument) -> list[Any]:
    told = [page.says(f"{one.name}, {one.title}" if one.title else one.name) for one in document.people]
    return page.part("Who takes part", *told)


def _texts(document: RoomDocument, whose: Mapping[str, str]) -> Iterator[str]:
    """All that may be printed, to know which letters it takes."""
    yield from whose.values()
    yield from (one.words for one in document.sayings)
    for step in (*document.tasks, *document.risks, *document.busy):
        yield from (step.title, step.note, step.owner_name)
    for person in document.people:
        yield from (person.name, person.title)
    if document.nothing.cost is not None:
        yield document.nothing.cost.unit


def _foot(words: str, canvas: Any, sheet: Any) -> None:
    canvas.saveState()
    canvas.setFont("Helvetica", 8)
    canvas.setFillColor(SOFT)
    canvas.drawString(MARGIN + PADDING, MARGIN / 2, words)
    canvas.drawRightString(A4[0] - MARGIN - PADDING, MARGIN / 2, f"Page {sheet.page}")
    canvas.restoreState()
