"""Calendars on a server (CalDAV): found from its address, asked for a time, read only, and never unencrypted."""

from __future__ import annotations

import base64
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from premortem.errors import Unknown, Unreadable
from premortem.importing.calendar.caldav import PASSWORD, TOKEN, Server
from premortem.importing.calendar.multistatus import resources

SINCE, UNTIL = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)
OPENS = {PASSWORD: "let me in"}
MEETING = """BEGIN:VCALENDAR
BEGIN:VEVENT
UID:plan
SUMMARY:Plan &amp; prices
DTSTART;TZID=Europe/London:20260113T100000
RRULE:FREQ=WEEKLY
ORGANIZER;CN=Ines Okafor:mailto:ines@cadence.example
ATTENDEE;PARTSTAT=ACCEPTED;CN=Tom Reyes:mailto:tom@harbour.example
END:VEVENT
END:VCALENDAR
"""


def told(*responses: tuple[str, str]) -> bytes:
    """A multistatus: each resource's address and its properties, and a property that it lacks."""
    each = "".join(
        f"<response><href>{href}</href><propstat><prop>{prop}</prop><status>HTTP/1.1 200 OK</status></propstat>"
        "<propstat><prop><getlastmodified/></prop><status>HTTP/1.1 404 Not Found</status></propstat></response>"
        for href, prop in responses
    )
    names = 'xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"'
    return f'<?xml version="1.0"?><multistatus {names}>{each}</multistatus>'.encode()


CALENDAR = "<resourcetype><collection/><C:calendar/></resourcetype><displayname>Work</displayname>"
TASKS = f'{CALENDAR}<C:supported-calendar-component-set><C:comp name="VTODO"/></C:supported-calendar-component-set>'
ANSWERS = {
    ("PROPFIND", "/dav/", "0"): told(
        ("/dav/", "<current-user-principal><href>/dav/who/ines/</href></current-user-principal>")
    ),
    ("PROPFIND", "/dav/who/ines/", "0"): told(
        ("/dav/who/ines/", "<C:calendar-home-set><href>/dav/of/ines/</href></C:calendar-home-set>")
    ),
    ("PROPFIND", "/dav/of/ines/", "1"): told(
        ("/dav/of/ines/", "<resourcetype><collection/></resourcetype>"),
        ("/dav/of/ines/work/", CALENDAR),
        ("/dav/of/ines/team/", CALENDAR),
        ("/dav/of/ines/tasks/", TASKS),
    ),
    ("REPORT", "/dav/of/ines/work/", "1"): told(
        ("/dav/of/ines/work/a%20b.ics", f"<C:calendar-data>{MEETING}</C:calendar-data>"),
        ("/dav/of/ines/work/odd.ics", "<C:calendar-data>BEGIN:VCARD\nEND:VCARD</C:calendar-data>"),
    ),
    ("REPORT", "/dav/of/ines/team/", "1"): told(
        ("/dav/of/ines/team/same.ics", f"<C:calendar-data>{MEETING}</C:calendar-data>")
    ),
}
Answer = Callable[["Recorded"], None]


