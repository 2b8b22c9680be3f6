"""The base rate's interval: published figures, and how often it holds the truth."""

from __future__ import annotations

import numpy as np
import pytest

from premortem.forecasting.base_rate import base_rate


def test_each_end_leaves_half_of_the_doubt_outside() -> None:
    rate = base_rate(5, 20, confidence=0.9)
    share = (np.arange(200_000) + 0.5) / 200_000
    density = share**4.5 * (1 - share) ** 14.5
    assert (rate.value, rate.of) == (0.25, 20)
    assert density[share < rate.low].sum() / density.sum() == pytest.approx(0.05, abs=1e-4)
    assert density[share > rate.high].sum() / density.sum() == pytest.approx(0.05, abs=1e-4)


def test_none_won_may_still_be_few() -> None:
    assert base_rate(0, 10).low == 0
    assert 0 < base_rate(0, 10).high < 0.25
    assert base_rate(10, 10).high == 1


def test_nine_of_ten_intervals_hold_the_truth() -> None:
    draw = np.random.default_rng(0)
    truths = draw.uniform(0.1, 0.9, 2000)
    held = [(rate := base_rate(int(draw.binomial(60, truth)), 60)).low <= truth <= rate.high for truth in truths]
    assert 0.87 <= float(np.mean(held)) <= 0.93


def test_no_deal_no_rate() -> None:
    with pytest.raises(ValueError, match="ended"):
        base_rate(0, 0)
