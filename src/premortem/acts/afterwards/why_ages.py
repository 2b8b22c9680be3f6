"""How deals ended by their age: the share that was won, lost, and so on by each day of it, over a period.

Ends exclude one another: a deal that was won can no longer be lost. So the shares are those of competing risks. A deal
counts while it was under watch in the period: from its creation or the period's start, whichever is later; one that
went on is counted as open up to the period's last day, and not as lost.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from msgspec import Struct

from premortem.learning.norms import segment
from premortem.records.replays import ENDS, Age

POINTS = 60
TABLE_ROWS = 8


class CurveShown(Struct, frozen=True):
    """The share that had ended so by each of `days`, with the ends of its 95% interval."""

    end: str
    shares: list[float]
    low: list[float]
    high: list[float]


class AgesShown(Struct, frozen=True):
    """Of `deals` under watch, of which `ended` ended in the period; `days` are ages, `at_risk` how many were open and
    under watch at each. `rows` are the places of the days that a table shows."""

    deals: int
    ended: int
    days: list[int]
    at_risk: list[int]
    curves: list[CurveShown]
    rows: list[int]


class _Watched(NamedTuple):
    """A deal under watch: its ages in days at the start and the end of it, and which of ENDS ended it (0 for none)."""

    since: int
    until: int
    end: int


def ages(told: Iterable[Age], first: date, last: date, of_segment: str = "") -> AgesShown | None:
    """How deals under watch from `first` to `last` ended by their age; None where none of them ended."""
    watched = list(_watched(told, first, last, of_segment))
    if not any(one.end for one in watched):
        return None
    from premortem.forecasting.cumulative_incidence import AalenJohansen  # loads much; only who asks pays for it

    fitted = AalenJohansen(ENDS, 0.95).fit(
        [one.until + 0.5 for one in watched], [one.end for one in watched], [one.since - 0.5 for one in watched]
    )
    begun, over = sorted(one.since for one in watched), sorted(one.until for one in watched)
    oldest = max(one.until for one in watched if one.end)
    step = max(1, -(-oldest // POINTS))
    days = list(range(0, oldest + step, step))
    places = fitted.ages_.searchsorted([day + 0.5 for day in days], side="right")
    lows, highs = fitted.interval_[..., 0], fitted.interval_[..., 1]
    return AgesShown(
        deals=len(watched),
        ended=sum(one.end > 0 for one in watched),
        days=days,
        at_risk=[bisect_right(begun, day) - bisect_left(over, day) for day in days],
        curves=[
            CurveShown(
                end,
                *(
                    [0.0 if not place else float(of[place - 1, number]) for place in places]
                    for of in (fitted.cumulative_incidence_, lows, highs)
                ),
            )
            for number, end in enumerate(ENDS)
            if any(one.end == number + 1 for one in watched)
        ],
        rows=sorted({round(place * (len(days) - 1) / (TABLE_ROWS - 1)) for place in range(1, TABLE_ROWS)}),
    )


def _watched(told: Iterable[Age], first: date, last: date, of_segment: str) -> Iterator[_Watched]:
    for one in told:
        born, died = one.created.date(), one.ended.date() if one.ended else None
        over = died is not None and (died < first or died < born)
        if born > last or over or (of_segment and segment(one.amount, one.currency) != of_segment):
            continue
        ended = died is not None and died <= last
        until = died if ended and died is not None else last
        end = ENDS.index(one.status) + 1 if ended else 0
        yield _Watched(max(0, (first - born).days), (until - born).days, end)
