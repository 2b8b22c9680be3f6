"""A plan to take along: as a table (CSV) and as days in a calendar (iCalendar, RFC 5545, written by hand).

Whoever gets these may be outside our house, so they hold what they are given and nothing else, and no product's name.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

OCTETS = 75
"""The longest line of a calendar, its end not counted (RFC 5545, 3.1)."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would compute."""


class Line(NamedTuple):
    """One step as it is taken along. `id` is the same each time, so that a calendar knows the step again."""

    id: str
    title: str
    whose: str
    owner: str
    due: date | None
    done: date | None
    hours: float | None
    note: str
    taken: float | None = None


def as_csv(lines: Iterable[Line]) -> str:
    """A table with a heading; what a spreadsheet would take for a formula is marked as text."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(("Step", "Whose", "Who", "By", "Done", "Hours", "Hours taken", "Note"))
    for one in lines:
        days = ("" if day is None else day.isoformat() for day in (one.due, one.done))
        hours = ("" if some is None else f"{some:g}" for some in (one.hours, one.taken))
        table.writerow([_harmless(text) for text in (one.title, one.whose, one.owner, *days, *hours, one.note)])
    return out.getvalue()


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text


def as_ics(lines: Iterable[Line], name: str, stamp: datetime) -> str:
    """A calendar with a whole day for each step that has one; `stamp` is when it was written, in any time zone."""
    at = stamp.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    told = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//A shared plan//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    told.append(f"X-WR-CALNAME:{_escaped(name)}")
    for one in lines:
        if one.due is not None:
            told += _event(one, one.due, at)
    return "".join(f"{_folded(line)}\r\n" for line in [*told, "END:VCALENDAR"])


def _event(one: Line, due: date, at: str) -> list[str]:
    about = [f"{one.whose}{f': {one.owner}' if one.owner else ''}", one.note]
    done = "Done: " if one.done is not None else ""
    return [
        "BEGIN:VEVENT",
        f"UID:{_escaped(one.id)}@plan.invalid",
        f"DTSTAMP:{at}",
        f"DTSTART;VALUE=DATE:{due:%Y%m%d}",
        f"DTEND;VALUE=DATE:{due + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(done + one.title)}",
        f"DESCRIPTION:{_escaped(chr(10).join(text for text in about if text))}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    """Text as a value (RFC 5545, 3.3.11); other control characters have no place in one."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(letter for letter in text if letter in "\n\t" or ord(letter) >= ord(" "))
    for letter in "\\;,":
        text = text.replace(letter, f"\\{letter}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> str:
    """The line cut so that none is longer than `OCTETS`, never inside a letter; what goes on begins with a blank."""
    parts, part, size = [], "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > OCTETS:
            parts.append(part)
            part, size = " ", 1
        part, size = part + letter, size + width
    return "\r\n".join([*parts, part])
