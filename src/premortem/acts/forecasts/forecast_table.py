"""Forecast from a plain table of deals: its columns, its leaks, how well it predicts, and each open deal's chance.

forecast_table(file, columns)   → TableForecast, which needs no ledger
"""

from __future__ import annotations

from datetime import date
from math import isnan
from pathlib import Path

from msgspec import Struct

from premortem.forecasting.base_rate import CONFIDENCE
from premortem.forecasting.tables.reading import SUFFIXES
from premortem.forecasting.tables.reasons import Weight
from premortem.forecasting.tables.study import RowForecast, Study, study_table


class Share(Struct, frozen=True):
    """A share of deals won, the ends of its interval, and of how many deals."""

    value: float
    low: float
    high: float
    of: int
    confidence: float = CONFIDENCE


class OutcomeColumn(Struct, frozen=True):
    """The column that says how a deal ended, and what each of its values was taken for."""

    column: str
    won: list[str]
    lost: list[str]
    open: list[str]


class ColumnReason(Struct, frozen=True):
    """A column, and why it is a leak, or not learned from."""

    column: str
    reason: str


class CalibrationBin(Struct, frozen=True):
    """Chances between `low` and `high`: their mean beside the share that was won, with its interval."""

    low: float
    high: float
    forecast: float
    won: Share


class LevelShown(Struct, frozen=True):
    """One of a column's values, and the share won among ended deals with it."""

    value: str
    won: Share


class ColumnShown(Struct, frozen=True):
    """A column that was learned from; `log_odds` is how far it moves deals apart (a standard deviation)."""

    column: str
    log_odds: float
    levels: list[LevelShown]


class ReasonShown(Struct, frozen=True):
    """What a value adds to a deal's log-odds of being won."""

    column: str
    value: str
    log_odds: float


class OpenDeal(Struct, frozen=True):
    """An open row: the line of the file on which it begins, its chance with the ends of its interval, and why."""

    line: int
    id: str | None
    amount: str | None
    won: float
    low: float
    high: float
    reasons: list[ReasonShown]


class TableForecast(Struct, frozen=True):
    """What the table says. Figures are of deals held back, and null where nothing could be tried."""

    file: str
    encoding: str
    delimiter: str
    rows: int
    won: int
    lost: int
    open: int
    signal: bool
    why: str
    base_rate: Share
    leaks: list[ColumnReason]
    split: str | None
    split_says: str | None
    predicted: int | None
    brier: float | None
    log_loss: float | None
    auc: float | None
    calibration_error: float | None
    base_rate_brier: float | None
    base_rate_log_loss: float | None
    outcome: OutcomeColumn
    start: str | None
    end: str | None
    id: str | None
    amount: str | None
    learned_since: date | None
    used: list[str]
    not_used: list[ColumnReason]
    calibration: list[CalibrationBin]
    columns: list[ColumnShown]
    forecasts: list[OpenDeal]


def is_table(path: Path) -> bool:
    """Whether a path is that of a table's file, by its ending."""
    return path.suffix.lower() in SUFFIXES


def forecast_table(file: Path, columns: Path | None = None) -> TableForecast:
    """Study a table; `columns` is a TOML file that says which column means what, where guessing would go wrong.

    Raises errors.Unreadable where the table or that file can't be read, or nothing in it tells won from lost.
    """
    study = study_table(file, columns)
    told, trial, found = study.figures, study.trial, study.of
    ended = found.outcomes.ended
    return TableForecast(
        file=found.table.file,
        encoding=found.table.encoding,
        delimiter=found.table.delimiter,
        rows=len(ended),
        won=ended.count(True),
        lost=ended.count(False),
        open=ended.count(None),
        signal=study.signal,
        why=study.why,
        base_rate=Share(*study.base_rate),
        leaks=[ColumnReason(*leak) for leak in found.leaks],
        split=trial.split if trial else None,
        split_says=trial.says if trial else None,
        predicted=trial.predicted if trial else None,
        brier=told.brier if told else None,
        log_loss=told.log_loss if told else None,
        auc=None if told is None or isnan(told.auc) else told.auc,
        calibration_error=told.calibration_error if told else None,
        base_rate_brier=told.base_brier if told else None,
        base_rate_log_loss=told.base_log_loss if told else None,
        outcome=OutcomeColumn(found.outcomes.column, **found.outcomes.values),
        start=found.roles.start,
        end=found.roles.end,
        id=found.roles.id,
        amount=found.roles.amount,
        learned_since=study.since,
        used=found.data.columns,
        not_used=[ColumnReason(*one) for one in found.unused],
        calibration=[
            CalibrationBin(one.low, one.high, one.forecast, Share(one.share, one.share_low, one.share_high, one.of))
            for one in study.bins
        ],
        columns=[_column(one) for one in study.weights],
        forecasts=[_open_deal(study, one) for one in study.forecasts],
    )


def _column(one: Weight) -> ColumnShown:
    levels = [LevelShown(level.value, Share(level.won, level.low, level.high, level.of)) for level in one.levels]
    return ColumnShown(one.column, one.log_odds, levels)


def _open_deal(study: Study, one: RowForecast) -> OpenDeal:
    def cell(column: str | None) -> str | None:
        return study.of.columns[column].cells[one.row] or None if column else None

    reasons = [ReasonShown(*reason) for reason in one.reasons]
    line = study.of.table.lines[one.row]
    return OpenDeal(line, cell(study.of.roles.id), cell(study.of.roles.amount), one.won, one.low, one.high, reasons)
