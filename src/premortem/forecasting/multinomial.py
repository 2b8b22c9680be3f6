"""The likelihood of going on or ending from one of k causes, and where a prior and the rows agree best."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve

from premortem.forecasting.person_periods import PersonPeriods

Array = NDArray[np.float64]

CHUNK = 150_000
"""Cells (rows times columns) taken at a time: few enough that memory stays small for any number of rows."""


@dataclass(frozen=True, eq=False)
class Design:
    """Rows as the model sees them: q columns, an intercept, the age's curve, then features centred and scaled."""

    rows: PersonPeriods
    by_age: Array
    centre: Array
    scale: Array

    def chunks(self) -> Iterator[tuple[Array, NDArray[np.int64], Array]]:
        """Columns (m, q), causes (m,) and weights (m,) of a few thousand rows at a time."""
        rows, oldest = self.rows, len(self.by_age) - 1
        at_once = max(256, CHUNK // (1 + self.by_age.shape[1] + len(self.centre)))
        for start in range(0, len(rows), at_once):
            these = slice(start, start + at_once)
            age = self.by_age[np.minimum(rows.age[these], oldest)]
            Z = np.hstack([np.ones((len(age), 1)), age, (rows.X[these] - self.centre) / self.scale])
            yield Z, rows.cause[these], rows.weight[these]

    def every(self, nth: int) -> Design:
        """A thinned design for a first look: every nth row."""
        return replace(self, rows=self.rows.rows(slice(0, None, nth)))


@dataclass(frozen=True, eq=False)
class Fit:
    """Coefficients theta (k, q) where penalised likelihood is highest, their covariance (kq, kq), and its value."""

    theta: Array
    covariance: Array
    penalised: float


def hazards(eta: Array) -> tuple[Array, Array]:
    """Chances (m, k) to end from each cause in a period, and the log chance (m,) to go on, from log odds eta (m, k)."""
    top = np.maximum(eta.max(axis=1), 0.0)
    grown = np.exp(eta - top[:, None])
    total = np.exp(-top) + grown.sum(axis=1)
    return grown / total[:, None], -(top + np.log(total))


def log_likelihood(theta: Array, design: Design) -> float:
    """Of the rows, each by its weight."""
    total = 0.0
    for Z, cause, weight in design.chunks():
        eta = Z @ theta.T
        _, going_on = hazards(eta)
        chosen = np.where(cause > 0, eta[np.arange(len(cause)), cause - 1], 0.0)
        total += float(weight @ (chosen + going_on))
    return total


def _curvature(theta: Array, design: Design) -> tuple[float, Array, Array]:
    """The log likelihood, its gradient (k, q) and its negative Hessian (kq, kq)."""
    k, q = theta.shape
    pairs = [(a, b) for a in range(k) for b in range(a + 1)]
    value, gradient, blocks = 0.0, np.zeros((k, q)), np.zeros((q, len(pairs) * q))
    for Z, cause, weight in design.chunks():
        eta = Z @ theta.T
        chance, going_on = hazards(eta)
        ended = np.flatnonzero(cause)
        value += float(weight @ going_on + weight[ended] @ eta[ended, cause[ended] - 1])
        gradient -= (chance * weight[:, None]).T @ Z
        np.add.at(gradient, cause[ended] - 1, Z[ended] * weight[ended, None])
        spread = np.column_stack([weight * chance[:, a] * ((a == b) - chance[:, b]) for a, b in pairs])
        # One product for all pairs of causes: several small ones would take three times as long.
        blocks += Z.T @ (spread[:, :, None] * Z[:, None, :]).reshape(len(Z), -1)
    information = np.zeros((k, q, k, q))
    for (a, b), block in zip(pairs, np.split(blocks, len(pairs), axis=1), strict=True):
        information[a, :, b, :] = information[b, :, a, :] = block
    return value, gradient, information.reshape(k * q, k * q)


def most_likely(
    design: Design, mean: Array, precision: Array, start: Array, steps: int = 30, tolerance: float = 1e-6
) -> Fit:
    """Newton's method with halved steps, from `start` (k, q), under a normal prior of this mean and precision (k, q).

    `steps` bounds the passes over the rows; one step is enough where the prior itself is still being settled.
    """
    theta, value = start, -np.inf
    for _ in range(steps):
        likelihood, gradient, information = _curvature(theta, design)
        value = likelihood - 0.5 * float((precision * (theta - mean) ** 2).sum())
        slope = gradient - precision * (theta - mean)
        factor = cho_factor(information + np.diag(precision.ravel()))
        move = cho_solve(factor, slope.ravel()).reshape(theta.shape)
        promised = float((slope * move).sum())
        if promised < tolerance * (1 + abs(value) * 1e-3):
            break
        theta = theta + _halved(design, mean, precision, theta, move, value, promised) * move
    return Fit(theta, cho_solve(factor, np.eye(theta.size)), value)


def _halved(
    design: Design, mean: Array, precision: Array, theta: Array, move: Array, value: float, promised: float
) -> float:
    """How much of a step to take. A step that promises little is in the quadratic zone and is taken whole."""
    if promised < 0.05 * (1 + theta.size):
        return 1.0
    part = 1.0
    while part > 1e-4:
        there = theta + part * move
        if log_likelihood(there, design) - 0.5 * float((precision * (there - mean) ** 2).sum()) >= value:
            return part
        part /= 2
    return part
