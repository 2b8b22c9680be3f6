"""How well a table's outcomes can be predicted: tried on rows that were not learned from, beside the base rate.

Later deals from earlier ones, where their days allow it; else folds in which equal rows stay together. Only where the
learned chances beat the base rate beyond doubt, and by enough to matter, is there said to be a signal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t as student

from premortem.forecasting.scores import auc, brier_score, expected_calibration_error, log_loss
from premortem.forecasting.tables.learner import PooledWinProbability
from premortem.forecasting.tables.splits import Part, blocks_in_time, grouped_folds, steady_since

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

LEAST = 50
"""Ended deals under which no chance is given for a single one."""
RANGE, DIFFERENT = 60, 10
"""A split in time needs starts over so many days, on so many different ones."""
LEAST_PREDICTED = 30
ODDS_OF_CHANCE = 0.01
"""The base rate is believed unless chance alone would so seldom let something beat it as clearly."""
MATTERS = 0.005
"""By this share of the base rate's log loss the learned chances must be better: less is of no use to anyone."""


class Trial(NamedTuple):
    """Predicted rows, once a repeat: what came true, the learned chance, the base rate as it was then; each (n,)."""

    split: Literal["time", "group"]
    says: str
    outcome: Array
    probability: Array
    base: Array
    group: NDArray[np.int64]
    learned_from: int
    predicted: int


class Figures(NamedTuple):
    """The trial's figures, each beside the base rate's where it has one."""

    brier: float
    log_loss: float
    auc: float
    calibration_error: float
    base_brier: float
    base_log_loss: float
    chance: float
    """How likely chance alone makes the difference in log loss this large."""


def figures(trial: Trial) -> Figures:
    y, p, base = trial.outcome, trial.probability, trial.base
    return Figures(
        brier_score(y, p),
        log_loss(y, p),
        auc(y, p),
        expected_calibration_error(y, p),
        brier_score(y, base),
        log_loss(y, base),
        _chance(trial),
    )


def signal(told: Figures) -> bool:
    """Whether the learned chances beat the base rate beyond doubt and by enough to matter."""
    better = told.base_log_loss - told.log_loss
    return told.chance < ODDS_OF_CHANCE and better >= MATTERS * told.base_log_loss and told.auc > 0.5


def _chance(trial: Trial) -> float:
    """One-sided paired t test of the log losses; equal rows, and repeats of a row, count as one."""
    y, groups = trial.outcome, trial.group
    gain = np.log(np.where(y == 1, trial.probability, 1 - trial.probability)) - np.log(
        np.where(y == 1, trial.base, 1 - trial.base)
    )
    _, at = np.unique(groups, return_inverse=True)
    count = np.bincount(at)
    summed = np.bincount(at, gain) * len(count) / count.sum()
    spread = float(summed.std(ddof=1)) if len(summed) > 1 else 0.0
    if spread == 0.0:
        return 1.0
    return float(student.sf(summed.mean() / (spread / np.sqrt(len(summed))), len(summed) - 1))


def try_out(
    X: Array, won: Array, categorical: Sequence[bool], start: Array, end: Array, group: NDArray[np.int64], seed: int = 0
) -> Trial | str:
    """Learn from a part of ended rows and predict the rest; a reason in words where too little can be tried.

    X (n, columns), won (n,) of 0 and 1, start and end (n,) days or nan, group (n,) the same number for copies, which
    count once.
    """
    once = _once(group, won)
    X, won, start, end, group = X[once], won[once], start[once], end[once], group[once]
    in_time = _usable(start)
    parts = list(_in_time(start, end, won)) if in_time else []
    if sum(int(part.predict.sum()) for part in parts) >= LEAST_PREDICTED:
        days = f"{len(parts)} later stretches of time" if len(parts) > 1 else "the latest deals"
        return _tried(
            X, won, categorical, [parts], "time", group, f"{days}, predicted from what had ended before", seed
        )
    repeats = 2 if len(won) <= 120 else 1
    rounds = [[Part(~fold, fold) for fold in grouped_folds(group, won, 5, seed + one)] for one in range(repeats)]
    rounds = [[part for part in parts if _enough(part, won)] for parts in rounds]
    if not all(rounds):
        return "too few deals of one outcome to try anything out"
    says = (
        "5 folds"
        + (f", {repeats} times" if repeats > 1 else "")
        + "; rows that are copies of each other share a fold and count once"
    )
    return _tried(X, won, categorical, rounds, "group", group, says, seed)


def _once(group: NDArray[np.int64], won: Array) -> NDArray[np.int64]:
    """Where the first of each kind of row stands: a copy, its outcome too, is no further deal."""
    _, first = np.unique(group * 2 + won.astype(np.int64), return_index=True)
    return np.sort(first)


def _usable(start: Array) -> bool:
    known = start[~np.isnan(start)]
    wide = len(known) >= 0.8 * len(start) and len(known) > 0
    return bool(wide and np.ptp(known) >= RANGE and len(np.unique(known)) >= DIFFERENT)


def _in_time(start: Array, end: Array, won: Array) -> Iterator[Part]:
    blocks = 3 if len(won) <= 1500 else 1
    for part in blocks_in_time(start, end, blocks, 0.5 if blocks > 1 else 0.7):
        since = steady_since(np.where(part.learn, start, np.nan), won)
        learn = part.learn if since is None else part.learn & (start >= since)
        if _enough(Part(learn, part.predict), won):
            yield Part(learn, part.predict)


def _enough(part: Part, won: Array) -> bool:
    wins = won[part.learn].sum()
    return bool(part.predict.any() and part.learn.sum() >= 25 and min(wins, part.learn.sum() - wins) >= 5)


def _tried(
    X: Array,
    won: Array,
    categorical: Sequence[bool],
    rounds: Sequence[Sequence[Part]],
    split: Literal["time", "group"],
    group: NDArray[np.int64],
    says: str,
    seed: int,
) -> Trial:
    y, p, base, groups = [], [], [], []
    for parts in rounds:
        for part in parts:
            learned = PooledWinProbability(categorical, seed=seed)
            learned.fit(X[part.learn], won[part.learn], group[part.learn])
            p.append(learned.predict_proba(X[part.predict])[:, 1])
            y.append(won[part.predict])
            base.append(np.full(int(part.predict.sum()), (won[part.learn].sum() + 0.5) / (part.learn.sum() + 1)))
            groups.append(group[part.predict])
    learned_from = max(int(part.learn.sum()) for parts in rounds for part in parts)
    rows = sum(int(part.predict.sum()) for part in rounds[0])
    told = [np.concatenate(one) for one in (y, p, base)]
    return Trial(split, says, told[0], told[1], told[2], np.concatenate(groups), learned_from, rows)
