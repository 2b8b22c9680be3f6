"""How sure a ridge logistic regression is of each row's log-odds, and what each column adds to them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, solve_triangular
from scipy.special import expit

from premortem.forecasting.tables.candidates import PooledLevels

Array = NDArray[np.float64]


class LogOddsSpread:
    """The posterior of a ridge logistic regression, as a normal distribution about its mode.

    D. J. C. MacKay, The evidence framework applied to classification networks, Neural Comput. 4 (1992) 720-736.
    """

    def __init__(self, categorical: NDArray[np.bool_], strength: float) -> None:
        self.ridge = PooledLevels(categorical, strength)

    def fit(self, X: Array, y: Array) -> LogOddsSpread:
        """X (n, columns) coded as for the candidates, y (n,) of 0 and 1."""
        self.ridge.fit(X, y)
        Z = self._with_intercept(X)
        p = expit(Z @ np.append(self.ridge.model.coef_[0], self.ridge.model.intercept_))
        precision = (Z * (p * (1 - p))[:, None]).T @ Z
        precision[np.diag_indices_from(precision)] += np.append(np.full(Z.shape[1] - 1, 1 / self.ridge.strength), 1e-6)
        self.factor: Array = np.tril(cho_factor(precision, lower=True)[0])
        self.mean: Array = Z[:, :-1].mean(axis=0)
        return self

    def variance(self, X: Array) -> Array:
        """(n,): of each row's log-odds; a level that was not learned from is as unsure as before any row."""
        half = solve_triangular(self.factor, self._with_intercept(X).T, lower=True)
        unseen = sum(~np.isin(X[:, column], known) for column, known in self.ridge.coding.levels.items())
        return np.asarray((half**2).sum(axis=0) + self.ridge.strength * unseen)

    def contributions(self, X: Array) -> Array:
        """(n, columns): what each column adds to the log-odds, measured from the mean of the rows learned from."""
        added = (self.ridge.coding.transform(X) - self.mean) * self.ridge.model.coef_[0]
        owner = self.ridge.coding.owners()
        return np.column_stack([added[:, owner == at].sum(axis=1) for at in range(X.shape[1])])

    def _with_intercept(self, X: Array) -> Array:
        return np.column_stack([self.ridge.coding.transform(X), np.ones(len(X))])
