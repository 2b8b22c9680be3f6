"""How near forecasts from histories come: a simulated firm with known truth, and real loan cases out of time.

    python -m bench.forecast_histories [--quick]

The simulated firm tells whether the error falls with the number of deals and whether intervals hold what they promise.
The loan cases (BPI Challenge 2012) are forecast 0, 7 and 14 days after the first offer, by what their events had told
by then, and stand beside logistic regression and boosted trees. `--quick` leaves out the largest firm.
"""

from __future__ import annotations

import csv
import gzip
import io
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from bench.real_material import ABSENT, real_material
from bench.simulated_firm import held, lived, simulate
from premortem.forecasting.competing_hazards import CompetingHazards
from premortem.forecasting.event_history import EventLog
from premortem.forecasting.history_forecast import HistoryForecast
from premortem.forecasting.scores import auc, brier_score, log_loss

Array = NDArray[np.float64]

WEEKS = 13
FIRMS = ((50, 40), (150, 25), (1000, 8), (50_000, 3))
"""Deals, and how many such firms the figures are the mean of."""
LOANS = "deals/bpic2012/bpic2012_events.csv.gz"
OFFER = ("O_SENT complete",)
ENDS = ("A_APPROVED complete", "A_DECLINED complete", "A_CANCELLED complete")
BARS = {0: (0.691, 0.249), 7: (0.670, 0.239), 14: (0.592, 0.190)}
"""By days after the first offer: log loss to stay under (the better of LR and HGB, as published beside the material),
and the Brier score to reach."""
SPLIT_AT = 0.7


@dataclass(frozen=True)
class Loans:
    """The log, and of each case the day of its first offer and of its end, and how it ended (0 = still open)."""

    log: EventLog
    offer: Array
    end: Array
    cause: NDArray[np.int64]


def main(arguments: Sequence[str] | None = None, out: TextIO = sys.stdout) -> int:
    """Print both tables."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    simulated(FIRMS[:-1] if "--quick" in given else FIRMS, out)
    print(file=out)
    found = real_material(LOANS)
    if found is None:
        print(f"loan cases: {ABSENT}", file=out)
    else:
        loans(read_loans(found), out)
    return 0


def simulated(firms: Sequence[tuple[int, int]], out: TextIO) -> None:
    """One line a size of firm: error against the truth, and how much of it the intervals hold."""
    probe = simulate(3000, seed=999)
    X, age = probe.open_now, probe.age_now
    truth, as_lived = held(X, age, WEEKS), lived(X, age, WEEKS, 200, seed=7)
    spread = np.abs(truth - truth.mean(axis=0)).mean()
    print(f"simulated firm: chance to be won, lost, undecided within {WEEKS} weeks, {len(age)} open deals", file=out)
    print(f"  (the true average for every deal, which nobody knows, errs by {spread:.4f})", file=out)
    print("   deals  firms  person-weeks  mean abs. error  90% intervals hold  as lived*  seconds to fit", file=out)
    for deals, repeats in firms:
        lines = [_one_firm(deals, seed, X, age, truth, as_lived) for seed in range(1000, 1000 + repeats)]
        rows, error, share, as_it_went, seconds = np.mean(lines, axis=0)
        print(
            f"  {deals:6,} {repeats:6} {rows:13,.0f} {error:16.4f} {share:18.1%} {as_it_went:11.4f} {seconds:14.2f}",
            file=out,
            flush=True,
        )
    print(
        "  * mean absolute error against what comes when the evidence goes on changing: forecasts hold it as it is,",
        file=out,
    )
    print(f"    and even the truth so held errs by {np.abs(truth - as_lived).mean():.4f}", file=out)


def _one_firm(deals: int, seed: int, X: Array, age: NDArray[np.int64], truth: Array, as_lived: Array) -> list[float]:
    history = simulate(deals, seed).history
    started = time.perf_counter()
    model = CompetingHazards().fit(history.X, history.age, history.cause)
    seconds = time.perf_counter() - started
    found = model.cumulative_incidence(X, age, WEEKS)[:, -1]
    bounds = model.interval(X, age, WEEKS)
    share = ((bounds[..., 0] <= truth) & (truth <= bounds[..., 1])).mean()
    return [len(history), np.abs(found - truth).mean(), float(share), np.abs(found - as_lived).mean(), seconds]


def read_loans(path: Path) -> Loans:
    """The log of events; days are counted from a Monday."""
    monday = datetime(2011, 1, 3, tzinfo=UTC)
    case, activity, day, who, amount = [], [], [], [], []
    with gzip.open(path) as packed:
        for row in csv.DictReader(io.TextIOWrapper(packed, encoding="utf-8")):
            case.append(row["case"])
            activity.append(f"{row['activity']} {row['lifecycle'].lower()}")
            day.append((datetime.fromisoformat(row["time"]) - monday).total_seconds() / 86400)
            who.append(row["resource"])
            amount.append(float(row["amount_req"] or "nan"))
    log = EventLog.of(case, activity, day, who, amount)
    ends = np.stack([log.first([end]) for end in ENDS], axis=1)
    end = ends.min(axis=1)
    return Loans(log, log.first(OFFER), end, np.where(np.isfinite(end), ends.argmin(axis=1) + 1, 0))


def loans(cases: Loans, out: TextIO) -> None:
    """One block a snapshot: ours, the constant, and two usual models on the same columns and cases."""
    offered = np.isfinite(cases.offer)
    split = float(np.quantile(cases.offer[offered], SPLIT_AT))
    print(
        "loan cases, out of time: learned on the day by which 70% of first offers had been made; a case counts as",
        file=out,
    )
    print("ended only if it had ended by then, else as still open; tested on offers made later that ended", file=out)
    for days, (bar_loss, bar_brier) in BARS.items():
        moment = cases.offer + days
        seen = np.flatnonzero(offered & (moment < split) & (cases.end > moment))
        later = np.flatnonzero(offered & (cases.offer >= split) & (cases.end > moment) & (cases.cause > 0))
        known = seen[cases.end[seen] <= split]
        started = time.perf_counter()
        model = HistoryForecast().fit(cases.log, seen, moment[seen], cases.end[seen], cases.cause[seen], split)
        seconds = time.perf_counter() - started
        won, past = cases.cause[later] == 1, cases.cause[known] == 1
        print(
            f"  {days} days after the first offer: {len(seen):,} to learn from, {len(known):,} of them ended; "
            f"{len(later):,} to test, {won.mean():.3f} won; fitted in {seconds:.0f} s",
            file=out,
        )
        learned, asked = (model.history_.transform(cases.log, which, moment[which]) for which in (known, later))
        usual = make_pipeline(StandardScaler(), LogisticRegression(max_iter=500)).fit(learned, past)
        boosted = HistGradientBoostingClassifier(random_state=0).fit(learned, past)
        _line("ours", won, model.win_probability(cases.log, later, moment[later]), out)
        _line("the share won so far", won, np.full(len(later), past.mean()), out)
        _line("LR on our columns", won, usual.predict_proba(asked)[:, 1], out)
        _line("HGB on our columns", won, boosted.predict_proba(asked)[:, 1], out)
        print(f"    {'bar':22} log loss under {bar_loss:.3f}, Brier {bar_brier:.3f}", file=out, flush=True)


def _line(name: str, won: NDArray[np.bool_], chance: Array, out: TextIO) -> None:
    y = won.astype(float)
    figures = f"log loss {log_loss(y, chance):.4f}  Brier {brier_score(y, chance):.4f}  AUC {auc(y, chance):.3f}"
    print(f"    {name:22} {figures}", file=out)


if __name__ == "__main__":
    raise SystemExit(main())
