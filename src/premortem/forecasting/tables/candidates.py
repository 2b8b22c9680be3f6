"""What the pool is made of: single methods that give a chance to win, each set once and for all tables."""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve, solve_triangular
from scipy.special import expit, logit
from sklearn.ensemble import ExtraTreesClassifier, HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

FEW = 1500
"""Up to so many rows a Gaussian process is affordable: its time grows with their cube."""


class Candidate(Protocol):
    """Learns from (n, columns) and (n,) of 0 and 1; then says a chance to win for each row."""

    def fit(self, X: Array, y: Array) -> Candidate: ...

    def probability(self, X: Array) -> Array: ...


def candidates_for(rows: int, categorical: Mask, seed: int) -> list[Candidate]:
    """The candidates for a table of so many rows, the base rate first; in a fixed order."""
    many = rows > FEW
    found: list[Candidate] = [BaseRateAlone()]
    found += [PooledLevels(categorical, strength) for strength in (0.03, 0.1, 0.3, 1.0)]
    if not many:
        found += [DifferingColumns(categorical, reach, size) for reach, size in ((1.0, 2.0), (2.0, 4.0))]
    found += [LargeLeaves(categorical, leaf, seed) for leaf in ((20,) if many else (3, 8))]
    found.append(ShallowBoosting(categorical, seed))
    return found


class BaseRateAlone:
    """The share won, for all rows alike."""

    def fit(self, X: Array, y: Array) -> BaseRateAlone:
        self.rate = float((y.sum() + 0.5) / (len(y) + 1))
        return self

    def probability(self, X: Array) -> Array:
        return np.full(len(X), self.rate)


class OneHot:
    """Levels to columns of 0 and 1, numbers to their rank in -1..1 with a column for 'unknown'.

    A level seen in fewer than `least` rows, or never, is nothing in all of its column's: it stands at their mean.
    """

    def __init__(self, categorical: Mask, least: int = 2, most: int = 1000) -> None:
        self.categorical, self.least, self.most = categorical, least, most

    def fit(self, X: Array) -> OneHot:
        self.levels: dict[int, Array] = {}
        self.known: dict[int, Array] = {}
        for column, is_category in enumerate(self.categorical):
            if is_category:
                levels, counts = np.unique(X[:, column], return_counts=True)
                kept = np.argsort(-counts, kind="stable")[: self.most]
                self.levels[column] = np.sort(levels[kept[counts[kept] >= self.least]])
            else:
                self.known[column] = np.sort(X[~np.isnan(X[:, column]), column])
        return self

    def owners(self) -> NDArray[np.int64]:
        """Which of the table's columns each coded column comes from."""
        wide = [len(self.levels[at]) if at in self.levels else 2 for at in range(len(self.categorical))]
        return np.repeat(np.arange(len(wide)), wide)

    def transform(self, X: Array) -> Array:
        parts: list[Array] = [np.zeros((len(X), 0))]
        for column in range(X.shape[1]):
            values = X[:, column]
            if column in self.levels:
                parts.append((values[:, None] == self.levels[column]).astype(np.float64))
            else:
                unknown = np.isnan(values)
                rank = rank_in(values, self.known[column])
                parts.append(np.column_stack([np.where(unknown, 0.0, rank), unknown]))
        return np.hstack(parts)


def rank_in(values: Array, known: Array) -> Array:
    """(n,): where values stand among known ones (sorted), from -1 to 1, ties in their middle; unknown ones at 1."""
    if not len(known):
        return np.zeros(len(values))
    middle = (np.searchsorted(known, values, "left") + np.searchsorted(known, values, "right")) / 2
    return np.asarray(2 * middle / len(known) - 1)


class PooledLevels:
    """Logistic regression with a ridge: each level's effect is drawn to its column's mean, the more the rarer it is."""

    def __init__(self, categorical: Mask, strength: float) -> None:
        self.coding, self.strength = OneHot(categorical), strength
        self.model = LogisticRegression(C=strength, max_iter=200)

    def fit(self, X: Array, y: Array) -> PooledLevels:
        self.model.fit(self.coding.fit(X).transform(X), y)
        return self

    def probability(self, X: Array) -> Array:
        return np.asarray(self.model.predict_proba(self.coding.transform(X))[:, 1])


