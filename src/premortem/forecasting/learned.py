"""What closed deals teach of open ones, held against the base rate on deals that it had not seen."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from premortem.forecasting.competing_hazards import CompetingHazards
from premortem.forecasting.evidence import FEATURES
from premortem.forecasting.methods import ENOUGH_CLOSED
from premortem.forecasting.scores import log_loss
from premortem.forecasting.weeks import CAUSES, Life, Pace, landmarks, to_the_day

Array = NDArray[np.float64]

FOLDS = 5
HORIZON = 13
"""Weeks ahead at which methods are compared: a quarter."""
BETTER_BY = 1.645
"""Standard errors by which a method must beat the base rate: by chance alone one in twenty would."""
LEAST_BETTER = 0.005
"""Less of log loss than this is no signal, however sure: the half event that the base rate adds costs as much."""
OF_AGE = ("age_in_cycles",)


class Compared(Struct, frozen=True):
    """Log loss of a method and of the base rate on deals that neither had seen, over `deals` of them.

    `better` is by how much the method's is lower, `error` the standard error of that.
    """

    method: float
    base: float
    better: float
    error: float
    deals: int

    @property
    def holds(self) -> bool:
        return self.better > max(BETTER_BY * self.error, LEAST_BETTER)


class Learned:
    """What closed deals teach about open ones: competing risks on their weekly evidence, where that tells anything.

    Attributes: `hazards_` the fitted model, None where there is none to trust; `why_` says which, and why;
    `compared_` how it did against the base rate on deals left out of the fit, None where that could not be tried.
    """

    def __init__(self, horizon: int = HORIZON, folds: int = FOLDS) -> None:
        self.horizon, self.folds = horizon, folds

    def fit(self, lives: Sequence[Life]) -> Learned:
        closed = sum(life.how is not None for life in lives)
        self.hazards_: OnEvidence | None = None
        self.compared_: Compared | None = None
        if closed < ENOUGH_CLOSED:
            self.why_ = f"{closed} deals have ended; from {ENOUGH_CLOSED} on, single deals get a number"
            return self
        if len({life.how for life in lives if life.how}) < 2:
            self.why_ = "all deals ended alike, so nothing can be learned from how they differ"
            return self
        self.compared_ = _cross_validated(lives, self.horizon, self.folds)
        if self.compared_ is None or not self.compared_.holds:
            self.why_ = _no_better(self.compared_, closed)
            return self
        self.hazards_ = OnEvidence().fit(lives, self.horizon)
        self.why_ = (
            f"learned from {closed} closed deals; on deals it had not seen its log loss was "
            f"{self.compared_.method:.3f}, the base rate's {self.compared_.base:.3f}"
        )
        return self

    def incidence(self, X: Array, age: NDArray[np.int64], weeks: float) -> Array:
        """As `OnEvidence.incidence`. Raises ValueError where nothing was learned, as do the next two."""
        return self._model().incidence(X, age, weeks)

    def interval(self, X: Array, age: NDArray[np.int64], weeks: float) -> Array:
        return self._model().interval(X, age, weeks)

    def reasons(self, X: Array, age: NDArray[np.int64]) -> Array:
        return self._model().reasons(X, age)

    def _model(self) -> OnEvidence:
        if self.hazards_ is None:
            raise ValueError(self.why_)
        return self.hazards_


class OnEvidence:
    """Competing hazards on the evidence that differs between deals. The deal's age is the model's own, week by week, so
    the evidence of age is left out: held as it is, it would say that no time passes.

    Attributes: `hazards_`; `columns_` the features that it uses, by their place.
    """

    def fit(self, lives: Sequence[Life], ahead: int) -> OnEvidence:
        rows, weight = landmarks(lives, ahead)
        differs = rows.X.std(axis=0) > 0
        self.columns_ = np.array([n for n, one in enumerate(FEATURES) if one.name not in OF_AGE and differs[n]], int)
        whose = [FEATURES[column].whose for column in self.columns_]
        model = CompetingHazards(causes=CAUSES, groups=whose)
        self.hazards_ = model.fit(rows.X[:, self.columns_], rows.age, rows.cause, sample_weight=weight)
        return self

    def incidence(self, X: Array, age: NDArray[np.int64], weeks: float) -> Array:
        """(n, weeks, 3): the chance of each end within 1, 2, … weeks."""
        course = np.asarray(self.hazards_.cumulative_incidence(X[:, self.columns_], age, ceil(weeks)))
        return to_the_day(course, weeks)

    def interval(self, X: Array, age: NDArray[np.int64], weeks: float) -> Array:
        """(n, 3, 2): the 90% interval of each end's chance at the end of the weeks."""
        whole, used = ceil(weeks), X[:, self.columns_]
        end = np.asarray(self.hazards_.interval(used, age, whole, level=0.9))
        if whole == weeks:
            return end
        before = np.asarray(self.hazards_.interval(used, age, whole - 1, level=0.9)) if whole > 1 else 0 * end
        between: Array = before + (weeks - whole + 1) * (end - before)
        return between

    def reasons(self, X: Array, age: NDArray[np.int64]) -> Array:
        """(n, features): how much each feature adds to the log odds of winning against not; 0 for those not used."""
        found = np.zeros(X.shape)
        found[:, self.columns_] = self.hazards_.reasons(X[:, self.columns_], age)
        return found


def _no_better(compared: Compared | None, closed: int) -> str:
    if compared is None:
        return f"{closed} deals have ended, but too few were watched for a quarter to try what they teach"
    return (
        f"no signal found: on deals it had not seen, the log loss of what {closed} closed deals teach was "
        f"{compared.method:.3f}, the base rate's {compared.base:.3f}; so the base rate stands"
    )


def _cross_validated(lives: Sequence[Life], horizon: int, folds: int) -> Compared | None:
    """Both methods on each fold's deals, which neither saw: was it won within `horizon` weeks?

    Each deal weighs one, however long it lived. Only weeks count from which the whole horizon can be overlooked, so
    that quick ends don't count more often than slow ones.
    """
    losses: list[tuple[float, float]] = []
    last = max(life.until for life in lives)
    for fold in range(folds):
        kept = [life for number, life in enumerate(lives) if number % folds != fold]
        if len({life.how for life in kept if life.how}) < 2:
            continue
        model, pace = OnEvidence().fit(kept, horizon), Pace().fit(kept)
        for life in lives[fold::folds]:
            watched = min(len(life.weeks), ((last - life.created).days // 7) - horizon + 1)
            if watched > int(life.since):
                losses.append(_losses(life, watched, horizon, model, pace))
    if len(losses) < folds:
        return None
    method, base = np.array(losses).T
    error = float(np.std(base - method, ddof=1) / np.sqrt(len(losses)))
    return Compared(float(method.mean()), float(base.mean()), float((base - method).mean()), error, len(losses))


def _losses(life: Life, watched: int, horizon: int, model: OnEvidence, pace: Pace) -> tuple[float, float]:
    age = np.arange(int(life.since), watched)
    end = len(life.weeks) - 1
    won = ((age > end - horizon) & (life.how == "won")).astype(float)
    X = np.asarray(life.weeks[int(life.since) : watched], dtype=np.float64)
    told = model.incidence(X, age, horizon)[:, -1, 0]
    base = np.array([pace.incidence(int(one), horizon)[-1, 0] for one in age])
    return log_loss(won, np.clip(told, 0, 1)), log_loss(won, np.clip(base, 0, 1))
