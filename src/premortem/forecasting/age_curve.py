"""How the chance to end changes with a deal's age: a small penalised spline, told as columns that can be pooled."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import BSpline

Array = NDArray[np.float64]

DEGREE = 3


def age_columns(oldest: int, pieces: int) -> Array:
    """The curve's columns for each age 0..oldest: (oldest + 1, pieces + 2); the first is the trend, all are centred.

    A P-spline (Eilers and Marx 1996) of `pieces` cubic pieces in log(1 + age), in its mixed-model form (Currie and
    Durban 2002): a straight trend, and deviations from it whose ridge penalty is the P-spline's second differences.
    A week matters more early than late, hence the logarithm.
    """
    at = np.log1p(np.arange(oldest + 1, dtype=float))
    if oldest < 2:
        few: Array = np.eye(1, pieces + 2) * (at[:, None] - at.mean())
        return few
    step = at[-1] / pieces
    knots = step * np.arange(-DEGREE, pieces + DEGREE + 1)
    basis: Array = BSpline.design_matrix(np.minimum(at, at[-1] - 1e-9), knots, DEGREE).toarray()
    differences = np.diff(np.eye(basis.shape[1]), n=2, axis=0)
    bends = basis @ differences.T @ np.linalg.inv(differences @ differences.T)
    trend = (at - at.mean())[:, None] / max(float(at.std()), 1e-9)
    bends -= bends.mean(axis=0)
    bends -= trend @ (trend.T @ bends) / len(at)
    scale = np.sqrt((bends**2).mean() * bends.shape[1]) or 1.0
    columns: Array = np.hstack([trend, bends / scale])
    return columns
