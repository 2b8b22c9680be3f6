"""How large a share has ended, from each cause, by each age: the Aalen-Johansen estimator, with exact ties."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri
from sklearn.base import BaseEstimator

Array = NDArray[np.float64]


class AalenJohansen(BaseEstimator):  # type: ignore[misc]
    """Cumulative incidence of each of several causes that exclude one another, without a model.

    Deals that ended at the same age are taken together: at each distinct age, of `n` at risk, `d_j` end from cause j,
    and nothing is moved to break the tie. A deal censored at an age was still at risk there; a deal whose `entry` is an
    age (left truncation: it came under observation then) is at risk only after it.

    The variance is the Greenwood-type (delta method) one of Andersen, Borgan, Gill and Keiding, Statistical Models
    Based on Counting Processes (1993), IV.4.1.3: counts at an age are multinomial given those at risk. Without
    censoring it is exactly F(1 - F)/n. Intervals are symmetric on the complementary log-log scale.

    Parameters:
        causes: how the causes 1..k are called, in this order.
        level: the share of intervals that should hold the truth.

    Attributes after `fit` (T distinct ages at which something ended, k causes):
        ages_ (T,): in the unit of the durations given.
        at_risk_, ended_ (T,), (T, k): weights at risk just before each age, and ended there.
        cumulative_incidence_ (T, k): the share that ended from each cause by each age, that age included.
        still_open_ (T,): the share that did not end by then.
        variance_ (T, k); interval_ (T, k, 2): lower and upper bound.
    """

    def __init__(self, causes: tuple[str, ...] = ("won", "lost", "no_decision"), level: float = 0.9) -> None:
        self.causes = causes
        self.level = level

    def fit(self, duration: ArrayLike, cause: ArrayLike, entry: ArrayLike | None = None) -> AalenJohansen:
        """Estimate from n deals: age at the end or when last seen (n,), its cause (n,; 0 = still open), age at entry.

        Raises ValueError where the arrays differ in length, a cause is none of 0..k, or a deal ends before it enters.
        """
        at = np.asarray(duration, dtype=float)
        ended = np.asarray(cause, dtype=np.int64)
        since = np.full(at.shape, -np.inf) if entry is None else np.asarray(entry, dtype=float)
        self._refuse(at, ended, since)
        self.ages_ = np.unique(at[ended > 0])
        leaving = len(at) - np.searchsorted(np.sort(at), self.ages_, side="left")
        not_yet_in = len(at) - np.searchsorted(np.sort(since), self.ages_, side="left")
        self.at_risk_ = (leaving - not_yet_in).astype(float)
        where = np.searchsorted(self.ages_, at[ended > 0])
        self.ended_ = np.zeros((len(self.ages_), len(self.causes)))
        np.add.at(self.ended_, (where, ended[ended > 0] - 1), 1.0)
        self._walk()
        self.interval_ = complementary_log_log_interval(self.cumulative_incidence_, self.variance_, self.level)
        return self

    def at(self, age: ArrayLike) -> Array:
        """The share that ended from each cause by each of m ages: (m, k); 0 before the first end."""
        steps = np.vstack([np.zeros(len(self.causes)), self.cumulative_incidence_])
        found: Array = steps[np.searchsorted(self.ages_, np.asarray(age, dtype=float), side="right")]
        return found

    def _refuse(self, at: Array, ended: NDArray[np.int64], since: Array) -> None:
        if not at.shape == ended.shape == since.shape or at.ndim != 1:
            raise ValueError(f"duration, cause and entry must be of one length, not {at.shape}, {ended.shape}")
        if ended.size and not 0 <= ended.min() <= ended.max() <= len(self.causes):
            raise ValueError(f"a cause must be 0 (still open) or 1 to {len(self.causes)} ({', '.join(self.causes)})")
        if np.isnan(at).any() or (at <= since).any():
            raise ValueError("each duration must be a number larger than the deal's age at entry")

    def _walk(self) -> None:
        """Step through the ages: (open, ended from 1..k) is multiplied by the transitions seen at each."""
        k = len(self.causes)
        state, covariance = np.eye(k + 1)[0], np.zeros((k + 1, k + 1))
        shares: list[Array] = []
        variances: list[Array] = []
        for n, d in zip(self.at_risk_, self.ended_, strict=True):
            hazard = np.concatenate([[-d.sum() / n], d / n])
            chance = np.concatenate([[1 - d.sum() / n], d / n])
            step = np.eye(k + 1)
            step[0] += hazard
            noise = (np.diag(chance) - np.outer(chance, chance)) / n
            covariance = step.T @ covariance @ step + state[0] ** 2 * noise
            state = state @ step
            shares.append(state)
            variances.append(np.diag(covariance))
        walked = np.array(shares).reshape(-1, k + 1)
        self.still_open_ = walked[:, 0]
        self.cumulative_incidence_ = walked[:, 1:]
        self.variance_ = np.maximum(np.array(variances).reshape(-1, k + 1)[:, 1:], 0.0)

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "cumulative_incidence_")


def complementary_log_log_interval(share: Array, variance: Array, level: float) -> Array:
    """Bounds of shares (…) with the variances (…) given: (…, 2), symmetric in log(-log(1 - share)).

    A share of exactly 0 or 1 has no such scale; its bounds are itself.
    """
    inner = (share > 0) & (share < 1 - 1e-12)
    safe = np.where(inner, share, 0.5)
    cloglog = np.log(-np.log1p(-safe))
    width: Any = ndtri(0.5 + level / 2) * np.sqrt(variance) / np.abs((1 - safe) * np.log1p(-safe))
    bounds = -np.expm1(-np.exp(cloglog[..., None] + np.stack([-width, width], axis=-1)))
    found: Array = np.where(inner[..., None], bounds, share[..., None])
    return found
