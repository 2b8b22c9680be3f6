"""The chance to win, learned from a table's columns: several methods, weighed by their own cross-validation.

The candidates are a ridge logistic regression (levels of a column pooled towards their mean), a Gaussian process on how
many columns differ (few deals only), extremely randomised trees with large leaves and shallow boosted trees; the base
rate is one of them, so what can't be learned is drawn to it. Their weights are those of a linear opinion pool with the
highest likelihood on rows that each candidate had not seen, and one slope sets the spread of the pool right.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.special import expit, logit
from scipy.stats import norm
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.validation import check_is_fitted

from premortem.forecasting.tables.candidates import FEW, Candidate, PooledLevels, candidates_for
from premortem.forecasting.tables.log_odds import LogOddsSpread
from premortem.forecasting.tables.splits import grouped_folds

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

EDGE = 0.005
"""Probabilities are kept this far from 0 and 1: nothing in a table makes an end certain."""
MANY_FOLDS = 3
"""Folds where rows are many: the weights are sure enough with these, and time matters."""
PRIOR_ROWS = 10.0
"""How many rows' worth of belief goes to equal weights, and to a slope of 1, before any row is counted."""


class PooledWinProbability(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """A linear opinion pool of candidates, weighted by log loss on held-out folds and recalibrated.

    fit(X, won, groups): X is (n, columns), the codes of levels (whole numbers from 0) in the columns that
    `categorical` marks, else numbers, unknown ones not-a-number; won is (n,) of 0 and 1 with both in it; rows of one
    group (n,) share a fold.

    Fitted: base_rate_; weights_ (one a candidate), slope_ (of the pool's log-odds), held_out_probability_ (n,): what
    the pool says of rows that its candidates had not seen; candidates_.

    M. Stone, The opinion pool, Ann. Math. Stat. 32 (1961) 1339-1342; D. H. Wolpert, Stacked generalization, Neural
    Netw. 5 (1992) 241-259; weights by EM as for mixture proportions.
    """

    def __init__(self, categorical: Sequence[bool] = (), folds: int = 5, seed: int = 0) -> None:
        self.categorical = categorical
        self.folds = folds
        self.seed = seed

    def fit(self, X: Array, won: NDArray[Any], groups: NDArray[np.int64] | None = None) -> PooledWinProbability:
        """Raises ValueError where only one outcome occurs."""
        X, y = np.asarray(X, dtype=np.float64), np.asarray(won, dtype=np.float64)
        if len(np.unique(y)) < 2:
            raise ValueError("both won and lost rows are needed to learn from")
        self.classes_ = np.array([0, 1])
        self.base_rate_ = float(y.mean())
        mask = np.asarray(self.categorical, dtype=bool) if len(self.categorical) else np.zeros(X.shape[1], dtype=bool)
        held_out = self._held_out(X, y, mask, np.arange(len(y)) if groups is None else groups)
        self.weights_ = pool_weights(y, held_out)
        pooled = np.clip(held_out @ self.weights_, EDGE, 1 - EDGE)
        self.slope_ = _slope(y, pooled, self.base_rate_)
        self.held_out_probability_ = self._spread(pooled)
        self.candidates_ = candidates_for(len(y), mask, self.seed)
        for number, candidate in enumerate(self.candidates_):
            if self.weights_[number] > 0:
                candidate.fit(X, y)
        self.log_odds_spread_ = LogOddsSpread(mask, self._ridge_strength()).fit(X, y)
        return self

    def predict_proba(self, X: Array) -> Array:
        """(n, 2): the chance to lose and to win."""
        pooled = self.candidate_probabilities(X) @ self.weights_
        p = self._spread(np.clip(pooled, EDGE, 1 - EDGE))
        return np.column_stack([1 - p, p])

    def predict(self, X: Array) -> NDArray[np.int64]:
        """(n,): 1 where winning is likelier than not."""
        won: NDArray[np.int64] = (self.predict_proba(X)[:, 1] >= 0.5).astype(np.int64)
        return won

    def candidate_probabilities(self, X: Array) -> Array:
        """(n, candidates): the chance to win by each; the base rate for those that weigh nothing."""
        check_is_fitted(self, "weights_")
        X = np.asarray(X, dtype=np.float64)
        told = np.full((len(X), len(self.candidates_)), self.base_rate_)
        for number, candidate in enumerate(self.candidates_):
            if self.weights_[number] > 0:
                told[:, number] = candidate.probability(X)
        return told

    def interval(self, X: Array, level: float = 0.9) -> Array:
        """(n, 2): the ends between which the chance to win lies; wide where rows like it were few or candidates differ.

        The variance of the log-odds is that of the ridge regression's posterior and, as in a mixture, the weighted
        spread of the candidates about their pool.
        """
        told = np.clip(self.candidate_probabilities(X), EDGE, 1 - EDGE)
        p = self.predict_proba(X)[:, 1]
        between = ((logit(told) - logit(np.clip(told @ self.weights_, EDGE, 1 - EDGE))[:, None]) ** 2) @ self.weights_
        away = norm.ppf(0.5 + level / 2) * np.sqrt(self.log_odds_spread_.variance(X) + between)
        return np.asarray(expit(logit(p)[:, None] + np.outer(away, [-1.0, 1.0])))

    def _ridge_strength(self) -> float:
        ridges = [
            (self.weights_[at], one.strength)
            for at, one in enumerate(self.candidates_)
            if isinstance(one, PooledLevels)
        ]
        return float(max(ridges)[1])

    def _held_out(self, X: Array, y: Array, mask: Mask, groups: NDArray[np.int64]) -> Array:
        """(n, candidates): each candidate's word on rows that it had not seen."""
        told = np.full((len(y), len(candidates_for(len(y), mask, self.seed))), self.base_rate_)
        for fold in grouped_folds(groups, y, self.folds if len(y) <= FEW else MANY_FOLDS, self.seed):
            learn, back = ~fold, fold
            if len(np.unique(y[learn])) < 2:
                continue
            fitted: list[Candidate] = candidates_for(len(y), mask, self.seed)
            for number, candidate in enumerate(fitted):
                told[back, number] = candidate.fit(X[learn], y[learn]).probability(X[back])
        return told

    def _spread(self, pooled: Array) -> Array:
        middle = logit(self.base_rate_)
        return np.asarray(np.clip(expit(middle + self.slope_ * (logit(pooled) - middle)), EDGE, 1 - EDGE))


def pool_weights(outcome: Array, probabilities: Array, rounds: int = 300) -> Array:
    """(k,) weights of a linear opinion pool, of the highest likelihood given a mild pull to equal ones, by EM.

    outcome: (n,) of 0 and 1; probabilities: (n, k). Weights under 2% are dropped, and the rest scaled to 1.
    """
    n, k = probabilities.shape
    told = np.where(outcome[:, None] == 1, probabilities, 1 - probabilities)
    weights = np.full(k, 1 / k)
    for _ in range(rounds):
        joint = told * weights
        share = (joint / joint.sum(axis=1, keepdims=True)).sum(axis=0)
        weights = (share + PRIOR_ROWS / k) / (n + PRIOR_ROWS)
    weights[weights < 0.02] = 0.0
    return np.asarray(weights / weights.sum())


def _slope(y: Array, pooled: Array, base_rate: float) -> float:
    """How far the pool's log-odds are to be spread about the base rate's; drawn to 1, the less rows there are."""
    middle = logit(base_rate)
    away = logit(pooled) - middle
    rarer = min(y.sum(), len(y) - y.sum())

    def cost(log_slope: float) -> float:
        z = middle + np.exp(log_slope) * away
        loss = np.logaddexp(0, z) - y * z
        return float(loss.sum() + PRIOR_ROWS * log_slope**2 / 2)

    if rarer < 10 or not np.any(np.abs(away) > 1e-9):
        return 1.0
    return float(np.exp(minimize_scalar(cost, bounds=(-2.0, 0.7), method="bounded").x))
