"""How a sentence says a day, a number of things, or people; and which day or period the words of a buyer came to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from premortem.ledger.entries import PersonId

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def on(moment: datetime | date) -> str:
    """A day as a sentence says it: '5 March 2026'."""
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def counted(number: int, thing: str) -> str:
    """'1 day', '3 days', '3 touches'."""
    plural = "es" if thing.endswith(("ch", "s")) else "s"
    return f"{number:,} {thing}{'' if number == 1 else plural}"


def amount(value: str) -> str:
    """'31,000 EUR' for the '31000 EUR' that a fact comes to; unchanged where it begins with no number."""
    number, gap, currency = value.partition(" ")
    try:
        return f"{float(number):,.2f}".removesuffix(".00") + gap + currency
    except ValueError:
        return value


def refs(people: Iterable[PersonId]) -> str:
    """'{p-1}, {p-2} and {p-3}': people as a sentence speaks of them."""
    return listed("{" + one + "}" for one in people)


def listed(things: Iterable[str]) -> str:
    """'a, b and c'."""
    *others, last = things
    return f"{', '.join(others)} and {last}" if others else last


def period(value: str | None) -> tuple[date, date] | None:
    """First and last day of '2026-05-09' or '2026-05-09/2026-05-30'; None where it is no day."""
    first, _, last = (value or "").partition("/")
    try:
        return date.fromisoformat(first), date.fromisoformat(last or first)
    except ValueError:
        return None


def last_day(value: str | None) -> date | None:
    """The last day of '2026-05-09' or '2026-05-09/2026-05-30'; None where it is no day."""
    try:
        return date.fromisoformat((value or "").split("/")[-1])
    except ValueError:
        return None
