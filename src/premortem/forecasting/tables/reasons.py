"""What in the columns tells won from lost: over all rows, level by level, and in a single row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from premortem.forecasting.base_rate import base_rate
from premortem.forecasting.tables.coding import Coded
from premortem.forecasting.tables.learner import PooledWinProbability

MOST = 3
"""Reasons for a single row."""
LEVELS = 8
"""Levels of a column that are told."""


class Reason(NamedTuple):
    """A column's value in a row, and what it adds to the row's log-odds of winning, others held as they are."""

    column: str
    value: str
    log_odds: float


class Level(NamedTuple):
    """A value of a column among ended rows: the share won with the ends of its interval."""

    value: str
    won: float
    low: float
    high: float
    of: int


class Weight(NamedTuple):
    """How far a column moves rows apart: the standard deviation of what it adds to their log-odds."""

    column: str
    log_odds: float
    levels: list[Level]


def column_weights(
    learned: PooledWinProbability, data: Coded, rows: NDArray[np.bool_], won: NDArray[np.float64]
) -> list[Weight]:
    """Every column learned from, the weightiest first. rows: (n,) those learned from; won: (n,) of 0 and 1."""
    added = learned.log_odds_spread_.contributions(data.X[rows]).std(axis=0)
    found = [Weight(name, float(added[at]), _levels(data, at, rows, won)) for at, name in enumerate(data.columns)]
    return sorted(found, key=lambda one: (-one.log_odds, one.column))


def _levels(data: Coded, at: int, rows: NDArray[np.bool_], won: NDArray[np.float64]) -> list[Level]:
    """A column's commonest levels; none for numbers."""
    if not data.categorical[at]:
        return []
    codes = data.X[rows, at].astype(np.int64)
    count = np.bincount(codes, minlength=len(data.levels[at]))
    wins = np.bincount(codes, won[rows], minlength=len(count))
    common = [int(code) for code in np.argsort(-count, kind="stable")[:LEVELS] if count[code]]
    return [Level(data.levels[at][code] or "(empty)", *base_rate(int(wins[code]), int(count[code]))) for code in common]


def row_reasons(
    learned: PooledWinProbability, data: Coded, rows: Sequence[int] | NDArray[np.int64]
) -> list[list[Reason]]:
    """For each row the columns that move it most, up or down."""
    added = learned.log_odds_spread_.contributions(data.X[rows])
    found = []
    for row, parts in zip(rows, added, strict=True):
        order = [int(at) for at in np.argsort(-np.abs(parts), kind="stable")[:MOST] if abs(parts[at]) >= 0.05]
        found.append([Reason(data.columns[at], _value(data, int(row), at), float(parts[at])) for at in order])
    return found


def _value(data: Coded, row: int, at: int) -> str:
    value = data.X[row, at]
    if data.categorical[at]:
        return data.levels[at][int(value)] or "(empty)"
    return "(empty)" if np.isnan(value) else f"{value:g}"
