"""Bookings, summed up as they stream by, from wherever they come. Of each only its amount is kept.

Money is whole hundredths, so that the order of bookings never decides a tie.
"""

from __future__ import annotations

import csv
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from operator import itemgetter
from typing import NamedTuple

from premortem.contests.contest import Contest, key_of

NEEDED = ("deal", "owner", "day", "amount")
COLUMNS = (*NEEDED, "currency")
SHOWN = 20
"""How many lines that can't be read are told one by one; more are only counted."""
MOST = 2**53
"""Hundredths beyond which a float is no longer exact; no booking is that large."""


Booking = tuple[str, str, str, int, str]
"""A deal won: its id, whose (as `key_of` writes it), the day (YYYY-MM-DD), hundredths of money, and which money."""


class Sum(NamedTuple):
    """Everything of one owner in one currency. `deals` are those that were not taken back, `biggest` the largest."""

    owner: str
    currency: str
    deals: int
    cents: int
    biggest: int


def tally(bookings: Iterable[Booking], contest: Contest, until: date) -> list[Sum]:
    """Sum up what counts: booked within the contest's days, and not after `until`."""
    first, last = contest.first.isoformat(), min(contest.last, until).isoformat()
    # Hundredths in rows, eight bytes each, which C then sums: a third of the time of adding one by one.
    amounts: dict[str, dict[str, array[int]]] = defaultdict(lambda: defaultdict(lambda: array("q")))
    for _, owner, day, cents, currency in bookings:
        if first <= day <= last:
            amounts[currency][owner].append(cents)
    return [
        Sum(owner, currency, _deals(cents), sum(cents), max(0, max(cents)))
        for currency, owners in amounts.items()
        for owner, cents in owners.items()
    ]


def _deals(cents: array[int]) -> int:
    """A booking that was taken back takes its money away, and is no deal."""
    return len(cents) if min(cents) >= 0 else sum(one >= 0 for one in cents)


class Lines:
    """The bookings of a CSV, a line at a time; iterate once. What could not be read is told in `wrong`, up to SHOWN of
    `left_out` lines. Columns: deal, owner, day (YYYY-MM-DD), amount; currency may be left out."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = lines
        self.read = 0
        self.left_out = 0
        self.wrong: list[str] = []

    def __iter__(self) -> Iterator[Booking]:
        rows = csv.reader(self._lines)
        head = [name.strip().lower().removeprefix("\ufeff") for name in next(rows, [])]
        missing = [name for name in NEEDED if name not in head]
        if missing:
            self._tell(1, f"there is no column '{missing[0]}'; needed are {', '.join(NEEDED)}")
            return
        yield from self._bookings(rows, len(head), [head.index(name) if name in head else -1 for name in COLUMNS])

    def _bookings(self, rows: Iterator[list[str]], wide: int, places: list[int]) -> Iterator[Booking]:
        # One loop with few calls for each line: a million of them are read in about a second.
        owners, days, pick = _Once(key_of), _Once(_day), itemgetter(*places)
        seen: set[str] = set()
        unnamed = places[-1] < 0
        for number, row in enumerate(rows, 2):
            if len(row) != wide:
                if row:
                    self._tell(number, f"it has {len(row)} columns, the first line {wide}")
                continue
            deal, owner, day, amount, currency = pick(row)
            try:
                cents = round(float(amount) * 100)
            except (ValueError, OverflowError):
                self._tell(number, f"the amount '{amount}' is no number; write it plainly: 12500.50")
                continue
            whose, on = owners[owner], days[day]
            if not deal or deal in seen or not on or not whose or not -MOST < cents < MOST:
                self._tell(number, _mistake(deal, deal in seen, day, on, owner))
                continue
            seen.add(deal)
            yield deal, whose, on, cents, "" if unnamed else currency
        self.read = len(seen)

    def _tell(self, line: int, why: str) -> None:
        self.left_out += 1
        if self.left_out <= SHOWN:
            self.wrong.append(f"line {line}: {why}")


class _Once(dict[str, str]):
    """What a function says of each text, asked once."""

    def __init__(self, says: Callable[[str], str]) -> None:
        super().__init__()
        self._says = says

    def __missing__(self, text: str) -> str:
        found = self[text] = self._says(text)
        return found


def _day(text: str) -> str:
    """The day as YYYY-MM-DD; empty where it is none."""
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        return ""


def _mistake(deal: str, twice: bool, written: str, day: str, owner: str) -> str:
    if not deal:
        return "it names no deal"
    if twice:
        return f"'{deal}' stood on an earlier line already; the first counts"
    if not day:
        return f"'{written}' is no day; write it as YYYY-MM-DD"
    if not owner.strip():
        return f"'{deal}' has no owner"
    return "the amount is too large to be true"
