"""The methods side by side: none says more than it knows."""

from __future__ import annotations

import pytest

from premortem.forecasting.base_rate import base_rate
from premortem.forecasting.methods import SharesWon, by_gates, by_stage
from premortem.forecasting.track_record import Held, period_errors, track_record
from tests.forecasting.firms import START, TODAY


def test_a_stage_is_worth_what_became_of_own_deals_that_passed_it() -> None:
    passed = [(["Proposal"], True)] * 3 + [(["Proposal", "Commit"], False)] * 4
    table = SharesWon().fit(passed).share_won_
    told = by_stage("Proposal", table)
    assert told.won == pytest.approx(3.5 / 8)
    assert "3 of your 7 ended deals" in told.says
    assert "no evidence" in told.says


def test_a_stage_that_few_passed_is_worth_what_a_vendor_says_and_named_so() -> None:
    told = by_stage("Proposal/Price Quote", {})
    assert told.won == 0.75
    assert "other firms'" in told.says
    assert by_stage("Verbal yes", {}).won is None
    assert by_stage(None, {}).won is None


def test_gates_give_a_category_and_a_number_only_from_fifty_closed_deals_on() -> None:
    table = {"commit": base_rate(8, 10)}
    assert by_gates("commit", "all passed", table, closed=49).won is None
    told = by_gates("commit", "all passed", table, closed=50)
    assert told.won == pytest.approx(8.5 / 11)
    assert told.category == "commit"


def held(deal: str, chance: float, came: bool, amount: float | None = 100.0, currency: str = "EUR") -> Held:
    return Held(deal, START, TODAY, chance, came, amount, currency)


def test_a_deal_weighs_one_however_often_it_was_forecast() -> None:
    told = track_record([held("a", 0.0, True), held("a", 0.0, True), held("b", 1.0, True)])
    assert told is not None
    assert told.brier == pytest.approx(0.5)
    assert (told.forecasts, told.deals, told.enough) == (3, 2, False)
    assert track_record([]) is None


def test_sums_are_held_against_sums_currency_by_currency() -> None:
    euros, pounds = period_errors([held("a", 0.9, True), held("b", 0.6, False), held("c", 0.5, False, 40.0, "GBP")])
    assert euros.currency == "EUR"
    assert euros.mape == euros.bias == pytest.approx(0.5)
    assert (pounds.currency, pounds.mape, pounds.without) == ("GBP", None, 1)
