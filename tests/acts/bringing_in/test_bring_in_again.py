"""Bringing in again what has changed meanwhile: edits, reversals, latecomers, namesakes, two processes at once."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from premortem.acts.bringing_in.bring_in import bring_in
from premortem.acts.bringing_in.read import read_document
from premortem.acts.looking.people import merge_people, split_person
from premortem.acts.witness import Witness
from premortem.errors import Unreadable
from premortem.ledger.contents import MemoryLedger
from premortem.ledger.deal import Deal
from premortem.ledger.fold import deal_as_of, end_of
from premortem.ledger.store import Ledger
from premortem.sample.place import DEALS
from tests.acts.bringing_in.test_bring_in import premortem, run

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ROW: dict[str, Any] = {
    "id": "d-1",
    "name": "Harbour: scheduling",
    "account": "Harbour",
    "seller": "Cadence",
    "created": "2026-01-12",
    "amount": 1000,
    "planned_close": "2026-05-01",
    "sellers": [{"name": "Jan Novak", "email": "jan@cadence.example"}],
    "contacts": [{"name": "Maria Lopez", "title": "CFO", "email": "maria@harbour.example"}],
}


class Firm:
    """A folder that changes from day to day, and a ledger that it is brought into each time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ledger: Ledger = MemoryLedger()
        self.day = NOW
        (folder / "touches").mkdir(parents=True)
        self.row()

    def row(self, **changed: Any) -> None:
        (self.folder / "deal.json").write_text(json.dumps({**ROW, **changed}), encoding="utf-8")

    def note(self, name: str, text: str) -> None:
        path = self.folder / "touches" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Note by Jan Novak, {path.name[:10]}\n\n{text}\n", encoding="utf-8")

    def bring(self) -> int:
        """A day later, the folder is brought in again; how many entries that gave."""
        self.day += timedelta(days=1)
        (done,) = bring_in(self.ledger, self.folder, self.day)
        assert done.left_out == []
        return done.entries

    @property
    def deal(self) -> Deal:
        return deal_as_of(self.ledger.store.read("d-1"))

    def quotes(self) -> set[str]:
        return {fact.quote for fact in read_document(self.deal, self.ledger.contents, [], []).facts}


@pytest.fixture
def firm(tmp_path: Path) -> Firm:
    return Firm(tmp_path / "harbour")


def test_a_note_that_was_edited_keeps_none_of_its_old_facts_and_can_be_put_back(firm: Firm) -> None:
    before = "Asked to meet Maria Lopez. She is away, and Bob said not yet, he would rather not."
    firm.note("2026-02-03-note.txt", before)
    firm.bring()
    first = firm.quotes()
    firm.note("2026-02-03-note.txt", "He likes the boxes. We have a next call on 12 February.")
    firm.bring()
    (touch,) = firm.deal.touches
    for quote in firm.quotes():
        assert quote in "He likes the boxes. We have a next call on 12 February."
    firm.note("2026-02-03-note.txt", before)
    firm.bring()
    assert firm.quotes() == first
    assert firm.deal.touches[0].id == touch.id
    assert firm.bring() == 0


def test_the_crms_row_goes_there_and_back_again(firm: Firm) -> None:
    firm.bring()
    first_day = firm.day
    for close in ("2026-06-30", "2026-05-01", None):
        firm.row(planned_close=close)
        assert firm.bring() == 1
        assert (firm.deal.planned_close.isoformat() if firm.deal.planned_close else None) == close
        assert firm.bring() == 0
    then = deal_as_of(firm.ledger.store.read("d-1"), end_of(first_day.date()))
    assert str(then.planned_close) == "2026-05-01"
    firm.row(amount=2500, name="Harbour: scheduling and yard")
    firm.bring()
    assert (firm.deal.amount, firm.deal.name) == (2500, "Harbour: scheduling and yard")


def test_a_lost_deal_is_opened_again(firm: Firm) -> None:
    lost = {"status": "lost", "at": "2026-07-09", "to": "Brightline", "stated_reason": "price"}
    firm.row(outcome=lost)
    firm.bring()
    assert firm.bring() == 0
    firm.row(outcome={**lost, "stated_reason": "no budget"})
    assert firm.bring() == 1
    firm.row()
    firm.bring()
    assert firm.deal.outcome is None
    firm.row(outcome={**lost, "status": "won"})
    firm.bring()
    assert firm.deal.outcome is not None
    assert firm.deal.outcome[1].status == "won"