class LargeLeaves:
    """Fifty extremely randomised trees whose leaves hold at least `leaf` rows.

    P. Geurts, D. Ernst and L. Wehenkel, Extremely randomized trees, Mach. Learn. 63 (2006) 3-42.
    """

    def __init__(self, categorical: Mask, leaf: int, seed: int) -> None:
        self.coding = OneHot(categorical, least=leaf, most=40)
        self.model = ExtraTreesClassifier(50, min_samples_leaf=leaf, max_features=0.3, random_state=seed, n_jobs=1)

    def fit(self, X: Array, y: Array) -> LargeLeaves:
        self.model.fit(self.coding.fit(X).transform(X), y)
        return self

    def probability(self, X: Array) -> Array:
        return np.asarray(self.model.predict_proba(self.coding.transform(X))[:, 1])


class ShallowBoosting:
    """Gradient boosting of trees with three leaves, of columns on their own and of pairs of them."""

    def __init__(self, categorical: Mask, seed: int) -> None:
        self.coding = OneHot(categorical, least=5, most=40)
        self.model = HistGradientBoostingClassifier(
            learning_rate=0.06, max_iter=100, max_leaf_nodes=3, l2_regularization=1.0, random_state=seed
        )

    def fit(self, X: Array, y: Array) -> ShallowBoosting:
        self.model.fit(self.coding.fit(X).transform(X), y)
        return self

    def probability(self, X: Array) -> Array:
        return np.asarray(self.model.predict_proba(self.coding.transform(X))[:, 1])


class DifferingColumns:
    """A Gaussian process whose rows are the more alike, the fewer columns differ between them; Laplace's approximation.

    `reach` is the length over which likeness fades, in mean differences between training rows; `size` the variance of
    the log-odds. C. E. Rasmussen and C. K. I. Williams, Gaussian Processes for Machine Learning (2006), algorithms 3.1
    and 3.2; the mean of the logistic by D. J. C. MacKay, Neural Comput. 4 (1992) 720-736.
    """

    def __init__(self, categorical: Mask, reach: float, size: float) -> None:
        self.categorical, self.reach, self.size = categorical, reach, size

    def fit(self, X: Array, y: Array) -> DifferingColumns:
        self.known = [np.sort(X[~np.isnan(X[:, at]), at]) for at in range(X.shape[1])]
        self.rows, self.middle = self._ranked(X), float(logit((y.sum() + 0.5) / (len(y) + 1)))
        differing = self._differing(self.rows, self.rows)
        self.length = self.reach * max(float(differing.mean()), 1e-9)
        K = self.size * np.exp(-differing / self.length)
        f = np.zeros(len(y))
        for _ in range(30):
            p = expit(self.middle + f)
            w = np.sqrt(p * (1 - p))
            factor = cho_factor(np.eye(len(y)) + w[:, None] * K * w, lower=True)
            b = w**2 * f + y - p
            a = b - w * cho_solve(factor, w * (K @ b))
            step = K @ a - f
            f = f + step
            if float(np.abs(step).max()) < 1e-6:
                break
        p = expit(self.middle + f)
        self.gradient, self.w = y - p, np.sqrt(p * (1 - p))
        self.factor: Any = cho_factor(np.eye(len(y)) + self.w[:, None] * K * self.w, lower=True)[0]
        return self

    def probability(self, X: Array) -> Array:
        k = self.size * np.exp(-self._differing(self._ranked(X), self.rows) / self.length)
        v = solve_triangular(np.tril(self.factor), self.w[:, None] * k.T, lower=True)
        variance = np.maximum(self.size - (v**2).sum(axis=0), 0.0)
        mean = self.middle + k @ self.gradient
        return np.asarray(expit(mean / np.sqrt(1 + np.pi * variance / 8)))

    def _ranked(self, X: Array) -> Array:
        ranked = X.copy()
        for at in np.flatnonzero(~self.categorical):
            ranked[:, at] = np.where(np.isnan(X[:, at]), np.nan, rank_in(X[:, at], self.known[at]) / 2)
        return ranked

    def _differing(self, one: Array, other: Array) -> Array:
        """(n, m): in how many columns two rows differ; numbers by the distance of their ranks."""
        total = np.zeros((len(one), len(other)))
        for at, is_category in enumerate(self.categorical):
            a, b = one[:, at, None], other[None, :, at]
            if is_category:
                total += a != b
            else:
                unknown = np.isnan(a) != np.isnan(b)
                total += np.where(unknown, 0.5, np.nan_to_num(np.abs(a - b)))
        return total
