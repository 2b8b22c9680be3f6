"""A watched folder: transcripts find their deals by names, people and time, each once."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from premortem.acts.bringing_in.watch_folder import Watch, name_with_day
from premortem.importing.placing.privacy import Privacy
from premortem.ledger.contents import MemoryLedger
from premortem.ledger.fold import deal_as_of
from tests.acts.bringing_in.test_bring_in_mail import ledger as _ledger
from tests.importing.letters_told import told

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ledger = _ledger


def call(buyer: str) -> str:
    return f"""WEBVTT

00:00:01.000 --> 00:00:04.000
<v Ines Okafor>Who signs an order of this size at your place?

00:00:05.000 --> 00:00:09.000
<v {buyer}>Anything over fifty thousand goes to Dana Whitlock.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "drop").mkdir()
    return tmp_path / "drop"


def drop(folder: Path, name: str, text: str | bytes, at: datetime = datetime(2026, 11, 22, 8, tzinfo=UTC)) -> None:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    os.utime(file, (at.timestamp(), at.timestamp()))


def test_each_file_finds_its_deal_or_is_asked_about(ledger: MemoryLedger, folder: Path) -> None:
    drop(folder, "2026-02-03-call.vtt", call("Tom Reyes"))
    drop(folder, "2026-02-04 Quay review.vtt", call("Speaker 2"))
    drop(folder, "2026-02-05 09.30 Plan/closed_caption.vtt", call("Jo Amsel"))
    drop(folder, "d-quay/2026-02-06-note.txt", "Rang Jo, she will ask Dana about the budget.")
    drop(folder, "2026-02-07-call.vtt", call("Speaker 2"))
    drop(folder, "2026-02-08.eml", told("tom@harbour.example", "ines@cadence.example", Message_ID="<w@x>"))
    drop(folder, "call.vtt", call("Tom Reyes"))
    drop(folder, "2026-02-09.eml", told("mother@gmail.com", "ines@cadence.example"))
    found = {one.file: one for one in Watch(ledger, folder).look(NOW).files}
    assert {name: (one.became, one.deal) for name, one in found.items()} == {
        "2026-02-03-call.vtt": ("placed", "d-harbour"),
        "2026-02-04 Quay review.vtt": ("placed", "d-quay"),
        "2026-02-05 09.30 Plan/closed_caption.vtt": ("placed", "d-quay"),
        "d-quay/2026-02-06-note.txt": ("placed", "d-quay"),
        "2026-02-07-call.vtt": ("asked", None),
        "2026-02-08.eml": ("placed", "d-harbour"),
        "call.vtt": ("left_out", None),
        "2026-02-09.eml": ("left_out", None),
    }
    assert "Begin the file's name, or its folder's, with the day" in found["call.vtt"].why
    assert len(deal_as_of(ledger.store.read("d-quay")).touches) == 3


def test_a_file_is_taken_once_and_again_only_when_it_changed(ledger: MemoryLedger, folder: Path) -> None:
    drop(folder, "2026-02-03-call.vtt", call("Tom Reyes"))
    watch = Watch(ledger, folder)
    assert watch.look(NOW).counts == {"placed": 1}
    assert watch.look(NOW).files == []
    assert Watch(ledger, folder).look(NOW).counts == {"known": 1}  # after a new start
    drop(
        folder,
        "2026-02-03-call.vtt",
        call("Tom Reyes").replace("fifty", "sixty"),
        at=datetime(2026, 11, 22, 8, 30, tzinfo=UTC),
    )
    assert watch.look(NOW).counts == {"placed": 1}
    assert len(deal_as_of(ledger.store.read("d-harbour")).touches) == 1  # the transcript was corrected


def test_what_is_still_being_written_waits(ledger: MemoryLedger, folder: Path) -> None:
    drop(folder, "2026-02-03-call.vtt", call("Tom Reyes"), at=NOW)
    watch = Watch(ledger, folder)
    assert watch.look(NOW).waiting == 1
    assert watch.look(NOW.replace(second=5)).counts == {"placed": 1}


