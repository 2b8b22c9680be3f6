"""How a deal will end, by when: hazards of winning, losing and no decision, learned together and partly pooled."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri
from sklearn.base import BaseEstimator
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from premortem.forecasting.age_curve import age_columns
from premortem.forecasting.hazards_ahead import Ahead
from premortem.forecasting.multinomial import Design, hazards
from premortem.forecasting.person_periods import PersonPeriods
from premortem.forecasting.pooling import Pooling, by_cross_validation, by_marginal_likelihood

Array = NDArray[np.float64]
Integers = NDArray[np.int64]

AT_ONCE = 4096


class CompetingHazards(BaseEstimator):  # type: ignore[misc]
    """In each period a deal goes on, or ends from one of k causes: a multinomial logit of features and age.

    Discrete-time competing risks (Tutz and Schmid, Modeling Discrete Time-to-Event Data, 2016, ch. 8), on rows of
    deals and periods (`PersonPeriods`). Coefficients are drawn towards a prior, each group of features as strongly as
    the rows say: with few deals the forecast stays near the firm's base rate, with many the evidence speaks.

    Parameters:
        causes: how causes 1..k are called, in this order; the first is winning.
        period_days: length of a period, for those who show the result.
        groups: which group each feature is in, one name a feature; all in one unless given.
        prior_log_hazard_ratio: what is believed beforehand, (k, n_features) by unit of each feature; nothing is 0.
        strength: "marginal_likelihood" (Laplace), or "cross_validation", which holds out whole deals.
        age_pieces: how many pieces the curve of age is made of.

    Attributes after `fit`:
        log_hazard_ratio_ (k, n_features): by one unit of each feature, of ending so against going on.
        log_hazard_of_age_ (ages, k): at each age, for a deal whose features are all average.
        average_ (n_features,): of the rows fitted.
        pooled_sd_: for each group, and the age's trend and curve, how far coefficients were let from their prior (in
            log hazard ratio by standard deviation of the feature).
        ended_ (k + 1,): rows that went on, and that ended from each cause.
    """

    def __init__(
        self,
        causes: tuple[str, ...] = ("won", "lost", "no_decision"),
        period_days: float = 7,
        groups: Sequence[str] | None = None,
        prior_log_hazard_ratio: ArrayLike | None = None,
        strength: str = "marginal_likelihood",
        age_pieces: int = 6,
    ) -> None:
        self.causes = causes
        self.period_days = period_days
        self.groups = groups
        self.prior_log_hazard_ratio = prior_log_hazard_ratio
        self.strength = strength
        self.age_pieces = age_pieces

    def fit(
        self,
        X: ArrayLike,
        age: ArrayLike,
        cause: ArrayLike,
        sample_weight: ArrayLike | None = None,
        deal: ArrayLike | None = None,
    ) -> CompetingHazards:
        """Learn from rows of deals and periods: X (n, p), age, cause, weight and `deal`, whose row it is (n,).

        Raises ValueError where arrays differ in length, a value is missing, a cause is none of 0..k, nothing ended,
        or cross-validation is asked for without `deal`.
        """
        rows = PersonPeriods.of(X, age, cause, deal)
        self._refuse(rows, deal)
        if sample_weight is not None:
            rows = PersonPeriods(
                rows.X, rows.age, rows.cause, rows.deal, np.broadcast_to(np.asarray(sample_weight, float), len(rows))
            )
        if self.strength == "marginal_likelihood":
            rows = rows.aggregated()
        self.ended_ = np.bincount(rows.cause, rows.weight, minlength=len(self.causes) + 1)
        # Products of narrow tables: several threads gain little, and lose very much where other work wants the cores.
        with threadpool_limits(limits=1, user_api="blas"):
            self._learn(self._design(rows))
        return self

    def predict_hazard(self, X: ArrayLike, age: ArrayLike) -> Array:
        """The chance (n, k) to end from each cause in the period at that age (n,)."""
        return hazards(self._ahead(X, age).log_odds(0))[0]

    def cumulative_incidence(self, X: ArrayLike, age: ArrayLike, periods: int) -> Array:
        """(n, periods, k): the chance to end from each cause within the next 1, 2, … periods.

        `age` (n,) is the period that now begins. Features are held as they are: it is what follows if nothing new
        is learned. A feature further out than any learned from (by more than a standard deviation) counts as there.
        """
        return self._ahead(X, age).cumulative_incidence(periods)

    def interval(self, X: ArrayLike, age: ArrayLike, periods: int, level: float = 0.9) -> Array:
        """(n, k, 2): bounds of the incidence at the end of the periods, which hold its true value with that chance.

        From the coefficients' posterior by Laplace's approximation, the pooling's own uncertainty included, and the
        delta method on the scale of log odds.
        """
        table, ages = self._held(X), np.asarray(age, dtype=np.int64)
        parts = [slice(start, start + AT_ONCE) for start in range(0, len(ages), AT_ONCE)]
        with threadpool_limits(limits=1, user_api="blas"):
            found = [self._interval(table[part], ages[part], periods, level) for part in parts]
        return np.vstack(found) if found else np.empty((0, len(self.causes), 2))

    def reasons(self, X: ArrayLike, age: ArrayLike) -> Array:
        """(n, p): what each feature adds to the log odds of winning against not, compared with an average deal.

        To first order: where there are several ways of not winning, each counts as much as it threatens this deal.
        """
        chance = self.predict_hazard(X, age)
        threat = chance[:, 1:] / chance[:, 1:].sum(axis=1, keepdims=True)
        effect = self.log_hazard_ratio_[0] - threat @ self.log_hazard_ratio_[1:]
        found: Array = (self._held(X) - self.average_) * effect
        return found

    def _refuse(self, rows: PersonPeriods, deal: ArrayLike | None) -> None:
        if not np.isfinite(rows.X).all():
            column = int(np.flatnonzero(~np.isfinite(rows.X).all(axis=0))[0])
            raise ValueError(f"feature {column} has missing values; give 'unknown' a column of its own instead")
        if not rows.cause.any():
            raise ValueError("none of these deals has ended, so there is nothing to learn from; show the base rate")
        if rows.cause.max() > len(self.causes):
            raise ValueError(f"a cause must be 0 (went on) or 1 to {len(self.causes)} ({', '.join(self.causes)})")
        if self.strength not in ("marginal_likelihood", "cross_validation"):
            raise ValueError(f"strength must be 'marginal_likelihood' or 'cross_validation', not '{self.strength}'")
        if self.strength == "cross_validation" and deal is None:
            raise ValueError("cross-validation holds out whole deals: say with `deal` which deal each row is of")
        if self.groups is not None and len(self.groups) != rows.X.shape[1]:
            raise ValueError(f"{len(self.groups)} groups were given for {rows.X.shape[1]} features")

    def _design(self, rows: PersonPeriods) -> Design:
        self.average_ = np.average(rows.X, axis=0, weights=rows.weight)
        # Column by column: a million rows' squares need not be in memory at once.
        spread = [
            np.average((column - mean) ** 2, weights=rows.weight)
            for column, mean in zip(rows.X.T, self.average_, strict=True)
        ]
        # What varies by rounding alone tells nothing, and must not be blown up to a standard deviation of 1.
        varies = np.array(spread) > 1e-12 * (1 + self.average_**2)
        self._scale = np.where(varies, np.sqrt(spread), 1.0)
        self._lowest = np.where(varies, rows.X.min(axis=0) - self._scale, self.average_)
        self._highest = np.where(varies, rows.X.max(axis=0) + self._scale, self.average_)
        self._by_age = age_columns(int(rows.age.max()), self.age_pieces)
        return Design(rows, self._by_age, self.average_, self._scale)

    def _learn(self, design: Design) -> None:
        k, p, r = len(self.causes), len(self.average_), self._by_age.shape[1]
        names = list(self.groups) if self.groups is not None else ["features"] * p
        distinct = list(dict.fromkeys(names))
        group = np.array([-1, 0] + [1] * (r - 1) + [2 + distinct.index(name) for name in names])
        prior = np.zeros((k, p)) if self.prior_log_hazard_ratio is None else np.asarray(self.prior_log_hazard_ratio)
        mean = np.zeros((k, 1 + r + p))
        mean[:, 1 + r :] = prior * self._scale
        ended = self.ended_[1:].sum()
        mean[:, 0] = np.log(ended / k / max(self.ended_[0], 1.0))
        start = mean.copy()
        start[:, 0] = np.log((self.ended_[1:] + 0.5) / (self.ended_[0] + 0.5))
        pooling = Pooling(mean, group, np.full(2 + len(distinct), 0.3))
        if self.strength == "cross_validation":
            pooling, fit = by_cross_validation(design, pooling, start, range(2, 2 + len(distinct)))
        else:
            pooling, fit = by_marginal_likelihood(design, pooling, start)
        self._theta, self._covariance = fit.theta, pooling.uncertain(fit)
        self.log_hazard_ratio_ = fit.theta[:, 1 + r :] / self._scale
        self.log_hazard_of_age_ = fit.theta[:, 0] + self._by_age @ fit.theta[:, 1 : 1 + r].T
        self.pooled_sd_ = dict(zip(["trend of age", "curve of age", *distinct], pooling.sd.tolist(), strict=True))

    def _held(self, X: ArrayLike) -> Array:
        table = np.asarray(X, dtype=float)
        if table.ndim != 2 or table.shape[1] != len(self.average_):
            raise ValueError(f"X must be (rows, {len(self.average_)}) as in fit, not {table.shape}")
        found: Array = np.clip(table, self._lowest, self._highest)
        return found

    def _ahead(self, X: ArrayLike, age: ArrayLike) -> Ahead:
        own = (self._held(X) - self.average_) @ self.log_hazard_ratio_.T
        return Ahead(own, self.log_hazard_of_age_, np.asarray(age, dtype=np.int64))

    def _interval(self, X: Array, age: Integers, periods: int, level: float) -> Array:
        final, constant, curve = self._ahead(X, age).slopes(periods, self._by_age)
        n, k = final.shape
        scaled = (X - self.average_) / self._scale
        gradient = np.concatenate(
            [constant[..., None], curve, constant[..., None] * scaled[:, None, None, :]], axis=3
        ).reshape(n * k, -1)
        variance = np.einsum("ij,ij->i", gradient @ self._covariance, gradient).reshape(n, k)
        inner = np.clip(final, 1e-12, 1 - 1e-12)
        middle = np.log(inner) - np.log1p(-inner)
        width = ndtri(0.5 + level / 2) * np.sqrt(np.maximum(variance, 0)) / (inner * (1 - inner))
        bounds = middle[:, :, None] + np.stack([-width, width], axis=-1)
        found: Array = 1 / (1 + np.exp(-bounds))
        return found
