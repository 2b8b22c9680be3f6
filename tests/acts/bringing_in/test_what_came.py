"""What files are shows by what they hold, whatever they are called."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from premortem.acts.bringing_in.in_view import InView
from premortem.acts.bringing_in.what_came import Came, what_came
from premortem.ledger.contents import MemoryLedger
from premortem.ledger.entries import Changed, Entry, Opened

MAIL = b"From: a@x.example\r\nTo: b@y.example\r\nSubject: Hello\r\nDate: Tue, 14 Apr 2026 09:00:00 +0000\r\n\r\nHi.\r\n"
CALENDAR = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"
MBOX = b"From somebody Tue Apr 14 09:00:00 2026\n" + MAIL


@pytest.mark.parametrize(
    ("files", "came"),
    [
        ({"a.csv": b"Id,Stage\n1,Won\n"}, Came("export")),
        ({"sales": MBOX}, Came("mail")),
        ({"cur/1": MAIL, "cur/2": MAIL, ".hidden": CALENDAR}, Came("mail")),
        ({"work.txt": CALENDAR}, Came("calendar")),
        ({"Case.csv": b"Id\n1\n", "1.eml": MAIL, "work.ics": CALENDAR}, Came("export", {"mail": 1, "calendar": 1})),
        ({"notes.txt": b"hello"}, Came("deals")),
        ({"d/deal.json": b"{}", "d/touches/1.eml": MAIL, "a.csv": b"Id\n"}, Came("deals")),
        ({}, Came("deals")),
    ],
    ids=["table", "mbox", "maildir", "calendar", "mixed", "none", "deal", "nothing"],
)
def test_what_came(files: dict[str, bytes], came: Came, tmp_path: Path) -> None:
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    assert what_came(tmp_path) == came


def test_a_deal_that_is_not_in_view_is_neither_read_nor_written() -> None:
    ledger, day = MemoryLedger(), datetime(2026, 3, 1, tzinfo=UTC)
    for deal in ("ours", "theirs"):
        ledger.store.append([Entry(deal, day, day, "import:test", Opened(deal, "A", "S"))])
    seen = InView(ledger, ["ours"])
    assert seen.store.deals() == ["ours"]
    assert seen.store.read("theirs") == []
    assert [deal for deal, _ in seen.store.read_each(["ours", "theirs"])] == ["ours"]
    assert {row.deal for row in seen.store.rows()} == {"ours"}
    more = {deal: [Entry(deal, day, day, "import:test", Changed("stage", "Won"))] for deal in ("ours", "theirs")}
    seen.store.append_each([(entries, 1) for entries in more.values()])
    seen.store.append(more["theirs"])
    assert [len(ledger.store.read(deal)) for deal in ("ours", "theirs")] == [2, 1]
