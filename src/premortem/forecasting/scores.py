"""How good probabilities were, once it is known what came true: proper scores, ranking and calibration.

All take one-dimensional arrays of one length n: `outcome` is 0 or 1, `probability` lies in 0..1, and `weight`, where
it is given, says how much each row counts (not negative, not all nothing). Each raises ValueError where that isn't so.
"""

from __future__ import annotations

from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

SMALLEST = 1e-15
"""A probability of nothing for what then came true would cost an infinite log loss; it is taken as this much."""


class Bin(NamedTuple):
    """Forecasts between `low` and `high`: their mean, and the share that came true with the ends of its interval."""

    low: float
    high: float
    forecast: float
    share: float
    share_low: float
    share_high: float
    of: int


def brier_score(outcome: ArrayLike, probability: ArrayLike, weight: ArrayLike | None = None) -> float:
    """The mean squared distance between probability and outcome: 0 is perfect, .25 is 'fifty-fifty' said of all.

    G. W. Brier, Verification of forecasts expressed in terms of probability, Mon. Weather Rev. 78 (1950) 1-3, halved
    as is usual for two outcomes.
    """
    y, p, w = _checked(outcome, probability, weight)
    return float(np.average((p - y) ** 2, weights=w))


def brier_score_causes(cause: ArrayLike, probabilities: ArrayLike) -> float:
    """Brier's score over several ends at once, halved, so that with two of them it is that of `brier_score`.

    cause: (n,) whole numbers 0..k-1. probabilities: (n, k), each row summing to at most 1.
    """
    happened, p = np.asarray(cause, dtype=np.int64), np.asarray(probabilities, dtype=np.float64)
    if p.ndim != 2 or happened.shape != p.shape[:1] or not happened.size:
        raise ValueError(f"{happened.shape} causes don't fit probabilities of shape {p.shape}")
    if happened.min() < 0 or happened.max() >= p.shape[1]:
        raise ValueError(f"causes must be 0 to {p.shape[1] - 1}")
    truth = np.eye(p.shape[1])[happened]
    return float(((p - truth) ** 2).sum(axis=1).mean() / 2)


def log_loss(outcome: ArrayLike, probability: ArrayLike, weight: ArrayLike | None = None) -> float:
    """The mean surprise in nats: minus the logarithm of the probability given to what came true.

    I. J. Good, Rational decisions, J. R. Stat. Soc. B 14 (1952) 107-114.
    """
    y, p, w = _checked(outcome, probability, weight)
    told = np.where(y == 1, p, 1 - p)
    return float(np.average(-np.log(np.clip(told, SMALLEST, 1.0)), weights=w))


def auc(outcome: ArrayLike, probability: ArrayLike, weight: ArrayLike | None = None) -> float:
    """How often a row that came true has the higher probability of two drawn, one of each; a tie counts half.

    The area under the ROC curve: J. A. Hanley and B. J. McNeil, Radiology 143 (1982) 29-36. Not a number where only
    one outcome occurs.
    """
    y, p, w = _checked(outcome, probability, weight)
    _, place = np.unique(p, return_inverse=True)
    true, false = np.bincount(place, w * y), np.bincount(place, w * (1 - y))
    pairs = true.sum() * false.sum()
    if pairs == 0:
        return float("nan")
    return float((true * (np.cumsum(false) - false / 2)).sum() / pairs)


def expected_calibration_error(
    outcome: ArrayLike, probability: ArrayLike, bins: int = 10, weight: ArrayLike | None = None
) -> float:
    """How far forecasts lie from what came true, on average over equally wide bins, each counted by its rows.

    M. P. Naeini, G. F. Cooper and M. Hauskrecht, Obtaining well calibrated probabilities using Bayesian binning, AAAI
    29 (2015) 2901-2907. With few rows chance alone keeps it well above nothing.
    """
    y, p, w = _checked(outcome, probability, weight)
    gap = np.bincount(_bin_of(p, bins), w * (p - y), minlength=bins)
    return float(np.abs(gap).sum() / w.sum())


def reliability(outcome: ArrayLike, probability: ArrayLike, bins: int = 10, confidence: float = 0.9) -> list[Bin]:
    """What came true of the forecasts in each of `bins` equally wide bins; bins without a row are left out."""
    y, p, _ = _checked(outcome, probability, None)
    where, found = _bin_of(p, bins), []
    for number in np.unique(where):
        here = where == number
        count, came_true = int(here.sum()), int(y[here].sum())
        low, high = wilson(came_true, count, confidence)
        edges = float(number / bins), float((number + 1) / bins)
        found.append(Bin(*edges, float(p[here].mean()), came_true / count, low, high, count))
    return found


def wilson(some: int, of: int, confidence: float = 0.9) -> tuple[float, float]:
    """The two ends of Wilson's interval for a share. Raises ValueError where there is no whole.

    E. B. Wilson, Probable inference, the law of succession, and statistical inference, J. Am. Stat. Assoc. 22 (1927)
    209-212.
    """
    if not 0 <= some <= of or of == 0:
        raise ValueError(f"{some} of {of} is no share")
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    middle, room = some + z * z / 2, z * np.sqrt(some * (of - some) / of + z * z / 4)
    low = 0.0 if some == 0 else (middle - room) / (of + z * z)
    high = 1.0 if some == of else (middle + room) / (of + z * z)
    return float(low), float(high)


def _bin_of(p: Array, bins: int) -> NDArray[np.int64]:
    return np.minimum((p * bins).astype(np.int64), bins - 1)


def _checked(outcome: ArrayLike, probability: ArrayLike, weight: ArrayLike | None) -> tuple[Array, Array, Array]:
    y, p = np.asarray(outcome, dtype=np.float64), np.asarray(probability, dtype=np.float64)
    w = np.ones_like(y) if weight is None else np.asarray(weight, dtype=np.float64)
    if y.ndim != 1 or not (y.shape == p.shape == w.shape) or not y.size:
        raise ValueError(f"outcomes {y.shape}, probabilities {p.shape} and weights {w.shape} need one same length")
    if not np.isin(y, (0.0, 1.0)).all():
        raise ValueError("outcomes must be 0 or 1")
    if not ((p >= 0) & (p <= 1)).all():
        raise ValueError("probabilities must lie between 0 and 1")
    if not (w >= 0).all() or w.sum() <= 0:
        raise ValueError("weights must not be negative, nor all nothing")
    return y, p, w
