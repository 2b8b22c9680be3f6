"""The sample company's deals, exported as Salesforce would and brought in again, are the same deals."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bench.exporting import salesforce_export
from premortem.acts.bringing_in.bring_in import bring_in
from premortem.acts.bringing_in.bring_in_export import bring_in_export
from premortem.ledger.contents import MemoryLedger, cards, text
from premortem.ledger.deal import Deal
from premortem.ledger.fold import deal_as_of
from premortem.ledger.store import Ledger
from premortem.sample.place import DEALS

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """The rows of the sample's deals, without their touches."""
    folder = tmp_path_factory.mktemp("rows")
    for deal in sorted(DEALS.iterdir()):
        if (deal / "deal.json").is_file():
            (folder / deal.name).mkdir()
            shutil.copy(deal / "deal.json", folder / deal.name)
    ledger = MemoryLedger()
    bring_in(ledger, folder, NOW)
    return ledger


@pytest.fixture(scope="module")
def export(there: Ledger, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export")
    salesforce_export(folder, deals_of(there), there.contents)
    return folder


def deals_of(ledger: Ledger) -> list[Deal]:
    return [deal_as_of(ledger.store.read(deal)) for deal in ledger.store.deals()]


def people_of(ledger: Ledger, deal: Deal) -> set[tuple[object, ...]]:
    held = {one.id: (one.card or "", one.side) for one in deal.people.values()}
    known = cards(ledger.contents, {card for card, _ in held.values() if card})
    return {
        (card.name, card.title, card.emails, side)
        for key, side in held.values()
        if (card := known.get(key)) is not None
    }


def told(ledger: Ledger, deal: Deal) -> dict[str, object]:
    """What a CRM knows of a deal; the stage that only closes it aside."""
    assert deal.opened is not None
    end = deal.outcome
    return {
        "name": deal.name,
        "account": deal.opened.account,
        "seller": deal.opened.seller,
        "currency": deal.opened.currency,
        "created": deal.created,
        "stages": [(one.at, one.value) for one in deal.stages if not str(one.value).startswith("Closed")],
        "amounts": [(one.at, one.value) for one in deal.amounts],
        "plans": [(one.at, one.value) for one in deal.planned_closes],
        "outcome": (end[0], end[1].status, end[1].to) if end else None,
        "reason": text(ledger.contents, end[1].stated_reason) if end and end[1].stated_reason else None,
        "people": people_of(ledger, deal),
    }


def test_the_same_deals_people_history_and_outcomes_come_back(there: Ledger, export: Path) -> None:
    back = MemoryLedger()
    done = bring_in_export(back, export, NOW)
    assert done.source == "salesforce"
    assert done.left_out == []
    assert back.store.deals() == there.store.deals()
    for before, after in zip(deals_of(there), deals_of(back), strict=True):
        assert told(back, after) == told(there, before), before.name


def test_the_same_export_next_week_adds_nothing(export: Path) -> None:
    back = MemoryLedger()
    bring_in_export(back, export, NOW)
    again = bring_in_export(back, export, NOW + timedelta(days=7))
    assert (again.new, again.changed, again.written) == (0, 0, {})


def test_a_deal_can_be_seen_as_it_stood(export: Path) -> None:
    back = MemoryLedger()
    bring_in_export(back, export, NOW)
    then = deal_as_of(back.store.read("lark-01"), at=datetime(2025, 3, 28, tzinfo=UTC))
    assert (then.stage, then.outcome) == ("Proposal", None)


def test_deals_that_were_there_as_folders_are_known_again(there: Ledger, export: Path) -> None:
    entries = {deal: len(there.store.read(deal)) for deal in there.store.deals()}
    done = bring_in_export(there, export, NOW + timedelta(days=7))
    assert done.new == 0
    assert there.store.deals() == list(entries)
    assert done.people == 0
