"""What a method promised against what came: a mark for each group of forecasts, with its interval."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from premortem.acts.forecasts.forecast_record import RecordShown
from premortem.forecasting.scores import Bin
from premortem.web.pictures.alone import Sign

SIZE, LEFT, TOP = 260, 46, 12
WIDTH, HEIGHT = LEFT + SIZE + 24, TOP + SIZE + 46
FEW = 10
"""Forecasts in a group below which its mark is hollow."""
LEGEND = (
    Sign("true", "said 30%, and 30% came"),
    Sign("held", "a group of forecasts, with its 90% interval"),
    Sign("few_held", f"fewer than {FEW} forecasts: mostly luck"),
)


class Mark(NamedTuple):
    """A group of forecasts: where it stands, from where to where its interval goes, and whether it holds but few."""

    x: int
    y: int
    high: int
    low: int
    few: bool


class Calibration(NamedTuple):
    """What the template draws; `says` is the picture in a sentence."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    shares: list[tuple[int, int, str]]
    marks: list[Mark]
    says: str


def calibration(shown: RecordShown) -> Calibration | None:
    """None where no number of this method has come due."""
    if shown.record is None:
        return None
    bins = [one for one in shown.record.calibration if one.of]
    return Calibration(
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        right=LEFT + SIZE,
        top=TOP,
        bottom=TOP + SIZE,
        shares=[(_x(share / 4), _y(share / 4), f"{25 * share}%") for share in range(5)],
        marks=list(_marks(bins)),
        says=_says(shown, bins),
    )


def _x(share: float) -> int:
    return round(LEFT + SIZE * share)


def _y(share: float) -> int:
    return round(TOP + SIZE * (1 - share))


def _marks(bins: list[Bin]) -> Iterator[Mark]:
    for one in bins:
        low, high = _y(one.share_low), _y(one.share_high)
        yield Mark(_x(one.forecast), _y(one.share), high, low, one.of < FEW)


def _says(shown: RecordShown, bins: list[Bin]) -> str:
    told = "; ".join(f"said {one.forecast:.0%}, came {one.share:.0%} of {one.of}" for one in bins)
    return f"{shown.called}: {told}."
