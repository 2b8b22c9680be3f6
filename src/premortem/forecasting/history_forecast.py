"""How open cases of an event log will end, learned from those that ended: hazards, and trees as a second opinion."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit, logit
from sklearn.base import BaseEstimator
from sklearn.ensemble import HistGradientBoostingClassifier

from premortem.forecasting.competing_hazards import CompetingHazards
from premortem.forecasting.event_history import EventLog, HistoryFeatures
from premortem.forecasting.person_periods import PersonPeriods

Array = NDArray[np.float64]
Integers = NDArray[np.int64]

FEWEST_FOR_TREES = 300
"""Ended cases below which trees only add noise."""


class HistoryForecast(BaseEstimator):  # type: ignore[misc]
    """The chance that a case will be won in the end, from its events up to a moment (a landmark).

    Two models of the same columns (`HistoryFeatures`): `CompetingHazards` in periods from the moment on, which learns
    from open cases too that they have not ended yet; and small boosted trees on the cases that ended, for what is
    not a straight line. Their log odds are averaged with equal weights, since learned weights seldom do better
    (Clemen 1989, Combining forecasts).

    Parameters: causes and period_days as for `CompetingHazards`; horizon_days, within which all but few cases end.
    Attributes after `fit`: history_ (HistoryFeatures), hazards_ (CompetingHazards), trees_ (None with few cases).
    """

    def __init__(
        self,
        causes: tuple[str, ...] = ("won", "lost", "no_decision"),
        period_days: float = 7,
        horizon_days: float = 182,
        trees: bool = True,
    ) -> None:
        self.causes = causes
        self.period_days = period_days
        self.horizon_days = horizon_days
        self.trees = trees

    def fit(
        self, log: EventLog, case: ArrayLike, moment: ArrayLike, end: ArrayLike, cause: ArrayLike, today: float
    ) -> HistoryForecast:
        """Learn from n cases as they stood at their moments, knowing what was known `today` and no more.

        case, moment, end, cause (n,): the case's number in the log, the day looked from, the day it ended (infinity
        if never) and how (1..k). What ended after `today` counts as still open. Days are the log's.
        """
        which, since, until = np.asarray(case), np.asarray(moment, float), np.asarray(end, float)
        known = until <= today
        how = np.where(known, np.asarray(cause, dtype=np.int64), 0)
        if (since > today).any() or (until < since).any():
            raise ValueError("each moment must lie before the case's end and not after today")
        self.history_ = HistoryFeatures().fit(log, which, since)
        X = self.history_.transform(log, which, since)
        # Of an open case only whole periods are known to have passed without an end.
        lasted = np.where(known, (until.clip(max=today) - since) // self.period_days, 0).astype(np.int64)
        lasted = np.where(known, lasted, ((today - since) // self.period_days).astype(np.int64) - 1)
        rows = PersonPeriods.from_spells(X[lasted >= 0], lasted[lasted >= 0], how[lasted >= 0])
        self.hazards_ = CompetingHazards(self.causes, self.period_days, groups=self.history_.groups_)
        self.hazards_.fit(rows.X, rows.age, rows.cause)
        self.trees_ = self._grown(X[known], how[known] == 1)
        return self

    def win_probability(self, log: EventLog, case: ArrayLike, moment: ArrayLike) -> Array:
        """(n,): of n open cases, each seen from its moment, the chance to be won among those that end."""
        X = self.history_.transform(log, case, moment)
        periods = max(1, round(self.horizon_days / self.period_days))
        ends = self.hazards_.cumulative_incidence(X, np.zeros(len(X), dtype=np.int64), periods)[:, -1]
        won: Array = ends[:, 0] / ends.sum(axis=1)
        if self.trees_ is None:
            return won
        second = self.trees_.predict_proba(X)[:, 1]
        found: Array = expit((logit(np.clip(won, 1e-6, 1 - 1e-6)) + logit(second)) / 2)
        return found

    def _grown(self, X: Array, won: NDArray[np.bool_]) -> HistGradientBoostingClassifier | None:
        """Few, shallow, slow: with thousands of cases, deeper trees learn the noise."""
        if not self.trees or min(won.sum(), (~won).sum()) < FEWEST_FOR_TREES / 2:
            return None
        trees = HistGradientBoostingClassifier(
            max_iter=60, learning_rate=0.05, max_leaf_nodes=8, min_samples_leaf=30, l2_regularization=5, random_state=0
        )
        return trees.fit(X, won)
