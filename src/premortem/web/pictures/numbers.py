"""A deal's history on the forecast: the category it stood in, its chance where there was one, and what moved it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from premortem.acts.forecasts.forecast_history import Moment
from premortem.acts.forecasts.forecast_shown import CATEGORY
from premortem.forecasting.categories import CATEGORIES
from premortem.web.manner import day_written, month_written
from premortem.web.pictures.alone import Sign

WIDTH, LEFT, EDGE, TOP = 860, 140, 24, 30
ROW, ROOM = 30, 110
"""A category's row; the room for chances beneath."""
APART, AT_LEAST = 86, 14
LEGEND = (
    Sign("placed", "stood in this category"),
    Sign("moved", "a touch moved it"),
    Sign("chance", "chance to be won, by what was learned"),
    Sign("rep_call", "the rep's own call"),
    Sign("written", "written down"),
)


class Mark(NamedTuple):
    """A point: `kind` is moved, chance, rep_call or written."""

    x: int
    y: int
    kind: str
    says: str


class NumbersPicture(NamedTuple):
    """What the template draws; `says` is the picture in a sentence."""

    width: int
    height: int
    left: int
    right: int
    bottom: int
    rows: list[tuple[int, str]]
    stretches: list[tuple[int, int, int]]
    marks: list[Mark]
    shares: list[tuple[int, str]]
    line: str
    days: list[tuple[int, str]]
    says: str


class Scale(NamedTuple):
    """Days to places."""

    first: date
    days: int

    def at(self, on: date) -> int:
        share = (on - self.first).days / self.days
        return round(LEFT + (WIDTH - LEFT - EDGE) * min(max(share, 0.0), 1.0))


def numbers(history: Sequence[Moment], today: date) -> NumbersPicture | None:
    """None where nothing ever moved it and nothing was written down."""
    if not history:
        return None
    first = min(one.on for one in history)
    scale = Scale(first, max((today - first).days, AT_LEAST))
    numbered = any(one.won is not None for one in history)
    rows = TOP + ROW * len(CATEGORIES)
    bottom = rows + ROOM if numbered else rows
    return NumbersPicture(
        width=WIDTH,
        height=bottom + 26,
        left=LEFT,
        right=WIDTH - EDGE,
        bottom=bottom,
        rows=[(_row(name), CATEGORY[name]) for name in CATEGORIES],
        stretches=list(_stretches(history, today, scale)),
        marks=[*_moved(history, scale), *_chances(history, scale, bottom)],
        shares=[(_height(share / 2, bottom), f"{50 * share}%") for share in range(3)] if numbered else [],
        line=_line(history, scale, bottom),
        days=list(_days(scale)),
        says=_says(history),
    )


def _row(category: str) -> int:
    place = next(number for number, name in enumerate(CATEGORIES) if name == category)
    return TOP + ROW * place + ROW // 2 - 6


def _height(share: float, bottom: int) -> int:
    return round(bottom - 8 - (ROOM - 30) * share)


def _touched(history: Sequence[Moment]) -> list[Moment]:
    return [one for one in history if one.touch is not None and one.category is not None]


def _stretches(history: Sequence[Moment], today: date, scale: Scale) -> Iterator[tuple[int, int, int]]:
    """From where to where, and on which row, it stood in a category."""
    placed = _touched(history)
    ends = [*(one.on for one in placed[1:]), today]
    for one, end in zip(placed, ends, strict=True):
        start = scale.at(one.on)
        yield start, max(scale.at(end) - start, 2), _row(one.category or "")


def _moved(history: Sequence[Moment], scale: Scale) -> Iterator[Mark]:
    for one in _touched(history):
        yield Mark(scale.at(one.on), _row(one.category or ""), "moved", one.touch or "")


def _chances(history: Sequence[Moment], scale: Scale, bottom: int) -> Iterator[Mark]:
    for one in history:
        if one.won is not None and one.method != "stage":
            kind = "chance" if one.method is None else "rep_call" if one.method == "rep" else "written"
            yield Mark(scale.at(one.on), _height(one.won, bottom), kind, one.called or one.touch or "")


def _line(history: Sequence[Moment], scale: Scale, bottom: int) -> str:
    """The learned chance from touch to touch."""
    found = [(scale.at(one.on), _height(one.won, bottom)) for one in history if one.touch and one.won is not None]
    return "M " + " L ".join(f"{x} {y}" for x, y in found) if len(found) > 1 else ""


def _days(scale: Scale) -> Iterator[tuple[int, str]]:
    """The first of each month, as many as fit; a short life by its first day."""
    day = (scale.first.replace(day=1) + timedelta(days=32)).replace(day=1)
    before = LEFT - APART
    if day > scale.first + timedelta(days=scale.days):
        yield LEFT, day_written(scale.first)
    while day <= scale.first + timedelta(days=scale.days):
        if scale.at(day) - before >= APART:
            before = scale.at(day)
            yield before, month_written(day)
        day = (day + timedelta(days=32)).replace(day=1)


def _says(history: Sequence[Moment]) -> str:
    moved = _touched(history)
    told = "; ".join(f"{day_written(one.on)} {CATEGORY[one.category or '']} by {one.touch}" for one in moved[-6:])
    return f"{len(moved)} touches moved it: {told}." if moved else "No touch has moved it yet."
