"""A zone that a calendar defines itself (VTIMEZONE, RFC 5545, 3.6.5), for names that nobody else knows.

Outlook writes 'Customized Time Zone', or the name in its menu, and then when its clocks change. Changes on a weekday of
a month, every year, are understood, as calendars write them, and single ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo

from msgspec import Struct

from premortem.importing.calendar.lines import Block, Line
from premortem.importing.calendar.repeats import nth_weekday
from premortem.importing.calendar.zones import read_time, zone_called

_OFFSET = re.compile(r"([+-])(0\d|1[0-4])([0-5]\d)(\d{2})?")
_NTH = re.compile(r"[+-]?[1-5](MO|TU|WE|TH|FR|SA|SU)")


class Change(Struct, frozen=True):
    """When the clocks are set to an offset: at `start`, or each year from then on a weekday ('-1SU') of a month.

    Readings of the clock are held as if they were UTC.
    """

    offset: timedelta
    start: datetime
    month: int | None = None
    weekday: str = ""

    def last(self, at: datetime) -> datetime | None:
        """The last time that it happened up to a reading of the clock."""
        if self.month is None:
            return self.start if self.start <= at else None
        for year in (at.year, at.year - 1):
            day = nth_weekday(year, self.month, self.weekday)
            moment = self.start.replace(year=year, month=self.month, day=day) if day is not None else None
            if moment is not None and self.start <= moment <= at:
                return moment
        return None


class OwnZone(tzinfo):
    """The zone of a VTIMEZONE."""

    def __init__(self, name: str, changes: list[Change]) -> None:
        self._name, self._changes = name, changes

    def utcoffset(self, at: datetime | None) -> timedelta:
        """By the change that came last; before the first, by the earliest."""
        reading = at.replace(tzinfo=UTC) if at is not None else None
        came = [(moment, one.offset) for one in self._changes if reading and (moment := one.last(reading)) is not None]
        return max(came)[1] if came else min(self._changes, key=lambda one: one.start).offset

    def dst(self, at: datetime | None) -> timedelta:
        return timedelta()

    def tzname(self, at: datetime | None) -> str:
        return self._name


def own_zone(block: Block) -> OwnZone | None:
    """None where it can't be understood as a whole: a part of it would tell wrong times."""
    parts = [one for one in block.inside if one.name in ("STANDARD", "DAYLIGHT")]
    changes = [_change(one) for one in parts]
    known = [one for one in changes if one is not None]
    return OwnZone(block.value("TZID"), known) if known and len(known) == len(parts) else None


def _change(part: Block) -> Change | None:
    offset, first = _OFFSET.fullmatch(part.value("TZOFFSETTO").strip()), read_time(part.value("DTSTART"), UTC)
    if offset is None or not isinstance(first, datetime) or part.first("RDATE") is not None:
        return None
    by = timedelta(hours=int(offset[2]), minutes=int(offset[3])) * (-1 if offset[1] == "-" else 1)
    rule = part.value("RRULE").strip().upper()
    if not rule:
        return Change(by, first)
    told = dict(one.split("=", 1) for one in rule.split(";") if "=" in one)
    known = told.keys() <= {"FREQ", "BYMONTH", "BYDAY", "INTERVAL", "WKST"} and told.get("FREQ") == "YEARLY"
    month, weekday = told.get("BYMONTH", ""), told.get("BYDAY", "")
    if not known or told.get("INTERVAL", "1") != "1" or not month.isdigit() or not 1 <= int(month) <= 12:
        return None
    if _NTH.fullmatch(weekday) is None:
        return None
    return Change(by, first.replace(day=1), int(month), weekday)


class Clocks:
    """By which a calendar's times are told; `given` is the zone of those that name none, if the calendar has none."""

    def __init__(self, calendar: Block, given: tzinfo | None) -> None:
        self._floating = zone_called(calendar.value("X-WR-TIMEZONE")) or given
        self._own = {one.value("TZID"): own_zone(one) for one in calendar.inside if one.name == "VTIMEZONE"}

    def time(self, line: Line | None) -> datetime | date | None:
        """A property's moment, in its zone, or its day; None where it is absent, or nobody knows its zone."""
        return None if line is None else read_time(line.value, self._zone(line))

    def moments(self, line: Line) -> Iterator[datetime]:
        """The moments that a property lists, in UTC; days among them are passed over."""
        for value in line.value.split(","):
            at = read_time(value, self._zone(line))
            if isinstance(at, datetime):
                yield at.astimezone(UTC)

    def _zone(self, line: Line) -> tzinfo | None:
        named = line.told.get("TZID")
        return (zone_called(named) or self._own.get(named)) if named else self._floating
