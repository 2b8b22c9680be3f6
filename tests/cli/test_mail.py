"""Mailboxes, calendars and watched folders from the command line."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from premortem.cli.main import app
from premortem.errors import PremortemError
from premortem.sample.place import DEALS
from tests.importing.letters_told import told

RUPESH, DESMOND = "rupesh@bellfieldhire.example", "desmond.achebe@larkspur.example"
CALENDAR = f"""BEGIN:VCALENDAR
BEGIN:VEVENT
UID:u1
SUMMARY:First call
DTSTART;TZID=Europe/London:20250304T100000
ORGANIZER:mailto:{DESMOND}
ATTENDEE;PARTSTAT=ACCEPTED:mailto:{RUPESH}
ATTENDEE;PARTSTAT=ACCEPTED;CN=Maxine Bell:mailto:maxine@bellfieldhire.example
END:VEVENT
END:VCALENDAR
"""


def ran(*words: str) -> str:
    done = CliRunner().invoke(app, [str(one) for one in words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mail")
    ran("import", str(DEALS / "01-bellfield-instrument-hire"), "--ledger", str(folder / "l.sqlite3"))
    (folder / "mails").mkdir()
    (folder / "mails" / "1.eml").write_bytes(told(RUPESH, DESMOND, day="Wed, 12 Mar 2025 09:00:00 +0000"))
    (folder / "mails" / "2.eml").write_bytes(told(RUPESH, DESMOND, day="Wed, 12 Mar 2031 09:00:00 +0000"))
    (folder / "mails" / "3.eml").write_bytes(told("mother@gmail.com", DESMOND))
    (folder / "a.ics").write_text(CALENDAR)
    return folder


def test_a_mailbox_is_previewed_brought_in_and_asks(place: Path) -> None:
    ledger, mails = ("--ledger", str(place / "l.sqlite3")), str(place / "mails")
    ahead = ran("mail", mails, "--preview", *ledger)
    assert "3 mails: 1 placed, 1 asked about, 1 left out." in ahead
    assert "A preview: nothing was read or kept." in ahead
    told_now = ran("mail", mails, "--asked", str(place / "asked.csv"), *ledger)
    assert "Read now 1, there already 0" in told_now
    assert "no deal of theirs ran at the time" in told_now
    assert "mother@" not in told_now
    assert "lark-01" in (place / "asked.csv").read_text(encoding="utf-8-sig")
    document = json.loads(ran("mail", mails, "--json", *ledger))
    assert document["schema"] == "premortem.mail/1"
    assert [one["became"] for one in document["mails"]] == ["placed", "asked", "left_out"]


def test_the_settings_beside_the_ledger_hold(place: Path) -> None:
    (place / "mail.toml").write_text(f'never = ["{RUPESH}"]\n')
    try:
        told_now = ran("mail", str(place / "mails"), "--preview", "--ledger", str(place / "l.sqlite3"))
    finally:
        (place / "mail.toml").unlink()
    assert f"'{RUPESH}' is never read" in told_now


def test_a_calendar_tells_who_was_invited_and_silent(place: Path) -> None:
    told_now = ran("calendar", str(place / "a.ics"), "--ledger", str(place / "l.sqlite3"))
    assert "1 joined with their call" in told_now
    assert "Maxine Bell: invited and silent" in told_now


def test_a_folder_is_looked_at_once(place: Path) -> None:
    (place / "drop").mkdir()
    (place / "drop" / "2025-03-20-call.txt").write_text("Stranger One: Hello there.\nStranger Two: Hello.\n")
    (place / "drop" / "x.bin").write_bytes(b"\x00\x01\x02")
    for file in (place / "drop").iterdir():
        os.utime(file, (1_700_000_000, 1_700_000_000))  # nobody writes to them any more
    told_now = ran("watch", str(place / "drop"), "--once", "--ledger", str(place / "l.sqlite3"), "--json")
    became = {one["file"]: one["became"] for one in json.loads(told_now)["files"]}
    assert became == {"2025-03-20-call.txt": "asked", "x.bin": "left_out"}


def test_a_mailbox_must_be_named(place: Path) -> None:
    for words in (["mail"], ["mail", "--imap"]):
        done = CliRunner().invoke(app, [*words, "--ledger", str(place / "l.sqlite3")])
        assert isinstance(done.exception, PremortemError)
