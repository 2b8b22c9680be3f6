"""How open deals will end within some weeks: by what was learned where that tells anything, else at the base rate."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from premortem.forecasting.learned import Learned
from premortem.forecasting.methods import ENOUGH_CLOSED, Chance, Method
from premortem.forecasting.weeks import CAUSES, WEEK, Pace

Array = NDArray[np.float64]

LEVEL = 0.9
VERSIONS = 20


class Outlook:
    """The chances of n open deals over the coming weeks. Nothing is said of a single one while deals are too few.

    pace: how fast the firm's deals end. learned: what its closed deals teach. ages (n,): in whole weeks.
    evidence: (n, features). single: whether enough deals have ended for single deals to get a number.
    """

    def __init__(
        self,
        pace: Pace,
        learned: Learned,
        ages: Sequence[int],
        evidence: Sequence[Sequence[float]],
        weeks: float,
        single: bool,
    ) -> None:
        self.weeks, self._single, self._learned = weeks, single, learned
        self._ages = np.asarray(ages, dtype=np.int64)
        self._evidence = np.asarray(evidence, dtype=np.float64).reshape(len(ages), -1 if len(ages) else 0)
        known = {age: (pace.incidence(age, weeks), pace.sampled_incidence(age, weeks)) for age in set(ages)}
        self._base = [known[age] for age in ages]

    def base(self) -> list[Chance]:
        """The share of the firm's deals of that age that end so in that time, for each deal."""
        found = []
        for age, (mean, sampled) in zip(self._ages, self._base, strict=True):
            if not self._single:
                found.append(Chance("base_rate", f"from {ENOUGH_CLOSED} ended deals on, a single one gets a number"))
                continue
            tail = (1 - LEVEL) / 2
            low, high = np.quantile(sampled[:, -1, 0], (tail, 1 - tail))
            days = round(self.weeks * WEEK)
            says = f"how your deals end that were open after {age} weeks, within the next {days} days"
            found.append(_chance("base_rate", says, mean[-1], (low, high)))
        return found

    def learned(self) -> list[Chance]:
        """What closed deals teach of each; without numbers where they teach nothing."""
        model = self._learned
        if model.hazards_ is None or not len(self._ages):
            return [Chance("learned", model.why_)] * len(self._ages)
        ends = model.incidence(self._evidence, self._ages, self.weeks)[:, -1]
        intervals = model.interval(self._evidence, self._ages, self.weeks)[:, 0]
        return [
            _chance("learned", model.why_, end, (float(low), float(high)))
            for end, (low, high) in zip(ends, intervals, strict=True)
        ]

    def won_by_week(self) -> Array:
        """(versions, n, weeks): the chance to be won by the end of each week, under equally likely versions of what is
        not known for sure. A version shifts all deals alike, as far as each one's interval is wide: that errs on the
        side of too wide a total."""
        if not len(self._ages):
            return np.zeros((1, 0, ceil(self.weeks)))
        if self._learned.hazards_ is None:
            by_deal = [sampled[:VERSIONS, :, 0] for _, sampled in self._base]
            return np.stack(by_deal, axis=1)
        won = np.clip(self._learned.incidence(self._evidence, self._ages, self.weeks)[:, :, 0], 1e-9, 1 - 1e-9)
        ends = np.clip(self._learned.interval(self._evidence, self._ages, self.weeks)[:, 0], 1e-9, 1 - 1e-9)
        odds = np.log(ends / (1 - ends))
        error = (odds[:, 1] - odds[:, 0]) / (2 * norm.ppf(0.5 + LEVEL / 2))
        shift = norm.ppf((np.arange(VERSIONS) + 0.5) / VERSIONS)[:, None, None] * error[None, :, None]
        moved: Array = 1 / (1 + np.exp(-(np.log(won / (1 - won))[None] + shift)))
        return moved


def _chance(method: Method, says: str, ends: Array, interval: tuple[float, float]) -> Chance:
    won, lost, nothing = (float(ends[CAUSES.index(cause)]) for cause in CAUSES)
    low, high = interval
    return Chance(method, says, won, lost, nothing, (float(low), float(high)))
