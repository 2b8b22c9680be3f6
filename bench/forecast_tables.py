"""How well tables of real deals are forecast, with the bars set by usual methods beside ours, in one printed table."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path
from textwrap import wrap
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bench.real_material import ABSENT, real_material
from premortem.acts.forecasts.forecast_table import TableForecast, forecast_table
from premortem.forecasting.scores import auc, brier_score, expected_calibration_error, log_loss
from premortem.forecasting.tables.learner import PooledWinProbability
from premortem.forecasting.tables.splits import copies, grouped_folds, steady_since
from premortem.forecasting.tables.study import prepare

Array = NDArray[np.float64]

SALVIRT = "deals/salvirt/Salvirt_B2B_ML_dataset.csv"
OLIST = "deals/olist"
MAVEN, SKYGENI = "deals/maven/sales_pipeline.csv", "deals/skygeni/sales_data.csv"
SHOWN_BY_CONVERSATION = (
    "Authority",
    "Competitors",
    "Purch_dept",
    "Budgt_alloc",
    "Forml_tend",
    "Posit_statm",
    "Source",
    "Scope",
    "Needs_def",
    "Growth",
)
"""The ten that talk with a buyer settles by itself; who sells what to whom, and our own plans, are the file's."""
WITHIN, CUT, FEW = 30, "2018-04-01", 50


WIDE = (46, 40, 18, 24)
"""Letters to a column."""


class Measured(NamedTuple):
    """A line of the table: what was asked, ours, the bar it is held to, and what usual methods reach."""

    asked: str
    ours: str
    bar: str
    usual: str


def measure() -> list[Measured]:
    """All lines; one that says so where the material is absent."""
    found: list[Measured] = []
    salvirt, olist = real_material(SALVIRT), real_material(OLIST)
    found += _salvirt(salvirt) if salvirt else [Measured("salvirt", ABSENT, "", "")]
    found += _olist(olist) if olist else [Measured("olist", ABSENT, "", "")]
    for name, path, leaks in (
        ("maven", MAVEN, ("close_value", "account", "close_date")),
        ("skygeni", SKYGENI, ("closed_date", "sales_cycle_days")),
    ):
        file = real_material(path)
        found += _honesty(name, forecast_table(file), leaks) if file else [Measured(name, ABSENT, "", "")]
    return found


def _salvirt(file: Path) -> list[Measured]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list({tuple(row.items()): row for row in csv.DictReader(opened, delimiter=";")}.values())
    won = np.array([float(row["Status"] == "Won") for row in rows])
    fields = [name for name in rows[0] if name != "Status"]
    group = copies([[row[name] for name in fields] for row in rows])
    found: list[Measured] = []
    for names, says, bar, usual in (
        (fields, f"all {len(fields)} fields", 0.160, "LR .162, HGB .164"),
        (SHOWN_BY_CONVERSATION, "ten a conversation shows", 0.172, "LR .184, HGB .177"),
    ):
        X = _codes(rows, names)
        y, p = _five_by_five(X, won, group)
        ece = f"{np.mean([expected_calibration_error(won, one) for one in np.split(p, 5)]):.3f}"
        found.append(Measured(f"salvirt, {says}: Brier", f"{brier_score(y, p):.4f}", f"≤ {bar:.3f}", usual))
        found.append(Measured("  log loss, AUC", f"{log_loss(y, p):.3f}, {auc(y, p):.3f}", "", ""))
        found.append(Measured("  expected calibration error, mean of 5 runs", ece, "≤ .050", ""))
        found.append(
            Measured("  expected calibration error, runs together", f"{expected_calibration_error(y, p):.3f}", "", "")
        )
    few = _with_few(_codes(rows, fields), won, group)
    found.append(Measured(f"salvirt, {FEW} training deals, all fields: Brier", f"{few:.4f}", "< .210", "constant .25"))
    return found


def _codes(rows: Sequence[dict[str, str]], names: Sequence[str]) -> Array:
    columns = [np.unique([row[name] for row in rows], return_inverse=True)[1] for name in names]
    return np.column_stack(columns).astype(np.float64)


def _five_by_five(X: Array, won: Array, group: NDArray[np.int64]) -> tuple[Array, Array]:
    """Outcomes and chances of five runs of five folds, one run after the other."""
    told = np.zeros((5, len(won)))
    for run in range(5):
        for fold in grouped_folds(group, won, 5, 100 + run):
            learned = PooledWinProbability([True] * X.shape[1]).fit(X[~fold], won[~fold], group[~fold])
            told[run, fold] = learned.predict_proba(X[fold])[:, 1]
    return np.tile(won, 5), told.ravel()


