"""Whether a finished text still holds what it must not: looked for by other means than those that wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from premortem.acts.afterwards.originals import LONG, SMALL_CHANGE, YEAR, Originals, everyday, parts
from premortem.ledger.saying import MONTHS
from premortem.listening.money import amounts
from premortem.listening.people_names import plain

GLUED = 5
NAMED = r"(?P<month>" + "|".join(rf"{month[:3]}(?:{month[3:]})?" for month in MONTHS) + r")\b\.?"
WRITTEN = (
    re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)-(?P<day>\d\d)\b"),
    re.compile(rf"\b(?P<day>\d\d?)(?:st|nd|rd|th)?(?: of)? {NAMED}(?:,? (?P<year>\d{{4}}))?", re.IGNORECASE),
    re.compile(rf"\b{NAMED} (?P<day>\d\d?)(?:st|nd|rd|th)?\b(?:,? (?P<year>\d{{4}}))?", re.IGNORECASE),
    re.compile(r"\b(?P<day>\d\d?)[./](?P<number>\d\d?)[./](?P<year>(?:20)?\d\d)\b"),
    re.compile(r"\b(?P<number>\d\d?)[./](?P<day>\d\d?)[./](?P<year>(?:20)?\d\d)\b"),
)
UNFILLED = re.compile(r"\{p-")
OF_TIME = re.compile(r"\s*(?:days?|weeks?|months?|years?)\b", re.IGNORECASE)
"""A number before these says how long, which a story keeps as it was: it is no amount."""


class Left(Struct, frozen=True):
    """In line `line` (from 1) this kind of thing survived, which is not named itself."""

    line: int
    what: str


def still_seen(lines: Sequence[str], hidden: Originals) -> list[Left]:
    """Each thing that survived."""
    people, firms = _Names(hidden.names), _Names(hidden.firms)
    return [Left(number, what) for number, line in enumerate(lines, 1) for what in _seen(line, hidden, people, firms)]


class _Names:
    """Names to look for, whole and in parts, all in plain letters."""

    def __init__(self, names: Sequence[str]) -> None:
        self._parts = parts(names)
        self._whole = [told for told in dict.fromkeys(map(_plain_line, names)) if _tells(told)]

    def stand_in(self, bare: str) -> bool:
        """Whether any of them is left in a line of plain words."""
        return any(_holds(bare, one) for one in self._parts) or any(_stands(bare, one) for one in self._whole)


def _seen(line: str, hidden: Originals, people: _Names, firms: _Names) -> Iterator[str]:
    bare = _plain_line(line)
    if UNFILLED.search(line):
        yield "a person whom no name was put in for"
    if people.stand_in(bare):
        yield "a person's name, or a part of one"
    if firms.stand_in(bare):
        yield "the name of a firm or product, or a part of one"
    low = line.casefold()
    domains = {one.partition("@")[2] for one in hidden.addresses}
    if any(one in low for one in (*hidden.addresses, *domains) if one):
        yield "an address or a domain"
    runs = {re.sub(r"\D", "", run) for run in re.findall(r"\d[\d\s().\-/]{5,}\d", line)}
    if any(phone in run for phone in hidden.phones for run in runs if len(phone) > 6):
        yield "a number to call"
    if _dated(line, hidden.days):
        yield "a date"
    told = [one for one in amounts(line, bare=True) if not YEAR.fullmatch(line[one.start : one.end])]
    told = [one for one in told if one.currency or not OF_TIME.match(line, one.end)]
    numbers = {round(one.number) for one in told if one.number >= SMALL_CHANGE}
    if numbers & {round(one) for one in hidden.amounts if one >= SMALL_CHANGE}:
        yield "an amount"


def _plain_line(line: str) -> str:
    """Words in plain letters, one space between them: apostrophes and hyphens part words."""
    return " ".join(filter(None, (plain(word) for word in re.split(r"[\W_]+", line.casefold()))))


def _holds(bare: str, part: str) -> bool:
    """Whether a part of a name stands as a word, or, where it is long or of a script without spaces, within one."""
    if len(part) >= GLUED or not part.isascii():
        return part in bare
    words = bare.split()
    return part in words or (f"{part}s" in words and not everyday(f"{part}s"))


def _tells(told: str) -> bool:
    """Whether a whole name in plain letters gives somebody away: a short one, or one everyday word, does not."""
    words = told.split()
    return len(words) > 1 or bool(words and not everyday(told) and (not told.isascii() or len(told) >= LONG))


def _stands(bare: str, told: str) -> bool:
    """Whether a name stands there in full, though each of its words be an everyday one."""
    if told not in bare or not told.isascii():
        return told in bare
    return re.search(rf"(?<!\w){re.escape(told)}(?!\w)", bare) is not None


def _dated(line: str, days: set[date]) -> bool:
    """Whether one of these days stands there, with its year or without."""
    yearless = set(_yearless(line))
    return any(day in days for day in _days(line)) or (
        bool(yearless) and any((day.month, day.day) in yearless for day in days)
    )


def _days(line: str) -> Iterator[date]:
    for pattern in WRITTEN:
        for hit in pattern.finditer(line):
            told = hit.groupdict()
            if told.get("year"):
                year = int(told["year"]) + (2000 if len(told["year"]) == 2 else 0)
                try:
                    yield date(year, _month(told), int(told["day"]))
                except ValueError:
                    continue  # 31/02 is no day


def _yearless(line: str) -> Iterator[tuple[int, int]]:
    """Each month and day that stand there without a year, as people say them."""
    for pattern in WRITTEN[1:3]:
        for hit in pattern.finditer(line):
            told = hit.groupdict()
            if not told.get("year"):
                yield _month(told), int(told["day"])


def _month(told: dict[str, str]) -> int:
    if told.get("number"):
        return int(told["number"])
    return next(
        number for number, month in enumerate(MONTHS, 1) if month.casefold().startswith(told["month"].casefold()[:3])
    )
