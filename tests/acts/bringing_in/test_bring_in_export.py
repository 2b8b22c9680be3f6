"""A CRM's export in a real ledger: chains hold, lists are right, people are matched with care."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bench.exporting import large_export
from premortem.acts.bringing_in.bring_in_export import bring_in_export
from premortem.ledger.chain import verify
from premortem.ledger.contents import MemoryLedger
from premortem.ledger.fold import deal_as_of
from premortem.ledger.store import MovedOn
from premortem.records.opening import open_ledger

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TABLES = {
    "Opportunity": "Id,Name,AccountId,StageName,CloseDate,IsClosed,IsWon,CreatedDate\n"
    "006A,Scheduling,001A,Proposal,2026-12-30,false,false,2026-01-12T09:30:00.000Z\n",
    "Account": "Id,Name,Website\n001A,Harbour,harbour.example\n001B,Quayside,www.harbour.example\n",
    "Contact": "Id,FirstName,LastName,AccountId,Email\n"
    "003A,Tom,Reyes,001A,tom@harbour.example\n003B,Tom,Reyes,001A,t.reyes@harbour.example\n",
    "OpportunityContactRole": "OpportunityId,ContactId,Role\n006A,003A,Economic Buyer\n006A,003B,\n006A,003Z,\n",
}


@pytest.fixture
def export(tmp_path: Path) -> Path:
    (tmp_path / "export").mkdir()
    for table, text in TABLES.items():
        (tmp_path / "export" / f"{table}.csv").write_text(text, encoding="utf-8")
    return tmp_path / "export"


def test_lists_and_chains_are_right_after_many_deals_at_once(tmp_path: Path) -> None:
    (tmp_path / "export").mkdir()
    large_export(tmp_path / "export", 900, 3)
    ledger = open_ledger(f"sqlite:///{tmp_path}/ledger.sqlite3")
    done = bring_in_export(ledger, tmp_path / "export", NOW)
    assert (done.deals, done.new, done.left_out) == (900, 900, [])
    assert list(verify(ledger.store.rows())) == []
    lists = ledger.reading.digest()
    assert ledger.reading.rebuild() == 900
    assert ledger.reading.digest() == lists
    again = bring_in_export(ledger, tmp_path / "export", NOW + timedelta(days=7))
    assert (again.new, again.changed, again.people) == (0, 0, 0)
    one = ledger.store.deals()[0]
    with pytest.raises(MovedOn):
        ledger.store.append_each([(ledger.store.read(one)[:1], 0)])
    ledger.close()


def test_who_may_be_the_same_stays_apart_and_is_asked(export: Path) -> None:
    ledger = MemoryLedger()
    done = bring_in_export(ledger, export, NOW)
    deal = deal_as_of(ledger.store.read("006A"))
    assert len(deal.buyers) == 2
    assert [person.unsure for person in deal.buyers if person.unsure]
    assert "economic_buyer" in {role for person in deal.buyers for role in person.roles}
    assert done.unsure == 1
    assert any("'Harbour' and 'Quayside' have the same web address" in one for one in done.asked)
    assert any("name somebody whom the export does not have" in one for one in done.remarks)


def test_a_deal_of_the_same_id_from_elsewhere_is_left_alone(export: Path) -> None:
    ledger = MemoryLedger()
    other = export.parent / "deals.csv"
    other.write_text("Deal ID,Company,Stage,Amount,Created on\n006A,Pier 9,Proposal,5,2026-01-12\n006B,X,Won,5,\n")
    bring_in_export(ledger, other, NOW)
    done = bring_in_export(ledger, export, NOW)
    assert done.new == done.changed == 0
    assert "of the account 'Pier 9', from elsewhere" in str(done.left_out[0])
