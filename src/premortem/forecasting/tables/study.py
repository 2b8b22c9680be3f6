"""A table from file to forecast: what its columns are, what leaks, how well it predicts, and each open row's chance."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from premortem.forecasting.base_rate import BaseRate, base_rate
from premortem.forecasting.scores import Bin, reliability
from premortem.forecasting.tables.coding import Coded, Unused, coded, parted
from premortem.forecasting.tables.columns import Column, Roles, find_roles, read_columns
from premortem.forecasting.tables.judging import LEAST, Figures, Trial, figures, signal, try_out
from premortem.forecasting.tables.leaks import Leak, find_leaks
from premortem.forecasting.tables.learner import PooledWinProbability
from premortem.forecasting.tables.mapping import Mapping, read_mapping
from premortem.forecasting.tables.outcomes import Outcomes, find_outcomes
from premortem.forecasting.tables.reading import Table, read_table
from premortem.forecasting.tables.reasons import Reason, Weight, column_weights, row_reasons
from premortem.forecasting.tables.splits import copies, steady_since

Array = NDArray[np.float64]
Groups = NDArray[np.int64]
Mask = NDArray[np.bool_]


class RowForecast(NamedTuple):
    """An open row's chance to be won, with its interval, and what in the row moves it most."""

    row: int
    won: float
    low: float
    high: float
    reasons: list[Reason]


class Prepared(NamedTuple):
    """A table looked through and coded, before anything is learned from it.

    ended, won, start, until, group: (n,) by row: whether it ended, 1 where it was won, the day on which it began and
    the one by which its outcome was known (proleptic ordinals or nan), and the same number for copies.
    """

    table: Table
    outcomes: Outcomes
    columns: dict[str, Column]
    roles: Roles
    leaks: list[Leak]
    unused: list[Unused]
    data: Coded
    ended: Mask
    won: Array
    start: Array
    until: Array
    group: Groups


class Study(NamedTuple):
    """All that was found. `figures` and `bins` are of the trial, None and empty where none was made."""

    of: Prepared
    base_rate: BaseRate
    since: date | None
    """Deals that began earlier are not learned from: the share won was another altogether."""
    trial: Trial | None
    figures: Figures | None
    bins: list[Bin]
    signal: bool
    why: str
    weights: list[Weight]
    forecasts: list[RowForecast]


def prepare(path: Path, mapping_file: Path | None = None) -> Prepared:
    """Read a table and look through it. Raises Unreadable where it or the mapping can't be read."""
    table = read_table(path)
    mapping = read_mapping(mapping_file, table) if mapping_file else Mapping()
    outcomes = find_outcomes(table, mapping)
    columns = read_columns(table, mapping)
    roles = find_roles(columns, outcomes, mapping)
    others = [one for one in columns.values() if one.name != outcomes.column]
    leaks = find_leaks(others, roles, outcomes.ended, mapping.known_later)
    has_ended = [end is not None for end in outcomes.ended]
    used, unused = parted(others, roles, outcomes.column, leaks, mapping, has_ended)
    return Prepared(
        table=table,
        outcomes=outcomes,
        columns=columns,
        roles=roles,
        leaks=leaks,
        unused=unused,
        data=coded(used),
        ended=np.array(has_ended),
        won=np.array([float(bool(end)) for end in outcomes.ended]),
        start=_days(columns, roles.start, len(has_ended)),
        until=_last_days(columns, roles, outcomes),
        group=copies(list(zip(*(one.cells for one in others if one.kind != "id"), strict=True))),
    )


def study_table(path: Path, mapping_file: Path | None = None) -> Study:
    """Read, look through, try out, and forecast. Raises Unreadable where the table or the mapping can't be read."""
    found = prepare(path, mapping_file)
    won, ended = found.won, found.ended
    since = steady_since(found.start[ended], won[ended])
    learn = ended if since is None else ended & (found.start >= since)
    trial = _trial(found, learn)
    told = figures(trial) if isinstance(trial, Trial) else None
    tells = told is not None and signal(told)
    weights, forecasts = _forecasts(found, learn) if tells else ([], [])
    return Study(
        of=found,
        base_rate=base_rate(int(won[learn].sum()), int(learn.sum())),
        since=None if since is None else date.fromordinal(int(since)),
        trial=trial if isinstance(trial, Trial) else None,
        figures=told,
        bins=reliability(trial.outcome, trial.probability) if isinstance(trial, Trial) else [],
        signal=tells,
        why=trial if isinstance(trial, str) else _why(tells, told),
        weights=weights,
        forecasts=forecasts,
    )


def _days(columns: dict[str, Column], name: str | None, rows: int) -> Array:
    days: Sequence[date | None] = (columns[name].days if name else None) or [None] * rows
    return np.array([np.nan if day is None else float(day.toordinal()) for day in days])


def _last_days(columns: dict[str, Column], roles: Roles, outcomes: Outcomes) -> Array:
    """The day by which each row's outcome was known."""
    if outcomes.until is not None:
        return np.array([np.nan if day is None else float(day.toordinal()) for day in outcomes.until])
    return _days(columns, roles.end, len(outcomes.ended))


def _trial(found: Prepared, learn: Mask) -> Trial | str:
    if learn.sum() < LEAST:
        return f"{int(learn.sum())} deals have ended; under {LEAST} no chance is given for a single deal"
    if not found.data.columns:
        return "no column is left to learn from"
    categorical, start, until = found.data.categorical, found.start[learn], found.until[learn]
    return try_out(found.data.X[learn], found.won[learn], categorical, start, until, found.group[learn])


def _why(found: bool, told: Figures | None) -> str:
    if told is None:
        return ""
    better = 1 - told.log_loss / told.base_log_loss
    if found:
        return f"on deals held back the learned chances beat the base rate: their log loss is {better:.0%} lower"
    if better <= 0:
        return "no signal found: on deals held back nothing learned from these columns beat the base rate"
    return (
        f"no signal found: on deals held back the log loss was {better:.1%} lower than the base rate's, "
        "which chance would also give or is too little to be of use"
    )


def _forecasts(found: Prepared, learn: Mask) -> tuple[list[Weight], list[RowForecast]]:
    data = found.data
    learned = PooledWinProbability(data.categorical).fit(data.X[learn], found.won[learn], found.group[learn])
    weights = column_weights(learned, data, learn, found.won)
    rows = np.flatnonzero(~found.ended)
    if not len(rows):
        return weights, []
    chances, ends = learned.predict_proba(data.X[rows])[:, 1], learned.interval(data.X[rows])
    return weights, [
        RowForecast(int(row), float(chance), float(low), float(high), why)
        for row, chance, (low, high), why in zip(rows, chances, ends, row_reasons(learned, data, rows), strict=True)
    ]
