"""Minutes in Markdown: a table of who was there, then turns `ABC: text` under headings.

The table gives each person's name and abbreviation, often their organisation. People in it are mentioned as listed,
and a turn's abbreviation becomes the full name where the table tells it. Headings, tables, lists of links, summaries
and conclusions are written by the minute-taker, not spoken, and are left out. Each day with a heading of its own is a
conversation.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from premortem.ledger.contents import Conversation, Mention, Turn
from premortem.listening.formats.document import Document
from premortem.listening.formats.times import day_written

NAME = "minutes"
PRECEDENCE = 40
"""By its table, so before the formats that go by the shape of lines."""

_NAMES = ("name", "attendee", "participant", "delegate", "who")
_SHORT = ("abbreviation", "abbr", "initials", "short", "acronym")
_HOUSES = ("organization", "organisation", "company", "affiliation", "employer", "member")
_LABEL = re.compile(
    r"[.*_]{0,3}(?P<label>\[?(?:[A-Z][A-Z0-9]{1,4}\??|\?{1,3}|\(\?+\)|UNKNOWN)\]?)(?P<aside>\s*\([^()\n]{1,40}\))?[*_]{0,3}:[*_]{0,3}(?:\s+(?P<text>.*)|$)"
)
_NOBODY = re.compile(r"[\[(]?(?:\?+|UNKNOWN)[\])]?")
_HEADING = re.compile(r"#{1,6}\s")
_WRITTEN = re.compile(r"(?:Presenters?|Champions?|Reviewers?|Scribes?|Slides?)\s*:", re.IGNORECASE)


class _Day(Struct):
    lines: list[str]
    first: int


class _Person(Struct, frozen=True):
    name: str
    short: str | None
    organisation: str | None


def recognises(document: Document) -> bool:
    """A table with a column of names and one of abbreviations, and a turn that begins with an abbreviation."""
    if "|" not in document.text:
        return False
    return bool(_people(document.lines)) and sum(_LABEL.match(line) is not None for line in document.lines) > 1


def read(document: Document) -> list[Conversation]:
    """A call for each day that has turns."""
    people: list[_Person] = []
    calls = []
    for day in _days(document.lines):
        people = _people(day.lines) or people
        names = {person.short: person.name for person in people if person.short}
        turns, left_out = _turns(day.lines, names)
        if turns:
            calls.append(_call(document, day, people, turns, left_out))
    return calls


def _call(
    document: Document, day: _Day, people: Sequence[_Person], turns: tuple[Turn, ...], left_out: int
) -> Conversation:
    at = next((noon for line in day.lines[:8] if (noon := day_written(line)) is not None), None)
    title = next((line.lstrip("# ").strip() for line in day.lines if line.strip()), None)
    told = (f"{left_out} lines of headings, lists and summaries are not spoken and were left out.",) if left_out else ()
    return Conversation(
        type="call",
        format=NAME,
        turns=turns,
        at=at,
        day_only=at is not None,
        subject=title,
        mentions=tuple(Mention(how="listed", name=one.name, organisation=one.organisation) for one in people),
        remarks=(*document.remarks, *told),
    )


def _days(lines: Sequence[str]) -> list[_Day]:
    """The file cut before each heading of the first level, or line of its own, that begins another day."""
    days: list[_Day] = [_Day([], 1)]
    known = None
    for number, line in enumerate(lines, 1):
        dated = day_written(line) if line.startswith("# ") or re.match(r"Day\s+\w+\W", line) else None
        if dated is not None and known is not None and dated != known:
            days.append(_Day([], number))
        known = dated or known
        days[-1].lines.append(line)
    return days


def _turns(lines: Sequence[str], names: Mapping[str, str]) -> tuple[tuple[Turn, ...], int]:
    """The turns, and how many lines that hold something are no part of one."""
    said: list[tuple[str | None, list[str]]] = []
    open_turn = False
    left_out = 0
    for line in lines:
        label = _LABEL.match(line)
        if label is not None:
            said.append((_speaker(label["label"], names), [label["text"] or ""]))
            open_turn = True
        elif _HEADING.match(line) or _WRITTEN.match(line) or line.startswith("|"):
            open_turn = False
            left_out += 1
        elif open_turn:
            said[-1][1].append(line)
        elif line.strip():
            left_out += 1
    return tuple(Turn("\n".join(text).strip(), speaker) for speaker, text in said), left_out


def _speaker(label: str, names: Mapping[str, str]) -> str | None:
    if _NOBODY.fullmatch(label):
        return None
    plain = label.strip("[]")
    return names.get(plain, plain)


def _people(lines: Sequence[str]) -> list[_Person]:
    """The people of the first table that has names and abbreviations."""
    columns: tuple[int, int, int | None] | None = None
    people: list[_Person] = []
    for line in lines:
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")] if line.lstrip().startswith("|") else []
        if columns is None:
            columns = _columns(cells)
        elif not cells:
            break
        elif not set("".join(cells)) <= set("-: ") and (person := _person(cells, columns)) is not None:
            people.append(person)
    return people


def _columns(cells: Sequence[str]) -> tuple[int, int, int | None] | None:
    heads = [cell.lower() for cell in cells]

    def column(known: Sequence[str]) -> int | None:
        return next((number for number, head in enumerate(heads) if any(word in head for word in known)), None)

    short, house = column(_SHORT), column(_HOUSES)
    name = next((n for n, head in enumerate(heads) if n not in (short, house) and any(w in head for w in _NAMES)), None)
    return None if name is None or short is None else (name, short, house)


def _person(cells: Sequence[str], columns: tuple[int, int, int | None]) -> _Person | None:
    def cell(number: int | None) -> str | None:
        return cells[number] or None if number is not None and number < len(cells) else None

    name, short = cell(columns[0]), cell(columns[1])
    return None if name is None else _Person(name, None if short == "?" else short, cell(columns[2]))
