"""Parts of a table that are predicted from the rest: folds in which equal rows stay together, or blocks in time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]


class Part(NamedTuple):
    """Rows to learn from and rows to predict, as masks (n,)."""

    learn: Mask
    predict: Mask


def copies(rows: Sequence[Sequence[str]]) -> NDArray[np.int64]:
    """(n,): the same number for rows that are equal cell by cell, so that no copy is predicted from its twin.

    Where more than half of the rows equal another, the columns are merely few and coarse: equal is then no sign of a
    copy, and each row is taken for a deal of its own.
    """
    number: dict[tuple[str, ...], int] = {}
    group = np.array([number.setdefault(tuple(row), len(number)) for row in rows], dtype=np.int64)
    return group if 2 * len(number) >= len(rows) else np.arange(len(rows))


def grouped_folds(group: NDArray[np.int64], y: Array, folds: int, seed: int) -> Iterator[Mask]:
    """Masks (n,) of the rows of each fold: a group in one fold, shares of wins about the same in all of them."""
    _, group = np.unique(group, return_inverse=True)
    count = int(group.max()) + 1
    rate = np.bincount(group, y, count) / np.bincount(group, minlength=count)
    order = np.random.default_rng(seed).permutation(count)
    order = order[np.argsort(rate[order], kind="stable")]
    fold_of = np.empty(count, dtype=np.int64)
    fold_of[order] = np.arange(count) % folds
    for number in range(folds):
        yield fold_of[group] == number


def blocks_in_time(start: Array, end: Array, blocks: int, first: float = 0.5) -> Iterator[Part]:
    """The later rows in blocks, each to be predicted from what had ended before its first day.

    start, end: (n,) days, not-a-number where unknown; an unknown end counts as known by the row's start. `first` is
    the share of rows, the earliest, that are only learned from.
    """
    known = ~np.isnan(start)
    days = np.sort(start[known])
    edges = [days[int(share * (len(days) - 1))] for share in np.linspace(first, 1, blocks + 1)]
    over = np.where(np.isnan(end), start, np.fmax(start, end))
    for number in range(blocks):
        last = number == blocks - 1
        upto = start <= edges[number + 1] if last else start < edges[number + 1]
        yield Part(known & (over < edges[number]), known & (start >= edges[number]) & upto)


def steady_since(start: Array, won: Array) -> float | None:
    """The day since which the share won is another altogether (odds three times as high or low); None if there is none.

    A firm begins to sell, or begins to enter its losses: what was before teaches nothing of what comes. One change
    point by the likelihood ratio (D. V. Hinkley, Inference about the change-point in a sequence of binomial variables,
    Biometrika 57 (1970) 477-488), counted only where it is beyond doubt and enough came after it.
    """
    known = ~np.isnan(start)
    order = np.argsort(start[known], kind="stable")
    day, y = start[known][order], won[known][order]
    n, total = len(y), y.sum()
    before, wins = np.arange(1, n), np.cumsum(y)[:-1]
    after, later = n - before, total - wins
    enough = (before >= 50) & (later >= 20) & (after - later >= 20) & (after >= 200) & (day[1:] > day[:-1])
    if not enough.any():
        return None
    gain = _likelihood(wins, before) + _likelihood(later, after) - _likelihood(np.array([total]), np.array([n]))
    at = int(np.argmax(np.where(enough, gain, -np.inf)))
    odds = [(one + 0.5) / (of - one + 0.5) for one, of in ((wins[at], before[at]), (later[at], after[at]))]
    if gain[at] < 20 or abs(np.log(odds[1] / odds[0])) < np.log(3):
        return None
    return float(day[at + 1])


def _likelihood(wins: Array, of: NDArray[np.int64]) -> Array:
    share = np.clip(wins / of, 1e-12, 1 - 1e-12)
    return np.asarray(wins * np.log(share) + (of - wins) * np.log(1 - share))
