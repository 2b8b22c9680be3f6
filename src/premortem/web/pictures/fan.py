"""What will have been won by the end of each week: the middle, and how far it can lie to either side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from premortem.acts.forecasts.forecast_shown import TotalShown
from premortem.forecasting.totals import FanWeek
from premortem.web.manner import day_written, written
from premortem.web.pictures.alone import Sign
from premortem.web.pictures.scale import about, ticks

WIDTH, HEIGHT = 560, 250
LEFT, RIGHT, TOP, BOTTOM = 86, 20, 20, 214
APART = 92
"""Pixels between two days of the axis, at least."""
LEGEND = (
    Sign("nine", "9 in 10 lie here"),
    Sign("half", "half of the time"),
    Sign("middle", "as often above as below"),
    Sign("average", "average"),
)
Place = Callable[[float], int]


class Fan(NamedTuple):
    """What the template draws: paths, and marks along both axes. `says` is the picture in a sentence."""

    width: int
    height: int
    left: int
    right: int
    bottom: int
    outer: str
    inner: str
    middle: str
    average: str
    amounts: list[tuple[int, str]]
    days: list[tuple[int, str, str]]
    says: str


def fan(total: TotalShown, today: date) -> Fan | None:
    """None where there is no fan."""
    weeks = total.fan
    if not weeks:
        return None
    marks = ticks(max(max(week.high for week in weeks), 1.0))
    last = max((weeks[-1].on - today).days, 1)

    def x(on: date) -> int:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (on - today).days / last)

    def y(amount: float) -> int:
        return round(BOTTOM - (BOTTOM - TOP) * amount / marks[-1])

    places = [x(today), *(x(week.on) for week in weeks)]
    return Fan(
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        right=WIDTH - RIGHT,
        bottom=BOTTOM,
        outer=_band(places, [week.low for week in weeks], [week.high for week in weeks], y),
        inner=_band(places, [week.half_low for week in weeks], [week.half_high for week in weeks], y),
        middle=_line(places, [week.middle for week in weeks], y),
        average=_line(places, [week.expected for week in weeks], y),
        amounts=[(y(one), written(one)) for one in marks],
        days=list(_days(weeks, today, x)),
        says=_says(weeks[-1], total.currency),
    )


def _line(places: Sequence[int], amounts: Sequence[float], y: Place) -> str:
    return "M " + " L ".join(f"{x} {y(amount)}" for x, amount in zip(places, [0.0, *amounts], strict=True))


def _band(places: Sequence[int], low: Sequence[float], high: Sequence[float], y: Place) -> str:
    above = _line(places, high, y)
    below = [f"{x} {y(amount)}" for x, amount in zip(places, [0.0, *low], strict=True)]
    return f"{above} L {' L '.join(reversed(below))} Z"


def _days(weeks: Sequence[FanWeek], today: date, x: Callable[[date], int]) -> Iterator[tuple[int, str, str]]:
    """Today, the last day, and as many between as fit."""
    yield LEFT, "today", "start"
    before, end = LEFT, WIDTH - RIGHT
    for week in weeks[:-1]:
        here = x(week.on)
        if here - before >= APART and end - here >= APART:
            yield here, day_written(week.on), "middle"
            before = here
    yield end, day_written(weeks[-1].on), "end"


def _says(end: FanWeek, currency: str) -> str:
    sure = f"nine times in ten {about(end.low)} to {about(end.high)}"
    half = f"half of the time {about(end.half_low)} to {about(end.half_high)}"
    return f"By {day_written(end.on)}, in {currency}: {about(end.expected)} on average; {half}, {sure}."
