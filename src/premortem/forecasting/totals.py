"""A period's total as a distribution, made of single deals that share one market.

fan(amounts, incidence, …)      the sum won by the end of each week, as quantiles
correlation(won_of_ended)       how strongly deals move together, from the firm's own quarters, or assumed
slips(deal, day)                how often its close was moved, and how long nothing has changed
coverage(…)                     what is still open, weighed by its evidence, against what is wanted
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.stats import multivariate_normal, norm

from premortem.ledger.deal import Change, Deal

Array = NDArray[np.float64]

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
"""Nine in ten lie between the outer two, half between the inner two."""
FORTIETHS = np.linspace(0, 1, 41)
DRAWS = 4_000
AT_ONCE = 256
ASSUMED = 0.1
ENOUGH_QUARTERS = 8
ENOUGH_IN_A_QUARTER = 5
UNCHANGED_DAYS = 120
"""Four months on the forecast without any change: the deal is there by habit."""


class Fan(NamedTuple):
    """The sum won by the end of each week: `mean` (weeks,), `quantiles` (weeks, levels), in the order of LEVELS.

    `spread` (41,) is the last week's sum at every fortieth of its distribution, from the smallest to the largest.
    """

    mean: Array
    quantiles: Array
    spread: Array


class Correlation(Struct, frozen=True):
    """How strongly deals are won and lost together (0..1), and where the figure comes from."""

    value: float
    source: str


class Slips(Struct, frozen=True):
    """`times` the planned close was moved to a later day, by `days` in all; `unchanged_days` since anything in the
    CRM's row changed, None where nothing ever stood in it."""

    times: int
    days: int
    unchanged_days: int | None

    @property
    def stale(self) -> bool:
        return self.unchanged_days is not None and self.unchanged_days >= UNCHANGED_DAYS


def fan(amounts: Array, incidence: Array, together: float, draws: int = DRAWS, seed: int = 20260101) -> Fan:
    """The distribution of the sum won, week by week.

    amounts: (n,). incidence: (m, n, weeks), the chance of each deal to be won by the end of each week under m equally
    likely versions of what is not known for sure (m is 1 where there is but one). together: the correlation, 0..1.
    Each deal's luck is sqrt(together) of the market's and the rest its own: the Gaussian copula with one factor
    (O. Vasicek, Loan portfolio value, Risk 15 (2002) 160-162). Raises ValueError where shapes don't fit.
    """
    versions, deals, weeks = incidence.shape
    if amounts.shape != (deals,) or not 0 <= together < 1:
        raise ValueError(f"{amounts.shape} amounts, incidence {incidence.shape} and a correlation of {together}")
    each = max(1, draws // versions)
    luck = np.random.default_rng(seed)
    market = luck.standard_normal((versions, each, 1)) * np.sqrt(together)
    sums = np.zeros((versions, each, weeks))
    for start in range(0, deals, AT_ONCE):
        here = slice(start, start + AT_ONCE)
        own = luck.standard_normal((versions, each, len(amounts[here]))) * np.sqrt(1 - together)
        rank = norm.cdf(market + own)
        for week in range(weeks):
            sums[:, :, week] += (rank < incidence[:, None, here, week]) @ amounts[here]
    flat = sums.reshape(-1, weeks)
    return Fan(flat.mean(axis=0), np.quantile(flat, LEVELS, axis=0).T, np.quantile(flat[:, -1], FORTIETHS))


def correlation(won_of_ended: Iterable[tuple[int, int]]) -> Correlation:
    """From each past quarter's (won, ended): by how much quarters differ more than chance alone would have them.

    By the method of moments: the share of pairs within a quarter that were won both is the chance of two standard
    normals with this correlation to lie below the same threshold (M. Gordy, A comparative anatomy of credit risk
    models, J. Bank. Finance 24 (2000) 119-149). Too few quarters, and it is assumed.
    """
    quarters = [(won, of) for won, of in won_of_ended if of >= ENOUGH_IN_A_QUARTER]
    won, of = sum(one for one, _ in quarters), sum(one for _, one in quarters)
    if len(quarters) < ENOUGH_QUARTERS or won in (0, of):
        return Correlation(
            ASSUMED,
            f"assumed: fewer than {ENOUGH_QUARTERS} quarters with {ENOUGH_IN_A_QUARTER} or more ended deals to "
            "measure it from",
        )
    both = sum(some * (some - 1) for some, _ in quarters) / sum(all_ * (all_ - 1) for _, all_ in quarters)
    threshold = float(norm.ppf(won / of))

    def too_many(together: float) -> float:
        return float(multivariate_normal.cdf([threshold] * 2, cov=[[1, together], [together, 1]])) - both

    value = 0.0 if too_many(0.0) >= 0 else 0.9 if too_many(0.9) <= 0 else float(brentq(too_many, 0.0, 0.9, xtol=1e-4))
    return Correlation(round(value, 3), f"measured on {len(quarters)} quarters with {of} of your own ended deals")


def slips(deal: Deal, day: date) -> Slips:
    """How often and how far a deal's planned close was moved later, and since when its row has stood still."""
    days = [date.fromisoformat(str(change.value)) for change in deal.planned_closes if change.value]
    later = [(after - before).days for before, after in pairwise(days) if after > before]
    changed = [change.at.date() for change in _changes(deal)]
    return Slips(len(later), sum(later), (day - max(changed)).days if changed else None)


def _changes(deal: Deal) -> Sequence[Change]:
    return (*deal.stages, *deal.amounts, *deal.planned_closes)


def coverage(wanted: float, backed: float) -> float | None:
    """How many times what rests on evidence covers what is wanted; None where nothing is wanted."""
    return backed / wanted if wanted > 0 else None


class FanWeek(Struct, frozen=True):
    """What will have been won by the end of a week: the middle, half of the time between the inner ends, nine times in
    ten between the outer ones. `spread` is the last week's whole distribution, at each fortieth of it."""

    on: date
    expected: float
    low: float
    half_low: float
    middle: float
    half_high: float
    high: float
    spread: list[float] = []


def by_week(amounts: Sequence[float], incidence: Array, together: float, ends: Sequence[date]) -> list[FanWeek]:
    """The fan (see `fan`) as plain figures, a line for each week, which ends on a day of `ends`."""
    found = fan(np.asarray(amounts, dtype=np.float64), incidence, together)
    weeks = [
        FanWeek(on, float(mean), low, half_low, middle, half_high, high)
        for on, mean, (low, half_low, middle, half_high, high) in zip(
            ends, found.mean, found.quantiles.tolist(), strict=True
        )
    ]
    return [*weeks[:-1], replace(weeks[-1], spread=found.spread.tolist())]