def test_an_answer_takes_what_was_asked_about(ledger: MemoryLedger, folder: Path) -> None:
    drop(folder, "2026-02-07-call.vtt", call("Speaker 2"))
    watch = Watch(ledger, folder)
    assert watch.look(NOW).counts == {"asked": 1}
    (line,) = watch.look(NOW, {"2026-02-07-call.vtt": "d-quay"}).files
    assert (line.became, line.deal, line.why) == ("placed", "d-quay", "you said so")


def test_no_two_files_of_a_folder_go_by_one_name() -> None:
    assert name_with_day("2026-02-03-call.vtt") == "2026-02-03-call.vtt"
    assert name_with_day("a/2026-02-03-call.vtt") == "2026-02-03-call (a).vtt"
    assert name_with_day("2026-02-05 09.30 Plan/chat/cc.vtt") == "2026-02-05 09.30 Plan - chat - cc.vtt"
    assert name_with_day("zoom/2026-02-05 Plan/cc.vtt") == "2026-02-05 Plan - zoom - cc.vtt"


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("GMT20260917-140000_Recording.transcript.vtt", "2026-09-17 GMT20260917-140000_Recording.transcript.vtt"),
        ("Plan-20260917_100012-Meeting Recording.vtt", "2026-09-17 Plan-20260917_100012-Meeting Recording.vtt"),
        ("zoom/Plan (2026_09_17).vtt", "2026-09-17 Plan (2026_09_17) (zoom).vtt"),
        ("Plan (2026-09-17 at 07 59 GMT).txt", "2026-09-17 Plan (2026-09-17 at 07 59 GMT).txt"),
        ("Recording of 29 January 2026/cc.vtt", "2026-01-29 cc (Recording of 29 January 2026).vtt"),
        ("20260917 or 20260918.vtt", "20260917 or 20260918.vtt"),
        ("order 20269999.vtt", "order 20269999.vtt"),
        ("+4420260917123.vtt", "+4420260917123.vtt"),
    ],
)
def test_the_day_is_found_wherever_a_recorder_puts_it(name: str, called: str) -> None:
    assert name_with_day(name) == called


def test_transcripts_in_other_encodings_and_by_recorders_names_find_their_deal(
    ledger: MemoryLedger, folder: Path
) -> None:
    drop(folder, "GMT20260203-140000_Recording.transcript.vtt", call("Tom Reyes").encode("utf-16"))
    drop(folder, "Harbour-20260204_100012-Meeting Recording.vtt", call("Spëaker").encode("cp1252"))
    found = Watch(ledger, folder).look(NOW)
    assert [(one.became, one.deal) for one in found.files] == [("placed", "d-harbour")] * 2
    assert [one.at.date().isoformat() for one in deal_as_of(ledger.store.read("d-harbour")).touches] == [
        "2026-02-03",
        "2026-02-04",
    ]


def test_what_is_never_read_is_left_out_in_a_deals_own_folder_and_when_answered(
    ledger: MemoryLedger, folder: Path
) -> None:
    privacy = Privacy(never=("hr@cadence.example",), never_subjects=("salary",), never_folders=("private",))
    drop(folder, "d-quay/a.eml", told("hr@cadence.example", "jo@quay.example", Message_ID="<a@x>"))
    drop(folder, "d-quay/b.eml", told("ines@cadence.example", "jo@quay.example", Message_ID="<b@x>", subject="Salary"))
    drop(folder, "d-quay/Private/2026-02-06-note.txt", "Rang Jo, she will ask Dana about the budget.")
    drop(folder, "d-quay/2026-02-07-note.txt", "Rang Jo, she will ask Dana about the budget.")
    answers = {"d-quay/a.eml": "d-quay", "d-quay/b.eml": "d-quay"}
    found = {one.file: one.why for one in Watch(ledger, folder, privacy).look(NOW, answers).files}
    assert found == {
        "d-quay/a.eml": "'hr@cadence.example' is never read",
        "d-quay/b.eml": "a subject with 'salary' is never read",
        "d-quay/Private/2026-02-06-note.txt": "the folder 'private' is never read",
        "d-quay/2026-02-07-note.txt": "it lies in the folder d-quay",
    }
    assert len(deal_as_of(ledger.store.read("d-quay")).touches) == 1
