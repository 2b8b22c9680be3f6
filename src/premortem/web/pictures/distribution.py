"""A period's total as twenty dots, each as likely as any other, with its middle and the range of eight in ten.

A quantile dotplot: people count chances better than they judge the height of a curve (M. Kay et al., When (ish) is My
Bus?, CHI 2016).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from premortem.acts.forecasts.forecast_shown import TotalShown
from premortem.web.manner import day_written, written
from premortem.web.pictures.alone import Sign
from premortem.web.pictures.scale import about, ticks

WIDTH, EDGE = 560, 34
COLUMNS, DOT = 28, 8
"""Places for dots from left to right, and a dot's radius at most."""
TOP, LEGEND_ROW = 34, 44
LOW, MIDDLE, HIGH = 4, 20, 36
"""Where 10%, 50% and 90% stand among fortieths."""
LEGEND = (
    Sign("twentieth", "a dot is 1 of 20 equally likely ends"),
    Sign("eight", "8 in 10 lie here"),
    Sign("middle", "as often above as below"),
)


class Distribution(NamedTuple):
    """What the template draws; `says` is the picture in a sentence."""

    width: int
    height: int
    bottom: int
    radius: int
    dots: list[tuple[int, int]]
    low: int
    high: int
    middle: int
    middle_says: str
    ticks: list[tuple[int, str]]
    says: str
    amounts: Sequence[float]

    @property
    def range_width(self) -> int:
        return max(self.high - self.low, 4)

    @property
    def range_height(self) -> int:
        return self.bottom - 24


def distribution(total: TotalShown, by: date) -> Distribution | None:
    """None where the total has no distribution: nothing is on the forecast, or no deal has ended yet."""
    spread = total.end.spread if total.end is not None else []
    if not spread:
        return None
    most = ticks(max(spread[-2], 1.0))[-1]

    def at(amount: float) -> int:
        return round(EDGE + (WIDTH - 2 * EDGE) * min(amount / most, 1.0))

    dots = list(_dots([spread[place] for place in range(1, len(spread), 2)], most))
    highest = max(row for _, row in dots) + 1
    radius = min(DOT, (WIDTH - 2 * EDGE) // COLUMNS // 2, max(4, 150 // highest // 2))
    bottom = TOP + 2 * radius * highest + 6
    low, middle, high = spread[LOW], spread[MIDDLE], spread[HIGH]
    x = at(middle)
    return Distribution(
        width=WIDTH,
        height=bottom + LEGEND_ROW,
        bottom=bottom,
        radius=radius,
        dots=[(place, bottom - 4 - radius - 2 * radius * row) for place, row in dots],
        low=at(low),
        high=at(high),
        middle=x,
        middle_says=f"middle {about(middle)}",
        ticks=[(at(one), written(one)) for one in ticks(max(spread[-2], 1.0))],
        says=f"Won by {day_written(by)}, in {total.currency}: {in_words(total)}",
        amounts=spread,
    )


def in_words(total: TotalShown) -> str:
    """'as often above 96,000 as below; eight times in ten 0 to 290,000.'"""
    spread = total.end.spread if total.end is not None else []
    if not spread:
        return "nothing can be said of it yet."
    low, middle, high = spread[LOW], spread[MIDDLE], spread[HIGH]
    if not high:
        return "nothing, at least nine times in ten."
    sure = f"eight times in ten {about(low)} to {about(high)}."
    return f"as often above {about(middle)} as below; {sure}" if middle else f"more often than not nothing; {sure}"


def _dots(ends: Sequence[float], most: float) -> Iterator[tuple[int, int]]:
    """Each end's place from the left, and on which row it lies: those that fall together are piled up."""
    piled: dict[int, int] = {}
    step = (WIDTH - 2 * EDGE) / COLUMNS
    for end in ends:
        column = round(min(end / most, 1.0) * COLUMNS)
        row = piled.get(column, 0)
        piled[column] = row + 1
        yield round(EDGE + column * step), row
