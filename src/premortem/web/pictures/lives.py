"""A deal's life with its blind stretches: each finding from the day it could be seen, shaded until we knew of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from premortem.acts.afterwards.replay import LifeShown, ReplayDocument
from premortem.web.manner import month_written
from premortem.web.pictures.alone import Sign

WIDTH, NAMES, EDGE = 960, 208, 24
TOP, ROW = 56, 24
MONTHS_APART = 62
"""Pixels between two labels of the axis, at least."""
LEGEND = (
    Sign("blind_high", "could be seen, and we did not know: high"),
    Sign("blind_medium", "medium"),
    Sign("blind_low", "low"),
    Sign("stood", "it stood"),
    Sign("acted", "somebody acted"),
    Sign("useful", "the last day on which acting could have changed the end"),
)


class Row(NamedTuple):
    """One finding's life, by the gravest `severity` that it reached.

    `known` is where the blind stretch ends, `end` where it no longer stood; `acted` a place.
    """

    y: int
    name: str
    severity: str
    start: int
    known: int
    end: int
    acted: int | None
    says: str

    @property
    def blind(self) -> int:
        return max(self.known - self.start, 2)

    @property
    def stood(self) -> int:
        return max(self.end - self.start, 2)


class Line(NamedTuple):
    """A day drawn from top to bottom. `end` is how its text is set."""

    x: int
    label_y: int
    kind: str
    says: str
    end: str


class Lives(NamedTuple):
    """What the template draws; `says` is the picture in a sentence."""

    width: int
    height: int
    bottom: int
    months: list[tuple[int, str]]
    touches: list[int]
    rows: list[Row]
    lines: list[Line]
    says: str


class Scale(NamedTuple):
    """Days to places."""

    first: date
    days: int

    def at(self, day: str) -> int:
        share = (date.fromisoformat(day) - self.first).days / self.days
        return round(NAMES + (WIDTH - NAMES - EDGE) * min(max(share, 0.0), 1.0))


def lives(document: ReplayDocument) -> Lives:
    """Every finding that ever stood, the first visible on top."""
    scale = _scale(document)
    on = {step.touch: step.on for step in document.steps}
    bottom = TOP + ROW * len(document.lives)
    return Lives(
        width=WIDTH,
        height=bottom + 34,
        bottom=bottom,
        months=list(_months(scale)),
        touches=[scale.at(step.on) for step in document.steps],
        rows=[_row(number, life, document.as_of, on, scale) for number, life in enumerate(document.lives)],
        lines=list(_lines(document, scale)),
        says=_says(document),
    )


def _row(number: int, life: LifeShown, as_of: str, on: dict[str, str], scale: Scale) -> Row:
    cured = on.get(life.cured_after) if life.cured_after else None
    end = cured or as_of
    known = min(life.known_on or as_of, end)
    name = life.finding.check.replace("_", " ")
    told = f"{name}: could be seen from {life.visible_on}, {life.days_blind} days blind"
    told += f"; acted on {life.acted_on}" if life.acted_on else "; nobody acted"
    return Row(
        y=TOP + number * ROW + ROW // 2,
        name=name,
        severity=life.gravest or life.finding.severity,
        start=scale.at(life.visible_on),
        known=scale.at(known),
        end=scale.at(end),
        acted=scale.at(life.acted_on) if life.acted_on else None,
        says=told,
    )


def _scale(document: ReplayDocument) -> Scale:
    days = [document.as_of, *(step.on for step in document.steps)] + [document.ended_on] * bool(document.ended_on)
    named = [date.fromisoformat(day) for day in days if day]
    return Scale(min(named), max((max(named) - min(named)).days, 14) + 3)


def _months(scale: Scale) -> Iterator[tuple[int, str]]:
    """The first of each month, as many as fit."""
    day = (scale.first.replace(day=1) + timedelta(days=32)).replace(day=1)
    before = NAMES - MONTHS_APART // 2
    while day <= scale.first + timedelta(days=scale.days):
        x = scale.at(day.isoformat())
        if x - before >= MONTHS_APART:
            yield x, month_written(day)
            before = x
        day = (day + timedelta(days=32)).replace(day=1)


def _lines(document: ReplayDocument, scale: Scale) -> Iterator[Line]:
    last_useful = next((life.last_useful for life in document.lives if life.last_useful), None)
    named = [("useful", last_useful, "last day to act"), ("now", document.ended_on, "the end")]
    for number, (kind, day, says) in enumerate((kind, day, says) for kind, day, says in named if day):
        x = scale.at(day)
        yield Line(x, 14 + 14 * number, kind, says, "end" if x > WIDTH - 130 else "start")


def _says(document: ReplayDocument) -> str:
    blind = [life.days_blind for life in document.lives]
    acted = sum(life.acted_on is not None for life in document.lives)
    longest = f"; the longest was unseen for {max(blind)} days" if blind else ""
    return f"{_counted(document.lives)}, {acted} of them acted on{longest}."


def _counted(found: Sequence[LifeShown]) -> str:
    return "1 finding" if len(found) == 1 else f"{len(found)} findings"
