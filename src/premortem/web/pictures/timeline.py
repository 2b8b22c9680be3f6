"""The timeline: touches by person and side, findings where they became visible, stages, and the dates of both sides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from premortem.acts.looking.deal_page import DealPage, PersonOnPage, TouchOnPage
from premortem.web.manner import month_written
from premortem.web.pictures.alone import Sign

WIDTH, NAMES, EDGE = 960, 168, 24
TOP, LANE, FLAGS = 44, 26, 34
LANES = 10
"""How many people get a lane of their own; the table beneath shows all."""
NAME = 22
GRAVITY = ("high", "medium", "low")
MONTHS_APART = 62
"""Pixels between two labels of the axis, at least."""
LEGEND = (
    Sign("call", "call"),
    Sign("mail", "mail"),
    Sign("note", "note"),
    Sign("there", "there, not heard"),
    Sign("ours", "our side"),
    Sign("theirs", "the others"),
    Sign("flag", "findings, in the gravest’s colour"),
)


class Mark(NamedTuple):
    """A touch in somebody's lane: `kind` gives the shape, `heard` fills it."""

    x: int
    y: int
    kind: str
    side: str
    heard: bool
    says: str


class Flag(NamedTuple):
    """The findings that could first be seen on a day, by the gravest; how many `findings`."""

    x: int
    y: int
    severity: str
    findings: int
    says: str


class Lane(NamedTuple):
    y: int
    name: str


class Stretch(NamedTuple):
    """The time that a stage lasted; `says` is empty where there is no room for it."""

    x: int
    width: int
    says: str
    odd: bool


class Line(NamedTuple):
    """A date drawn from top to bottom: ours, theirs, or the day from which we look. `end` is how its text is set."""

    x: int
    label_y: int
    kind: str
    says: str
    end: str


class Timeline(NamedTuple):
    """What the template draws; `says` is the picture in a sentence."""

    width: int
    height: int
    bottom: int
    stage_y: int
    months: list[tuple[int, str]]
    lanes: list[Lane]
    marks: list[Mark]
    flags: list[Flag]
    stages: list[Stretch]
    lines: list[Line]
    says: str


class Scale(NamedTuple):
    """Days to places."""

    first: date
    days: int

    def at(self, day: str | date) -> int:
        moment = date.fromisoformat(day) if isinstance(day, str) else day
        share = (moment - self.first).days / self.days
        return round(NAMES + (WIDTH - NAMES - EDGE) * min(max(share, 0.0), 1.0))


def timeline(page: DealPage) -> Timeline:
    """Where everything stands on one axis of days, from the deal's first to the last that anybody named."""
    scale = _scale(page)
    people = [one for one in page.people if one.side != "seller" and _took_part(one, page.touches)]
    shown = sorted(people, key=lambda one: _first(one, page.touches))[:LANES]
    lanes = [Lane(TOP + FLAGS + number * LANE, _short(one.name)) for number, one in enumerate(shown)]
    ours = Lane(TOP + FLAGS + len(lanes) * LANE, "Our side")
    place = {one.id: lane.y for one, lane in zip(shown, lanes, strict=True)}
    place |= {one.id: ours.y for one in page.people if one.side == "seller"}
    bottom = ours.y + LANE
    return Timeline(
        width=WIDTH,
        height=bottom + 44,
        bottom=bottom,
        stage_y=bottom + 8,
        months=list(_months(scale)),
        lanes=[*lanes, ours],
        marks=list(_marks(page, place, ours.y, scale)),
        flags=list(_flags(page, scale)),
        stages=list(_stages(page, scale)),
        lines=list(_lines(page, scale)),
        says=_says(page),
    )


