"""What an import would do, told beforehand, and an import taken back."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from premortem.acts.bringing_in.bring_in import bring_in
from premortem.acts.bringing_in.preview import preview
from premortem.acts.bringing_in.undo_import import touches_brought, undo_import
from premortem.acts.looking.review import deal_shown
from premortem.checks.review import review
from premortem.errors import Unreadable
from premortem.ledger.contents import MemoryLedger
from premortem.ledger.fold import deal_as_of
from tests.acts.harbour import CALL, harbour

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
LATER = datetime(2026, 11, 23, 9, tzinfo=UTC)
LAST = datetime(2026, 11, 24, 9, tzinfo=UTC)
SECOND = CALL.replace("fifty thousand", "ninety thousand")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    deal = harbour(tmp_path)
    (deal / "touches" / "2026-01-14-picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    (deal / "readme.md").write_text("not a touch", encoding="utf-8")
    return deal


def test_a_preview_tells_each_file_and_writes_nothing(folder: Path) -> None:
    ledger = MemoryLedger()
    told = preview(ledger, folder.parent, NOW)
    (deal,) = told.deals
    assert ledger.store.deals() == []
    assert (deal.deal, deal.name, deal.new) == ("d-1", "Harbour: scheduling", True)
    assert deal.counts == Counter(new=1, left_out=1)
    read, left = deal.files
    assert (read.file, read.kind, read.on, read.turns) == ("2026-01-13-call.vtt", "call", "2026-01-13", 2)
    assert read.facts == deal.facts > 0
    assert left.file == "harbour/touches/2026-01-14-picture.png"
    assert left.why
    assert str(folder.parent) not in left.why
    assert {one.name for one in deal.people} >= {"Tom Reyes", "Ines Okafor", "Dana Whitlock"}
    assert ("account", "Harbour") in deal.row
    assert [one.file for one in told.stray] == ["harbour/readme.md"]


def test_a_preview_tells_just_what_the_import_then_does(folder: Path) -> None:
    ledger = MemoryLedger()
    (told,) = preview(ledger, folder, NOW).deals
    (done,) = bring_in(ledger, folder, NOW)
    assert (told.entries, told.facts) == (done.entries, done.facts)
    (again,) = preview(ledger, folder, LATER).deals
    assert again.counts == Counter(known=1, left_out=1)
    assert (again.entries, again.people, again.new) == (0, [], False)


def test_single_files_are_previewed_for_a_deal_that_is_there(folder: Path, tmp_path: Path) -> None:
    ledger = MemoryLedger()
    bring_in(ledger, folder, NOW)
    before = ledger.store.read("d-1")
    more = tmp_path / "more"
    more.mkdir()
    (more / "2026-02-01-call.vtt").write_text(SECOND, encoding="utf-8")
    (deal,) = preview(ledger, more, LATER, "d-1").deals
    assert [(one.file, one.became) for one in deal.files] == [("2026-02-01-call.vtt", "new")]
    assert ledger.store.read("d-1") == before


def test_a_deal_that_is_not_theirs_is_left_out(folder: Path) -> None:
    ledger = MemoryLedger()
    bring_in(ledger, folder, NOW)
    (deal,) = preview(ledger, folder, LATER, may=lambda deal: False).deals
    assert deal.counts == Counter(left_out=1)
    assert "can't import" in deal.files[0].why
    assert deal.name == "harbour"  # the folder's name, not the deal's


def test_nothing_that_is_a_deal_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("hello", encoding="utf-8")
    with pytest.raises(Unreadable, match="no deal among them"):
        preview(MemoryLedger(), tmp_path, NOW)


def test_an_import_taken_back_no_longer_counts_and_counts_again_when_it_comes_again(
    folder: Path, tmp_path: Path
) -> None:
    ledger = MemoryLedger()
    bring_in(ledger, folder, NOW)
    before = deal_as_of(ledger.store.read("d-1"))
    more = tmp_path / "more"
    more.mkdir()
    (more / "2026-02-01-call.vtt").write_text(SECOND, encoding="utf-8")
    bring_in(ledger, more, LATER, "d-1")
    (brought,) = touches_brought(ledger, "d-1", LATER)
    assert brought.counts
    assert brought.facts > 0
    assert undo_import(ledger, "d-1", LATER, "ines", LAST) == 1
    deal = deal_as_of(ledger.store.read("d-1"))
    assert deal == before
    assert not touches_brought(ledger, "d-1", LATER)[0].counts
    assert undo_import(ledger, "d-1", LATER, "ines", LAST) == 0
    found = review(ledger.store.read("d-1"))
    assert found.failed == ()
    assert deal_shown(found.deal, found.deal).id == "d-1"
    again = LAST.replace(day=25)
    (done,) = bring_in(ledger, more, again, "d-1")
    assert done.touches == 1
    assert len(deal_as_of(ledger.store.read("d-1")).facts) > len(before.facts)


def test_a_touch_that_was_only_read_anew_goes_back_to_what_it_was(folder: Path) -> None:
    ledger = MemoryLedger()
    bring_in(ledger, folder, NOW)
    before = deal_as_of(ledger.store.read("d-1"))
    file = folder / "touches" / "2026-01-13-call.vtt"
    file.write_text(CALL.replace("Dana Whitlock", "Maria Quint"), encoding="utf-8")
    bring_in(ledger, folder, LATER)
    assert deal_as_of(ledger.store.read("d-1")).facts != before.facts
    assert undo_import(ledger, "d-1", LATER, "ines", LAST) == 1
    assert {one.fact.fact for one in deal_as_of(ledger.store.read("d-1")).facts} == {
        one.fact.fact for one in before.facts
    }


def test_one_touch_of_an_import_can_be_taken_back_alone(folder: Path) -> None:
    ledger = MemoryLedger()
    (folder / "touches" / "2026-02-01-call.vtt").write_text(SECOND, encoding="utf-8")
    bring_in(ledger, folder, NOW)
    first, second = touches_brought(ledger, "d-1", NOW)
    assert undo_import(ledger, "d-1", NOW, "ines", LATER, only=[second.touch]) == 1
    assert [one.counts for one in touches_brought(ledger, "d-1", NOW)] == [True, False]
    assert first.touch != second.touch
