"""A calendar's file (.ics, RFC 5545) → its meetings: when, who was invited, and what each of them answered."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path, PurePath
from typing import Literal

from msgspec import Struct

from premortem.errors import Unreadable
from premortem.importing.calendar.lines import Block, Line, blocks_of, unescaped
from premortem.importing.calendar.own_zones import Clocks
from premortem.importing.calendar.repeats import occurrences
from premortem.importing.calendar.zones import zone_called

Answer = Literal["accepted", "declined", "tentative", "none"]
_ANSWERS: dict[str, Answer] = {"ACCEPTED": "accepted", "DECLINED": "declined", "TENTATIVE": "tentative"}
LIMIT = 50 * 1024 * 1024
"""Bytes that a calendar may have."""


class Invitee(Struct, frozen=True):
    """Somebody who was invited; whoever invited counts as accepting. The address is in lower case."""

    email: str
    name: str | None
    answer: Answer
    invited: bool = True
    """False for whoever invited."""


class Meeting(Struct, frozen=True):
    """One meeting, of a series each on its own. `start` and `end` are in UTC.

    `aside` says why it is none that a call can belong to: it was called off, is private, takes whole days, or nobody
    can tell when it was.
    """

    id: str
    line: int
    subject: str
    start: datetime | None
    end: datetime | None
    invitees: tuple[Invitee, ...] = ()
    aside: str | None = None
    remark: str | None = None
    day: date | None = None
    """The day by the clock that the meeting was set by."""
    place: str = ""
    """Where it stands, for whoever looks for it: its line, or its entry on a server."""


def read_calendar(file: Path, zone: str | None = None) -> list[Meeting]:
    """The meetings of a file, in their order; readings that name no zone are told in `zone`.

    Raises Unreadable where the file can't be read or holds no calendar, or where nobody knows the zone.
    """
    try:
        if file.stat().st_size > LIMIT:
            raise Unreadable(str(file), "", "it has over 50 MB", "Export a shorter time.")
        data = file.read_bytes()
    except OSError as fault:
        raise Unreadable(str(file), "", f"it can't be read: {fault.strerror}", "Check the path.") from fault
    return meetings_in(data, str(file), zone_given(zone, str(file)))


def zone_given(zone: str | None, called: str) -> tzinfo | None:
    """The zone that somebody named. Raises Unreadable, naming `called`, for one that there is not."""
    given = zone_called(zone) if zone else None
    if zone and given is None:
        raise Unreadable(called, "", f"there is no time zone '{zone}'", "Name one like Europe/Amsterdam.")
    return given


def meetings_in(data: bytes, called: str, given: tzinfo | None = None) -> list[Meeting]:
    """The meetings in a calendar's bytes, in their order; of one that stands in it again, its newest state.

    Raises Unreadable, naming `called`, where it holds no calendar.
    """
    calendars = [one for one in blocks_of(_text(data)).inside if one.name == "VCALENDAR"]
    if not calendars:
        raise Unreadable(called, "", "it holds no calendar", "Export it as iCalendar (.ics).")
    told = _newest(event for one in calendars for event in _events(one, Clocks(one, given)))
    moved: dict[str, set[datetime]] = {}
    for one in told:
        if isinstance(one.instead_of, datetime):
            moved.setdefault(one.uid, set()).add(one.instead_of.astimezone(UTC))
    return [meeting for one in told for meeting in _meetings(one, moved.get(one.uid, set()), PurePath(called).name)]


def _text(data: bytes) -> str:
    """UTF-8, as the rules have it; UTF-16 where it says so; older programs wrote Western European."""
    try:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return data.decode("utf-16")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


class _Told:
    """An event with what its calendar says of it."""

    def __init__(self, event: Block, calendar: Block, clocks: Clocks) -> None:
        self.event, self.clocks = event, clocks
        self.called_off = calendar.value("METHOD").strip().upper() == "CANCEL"
        self.uid = unescaped(event.value("UID"))
        self.instead_of = clocks.time(event.first("RECURRENCE-ID"))

    @property
    def key(self) -> object:
        """Which meeting it tells of; without a UID each is one of its own."""
        return (self.uid, self.event.value("RECURRENCE-ID") and self.instead_of) if self.uid else self.event.number

    @property
    def state(self) -> tuple[int, str, int]:
        """The higher the newer (RFC 5546, 2.1.4): its sequence, when it was written, how many answered by then."""
        sequence = self.event.value("SEQUENCE").strip()
        written = self.event.value("LAST-MODIFIED") or self.event.value("DTSTAMP")
        answered = sum(one.told.get("PARTSTAT", "").upper() in _ANSWERS for one in self.event.all("ATTENDEE"))
        return int(sequence) if sequence.isascii() and sequence.isdigit() else 0, written, answered


def _events(calendar: Block, clocks: Clocks) -> Iterator[_Told]:
    return (_Told(one, calendar, clocks) for one in calendar.inside if one.name == "VEVENT")


def _newest(told: Iterable[_Told]) -> list[_Told]:
    """Each event once, where it stood first: invitations that lie in one file repeat what they change."""
    found: dict[object, _Told] = {}
    for one in told:
        before = found.get(one.key)
        if before is None or one.state >= before.state:
            found[one.key] = one
    return list(found.values())


def _meetings(told: _Told, moved: set[datetime], called: str) -> Iterator[Meeting]:
    event, clocks = told.event, told.clocks
    start, aside = clocks.time(event.first("DTSTART")), _aside(event, told.called_off)
    uid, place = told.uid or f"{called}, line {event.number}", f"line {event.number}"
    subject, invitees = unescaped(event.value("SUMMARY")), tuple(_invitees(event))
    if not isinstance(start, datetime):
        why = "it takes whole days" if start is not None else _no_time(event)
        yield Meeting(uid, event.number, subject, None, None, invitees, aside or why, place=place)
        return
    lasts = _lasts(event, start, clocks)
    rule, own = event.value("RRULE"), event.first("RECURRENCE-ID") is not None
    moments = occurrences(start, rule) if rule and not own else [start]
    remark = None if moments is not None else f"only its first meeting is taken: nobody here understands {rule}"
    dropped = {one for line in event.all("EXDATE") for one in clocks.moments(line)}
    if not own:
        dropped |= moved
    for moment in moments or [start]:
        at = moment.astimezone(UTC)
        if at not in dropped:
            name = uid if len(moments or ()) < 2 and not own else f"{uid} {at:%Y-%m-%dT%H:%M}"
            yield Meeting(name, event.number, subject, at, at + lasts, invitees, aside, remark, moment.date(), place)


def _aside(event: Block, called_off: bool) -> str | None:
    if not event.whole:
        return "the file breaks off in it"
    if called_off or event.value("STATUS").strip().upper() == "CANCELLED":
        return "it was called off"
    if event.value("CLASS").strip().upper() in ("PRIVATE", "CONFIDENTIAL"):
        return "it is marked as private"
    return None


def _no_time(event: Block) -> str:
    line = event.first("DTSTART")
    if line is None:
        return "nothing tells when it was"
    if name := line.told.get("TZID"):
        return f"nobody here knows the time zone '{name}'"
    return "its time names no zone: say which, --zone Europe/Amsterdam"


def _lasts(event: Block, start: datetime, clocks: Clocks) -> timedelta:
    """How long it is; an hour where nothing tells."""
    end = clocks.time(event.first("DTEND"))
    if isinstance(end, datetime) and end > start:
        return end - start
    found = _duration(event.value("DURATION"))
    return found or timedelta(hours=1)


def _duration(told: str) -> timedelta | None:
    told, number, total = told.strip().upper().lstrip("+"), "", timedelta()
    seconds = {"W": 604_800, "D": 86_400, "H": 3_600, "M": 60, "S": 1}
    for letter in told.removeprefix("P").replace("T", ""):
        if letter.isdigit():
            number += letter
        elif letter in seconds and number:
            total, number = total + timedelta(seconds=min(int(number), 10**6) * seconds[letter]), ""
        else:
            return None
    return total or None


def _invitees(event: Block) -> Iterator[Invitee]:
    """Whoever invited first, then the invited in their order; rooms and equipment are nobody."""
    seen: set[str] = set()
    for line in (*event.all("ORGANIZER"), *event.all("ATTENDEE")):
        email = _email(line)
        if email is None or email in seen or line.told.get("CUTYPE", "").upper() in ("ROOM", "RESOURCE", "GROUP"):
            continue
        seen.add(email)
        organises = line.name == "ORGANIZER"
        name = unescaped(line.told.get("CN", ""))
        answer = "accepted" if organises else _ANSWERS.get(line.told.get("PARTSTAT", "").upper(), "none")
        yield Invitee(email, name if name and "@" not in name else None, answer, not organises)


def _email(line: Line) -> str | None:
    for told in (line.value, line.told.get("EMAIL", "")):
        address = told.strip().removeprefix("mailto:").removeprefix("MAILTO:").strip().lower()
        if address.count("@") == 1 and not address.startswith("@") and not address.endswith("@"):
            return address
    return None
