"""Bringing deals in: once, twice, with a file that can't be read, killed half-way, and read anew by better readers."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from premortem.acts.bringing_in import bring_in as act
from premortem.acts.bringing_in.bring_in import bring_in
from premortem.acts.looking.verify import verify_ledger
from premortem.acts.witness import Witness
from premortem.errors import Unknown, Unreadable
from premortem.ledger.contents import MemoryLedger
from premortem.ledger.fold import deal_as_of
from premortem.listening.readers.assembly import Assembly
from premortem.sample.place import DEALS
from tests.acts.harbour import CALL, harbour

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
LATER = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lost = {"status": "lost", "at": "2026-07-09", "to": "Brightline", "stated_reason": "price"}
    return harbour(tmp_path, planned_close="2026-06-30", outcome=lost)


def test_a_deal_comes_in_with_its_row_its_people_and_what_was_said(folder: Path) -> None:
    ledger = MemoryLedger()
    (done,) = bring_in(ledger, folder, NOW)
    deal = deal_as_of(ledger.store.read("d-1"))
    assert (done.touches, done.turns, done.left_out) == (1, 2, [])
    assert (deal.name, str(deal.planned_close)) == ("Harbour: scheduling", "2026-06-30")
    assert deal.outcome is not None
    assert deal.outcome[1].to == "Brightline"
    assert "decision_maker_named" in {known.fact.claim for known in deal.facts}
    assert len(deal.with_role("economic_buyer")) == 1


def test_the_same_folder_twice_adds_nothing(folder: Path) -> None:
    ledger = MemoryLedger()
    bring_in(ledger, folder, NOW)
    before = ledger.store.read("d-1")
    (again,) = bring_in(ledger, folder, LATER)
    assert (again.entries, again.touches, again.known_already) == (0, 0, 1)
    assert ledger.store.read("d-1") == before


def test_what_is_new_in_the_folder_is_added_and_nothing_else(folder: Path) -> None:
    ledger = MemoryLedger()
    bring_in(ledger, folder, NOW)
    note = "Note by Ines Okafor, 2026-02-03\n\nPhoned Dana Whitlock, she wants to see the numbers."
    (folder / "touches" / "2026-02-03-note.txt").write_text(note, encoding="utf-8")
    row = json.loads((folder / "deal.json").read_text(encoding="utf-8"))
    row["stages"] = [{"at": "2026-02-01", "stage": "Proposal"}]
    (folder / "deal.json").write_text(json.dumps(row), encoding="utf-8")
    (again,) = bring_in(ledger, folder, LATER)
    deal = deal_as_of(ledger.store.read("d-1"))
    assert (again.touches, again.known_already, deal.stage) == (1, 1, "Proposal")
    assert len([person for person in deal.buyers if person.in_crm]) == 1
    assert [str(one.learned.date()) for one in deal.touches] == ["2026-11-22", "2026-11-23"]


def test_a_file_that_cannot_be_read_is_named_and_the_others_go_on(folder: Path) -> None:
    (folder / "touches" / "2026-01-20-empty.vtt").write_bytes(b"")
    (folder / "touches" / "2026-01-21-slides.zip").write_bytes(b"PK\x03\x04" + bytes(64))
    (folder / "touches" / "undated.txt").write_text("Ines: hello\nTom: hello Ines\n", encoding="utf-8")
    (done,) = bring_in(MemoryLedger(), folder, NOW)
    assert done.touches == 1
    assert [Path(left.file).name for left in done.left_out] == [
        "2026-01-20-empty.vtt",
        "2026-01-21-slides.zip",
        "undated.txt",
    ]
    assert "Begin the file's name with the day" in done.left_out[2].why


def test_one_wrong_deal_among_many_does_not_stop_the_others(folder: Path) -> None:
    wrong = folder.parent / "wrong"
    wrong.mkdir()
    (wrong / "deal.json").write_text("{", encoding="utf-8")
    done = bring_in(MemoryLedger(), folder.parent, NOW)
    assert [(one.deal, len(one.left_out)) for one in done] == [("d-1", 0), ("wrong", 1)]


def test_single_files_join_a_deal_that_is_there(folder: Path, tmp_path: Path) -> None:
    ledger = MemoryLedger()
    bring_in(ledger, folder, NOW)
    extra = tmp_path / "2026-03-01-call.vtt"
    extra.write_text(CALL.replace("fifty", "sixty"), encoding="utf-8")
    (done,) = bring_in(ledger, extra, LATER, deal="d-1")
    assert done.touches == 1
    assert len(deal_as_of(ledger.store.read("d-1")).touches) == 2
    with pytest.raises(Unknown, match="no deal 'd-2'"):
        bring_in(ledger, extra, LATER, deal="d-2")
    with pytest.raises(Unreadable, match="no deal here"):
        bring_in(ledger, extra, LATER)


def test_better_readers_read_a_touch_anew_and_their_facts_replace_the_old_ones(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = MemoryLedger()
    bring_in(ledger, folder, NOW)
    facts = {known.fact.claim for known in deal_as_of(ledger.store.read("d-1")).facts}
    better = Assembly.found()._replace(version="better", readers=())
    monkeypatch.setattr(act, "Assembly", type("Readers", (), {"found": staticmethod(lambda: better)}))
    (again,) = bring_in(ledger, folder, LATER)
    assert again.touches == 1
    assert facts
    assert deal_as_of(ledger.store.read("d-1")).facts == ()
    assert {known.fact.claim for known in deal_as_of(ledger.store.read("d-1"), known=NOW).facts} == facts


def test_the_entries_of_an_import_hold_no_name_and_no_word(folder: Path) -> None:
    (folder / "touches" / "2026-01-13-call.vtt").rename(folder / "touches" / "2026-01-13-tom-reyes.vtt")
    ledger = MemoryLedger()
    bring_in(ledger, folder, NOW)
    told = "\n".join(row.body for row in ledger.store.rows()).lower()
    for name in ("dana", "whitlock", "reyes", "okafor", "signs it off", "price"):
        assert name not in told


def test_a_transcript_that_was_corrected_is_the_same_touch_in_its_new_words(folder: Path) -> None:
    ledger = MemoryLedger()
    bring_in(ledger, folder, NOW)
    (folder / "touches" / "2026-01-13-call.vtt").write_text(CALL.replace("Dana Whitlock", "Dan Whitlow"), "utf-8")
    (again,) = bring_in(ledger, folder, LATER)
    deal = deal_as_of(ledger.store.read("d-1"))
    assert (again.touches, len(deal.touches)) == (1, 1)
    assert str(deal.touches[0].learned.date()) == "2026-11-23"


def test_an_import_that_is_killed_leaves_a_ledger_that_verifies_and_goes_on_when_run_again(tmp_path: Path) -> None:
    some = tmp_path / "deals"
    for deal in sorted(DEALS.iterdir())[:6]:
        shutil.copytree(deal, some / deal.name)
    ledger, whole = tmp_path / "killed.sqlite3", tmp_path / "whole.sqlite3"
    killed = subprocess.Popen(premortem("import", str(some), "--ledger", str(ledger)), stdout=subprocess.DEVNULL)
    while not ledger.exists() or entries_in(ledger) < 200:
        assert killed.poll() is None, "the import was over before it could be killed"
        time.sleep(0.01)
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait()

    assert run("verify", "--ledger", str(ledger)).returncode == 0
    half = entries_in(ledger)
    assert run("import", str(some), "--ledger", str(ledger)).returncode == 0
    assert run("import", str(some), "--ledger", str(whole)).returncode == 0
    assert run("verify", "--ledger", str(ledger)).returncode == 0
    assert half < entries_in(ledger) == entries_in(whole)
    assert kinds_in(ledger) == kinds_in(whole)


def premortem(*words: str) -> list[str]:
    return [sys.executable, "-c", "from premortem.cli.main import run; run()", *words]


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(premortem(*words), capture_output=True, text=True, check=False)


def entries_in(ledger: Path) -> int:
    return sum(kinds_in(ledger).values())


def kinds_in(ledger: Path) -> Counter[str]:
    import sqlite3

    with sqlite3.connect(f"file:{ledger}?mode=ro", uri=True, timeout=30) as database:
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if "records_entry" not in tables:
            return Counter()
        return Counter(kind for (kind,) in database.execute("SELECT kind FROM records_entry"))


def test_verify_counts_what_it_read(folder: Path) -> None:
    ledger = MemoryLedger()
    bring_in(ledger, folder, NOW)
    verified = verify_ledger(ledger)
    assert (verified.deals, verified.breaks) == (1, [])
    assert verified.entries == len(ledger.store.read("d-1"))
    ledger.store.append([replace(ledger.store.read("d-1")[0], learned=LATER)])
    assert verify_ledger(ledger).head != verified.head


def test_whoever_has_only_a_title_is_spoken_of_by_it(folder: Path) -> None:
    talk = CALL.replace("that goes to Dana Whitlock, she signs it off", "that goes to our CFO, she signs it off")
    (folder / "touches" / "2026-01-13-call.vtt").write_text(talk, encoding="utf-8")
    ledger = MemoryLedger()
    bring_in(ledger, folder, NOW)
    deal = deal_as_of(ledger.store.read("d-1"))
    (boss,) = deal.with_role("economic_buyer")
    witness = Witness(deal, ledger.contents)
    assert witness.name(boss.id) == "CFO"
    assert witness.sentence(f"{boss.ref} signs, says {boss.ref}.") == "The CFO signs, says the CFO."
