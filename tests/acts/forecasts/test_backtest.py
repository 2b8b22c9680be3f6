"""A backtest knows on each day what was known on it, and nothing of what came."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from premortem.acts.forecasts.backtest import BacktestDocument, backtest
from premortem.acts.forecasts.forecast_basis import basis
from premortem.acts.forecasts.forecast_numbers import numbers
from premortem.acts.playbook import rules_of
from premortem.errors import Unknown
from premortem.forecasting.evidence import FEATURES
from premortem.forecasting.weeks import seen
from premortem.ledger.contents import MemoryLedger
from premortem.ledger.entries import Entry
from tests.forecasting.firms import START, TODAY, deal, later, ledger_of, plain, telling_firm

DAY = date(2025, 6, 1)
BY = date(2025, 8, 31)


def told_on(deals: list[tuple[str, list[Entry]]]) -> list[object]:
    return [(one.one.deal.id, one.one.evidence, one.chances) for one in numbers(basis(deals, DAY, rules_of()), BY)]


@pytest.fixture(scope="module")
def firm() -> MemoryLedger:
    return telling_firm(closed=110)


def all_of(firm: MemoryLedger) -> list[tuple[str, list[Entry]]]:
    return list(firm.store.read_each(firm.store.deals()))


def test_what_is_dated_or_learned_after_the_day_changes_nothing(firm: MemoryLedger) -> None:
    whole = all_of(firm)
    then = [(name, known) for name, entries in whole if (known := seen(entries, DAY))]
    assert sum(len(entries) for _, entries in whole) > sum(len(entries) for _, entries in then)
    assert told_on(whole) == told_on(then)
    words = 'Tom budget_missing "nothing left this year"'
    hindsight = (
        f"deal: A deal\nsellers: Ines\nbuyers: Tom\n{DAY - timedelta(days=9)} call: Ines 50%, Tom 50%\n  {words}"
    )
    added = [
        (name, [*entries, *later(deal(name, hindsight, None), DAY + timedelta(days=5))]) for name, entries in whole
    ]
    assert told_on(added) == told_on(then)


def test_what_was_known_by_the_day_does_change_it(firm: MemoryLedger) -> None:
    whole = all_of(firm)
    words = 'Tom budget_missing "nothing left this year"'
    news = f"deal: A deal\nsellers: Ines\nbuyers: Tom\n{DAY - timedelta(days=9)} call: Ines 50%, Tom 50%\n  {words}"
    added = [(name, [*entries, *deal(name, news, None)]) for name, entries in whole]
    assert told_on(added) != told_on(whole)


def test_how_a_deal_ended_on_the_day_itself_is_in_none_of_its_rows() -> None:
    """But for the age in the firm's usual cycles, which rests on all won deals and which no model is given."""
    won = [plain(n, "won", good=True) for n in range(60)]
    lost = [plain(n, "lost to Brightline", good=True) for n in range(60)]
    age = [one.name for one in FEATURES].index("age_in_cycles")
    rows = [
        [
            tuple(row[:age] + row[age + 1 :] for row in life.weeks)
            for life in basis(all_of(firm), TODAY, rules_of()).lives
        ]
        for firm in (ledger_of(won), ledger_of(lost))
    ]
    assert rows[0] == rows[1]
    assert len(rows[0][0]) == 13


@pytest.fixture(scope="module")
def document(firm: MemoryLedger) -> BacktestDocument:
    return backtest(firm, None, TODAY, date(2025, 3, 1), date(2025, 9, 1), "quarter", weeks=10)


def test_every_method_stands_beside_the_base_rate_on_the_same_deals(document: BacktestDocument) -> None:
    assert [day.day for day in document.days] == [date(2025, 3, 1), date(2025, 6, 1), date(2025, 9, 1)]
    by_name = {one.name: one for one in document.methods}
    learned = by_name["learned"]
    assert learned.record is not None
    assert learned.base_brier is not None
    assert learned.record.brier < learned.base_brier
    assert by_name["rep"].record is None
    assert by_name["rep"].waiting > 0
    assert by_name["base_rate"].record is not None
    assert by_name["base_rate"].record.brier == by_name["base_rate"].base_brier


def test_days_whose_weeks_are_not_over_are_left_out(firm: MemoryLedger) -> None:
    found = backtest(firm, None, TODAY, TODAY - timedelta(days=100), None, "month", weeks=10)
    assert all(day.by < TODAY for day in found.days)
    with pytest.raises(Unknown, match="must be over by"):
        backtest(firm, None, TODAY, TODAY, None, "month", weeks=10)


def test_a_past_that_was_brought_in_later_was_not_known_then() -> None:
    deals = [plain(n, "won" if n % 2 else "lost", good=True) for n in range(12)]
    imported = ledger_of([later(entries, TODAY - timedelta(days=1)) for entries in deals])
    first, last = START + timedelta(days=60), START + timedelta(days=120)
    blind = backtest(imported, None, TODAY, first, last)
    assert all(day.open == 0 for day in blind.days)
    assert any("--as-happened" in said for said in blind.says)
    could = backtest(imported, None, TODAY, first, last, as_known=False)
    assert any(day.open for day in could.days)
    assert any("could have been known" in said for said in could.says)
