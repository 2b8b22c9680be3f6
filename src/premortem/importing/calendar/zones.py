"""When a calendar's clock readings were: by the zone that they name, in whichever way programs name it.

A name that nobody knows may be defined in the calendar itself (own_zones.py). A reading without a zone is told in the
calendar's own (X-WR-TIMEZONE) or in one that the user gives; where there is neither, nobody knows when it was, and that
is said.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_OF_WINDOWS = {
    "w. europe standard time": "Europe/Berlin",
    "central europe standard time": "Europe/Budapest",
    "central european standard time": "Europe/Warsaw",
    "romance standard time": "Europe/Paris",
    "gmt standard time": "Europe/London",
    "greenwich standard time": "Atlantic/Reykjavik",
    "gtb standard time": "Europe/Bucharest",
    "fle standard time": "Europe/Kyiv",
    "e. europe standard time": "Europe/Chisinau",
    "turkey standard time": "Europe/Istanbul",
    "russian standard time": "Europe/Moscow",
    "israel standard time": "Asia/Jerusalem",
    "south africa standard time": "Africa/Johannesburg",
    "arabian standard time": "Asia/Dubai",
    "india standard time": "Asia/Kolkata",
    "china standard time": "Asia/Shanghai",
    "singapore standard time": "Asia/Singapore",
    "tokyo standard time": "Asia/Tokyo",
    "korea standard time": "Asia/Seoul",
    "aus eastern standard time": "Australia/Sydney",
    "new zealand standard time": "Pacific/Auckland",
    "eastern standard time": "America/New_York",
    "central standard time": "America/Chicago",
    "mountain standard time": "America/Denver",
    "us mountain standard time": "America/Phoenix",
    "pacific standard time": "America/Los_Angeles",
    "atlantic standard time": "America/Halifax",
    "e. south america standard time": "America/Sao_Paulo",
    "argentina standard time": "America/Argentina/Buenos_Aires",
    "utc": "UTC",
}
"""What Outlook calls zones, after the Unicode CLDR's table windowsZones."""

_READING = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z)?)?")


def zone_called(name: str) -> ZoneInfo | None:
    """The zone of this name; None for one that nobody knows."""
    name = name.strip().strip('"')
    for called in (_OF_WINDOWS.get(name.casefold()), name, *re.findall(r"[A-Z]\w+/[\w/+-]+$", name)):
        try:
            if called:
                return ZoneInfo(called)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue  # another way of naming it may be known
    return None


def read_time(value: str, zone: tzinfo | None) -> datetime | date | None:
    """A day, or a moment in its zone; None for what is no reading, and for a floating one where no zone is given.

    A moment keeps its zone, so that what repeats stays at the same hour of the clock.
    """
    found = _READING.fullmatch(value.strip())
    try:
        if found is None:
            return None
        day = date(int(found[1]), int(found[2]), int(found[3]))
        if found[4] is None:
            return day
        clock = time(int(found[4]), int(found[5]), min(int(found[6]), 59))
    except ValueError:
        return None
    where = UTC if found[7] else zone
    return None if where is None else datetime.combine(day, clock, where)
