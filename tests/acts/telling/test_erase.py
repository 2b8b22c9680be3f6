"""A buyer asks to be forgotten: their name and words are gone, and everything else still stands."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from premortem.acts.bringing_in.bring_in import bring_in
from premortem.acts.bringing_in.read import read_document
from premortem.acts.looking.review import review
from premortem.acts.looking.verify import verify_ledger
from premortem.acts.telling.erase import erase_person
from premortem.errors import Unknown
from premortem.ledger.contents import MemoryLedger
from premortem.ledger.fold import deal_as_of
from premortem.sample.place import DEALS

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
FOLDER = next(DEALS.glob("01-*"))


def everything_told(ledger: MemoryLedger) -> str:
    entries = ledger.store.read("lark-01")
    document = read_document(deal_as_of(entries), ledger.contents, [], [])
    return str(document) + str(review(entries, ledger.contents))


def test_whoever_is_erased_is_nowhere_and_the_ledger_verifies() -> None:
    ledger = MemoryLedger()
    bring_in(ledger, FOLDER, NOW)
    before = read_document(deal_as_of(ledger.store.read("lark-01")), ledger.contents, [], [])
    assert "Rupesh" in everything_told(ledger)

    gone = erase_person(ledger, "lark-01", "Rupesh Solanki", "ines", NOW + timedelta(days=1))

    told = everything_told(ledger)
    for name in ("Rupesh", "rupesh", "Solanki", "sousaphone, actually"):
        assert name not in told
    assert "[erased]" in told
    assert gone.touches == len(before.touches)
    verified = verify_ledger(ledger)
    assert (verified.breaks, verified.damaged) == ([], [])


def test_what_others_said_keeps_its_quotes() -> None:
    ledger = MemoryLedger()
    bring_in(ledger, FOLDER, NOW)

    def sellers_quotes() -> list[str]:
        document = read_document(deal_as_of(ledger.store.read("lark-01")), ledger.contents, [], [])
        return [fact.quote for fact in document.facts if fact.speaker == "Keisha Monroe"]

    before = sellers_quotes()
    assert before
    erase_person(ledger, "lark-01", "Rupesh Solanki", "ines", NOW + timedelta(days=1))
    for old, new in zip(before, sellers_quotes(), strict=True):
        assert len(old) == len(new)
        assert "Rupesh" in old or old == new


def test_the_same_files_do_not_bring_them_back() -> None:
    ledger = MemoryLedger()
    bring_in(ledger, FOLDER, NOW)
    erase_person(ledger, "lark-01", "Rupesh Solanki", "ines", NOW + timedelta(days=1))
    entries = len(ledger.store.read("lark-01"))
    (again,) = bring_in(ledger, FOLDER, NOW + timedelta(days=2))
    assert again.touches == 0
    assert "sousaphone, actually" not in everything_told(ledger)
    # The CRM's row still names its contact: that is for the CRM to forget.
    assert len(ledger.store.read("lark-01")) - entries <= 1


def test_nobody_is_erased_by_mistake() -> None:
    ledger = MemoryLedger()
    bring_in(ledger, FOLDER, NOW)
    entries = ledger.store.read("lark-01")
    with pytest.raises(Unknown, match="nobody is called 'Zebedee'"):
        erase_person(ledger, "lark-01", "Zebedee", "ines", NOW)
    assert ledger.store.read("lark-01") == entries
