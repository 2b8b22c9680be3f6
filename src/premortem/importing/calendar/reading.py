"""A calendar's file (.ics, RFC 5545) → its meetings: when, who was invited, and what each of them answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from msgspec import Struct

from premortem.errors import Unreadable
from premortem.importing.calendar.lines import Block, Line, blocks_of, unescaped
from premortem.importing.calendar.repeats import occurrences
from premortem.importing.calendar.zones import read_time, zone_called

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
    given = zone_called(zone) if zone else None
    if zone and given is None:
        raise Unreadable(str(file), "", f"there is no time zone '{zone}'", "Name one like Europe/Amsterdam.")
    calendars = [one for one in blocks_of(_text(data)).inside if one.name == "VCALENDAR"]
    if not calendars:
        raise Unreadable(str(file), "", "it holds no calendar", "Export it as iCalendar (.ics).")
    return [meeting for one in calendars for meeting in _in_calendar(one, given)]


def _text(data: bytes) -> str:
    """UTF-8, as the rules have it; older programs wrote Western European."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _in_calendar(calendar: Block, given: ZoneInfo | None) -> Iterator[Meeting]:
    floating = zone_called(calendar.value("X-WR-TIMEZONE")) or given
    called_off = calendar.value("METHOD").upper() == "CANCEL"
    events = [one for one in calendar.inside if one.name == "VEVENT"]
    moved: dict[str, set[datetime]] = {}
    for event in events:
        at = _time(event.first("RECURRENCE-ID"), floating)
        if isinstance(at, datetime):
            moved.setdefault(event.value("UID"), set()).add(at.astimezone(UTC))
    for event in events:
        yield from _meetings(event, floating, moved, called_off)


def _meetings(
    event: Block, floating: ZoneInfo | None, moved: dict[str, set[datetime]], called_off: bool
) -> Iterator[Meeting]:
    start, aside = _time(event.first("DTSTART"), floating), _aside(event, called_off)
    uid = unescaped(event.value("UID")) or f"line {event.number}"
    subject, invitees = unescaped(event.value("SUMMARY")), tuple(_invitees(event))
    if not isinstance(start, datetime):
        why = "it takes whole days" if start is not None else _no_time(event)
        yield Meeting(uid, event.number, subject, None, None, invitees, aside or why)
        return
    lasts = _lasts(event, start, floating)
    rule, own = event.value("RRULE"), event.first("RECURRENCE-ID") is not None
    moments = occurrences(start, rule) if rule and not own else [start]
    remark = None if moments is not None else f"only its first meeting is taken: nobody here understands {rule}"
    dropped = {one for line in event.all("EXDATE") for one in _moments(line, floating)}
    if not own:
        dropped |= moved.get(event.value("UID"), set())
    for moment in moments or [start]:
        at = moment.astimezone(UTC)
        if at not in dropped:
            name = uid if len(moments or ()) < 2 and not own else f"{uid} {at:%Y-%m-%dT%H:%M}"
            yield Meeting(name, event.number, subject, at, at + lasts, invitees, aside, remark, moment.date())


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


def _time(line: Line | None, floating: ZoneInfo | None) -> datetime | date | None:
    if line is None:
        return None
    named = line.told.get("TZID")
    return read_time(line.value, zone_called(named) if named else floating)


def _moments(line: Line, floating: ZoneInfo | None) -> Iterator[datetime]:
    zone = zone_called(line.told["TZID"]) if "TZID" in line.told else floating
    for value in line.value.split(","):
        at = read_time(value, zone)
        if isinstance(at, datetime):
            yield at.astimezone(UTC)


def _lasts(event: Block, start: datetime, floating: ZoneInfo | None) -> timedelta:
    """How long it is; an hour where nothing tells."""
    end = _time(event.first("DTEND"), floating)
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
