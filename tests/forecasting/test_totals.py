"""A period's total: held against sums that can be worked out by hand."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from premortem.forecasting.totals import ASSUMED, correlation, coverage, fan, slips
from premortem.ledger.fold import deal_as_of
from tests.forecasting.firms import deal


def sums(together: float, deals: int = 40, chance: float = 0.3) -> tuple[float, float]:
    found = fan(np.ones(deals), np.full((1, deals, 1), chance), together, draws=20_000)
    return float(found.mean[0]), float(found.quantiles[0, 4] - found.quantiles[0, 0])


def test_without_a_common_market_it_is_the_binomial() -> None:
    mean, width = sums(0.0)
    assert mean == pytest.approx(12, abs=0.1)
    assert width == pytest.approx(2 * 1.645 * np.sqrt(40 * 0.3 * 0.7), abs=1.5)


def test_a_common_market_widens_the_sum_and_leaves_its_mean() -> None:
    mean, width = sums(0.3)
    assert mean == pytest.approx(12, abs=0.3)
    assert width > 1.8 * sums(0.0)[1]


def test_a_sum_only_grows_from_week_to_week() -> None:
    chances = np.linspace(0.01, 0.6, 13)[None, None, :].repeat(5, axis=1)
    found = fan(np.array([1.0, 2, 3, 4, 5]), chances, 0.1)
    assert (np.diff(found.mean) > 0).all()
    assert (np.diff(found.quantiles, axis=0) >= 0).all()
    assert found.mean[-1] == pytest.approx(15 * 0.6, rel=0.03)


def test_what_is_not_known_for_sure_widens_it_too() -> None:
    sure = fan(np.ones(50), np.full((1, 50, 1), 0.5), 0.0)
    unsure = fan(np.ones(50), np.stack([np.full((50, 1), 0.3), np.full((50, 1), 0.7)]), 0.0)
    assert unsure.quantiles[0, 4] - unsure.quantiles[0, 0] > 1.5 * (sure.quantiles[0, 4] - sure.quantiles[0, 0])


def test_the_same_deals_give_the_same_figures() -> None:
    assert sums(0.1) == sums(0.1)


def test_shapes_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="amounts"):
        fan(np.ones(2), np.ones((1, 3, 1)), 0.1)


def test_quarters_that_differ_by_chance_alone_show_no_correlation() -> None:
    even = correlation([(5, 10)] * 12)
    assert even.value == 0.0
    assert "measured on 12 quarters" in even.source


def test_quarters_that_swing_show_one() -> None:
    luck = np.random.default_rng(1)
    market = luck.standard_normal(200)
    won = [int((np.sqrt(0.3) * one + np.sqrt(0.7) * luck.standard_normal(60) < 0).sum()) for one in market]
    assert correlation([(one, 60) for one in won]).value == pytest.approx(0.3, abs=0.06)


def test_with_few_quarters_it_is_assumed_and_says_so() -> None:
    few = correlation([(2, 5)] * 3)
    assert (few.value, few.source[:7]) == (ASSUMED, "assumed")


def test_a_close_moved_later_is_a_slip_and_one_moved_sooner_is_none() -> None:
    story = """deal: Harbour, planned close 2026-03-31
        2026-01-05 call: Ines 60%, Tom 40%
        2026-02-01 close 2026-06-30
        2026-02-10 close 2026-05-31
        2026-03-01 close 2026-09-30"""
    told = slips(deal_as_of(deal("d", "\n".join(line.strip() for line in story.splitlines()))), date(2026, 7, 15))
    assert (told.times, told.days, told.unchanged_days) == (2, 91 + 122, 136)
    assert told.stale


def test_coverage_is_what_rests_on_evidence_by_what_is_wanted() -> None:
    assert coverage(200.0, 300.0) == 1.5
    assert coverage(0.0, 300.0) is None