class Recorded(BaseHTTPRequestHandler):
    """A calendar server by its recorded answers. It remembers what it was told."""

    heard: list[tuple[str, str, str, str]]
    odd: dict[str, Answer]

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        self.heard.append((self.command, self.path, self.headers.get("Authorization", ""), body))
        if (odd := self.odd.get(self.path)) is not None:
            return odd(self)
        known = ANSWERS.get((self.command, self.path, self.headers.get("Depth", "")))
        self.says(404 if known is None else 207, known or b"")
        return None

    def says(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    do_PROPFIND = do_REPORT = do_GET = do_PUT = do_DELETE = answer

    def log_message(self, *_: object) -> None:
        """A test's output is no log."""


class Place:
    """Where the server is, what it heard, and how it answers otherwise than recorded, by path."""

    def __init__(self, url: str, handler: type[Recorded]) -> None:
        self.url, self.heard, self.odd = url, handler.heard, handler.odd

    def fetch(self, path: str = "/", user: str | None = "ines", zone: str | None = None) -> list[str]:
        found = Server(f"{self.url}{path}", user, {**OPENS, TOKEN: "t0ken"}).fetch(SINCE, UNTIL, zone)
        return [f"{one.start:%m-%d %H:%M} {one.subject} ({one.place})" for one in found.meetings] + found.remarks


def sends_on(to: str) -> Answer:
    return lambda told: told.says(301, Location=to)


@pytest.fixture
def place() -> Iterator[Place]:
    handler = type("Heard", (Recorded,), {"heard": [], "odd": {"/.well-known/caldav": sends_on("/dav/")}})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as served:
        threading.Thread(target=served.serve_forever, args=(0.01,), daemon=True).start()
        yield Place(f"http://127.0.0.1:{served.server_address[1]}", handler)
        served.shutdown()


def test_calendars_are_found_from_the_host_alone_and_each_meeting_is_taken_once(place: Place) -> None:
    assert place.fetch() == [
        "01-13 10:00 Plan & prices (/dav/of/ines/team/same.ics, line 2)",
        "01-20 10:00 Plan & prices (/dav/of/ines/team/same.ics, line 2)",
        "01-27 10:00 Plan & prices (/dav/of/ines/team/same.ics, line 2)",
        "/dav/of/ines/work/odd.ics: it holds no calendar. Export it as iCalendar (.ics).",
    ]
    assert {method for method, *_ in place.heard} == {"PROPFIND", "REPORT"}  # nothing that would change anything
    assert {who for *_, who, _ in place.heard} == {f"Basic {base64.b64encode(b'ines:let me in').decode()}"}
    asked = next(body for method, _, _, body in place.heard if method == "REPORT")
    assert '<c:time-range start="20260101T000000Z" end="20260201T000000Z"/>' in asked


def test_an_address_may_be_a_calendar_and_a_token_may_open_it(place: Place) -> None:
    place.odd["/one/"] = lambda heard: heard.says(
        207, told(("/one/", CALENDAR)) if heard.command == "PROPFIND" else told(("/one/a.ics", ""))
    )
    assert place.fetch("/one/", user=None) == []
    assert {who for *_, who, _ in place.heard} == {"Bearer t0ken"}


def test_where_the_host_has_no_well_known_address_its_root_is_asked(place: Place) -> None:
    del place.odd["/.well-known/caldav"]
    place.odd["/"] = lambda heard: heard.says(207, ANSWERS["PROPFIND", "/dav/", "0"])
    assert len(place.fetch()) == 4


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (lambda told: told.says(401), "lets nobody in (401). Check --user and PREMORTEM_CALDAV_PASSWORD"),
        (lambda told: told.says(200, b"<html>Welcome</html>"), "no calendar server is there (404)"),
        (lambda told: told.says(207, b"<html>Welcome</html>"), "doesn't answer as a calendar server does"),
        (lambda told: told.says(207, b"\x00 nonsense"), "doesn't answer as a calendar server does"),
        (lambda told: told.says(503), "it is out of order (503). Try again later"),
        (sends_on("/dav/"), "it sends on without end"),
        (sends_on("http://calendars.example/"), "it sends on to http://calendars.example. Nothing was sent there"),
        (sends_on("file:///etc/passwd"), "it sends on to file://. Nothing was sent there"),
        (lambda heard: heard.says(207, told(("/dav/", ""))), "no calendar is there"),
    ],
)
def test_what_goes_wrong_is_said_with_what_to_do(place: Place, answer: Answer, says: str) -> None:
    place.odd["/dav/"] = answer
    with pytest.raises(Unreadable) as wrong:
        place.fetch()
    assert says in str(wrong.value)
    assert "let me in" not in str(wrong.value)


def test_a_server_that_is_not_there_and_a_zone_that_is_none_are_said(place: Place) -> None:
    with pytest.raises(Unreadable, match="it can't be reached"):
        Server("http://127.0.0.1:9/", "ines", OPENS).fetch(SINCE, UNTIL)
    with pytest.raises(Unreadable, match="there is no time zone 'Mars'"):
        place.fetch(zone="Mars")
    assert place.heard == []


@pytest.mark.parametrize(
    ("url", "user", "opens", "says"),
    [
        ("http://calendars.example/", "ines", OPENS, "calendars.example would be asked without encryption"),
        ("https://ines:secret@calendars.example/", "ines", OPENS, "without a name or a password in it"),
        ("ftp://calendars.example/", "ines", OPENS, "Write it as https://host/path"),
        ("https://calendars.example:99999/", "ines", OPENS, "Write it as https://host/path"),
        ("https://calendars.example/", "ines", {TOKEN: "t0ken"}, f"Set {PASSWORD} in the environment."),
        ("https://calendars.example/", None, OPENS, f"Set {TOKEN} in the environment, or --user and {PASSWORD}."),
    ],
)
def test_nothing_is_asked_unencrypted_or_without_what_opens_it(
    url: str, user: str | None, opens: dict[str, str], says: str
) -> None:
    with pytest.raises(Unknown) as wrong:
        Server(url, user, opens)
    assert says in str(wrong.value)
    assert "secret" not in str(wrong.value)


LAUGHS = "".join(f'<!ENTITY l{at + 1} "{f"&l{at};" * 10}">' for at in range(9))


@pytest.mark.parametrize(
    ("xml", "says"),
    [
        (f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]><x>&l9;</x>', "it holds a document type"),
        ('<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>', "it holds a document type"),
        ("<x>" * 1_000_000, "it is nested deeper than any could be"),
        ("<x>&unheard;</x>", "it doesn't answer as a calendar server does"),
    ],
)
def test_xml_that_would_do_harm_is_refused(xml: str, says: str) -> None:
    with pytest.raises(Unreadable, match=says.removeprefix("it ")):
        list(resources(f'<?xml version="1.0"?>{xml}'.encode(), "https://calendars.example/"))
