"""When: clock readings in seconds, instants in UTC, and days of which only the date is known."""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from premortem.ledger.fold import noon

CLOCK = r"(?:\d{1,3}:)?\d{1,3}:\d{2}(?:[.,]\d{1,3})?"
"""A time into a recording: 3:05, 00:12:03, 01:02:03.450, 01:02:03,450."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_WRITTEN = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\d){_YEAR}[-/.](?P<number>\d{{1,2}})[-/.](?P<day>\d{{1,2}})(?!\d)",
        rf"\b{_DAY}\.?\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}\b",
        rf"\b{_MONTH}\s+{_DAY},?\s+{_YEAR}\b",
    )
)
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?!\d)")


def seconds(clock: str) -> float:
    """Seconds of a clock reading that matches CLOCK."""
    total = 0.0
    for part in clock.replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return round(total, 3)


def number_of_seconds(value: object, per_second: float = 1) -> float | None:
    """Seconds of a number (or a number written as text) counted in `per_second` units; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = float(value) / per_second
    except (ValueError, OverflowError):
        return None
    return round(found, 3) if math.isfinite(found) and found >= 0 else None


def instant(value: object) -> datetime | None:
    """An instant in UTC: of ISO 8601 text with a zone, or of milliseconds (or seconds) since 1970; else None."""
    try:
        if isinstance(value, str) and not value.strip().isdigit():
            read = datetime.fromisoformat(value.strip())
            return None if read.tzinfo is None else read.astimezone(UTC)
        if isinstance(value, int | float | str) and not isinstance(value, bool):
            since = float(value)
            return datetime.fromtimestamp(since / 1000 if since > 1e11 else since, UTC) if since > 0 else None
    except (ValueError, OverflowError, OSError):
        return None
    return None


def instant_of_mail(value: str) -> datetime | None:
    """The instant in UTC of a mail's Date line; None where it can't be read. '-0000' and no zone count as UTC."""
    try:
        read = parsedate_to_datetime(value)
        return (read.replace(tzinfo=UTC) if read.tzinfo is None else read).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def day_in_name(name: str) -> datetime | None:
    """Noon of the day with which a file's name begins (YYYY-MM-DD…)."""
    found = re.match(r"(\d{4})-(\d{2})-(\d{2})(?!\d)", name)
    return _noon(int(found[1]), int(found[2]), int(found[3])) if found else None


def day_written(text: str) -> datetime | None:
    """Noon of the first day written in a line: 2026-01-29, 29 January 2026, Jan 29 2026, 29.01.2026.

    03/04/2026 is March or April, so it is no day.
    """
    for pattern in _WRITTEN:
        if found := pattern.search(text):
            parts = found.groupdict()
            month = int(parts["number"]) if parts.get("number") else _MONTHS.index(parts["month"][:3].lower()) + 1
            return _noon(int(parts["year"]), month, int(parts["day"]))
    found = _NUMBERS.search(text)
    if found is None:
        return None
    one, other, year = int(found[1]), int(found[2]), int(found[3])
    if one > 12 or "." in found[0] or one == other:
        return _noon(year, other, one)
    return _noon(year, one, other) if other > 12 else None


def _noon(year: int, month: int, day: int) -> datetime | None:
    try:
        return noon(date(year, month, day))
    except ValueError:
        return None
