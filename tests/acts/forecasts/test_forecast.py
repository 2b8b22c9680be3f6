"""The forecast of a firm: below fifty closed deals the base rate, above them a number where evidence tells anything."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from premortem.acts.forecasts.forecast import forecast
from premortem.acts.forecasts.forecast_basis import basis
from premortem.acts.forecasts.forecast_deal import forecast_deal
from premortem.acts.forecasts.forecast_numbers import period_end
from premortem.acts.forecasts.forecast_shown import DealNumbers, ForecastDocument, MethodShown
from premortem.acts.playbook import rules_of
from premortem.errors import Unknown
from premortem.ledger.contents import MemoryLedger
from premortem.ledger.entries import Entry, Opened
from tests.forecasting.firms import NOW, TODAY, deal, ledger_of, plain, silent_firm, telling_firm

BY = date(2026, 8, 31)


@pytest.fixture(scope="module")
def telling() -> MemoryLedger:
    return telling_firm()


@pytest.fixture(scope="module")
def told(telling: MemoryLedger) -> ForecastDocument:
    return forecast(telling, None, TODAY, BY)


def word(line: DealNumbers, method: str) -> MethodShown:
    return next(one for one in line.methods if one.method == method)


def test_where_evidence_tells_each_deal_gets_a_number_with_its_interval(told: ForecastDocument) -> None:
    assert told.rests.signal is True
    lines = {line.id: line for line in told.deals}
    good, bad = word(lines["d-900"], "learned"), word(lines["d-901"], "learned")
    assert good.won is not None
    assert bad.won is not None
    assert good.low is not None
    assert good.high is not None
    assert good.won > bad.won + 0.15
    assert good.low < good.won < good.high
    assert good.won + (good.lost or 0) + (good.no_decision or 0) <= 1
    assert lines["d-900"].stands == "learned"


def test_the_stage_stands_beside_it_and_raises_nothing(telling: MemoryLedger, told: ForecastDocument) -> None:
    line = next(one for one in told.deals if one.id == "d-900")
    assert word(line, "stage").evidence is False
    firm = telling_firm()
    firm.store.append(deal("d-900", f"deal: A deal\n{TODAY - timedelta(days=2)} stage Negotiation", amount=None))
    moved = next(one for one in forecast(firm, None, TODAY, BY).deals if one.id == "d-900")
    assert word(moved, "learned").won == word(line, "learned").won


def test_without_a_signal_it_says_so_and_the_base_rate_stands() -> None:
    told = forecast(silent_firm(), None, TODAY, BY)
    assert told.rests.signal is False
    assert any(said.startswith("No signal found") for said in told.rests.says)
    assert {line.stands for line in told.deals} == {"base_rate"}
    assert all(word(line, "learned").won is None for line in told.deals)


def test_below_fifty_closed_deals_no_single_deal_gets_a_number() -> None:
    told = forecast(telling_firm(closed=49), None, TODAY, BY)
    assert (told.rests.closed, told.rests.signal) == (49, None)
    assert told.rests.base_rate is not None
    assert told.rests.base_rate.of == 49
    for line in told.deals:
        assert line.stands is None
        assert [word(line, method).won for method in ("base_rate", "gates", "learned")] == [None, None, None]
    assert told.totals[0].fan, "all of them together still have a distribution, at the base rate"


def test_a_firm_without_an_ended_deal_gets_gates_and_nothing_else() -> None:
    told = forecast(ledger_of([plain(1, None, True, begin=TODAY - timedelta(days=30))]), None, TODAY, BY)
    assert told.rests.base_rate is None
    assert told.totals[0].fan == []
    assert told.deals[0].gates_passed > 0


def test_a_total_counts_what_is_on_the_forecast_and_names_what_is_not(told: ForecastDocument) -> None:
    (total,) = told.totals
    off = [line for line in told.deals if line.category == "not_on_forecast"]
    assert total.left_out == 1000.0 * len(off) > 0
    assert total.deals + len(off) == told.open
    by_method = {one.method: one.expected for one in total.at_stake}
    assert total.fan[-1].expected == pytest.approx(by_method["learned"], rel=0.1)
    assert set(by_method) == {"base_rate", "rep", "learned"}, "shares won ever are in no sum by the day"


def test_shares_won_ever_are_named_so(told: ForecastDocument) -> None:
    assert {one.method for one in told.deals[0].methods if one.ever} == {"stage", "gates"}
    assert all("ever" in one.called for one in told.deals[0].methods if one.ever)


def test_where_older_ends_are_left_out_open_deals_count_from_the_oldest_kept_on(
    telling: MemoryLedger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("premortem.acts.forecasts.forecast_basis.NEWEST_CLOSED", 50)
    told = telling.store.read_each(telling.store.deals())
    lives = basis(told, TODAY, rules_of(telling)).lives
    oldest = min(one.until for one in lives if one.how)
    assert sum(one.how is not None for one in lives) == 50
    assert all(one.since == max(0, (oldest - one.created).days) / 7 for one in lives)
    assert any(one.since for one in lives)


def test_currencies_are_never_added_up() -> None:
    firm = ledger_of(
        [plain(n, "won" if n % 2 else "lost", True) for n in range(4)]
        + [
            in_currency(plain(900 + n, None, True, begin=TODAY - timedelta(days=30)), code)
            for n, code in enumerate(("EUR", "GBP"))
        ]
    )
    told = forecast(firm, None, TODAY, BY, {"EUR": 500.0})
    assert [(one.currency, one.open_amount) for one in told.totals] == [("EUR", 1000.0), ("GBP", 1000.0)]
    assert told.totals[0].coverage == pytest.approx(told.totals[0].rests_on_evidence / 500)
    assert told.totals[1].coverage is None


def in_currency(entries: list[Entry], code: str) -> list[Entry]:
    opened = [one.body for one in entries if isinstance(one.body, Opened)]
    body = replace(opened[0], currency=code)
    return [replace(one, body=body) if isinstance(one.body, Opened) else one for one in entries]


def test_one_deal_tells_why_and_what_would_move_it(telling: MemoryLedger) -> None:
    told = forecast_deal(telling, "d-900", None, TODAY, BY)
    assert any("money" in one.says or "decided" in one.says for one in told.speaks_for)
    assert told.settled
    assert all(0 <= one.if_so <= 1 and 0 <= one.if_not <= 1 for one in told.settled)
    denied = forecast_deal(telling, "d-901", None, TODAY, BY)
    assert any("no money" in one.says or "delay" in one.says for one in denied.speaks_against)
    assert told.history[-1].touch is not None


def test_an_unknown_gate_names_both_categories_it_could_lead_to(telling: MemoryLedger) -> None:
    told = forecast_deal(telling, "d-900", None, TODAY, BY)
    move = next(one for one in told.would_move if one.if_not != one.now)
    assert (move.now, move.if_not) == ("best_case", "pipeline")


def test_a_deal_that_ended_or_is_not_there_has_no_forecast(telling: MemoryLedger) -> None:
    with pytest.raises(Unknown, match="has ended"):
        forecast_deal(telling, "d-000", None, TODAY, BY)
    with pytest.raises(Unknown, match="no deal 'nobody'"):
        forecast_deal(telling, "nobody", None, TODAY, BY)
    with pytest.raises(Unknown, match="is not after"):
        forecast(telling, None, TODAY, TODAY)


def test_the_period_is_the_quarter_or_the_next_where_little_is_left() -> None:
    assert period_end(date(2026, 11, 22)) == date(2026, 12, 31)
    assert period_end(date(2026, 12, 20)) == date(2027, 3, 31)
    assert period_end(NOW.date()) == date(2026, 6, 30)
