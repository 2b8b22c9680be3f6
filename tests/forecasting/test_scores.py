"""Scores against figures worked out by hand, and against scikit-learn's."""

from __future__ import annotations

from math import isnan, log

import numpy as np
import pytest
from sklearn.metrics import brier_score_loss, roc_auc_score
from sklearn.metrics import log_loss as sklearn_log_loss

from premortem.forecasting.scores import (
    auc,
    brier_score,
    brier_score_causes,
    expected_calibration_error,
    log_loss,
    reliability,
)


def test_a_forecast_of_fifty_fifty_costs_a_quarter() -> None:
    assert brier_score([0, 1, 1], [0.5, 0.5, 0.5]) == 0.25
    assert log_loss([0, 1], [0.5, 0.5]) == pytest.approx(log(2))


def test_it_agrees_with_an_outside_reference_ties_and_weights_included() -> None:
    draw = np.random.default_rng(3)
    y, p, w = draw.integers(0, 2, 200), draw.integers(1, 20, 200) / 20, draw.random(200)
    assert brier_score(y, p, w) == pytest.approx(brier_score_loss(y, p, sample_weight=w))
    assert log_loss(y, p, w) == pytest.approx(sklearn_log_loss(y, p, sample_weight=w))
    assert auc(y, p, w) == pytest.approx(roc_auc_score(y, p, sample_weight=w))


def test_ranking_has_no_figure_where_only_one_outcome_occurs() -> None:
    assert isnan(auc([1, 1], [0.2, 0.9]))


def test_with_two_causes_it_is_the_score_of_two_outcomes() -> None:
    p = np.array([0.3, 0.6, 0.9])
    assert brier_score_causes([1, 0, 1], np.column_stack([1 - p, p])) == pytest.approx(brier_score([1, 0, 1], p))


def test_calibration_compares_what_was_said_with_what_came() -> None:
    # Ten said .25 of which four came true, ten said .75 of which nine did: each is .15 off.
    y = [1] * 4 + [0] * 6 + [1] * 9 + [0]
    p = [0.25] * 10 + [0.75] * 10
    assert expected_calibration_error(y, p) == pytest.approx(0.15)
    low, high = reliability(y, p)
    assert (low.forecast, low.share, low.of) == (0.25, 0.4, 10)
    assert high.share_low < 0.9 < high.share_high < 1


def test_a_certain_forecast_stays_in_the_last_bin() -> None:
    assert [one.high for one in reliability([1, 1], [1.0, 0.95])] == [1.0]


@pytest.mark.parametrize(("y", "p"), [([0, 2], [0.5, 0.5]), ([0, 1], [0.5, 1.2]), ([0], [0.5, 0.5]), ([], [])])
def test_what_is_no_forecast_is_refused(y: list[int], p: list[float]) -> None:
    with pytest.raises(ValueError, match=r"outcomes|probabilities"):
        brier_score(y, p)
