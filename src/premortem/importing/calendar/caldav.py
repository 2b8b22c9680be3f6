"""A calendar on a server (CalDAV, RFC 4791), read only: PROPFIND finds the calendars, a REPORT asks for a time.

Found as RFC 6764 has it: the address given, or the host's well-known one; the user's principal; its home; the
calendars in it. An address that is a calendar is taken as it is. This module asks by httpx2, which the program has
anyway: the usual client library would bring a second one, of a family that we replaced, for two requests.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from msgspec import Struct
from msgspec.structs import replace

from premortem.errors import Unknown, Unreadable
from premortem.importing.calendar.multistatus import CAL, DAV, Resource, resources
from premortem.importing.calendar.reading import LIMIT, Meeting, meetings_in, zone_given

if TYPE_CHECKING:
    import httpx2

PASSWORD, TOKEN = "PREMORTEM_CALDAV_PASSWORD", "PREMORTEM_CALDAV_TOKEN"
PATIENCE = 60
"""Seconds that a server may take for an answer."""
HOPS = 5
"""How often a server may send on."""
HERE = ("localhost", "127.0.0.1", "::1")
WELL_KNOWN = "/.well-known/caldav"

_FIND = (
    '<?xml version="1.0" encoding="utf-8"?><d:propfind xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:prop>'
    "<d:resourcetype/><d:displayname/><d:current-user-principal/><c:calendar-home-set/>"
    "<c:supported-calendar-component-set/></d:prop></d:propfind>"
)
_ASK = (
    '<?xml version="1.0" encoding="utf-8"?><c:calendar-query xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">'
    "<d:prop><d:getetag/><c:calendar-data/></d:prop><c:filter>"
    '<c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT"><c:time-range start="{start}" end="{end}"/>'
    "</c:comp-filter></c:comp-filter></c:filter></c:calendar-query>"
)


class Fetched(Struct, frozen=True):
    """The meetings of a user's calendars, each once, though it stands in several; and a sentence for each entry that
    could not be read."""

    meetings: list[Meeting]
    remarks: list[str]


class Server:
    """A calendar server at an address. Nothing is connected before it is asked.

    Raises Unknown for an address that is none, is not encrypted (but on this machine), or for which the environment
    holds neither a password for `user` nor a token.
    """

    def __init__(self, url: str, user: str | None, environment: Mapping[str, str]) -> None:
        self._url = _checked(url)
        self._secret = TOKEN if user is None else PASSWORD
        self._client = _client(self._url, user, environment.get(self._secret, ""), self._secret)

    def fetch(self, since: datetime, until: datetime, zone: str | None = None) -> Fetched:
        """What takes place in a time. Times that name no zone are told in `zone`.

        Raises Unreadable where the server can't be reached, refuses, has no calendar, or answers what none would.
        """
        given = zone_given(zone, self._url)
        found: dict[str, Meeting] = {}
        remarks: list[str] = []
        with self._client:
            for calendar in self.calendars():
                for entry in self._entries(calendar, since, until):
                    path = unquote(urlsplit(entry.url).path)
                    try:
                        told = meetings_in(entry.text(f"{CAL}calendar-data").encode(), path, given)
                    except Unreadable as wrong:
                        remarks.append(str(wrong))
                        continue
                    for one in told:
                        if one.start is None or since <= one.start <= until:
                            found.setdefault(one.id, replace(one, place=f"{path}, {one.place}"))
        return Fetched(list(found.values()), remarks)

    def calendars(self) -> list[Resource]:
        """The calendars that the user has, in the order of their addresses."""
        first = self._beginning()
        if first.is_calendar:
            return [first]
        home = first.within(f"{CAL}calendar-home-set")
        principal = first.within(f"{DAV}current-user-principal")
        if home is None and principal is not None:
            home = self._one(principal).within(f"{CAL}calendar-home-set")
        found = self._found(home or first.url, 1)
        calendars = sorted((one for one in found if one.is_calendar), key=lambda one: one.url)
        if not calendars:
            why = "no calendar is there"
            raise Unreadable(self._url, "", why, "Give the address that your provider calls CalDAV, or a calendar's.")
        return calendars

    def _beginning(self) -> Resource:
        """What the address given is; of a host alone, what its well-known address leads to."""
        if urlsplit(self._url).path in ("", "/"):
            try:
                return self._one(urljoin(self._url, WELL_KNOWN))
            except _NotThere:
                pass  # many servers, the smaller ones, have their beginning at the root itself
        return self._one(self._url)

    def _one(self, url: str) -> Resource:
        found = self._found(url, 0)
        if not found:
            raise Unreadable(url, "", "it doesn't answer as a calendar server does", "Check the address.")
        return found[0]

    def _found(self, url: str, depth: int) -> list[Resource]:
        return list(resources(*self._asked("PROPFIND", url, _FIND, depth)))

    def _entries(self, calendar: Resource, since: datetime, until: datetime) -> Iterator[Resource]:
        asked = _ASK.format(start=_moment(since), end=_moment(until))
        for one in resources(*self._asked("REPORT", calendar.url, asked, 1)):
            if one.text(f"{CAL}calendar-data"):
                yield one

    def _asked(self, method: str, url: str, body: str, depth: int) -> tuple[bytes, str]:
        """The answer and the address that it came from, which may be another one than was asked."""
        import httpx2

        headers = {"Depth": str(depth), "Content-Type": "application/xml; charset=utf-8"}
        for _ in range(HOPS):
            self._stays(url)
            try:
                with self._client.stream(method, url, content=body.encode(), headers=headers) as answer:
                    if answer.is_redirect:
                        url = urljoin(url, answer.headers.get("location", ""))
                        continue
                    if answer.status_code != 207:
                        raise _refused(url, answer.status_code, self._secret)
                    return _within_limit(answer, url), url
            except (httpx2.HTTPError, httpx2.InvalidURL) as failed:
                why = f"it can't be reached ({type(failed).__name__})"
                raise Unreadable(url, "", why, "Check the address, and whether you are connected.") from failed
        raise Unreadable(url, "", "it sends on without end", "Give the address that your provider calls CalDAV.")

    def _stays(self, url: str) -> None:
        """What opens the calendar goes by TLS, or stays on this machine, wherever a server may point to."""
        given, there = urlsplit(self._url), urlsplit(url)
        if there.scheme != given.scheme or (there.scheme == "http" and there.netloc != given.netloc):
            remedy = "Nothing was sent there. Give the address that your provider calls CalDAV."
            raise Unreadable(self._url, "", f"it sends on to {there.scheme}://{there.netloc}", remedy)


class _NotThere(Unreadable):
    """Nothing that speaks CalDAV is at an address."""


def _checked(url: str) -> str:
    try:
        parts = urlsplit(url)
        fine = bool(parts.scheme in ("http", "https") and parts.hostname and parts.port != 0)
        fine = fine and not (parts.username or parts.password or parts.query or parts.fragment)
    except ValueError:
        fine = False
    if not fine:
        remedy = "Write it as https://host/path, without a name or a password in it: the one is --user."
        raise Unknown("the address of the calendar can't be used", remedy)
    if parts.scheme == "http" and parts.hostname not in HERE:
        raise Unknown(f"{parts.hostname} would be asked without encryption", "Write https://, or export an .ics file.")
    return url


def _client(url: str, user: str | None, secret: str, name: str) -> httpx2.Client:
    import httpx2

    if not secret:
        also = f", or --user and {PASSWORD}" if user is None else ""
        raise Unknown("nothing opens the calendar", f"Set {name} in the environment{also}.")
    headers = {"User-Agent": "premortem"} | ({} if user else {"Authorization": f"Bearer {secret}"})
    return httpx2.Client(
        auth=httpx2.BasicAuth(user, secret) if user else None,
        headers=headers,
        timeout=PATIENCE,
        follow_redirects=False,
        trust_env=urlsplit(url).scheme == "https",
    )


def _refused(url: str, status: int, secret: str) -> Unreadable:
    if status in (401, 403):
        remedy = f"Check --user and {secret}; where you log in in two steps, make a password for programs."
        return Unreadable(url, "", f"it lets nobody in ({status})", remedy)
    if status in (404, 405, 410, 501) or status < 300:
        remedy = "Give the address that your provider calls CalDAV."
        return _NotThere(url, "", f"no calendar server is there ({status})", remedy)
    return Unreadable(url, "", f"it is out of order ({status})", "Try again later.")


def _within_limit(answer: httpx2.Response, url: str) -> bytes:
    body = bytearray()
    for piece in answer.iter_bytes():
        body += piece
        if len(body) > LIMIT:
            raise Unreadable(url, "", "its answer has over 50 MB", "Ask for a shorter time: --since.")
    return bytes(body)


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