def test_a_split_holds_though_an_older_touch_comes_later(firm: Firm) -> None:
    firm.note("2026-03-03-note.txt", "Met Bob Stone and rang Maria Lopez.")
    firm.bring()
    merge_people(firm.ledger, "d-1", "Bob Stone", "Maria Lopez", "ines", firm.day)
    assert len(firm.deal.buyers) == 1
    firm.note("2026-01-20-note.txt", "Rang Maria Lopez.")
    firm.bring()
    split_person(firm.ledger, "d-1", "Maria Lopez", "ines", firm.day + timedelta(hours=1))
    assert len(firm.deal.buyers) == 2


def test_two_files_of_one_name_in_two_folders_are_two_touches(firm: Firm) -> None:
    firm.note("a/2026-02-03-note.txt", "Rang Maria Lopez, she has a budget.")
    firm.note("b/2026-02-03-note.txt", "Rang Maria Lopez again.")
    firm.bring()
    assert len(firm.deal.touches) == 2
    assert firm.bring() == 0


def test_touches_before_the_crm_knew_of_the_deal_know_who_is_who(firm: Firm) -> None:
    firm.note("2025-11-03-note.txt", "Met Maria Lopez at the fair.")
    firm.bring()
    early = deal_as_of(firm.ledger.store.read("d-1"), end_of(datetime(2025, 12, 1, tzinfo=UTC).date()))
    assert [person.met is not None for person in early.buyers] == [True]


def test_a_buyer_may_have_a_sellers_name(firm: Firm) -> None:
    firm.row(contacts=[{"name": "Jan Novak", "email": "novak@harbour.example"}])
    firm.bring()
    names = Witness(firm.deal, firm.ledger.contents).names
    assert sorted((names[one.id], one.side) for one in firm.deal.people.values()) == [
        ("Jan Novak", "buyer"),
        ("Jan Novak", "seller"),
    ]


def test_one_id_for_two_accounts_is_refused(firm: Firm) -> None:
    firm.bring()
    firm.row(account="Somebody Else Ltd")
    with pytest.raises(Unreadable, match="this one is of Somebody Else Ltd"):
        raise_left_out(bring_in(firm.ledger, firm.folder, firm.day))


def raise_left_out(brought: list[Any]) -> None:
    for one in brought:
        for left in one.left_out:
            raise Unreadable(left.file, "", left.why, "")


def test_a_mail_that_comes_in_a_second_file_is_one_mail(firm: Firm) -> None:
    mail = (
        "From: Maria Lopez <maria@harbour.example>\nTo: Jan Novak <jan@cadence.example>\n"
        "Date: Tue, 3 Feb 2026 09:12:44 +0000\nSubject: Hello\nMessage-ID: <1@harbour.example>\n\n"
        "We have sixty thousand set aside for it.\n"
    )
    (firm.folder / "touches" / "2026-02-03-hello.eml").write_text(mail, encoding="utf-8")
    firm.bring()
    (firm.folder / "touches" / "2026-02-03-copy.eml").write_text(mail.replace("\n", "\r\n"), encoding="utf-8")
    mailbox = f"From maria@harbour.example Tue Feb  3 09:12:44 2026\n{mail}\n"
    (firm.folder / "touches" / "box.mbox").write_text(mailbox, encoding="utf-8")
    assert firm.bring() == 0
    assert len(firm.deal.touches) == 1


def test_two_processes_that_import_one_folder_at_once_tell_the_deal_once(tmp_path: Path) -> None:
    deal = next(DEALS.glob("02-*"))
    shutil.copytree(deal, tmp_path / "deals" / deal.name)
    ledger = str(tmp_path / "ledger.sqlite3")
    command = premortem("import", str(tmp_path / "deals"), "--ledger", ledger)
    both = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [one.wait() for one in both] == [0, 0]
    alone = str(tmp_path / "alone.sqlite3")
    assert run("import", str(tmp_path / "deals"), "--ledger", alone).returncode == 0

    def head(file: str) -> Any:
        return json.loads(run("review", "lark-02", "--ledger", file, "--json").stdout)["deal"]

    assert head(ledger) == head(alone)
    assert run("verify", "--ledger", ledger).returncode == 0
