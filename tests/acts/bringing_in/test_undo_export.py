"""What an import of an export told is taken back: the deal stands as before, and the ledger keeps both."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from premortem.acts.bringing_in.bring_in_export import bring_in_export
from premortem.acts.bringing_in.undo_export import undo_export
from premortem.ledger.contents import MemoryLedger
from premortem.ledger.deal import Deal
from premortem.ledger.fold import deal_as_of

FIRST = datetime(2026, 11, 9, tzinfo=UTC)
SECOND, THIRD, FOURTH = (FIRST + timedelta(days=7 * week) for week in (1, 2, 3))
HEADER = "Id,Name,Stage,Amount,Created Date,Last Modified Date\n"


def told(ledger: MemoryLedger, folder: Path, row: str, now: datetime) -> tuple[int, int]:
    """New and changed deals of an export of this one row."""
    file = folder / "deals.csv"
    file.write_text(f"{HEADER}{row}\n", encoding="utf-8")
    done = bring_in_export(ledger, file, now)
    return done.new, done.changed


def stands(ledger: MemoryLedger) -> Deal:
    return deal_as_of(ledger.store.read("d-1"))


OPEN = "d-1,Scheduling,Proposal,5000,2026-03-01,2026-10-01"
LOST = "d-1,Scheduling,Closed Lost,7000,2026-03-01,2026-11-12"


def test_a_deal_goes_back_to_what_stood_before(tmp_path: Path) -> None:
    ledger = MemoryLedger()
    told(ledger, tmp_path, OPEN, FIRST)
    told(ledger, tmp_path, LOST, SECOND)
    assert stands(ledger).outcome is not None
    entries = len(ledger.store.read("d-1"))
    assert undo_export(ledger, "d-1", SECOND, "ines", THIRD) == 3
    deal = stands(ledger)
    assert (deal.stage, deal.amount, deal.outcome) == ("Proposal", 5000, None)
    assert len(ledger.store.read("d-1")) == entries + 3
    assert {one.author for one in ledger.store.read("d-1")[entries:]} == {"user:ines"}
    assert undo_export(ledger, "d-1", SECOND, "ines", FOURTH) == 0
    then = deal_as_of(ledger.store.read("d-1"), known=SECOND)
    assert then.outcome is not None


def test_a_deal_that_it_opened_stays_as_an_empty_row(tmp_path: Path) -> None:
    ledger = MemoryLedger()
    told(ledger, tmp_path, LOST, FIRST)
    undo_export(ledger, "d-1", FIRST, "ines", SECOND)
    deal = stands(ledger)
    assert (deal.name, deal.stage, deal.amount, deal.outcome) == ("Scheduling", None, None, None)


def test_todays_values_come_in_again_and_the_same_end_does_not(tmp_path: Path) -> None:
    ledger = MemoryLedger()
    told(ledger, tmp_path, LOST, FIRST)
    undo_export(ledger, "d-1", FIRST, "ines", SECOND)
    assert told(ledger, tmp_path, LOST, THIRD) == (0, 1)
    deal = stands(ledger)
    assert (deal.stage, deal.amount, deal.outcome) == ("Closed Lost", 7000, None)


def test_what_was_told_since_stays(tmp_path: Path) -> None:
    ledger = MemoryLedger()
    told(ledger, tmp_path, OPEN, FIRST)
    told(ledger, tmp_path, LOST, SECOND)
    undo_export(ledger, "d-1", FIRST, "ines", THIRD)
    deal = stands(ledger)
    assert (deal.stage, deal.amount) == ("Closed Lost", 7000)
    assert deal.outcome is not None
    assert undo_export(ledger, "nobody", FIRST, "ines", THIRD) == 0
