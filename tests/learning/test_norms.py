"""A firm's own norms: its own once enough deals have ended, and each figure says whose it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from premortem.acts.looking.norms import norms_document, norms_of
from premortem.acts.playbook import Rules, rules_of
from premortem.learning.norms import our_shares, own_norms, segment
from premortem.ledger.entries import Body, Changed, Entry, Opened, Outcome
from premortem.ledger.fold import deal_as_of
from premortem.ledger.norms import EndedDeal, Norms
from premortem.records.database_url import sqlite_url
from premortem.records.opening import Ledger, open_ledger
from tests.telling import told

START = datetime(2025, 1, 1, 12, tzinfo=UTC)


def ended(number: int, days: int, won: bool = True, amount: float | None = 5_000, buyers: int = 3) -> EndedDeal:
    return EndedDeal(f"d-{number}", won, START, START + timedelta(days=days), amount, "EUR", buyers, 8)


def test_nineteen_deals_are_too_few() -> None:
    own = own_norms([ended(one, 30) for one in range(19)])
    assert own.whole == Norms()
    assert own.whole.cycle_days.value == 274
    assert "nine months" in own.whole.cycle_days.source
    assert "other firms" in own.whole.buyers_in_a_won_deal.source


def test_from_twenty_on_the_cycle_is_the_firms_own() -> None:
    won = [ended(one, days) for one, days in enumerate((30, 40, 50, 60, 70, 80, 90, 100, 110, 400))]
    lost = [ended(one, 5, won=False) for one in range(10, 20)]
    own = own_norms([*won, *lost])
    assert (own.ended, own.won) == (20, 10)
    assert own.whole.cycle_days.value == 75  # what was lost tells nothing of how long a won deal takes
    assert own.whole.cycle_days_low.value == 39
    assert own.whole.cycle_days_high.value == 139
    assert "10 of our own deals that were won; open deals are not counted" in own.whole.cycle_days.source
    assert own.whole.buyers_in_a_won_deal.value == 3
    assert own.whole.touches_a_month.value == pytest.approx(8 / (75 / 30.4), abs=0.5)


def test_a_firm_that_hardly_ever_won_keeps_the_published_figures() -> None:
    deals = [ended(one, 30) for one in range(4)] + [ended(one, 30, won=False) for one in range(4, 40)]
    assert own_norms(deals).whole == Norms()


def test_seven_won_deals_have_a_middle_and_no_range() -> None:
    deals = [ended(one, 50) for one in range(7)] + [ended(one, 9, won=False) for one in range(7, 30)]
    whole = own_norms(deals).whole
    assert whole.cycle_days.value == 50
    assert whole.cycle_days_low == Norms().cycle_days_low


def test_a_large_deal_is_measured_by_large_ones() -> None:
    small = [ended(one, 20, amount=5_000) for one in range(30)]
    large = [ended(one, 200, amount=50_000, buyers=9) for one in range(30, 55)]
    own = own_norms([*small, *large])
    assert own.of(6_000, "EUR").cycle_days.value == 20
    assert own.of(70_000, "EUR").cycle_days.value == 200
    assert own.of(70_000, "EUR").buyers_in_a_won_deal.value == 9
    assert "10,000 to 100,000 EUR" in own.of(70_000, "EUR").cycle_days.source
    assert own.of(70_000, "USD") == own.of(None, None) == own.whole


@pytest.mark.parametrize(
    ("amount", "called"),
    [
        (999, "100 to 1,000 EUR"),
        (1_000, "1,000 to 10,000 EUR"),
        (10_000, "10,000 to 100,000 EUR"),
        (0, None),
        (None, None),
    ],
)
def test_a_segment_is_a_power_of_ten(amount: float | None, called: str | None) -> None:
    assert segment(amount, "EUR") == called


def test_a_deal_that_ended_before_it_began_tells_nothing_of_the_cycle() -> None:
    own = own_norms([ended(one, -3) for one in range(25)])
    assert own.whole.cycle_days == Norms().cycle_days


def test_our_part_of_the_talk_comes_from_calls() -> None:
    story = told("deal: A\nsellers: Ines\nbuyers: Tom\n2026-01-05 call: Ines 60%, Tom 40%\n2026-01-07 mail Ines to Tom")
    assert our_shares(deal_as_of(story)) == [0.6]
    own = own_norms([ended(one, 30) for one in range(20)], [0.4] * 12 + [0.6] * 13)
    assert own.whole.seller_share.value == 0.6
    assert "25 calls in our own deals" in own.whole.seller_share.source
    assert own.whole.seller_share_caution == Norms().seller_share_caution  # what is usual is no limit


def deal_of(number: int, days: int, status: str = "won") -> list[Entry]:
    deal = f"d-{number:03}"
    bodies: list[tuple[int, Body]] = [
        (0, Opened(deal, "a buyer", "a seller", "EUR")),
        (0, Changed("amount", 5_000)),
        *([(days, Outcome(status))] if status != "open" else []),  # type: ignore[arg-type]
    ]
    return [
        Entry(deal, START + timedelta(days=at), START + timedelta(days=at), "import:test", body) for at, body in bodies
    ]


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """Twenty deals won after 40 days each, five more after 400, and one that goes on."""
    opened = open_ledger(sqlite_url(tmp_path / "ledger.sqlite3"))
    deals = [deal_of(one, 40) for one in range(20)] + [deal_of(one, 400) for one in range(20, 25)]
    for entries in [*deals, deal_of(99, 0, "open")]:
        opened.store.append(entries)
        opened.reading.refresh(entries[0].deal)
    return opened


def test_the_ledger_tells_what_is_usual(ledger: Ledger) -> None:
    own = norms_of(ledger)
    assert (own.ended, own.won, own.whole.cycle_days.value) == (25, 25, 40)
    document = norms_document(own)
    assert document.says.startswith("25 deals have ended, 25 of them won.")
    assert document.norms[0].called == "cycle"
    assert [one.segment for one in document.segments] == ["1,000 to 10,000 EUR"]


def test_the_past_is_not_measured_by_what_came_later(ledger: Ledger) -> None:
    assert norms_of(ledger, START + timedelta(days=40)).ended == 0
    assert norms_of(ledger, START + timedelta(days=41)).ended == 20
    own = deal_as_of(ledger.store.read("d-003"), START + timedelta(days=39))
    assert rules_of(ledger).norms_of(own) == Norms()
    later = deal_as_of(ledger.store.read("d-099"), START + timedelta(days=60))
    assert rules_of(ledger).norms_of(later).cycle_days.value == 40


def test_a_new_end_counts_at_once(ledger: Ledger) -> None:
    ledger.store.append(deal_of(30, 10, "lost"))
    ledger.reading.refresh("d-030")
    own = norms_of(ledger)
    assert (own.ended, own.won) == (26, 25)


def test_a_folder_without_a_ledger_has_no_norms_of_its_own() -> None:
    rules: Rules = rules_of()
    assert rules.norms_of(deal_as_of(deal_of(1, 10))) == Norms()
