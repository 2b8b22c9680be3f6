"""How a method has done: its forecasts held against what came, deal by deal and period by period."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from msgspec import Struct

from premortem.forecasting.scores import Bin, brier_score, expected_calibration_error, log_loss, reliability, wilson

ENOUGH_DEALS = 20
"""Below this many deals a record tells more of luck than of the method."""
BINS = 5


class Held(NamedTuple):
    """A forecast made on a day, that a deal is won by a day: its chance (0..1), and whether that came true."""

    deal: str
    on: date
    by: date
    chance: float
    came_true: bool
    amount: float | None
    currency: str


class PeriodError(Struct, frozen=True):
    """How far the sums forecast lay from what came, over `periods` (a day's forecasts for a day) in one currency.

    `mape` is the mean absolute error as a share of what came, `bias` the same with its sign: above 0 it promised too
    much. Periods that brought nothing have no such share; `without` counts them.
    """

    currency: str
    periods: int
    without: int
    mape: float | None
    bias: float | None


class TrackRecord(Struct, frozen=True):
    """Each deal weighs one, however often it was forecast. `promised` is the mean chance, `came` the share that came
    true with its 90% interval; `calibration` the same in bins, each forecast counted."""

    forecasts: int
    deals: int
    brier: float
    log_loss: float
    calibration_error: float
    promised: float
    came: float
    came_low: float
    came_high: float
    calibration: list[Bin]
    totals: list[PeriodError]

    @property
    def enough(self) -> bool:
        return self.deals >= ENOUGH_DEALS


def track_record(held: Sequence[Held]) -> TrackRecord | None:
    """The record of these forecasts; None where there is none."""
    if not held:
        return None
    often = Counter(one.deal for one in held)
    weight = [1 / often[one.deal] for one in held]
    true, chance = [float(one.came_true) for one in held], [one.chance for one in held]
    deals = len(often)
    came = sum(each * came for each, came in zip(weight, true, strict=True)) / deals
    low, high = wilson(round(came * deals), deals)
    return TrackRecord(
        forecasts=len(held),
        deals=deals,
        brier=brier_score(true, chance, weight),
        log_loss=log_loss(true, chance, weight),
        calibration_error=expected_calibration_error(true, chance, weight=weight),
        promised=sum(each * told for each, told in zip(weight, chance, strict=True)) / deals,
        came=came,
        came_low=low,
        came_high=high,
        calibration=reliability(true, chance, BINS),
        totals=period_errors(held),
    )


def period_errors(held: Sequence[Held]) -> list[PeriodError]:
    """The error of the sums, by currency: the sum of amount times chance on a day, against the amounts that came."""
    sums: dict[tuple[str, date, date], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for one in held:
        if one.amount is not None:
            told = sums[one.currency, one.on, one.by]
            told[0] += one.amount * one.chance
            told[1] += one.amount * one.came_true
    found = []
    for currency in sorted({currency for currency, _, _ in sums}):
        periods = [told for (of, _, _), told in sums.items() if of == currency]
        errors = [(said - came) / came for said, came in periods if came > 0]
        found.append(
            PeriodError(
                currency=currency,
                periods=len(periods),
                without=len(periods) - len(errors),
                mape=sum(map(abs, errors)) / len(errors) if errors else None,
                bias=sum(errors) / len(errors) if errors else None,
            )
        )
    return found