def _with_few(X: Array, won: Array, group: NDArray[np.int64], draws: int = 10) -> float:
    """Brier's score of all other deals, on average over draws of fifty to learn from."""
    found = []
    for draw in range(draws):
        drawn = np.random.default_rng(draw).permutation(len(won))[:FEW]
        back = ~np.isin(group, group[drawn])
        learned = PooledWinProbability([True] * X.shape[1]).fit(X[drawn], won[drawn], group[drawn])
        found.append(brier_score(won[back], learned.predict_proba(X[back])[:, 1]))
    return float(np.mean(found))


def joined_olist(folder: Path, to: Path) -> None:
    """The leads, each with what is known of it once it was won, as one table."""
    with (folder / "olist_marketing_qualified_leads_dataset.csv").open(encoding="utf-8", newline="") as opened:
        leads = list(csv.DictReader(opened))
    with (folder / "olist_closed_deals_dataset.csv").open(encoding="utf-8", newline="") as opened:
        won = {row["mql_id"]: row for row in csv.DictReader(opened)}
    later = [name for name in next(iter(won.values())) if name != "mql_id"]
    with to.open("w", encoding="utf-8", newline="") as written:
        writer = csv.DictWriter(written, [*leads[0], *later], restval="")
        writer.writeheader()
        writer.writerows({**lead, **won.get(lead["mql_id"], {})} for lead in leads)


def _olist(folder: Path) -> list[Measured]:
    with tempfile.TemporaryDirectory() as place:
        table, columns = Path(place, "leads.csv"), Path(place, "columns.toml")
        joined_olist(folder, table)
        columns.write_text(f'won_date = "won_date"\nwithin_days = {WITHIN}\nstart = "first_contact_date"\n')
        prepared, document = prepare(table, columns), forecast_table(table, columns)
    cut = float(np.datetime64(CUT).astype("datetime64[D]").astype(int) + 719163)
    test = prepared.ended & (prepared.start >= cut)
    learn = prepared.ended & (prepared.until < cut)
    since = steady_since(np.where(learn, prepared.start, np.nan), prepared.won)
    learn &= prepared.start >= (since or 0)
    data, y = prepared.data, prepared.won[test]
    learned = PooledWinProbability(data.categorical).fit(data.X[learn], prepared.won[learn])
    p = learned.predict_proba(data.X[test])[:, 1]
    rate = prepared.won[learn].mean()
    constant = log_loss(y, np.full(len(y), rate))
    says = f"olist, won within {WITHIN} days, began from {CUT} ({len(y):,}), learned from {int(learn.sum()):,}"
    leaks = ", ".join(leak.column for leak in document.leaks)
    return [
        Measured(
            f"{says}: log loss", f"{log_loss(y, p):.4f}", "< .284", f"LR .284, HGB .332, base rate {constant:.4f}"
        ),
        Measured("  Brier, AUC", f"{brier_score(y, p):.4f}, {auc(y, p):.3f}", "", "LR .079, .692"),
        Measured("  leaks named", leaks, "", ""),
        Measured("  by the command itself", _verdict(document), "signal", ""),
    ]


def _honesty(name: str, document: TableForecast, leaks: Sequence[str]) -> list[Measured]:
    rate = document.base_rate
    named = {leak.column for leak in document.leaks}
    missing = [one for one in leaks if one not in named]
    told = f"{rate.value:.3f} ({rate.low:.3f} to {rate.high:.3f})"
    return [
        Measured(f"{name}, {document.split_says}", _verdict(document), "no signal", ""),
        Measured("  base rate", told, "given", ""),
        Measured(
            "  leaks named",
            ", ".join(sorted(named)) + (f"; MISSING {missing}" if missing else ""),
            ", ".join(leaks),
            "",
        ),
    ]


def _verdict(document: TableForecast) -> str:
    says = "signal" if document.signal else "no signal"
    figures = f"log loss {document.log_loss:.4f}, base rate {document.base_rate_log_loss:.4f}, AUC {document.auc:.3f}"
    return f"{says} ({figures})"


def printed() -> str:
    """The lines as a table for a terminal; what is too long for its column goes on beneath."""
    rows = [("measured", "ours", "held to", "usual methods"), *measure()]
    lines = []
    for row in rows:
        cells = [wrap(cell, wide) or [""] for cell, wide in zip(row, WIDE, strict=True)]
        for parts in zip_longest(*cells, fillvalue=""):
            lines.append("  ".join(part.ljust(wide) for part, wide in zip(parts, WIDE, strict=True)).rstrip())
    return "\n".join(lines)


if __name__ == "__main__":
    print(printed())  # noqa: T201 - this is what it is for