def visible_on(page: DealPage) -> dict[str, list[tuple[str, str]]]:
    """The severity and sentence of each finding, by the day on which it could first be seen."""
    day = {touch.name: touch.on for touch in page.touches}
    found: dict[str, list[tuple[str, str]]] = {}
    for one in page.review.findings:
        if one.first_visible in day:
            found.setdefault(day[one.first_visible], []).append((one.severity, one.says))
    return dict(sorted(found.items()))


def _scale(page: DealPage) -> Scale:
    named = [page.review.as_of, *(one.on for one in page.touches), *(one.on for one in page.stages)]
    named += [day for day in (page.review.deal.planned_close, page.buyers_day) if day]
    first = min(date.fromisoformat(day) for day in [page.first_day, page.review.as_of])
    last = max([first + timedelta(days=14), *(date.fromisoformat(day) for day in named)])
    return Scale(first, (last - first).days + 3)


def _months(scale: Scale) -> Iterator[tuple[int, str]]:
    """The first of each month, as many as fit; January with its year."""
    day = (scale.first.replace(day=1) + timedelta(days=32)).replace(day=1)
    before = NAMES - MONTHS_APART // 2
    while day <= scale.first + timedelta(days=scale.days):
        x = scale.at(day)
        if x - before >= MONTHS_APART:
            yield x, month_written(day)
            before = x
        day = (day + timedelta(days=32)).replace(day=1)


def _took_part(one: PersonOnPage, touches: Sequence[TouchOnPage]) -> bool:
    return any(one.id in touch.heard or one.id in touch.there for touch in touches)


def _first(one: PersonOnPage, touches: Sequence[TouchOnPage]) -> int:
    return next(number for number, touch in enumerate(touches) if one.id in touch.heard or one.id in touch.there)


def _marks(page: DealPage, place: Mapping[str, int], ours: int, scale: Scale) -> Iterator[Mark]:
    for touch in page.touches:
        lanes: dict[int, bool] = {}
        for person in [*touch.heard, *touch.there]:
            if person in place:
                lanes.setdefault(place[person], person in touch.heard)
        for y, heard in lanes.items():
            side = "ours" if y == ours else "theirs"
            yield Mark(scale.at(touch.on), y, touch.kind, side, heard, f"{touch.kind}, {touch.on}: {touch.name}")


def _flags(page: DealPage, scale: Scale) -> Iterator[Flag]:
    for day, found in visible_on(page).items():
        gravest = min((severity for severity, _ in found), key=GRAVITY.index)
        yield Flag(scale.at(day), TOP + 6, gravest, len(found), "; ".join(says for _, says in found))


def _stages(page: DealPage, scale: Scale) -> Iterator[Stretch]:
    ends = [*(one.on for one in page.stages[1:]), page.review.as_of]
    for number, (stage, end) in enumerate(zip(page.stages, ends, strict=False)):
        x = scale.at(stage.on)
        width = max(scale.at(end) - x, 3)
        fits = width >= 8 * len(stage.value)
        yield Stretch(x, width, stage.value if fits else "", number % 2 == 1)


def _lines(page: DealPage, scale: Scale) -> Iterator[Line]:
    named = [("now", page.review.as_of, "seen from here")]
    named += [("plan", day, "our close") for day in [page.review.deal.planned_close] if day]
    named += [("theirs-date", day, "buyer's date") for day in [page.buyers_day] if day]
    placed = sorted(((scale.at(day), kind, says) for kind, day, says in named), key=lambda one: one[0])
    for number, (x, kind, says) in enumerate(placed):
        yield Line(x, 12 + 13 * (number % 3), kind, says, "end" if x > WIDTH - 110 else "start")


def _short(name: str) -> str:
    return name if len(name) <= NAME else name[: NAME - 1].rstrip() + "…"


def _says(page: DealPage) -> str:
    touches, found = len(page.touches), len(page.review.findings)
    ours, theirs = page.review.deal.planned_close or "none", page.buyers_day or "none that could be read"
    return f"{touches} touches, {found} findings; our planned close: {ours}; the buyer's date: {theirs}."
