"""Copies of a row are no further deals: they share a fold, and count once."""

from __future__ import annotations

import numpy as np

from premortem.forecasting.tables.judging import figures, try_out
from premortem.forecasting.tables.splits import copies

CHANCE = np.random.default_rng(7)
X = CHANCE.integers(0, 4, size=(90, 3)).astype(float)
WON = (X[:, 0] + CHANCE.normal(0, 1.2, 90) > 1.5).astype(float)
NO_DAYS = np.full(90, np.nan)


def test_a_table_pasted_twice_is_judged_as_if_once() -> None:
    rows = [[*map(str, row), str(number)] for number, row in enumerate(X)]
    once = try_out(X, WON, [True] * 3, NO_DAYS, NO_DAYS, copies(rows))
    pasted = np.concatenate([np.arange(90), np.arange(40)])
    twice = try_out(
        X[pasted], WON[pasted], [True] * 3, NO_DAYS[pasted], NO_DAYS[pasted], copies([rows[one] for one in pasted])
    )

    assert not isinstance(once, str)
    assert not isinstance(twice, str)
    assert (once.predicted, twice.predicted) == (90, 90)
    assert figures(once).brier == figures(twice).brier
    assert "count once" in twice.says


def test_rows_that_differ_only_in_how_they_ended_are_two_deals() -> None:
    group = np.concatenate([np.arange(90), [0]])
    rows = np.concatenate([X, X[:1]])
    trial = try_out(rows, np.append(WON, 1 - WON[0]), [True] * 3, np.full(91, np.nan), np.full(91, np.nan), group)

    assert not isinstance(trial, str)
    assert trial.predicted == 91
