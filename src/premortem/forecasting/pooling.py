"""Partial pooling: how far coefficients may leave their prior, by group of features, is read from the rows."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from premortem.forecasting.multinomial import Design, Fit, log_likelihood, most_likely

Array = NDArray[np.float64]

FREE_SD = 2.5
"""How far an intercept may be from the pooled log hazard: a factor of twelve either way is nothing unusual."""
STEEPNESS = 5.0
"""Of the gamma(2) prior of each group's standard deviation: it is mostly below 1 (a factor of e a standard deviation
of the feature), about .2, and never quite nothing (Chung, Rabe-Hesketh, Dorie, Gelman and Liu 2013)."""
THINNED_TO = 12_000
"""Rows that are enough to settle how strongly to pool; all rows are used for the coefficients."""
SETTLED = 0.05


@dataclass(frozen=True, eq=False)
class Pooling:
    """A normal prior of coefficients (k, q): their mean, and one standard deviation for each group of columns.

    group (q,) names each column's group by its number; -1 is an intercept, which is hardly pooled. sd (groups,).
    """

    mean: Array
    group: NDArray[np.int64]
    sd: Array

    @property
    def precision(self) -> Array:
        """(k, q)."""
        by_column = np.where(self.group < 0, FREE_SD, self.sd[self.group])
        return np.broadcast_to(by_column**-2, self.mean.shape)

    def with_sd(self, group: int, sd: float) -> Pooling:
        """One group freed or bound."""
        changed = self.sd.copy()
        changed[group] = sd
        return replace(self, sd=changed)

    def determined(self, fit: Fit) -> Array:
        """How many coefficients of each group the rows really determine, and not the prior (MacKay 1992): (groups,)."""
        held = 1 - self.precision * np.diag(fit.covariance).reshape(self.mean.shape)
        return np.array([float(held[:, self.group == g].sum()) for g in range(len(self.sd))])

    def settled_by(self, fit: Fit) -> Pooling:
        """One step towards the likeliest standard deviations, by Laplace's approximation and their own prior.

        Newton's step for each log standard deviation, its curvature taken as if the coefficients determined stayed so.
        """
        determined = self.determined(fit)
        squares = np.array(
            [float(((fit.theta - self.mean)[:, self.group == g] ** 2).sum()) for g in range(len(self.sd))]
        )
        bent = STEEPNESS * self.sd
        step = (squares / self.sd**2 - determined + 1 - bent) / (2 * determined + bent)
        return replace(self, sd=np.maximum(self.sd * np.exp(np.clip(step, -1, 1)), 1e-3))

    def uncertain(self, fit: Fit) -> Array:
        """The coefficients' covariance (kq, kq) with an allowance for not knowing the standard deviations either.

        To first order (Kass and Steffey 1989): how the coefficients move with each log standard deviation, times how
        unsure that is, given the number of coefficients that the rows really determine.
        """
        covariance = fit.covariance.copy()
        precision, determined = self.precision.ravel(), self.determined(fit)
        for g in range(len(self.sd)):
            of_group = np.broadcast_to(self.group == g, self.mean.shape).ravel()
            pull = np.where(of_group, precision * (fit.theta - self.mean).ravel(), 0.0)
            moved = 2 * fit.covariance @ pull
            covariance += np.outer(moved, moved) / (2 * determined[g] + STEEPNESS * self.sd[g])
        return covariance


def by_marginal_likelihood(design: Design, pooling: Pooling, start: Array) -> tuple[Pooling, Fit]:
    """Settle pooling and coefficients together (empirical Bayes; MacKay 1992, with a prior that avoids zero)."""
    nth = max(1, len(design.rows) // THINNED_TO)
    first = design.every(nth) if nth > 1 else design
    fit = most_likely(first, pooling.mean, pooling.precision, start, steps=8, tolerance=1e-2)
    for _ in range(25):
        before = pooling.sd
        pooling = pooling.settled_by(fit)
        if np.abs(np.log(pooling.sd / before)).max(initial=0.0) < SETTLED:
            break
        fit = most_likely(first, pooling.mean, pooling.precision, fit.theta, steps=1)
    if nth > 1:
        fit = most_likely(design, pooling.mean, pooling.precision, fit.theta, steps=2)
        pooling = pooling.settled_by(fit)
    return pooling, most_likely(design, pooling.mean, pooling.precision, fit.theta)


def by_cross_validation(
    design: Design, pooling: Pooling, start: Array, groups: range, folds: int = 5
) -> tuple[Pooling, Fit]:
    """Choose each group's standard deviation by the likelihood of deals held out, whole deals at a time."""
    settled, _ = by_marginal_likelihood(design, pooling, start)
    fold = np.random.default_rng(0).permutation(design.rows.deal.max() + 1)[design.rows.deal] % folds
    best = _held_out(design, settled, start, fold)
    for group in groups:
        for sd in (0.03, 0.1, 0.2, 0.4, 0.8):
            tried = settled.with_sd(group, sd)
            found = _held_out(design, tried, start, fold)
            if found > best:
                settled, best = tried, found
    return settled, most_likely(design, settled.mean, settled.precision, start)


def _held_out(design: Design, pooling: Pooling, start: Array, fold: NDArray[np.int64]) -> float:
    total = 0.0
    for held in np.unique(fold):
        seen = replace(design, rows=design.rows.rows(fold != held))
        fit = most_likely(seen, pooling.mean, pooling.precision, start, tolerance=1e-3)
        total += log_likelihood(fit.theta, replace(design, rows=design.rows.rows(fold == held)))
    return total
