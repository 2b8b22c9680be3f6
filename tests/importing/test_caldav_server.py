"""The same against a real calendar server, Radicale, where it is installed."""

from __future__ import annotations

import importlib.util
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import httpx2
import pytest

from premortem.errors import Unreadable
from premortem.importing.calendar.caldav import PASSWORD, Server

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("radicale") is None,
    reason="needs the calendar server Radicale, which is not installed here: pip install radicale",
)
OPENS = {PASSWORD: "let me in"}
SETTINGS = """[server]
hosts = 127.0.0.1:{port}
[auth]
type = htpasswd
htpasswd_filename = {folder}/users
htpasswd_encryption = plain
delay = 0
[storage]
filesystem_folder = {folder}/kept
"""
SERIES = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Cadence//EN
BEGIN:VEVENT
UID:weekly
DTSTAMP:20260101T000000Z
SUMMARY:Wöchentlich
DTSTART;TZID=Europe/Berlin:20260113T100000
DTEND;TZID=Europe/Berlin:20260113T110000
RRULE:FREQ=WEEKLY;COUNT=4
EXDATE;TZID=Europe/Berlin:20260120T100000
ORGANIZER;CN=Ines Okafor:mailto:ines@cadence.example
ATTENDEE;PARTSTAT=ACCEPTED;CN=Tom Reyes:mailto:tom@harbour.example
END:VEVENT
BEGIN:VEVENT
UID:weekly
DTSTAMP:20260101T000000Z
RECURRENCE-ID;TZID=Europe/Berlin:20260127T100000
SUMMARY:Wöchentlich\\, verlegt
DTSTART;TZID=Europe/Berlin:20260128T150000
END:VEVENT
END:VCALENDAR
"""
EARLIER = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Cadence//EN
BEGIN:VEVENT
UID:long ago
DTSTAMP:20240101T000000Z
DTSTART:20240113T100000Z
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture(scope="module")
def radicale(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("radicale")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    (folder / "users").write_text("ines:let me in\n")
    (folder / "settings").write_text(SETTINGS.format(port=port, folder=folder))
    with subprocess.Popen(
        [sys.executable, "-m", "radicale", "--config", str(folder / "settings")], stderr=subprocess.DEVNULL
    ) as process:
        url = f"http://127.0.0.1:{port}"
        _fill(url)
        yield url
        process.terminate()


def _fill(url: str) -> None:
    with httpx2.Client(base_url=url, auth=("ines", "let me in"), trust_env=False) as client:
        for _ in range(100):
            try:
                client.get("/")
                break
            except httpx2.ConnectError:
                time.sleep(0.1)
        for name in ("work", "team"):
            assert client.request("MKCALENDAR", f"/ines/{name}/").status_code == 201
        headers = {"Content-Type": "text/calendar; charset=utf-8"}
        for path, text in (("work/a b.ics", SERIES), ("team/same.ics", SERIES), ("work/old.ics", EARLIER)):
            assert client.put(f"/ines/{path}", content=text.encode(), headers=headers).status_code == 201


def test_a_real_server_is_read_from_its_address_alone(radicale: str) -> None:
    found = Server(radicale, "ines", OPENS).fetch(datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC))
    assert [(f"{one.start:%m-%d %H:%M}", one.subject) for one in found.meetings] == [
        ("01-13 09:00", "Wöchentlich"),
        ("02-03 09:00", "Wöchentlich"),
        ("01-28 14:00", "Wöchentlich, verlegt"),
    ]
    assert [one.email for one in found.meetings[0].invitees] == ["ines@cadence.example", "tom@harbour.example"]
    assert found.remarks == []


def test_a_real_server_is_asked_for_one_calendar_and_for_a_time(radicale: str) -> None:
    since, until = datetime(2024, 1, 1, tzinfo=UTC), datetime(2024, 3, 1, tzinfo=UTC)
    assert [one.id for one in Server(f"{radicale}/ines/work/", "ines", OPENS).fetch(since, until).meetings] == [
        "long ago"
    ]
    assert Server(f"{radicale}/ines/team/", "ines", OPENS).fetch(since, until).meetings == []


def test_a_real_server_lets_nobody_in_by_a_wrong_password(radicale: str) -> None:
    with pytest.raises(Unreadable, match=r"it lets nobody in \(401\)"):
        Server(radicale, "ines", {PASSWORD: "wrong"}).calendars()
