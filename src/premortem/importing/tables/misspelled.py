"""Values that are likely misspelled: told, never mended. The CRM is where they are set right.

Two ways to know: a value that almost names a row of the table that it refers to, and a word that is almost one of those
that firms' branches are called by.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from premortem.importing.tables.sheet import Sheet, bare, nobody

BRANCHES = frozenset(
    re.findall(
        r"\w+",
        """
agriculture apparel banking biotechnology chemicals communications construction consulting education
electronics employment energy engineering entertainment environmental finance financial food beverage
government healthcare hospitality insurance logistics machinery manufacturing marketing media medical
pharmaceuticals recreation retail services shipping software technology telecommunications transportation
utilities wholesale
""",
    )
)
"""After the industries that CRMs offer to choose from, and those that firms add most."""
FEW = 60
"""A column that is chosen from a list holds fewer different values."""
LONG_ENOUGH = 6
"""Letters: shorter words are too often near to one another."""


def misspelled(tables: Sequence[Sheet], refers: Mapping[str, str]) -> Iterator[str]:
    """A sentence for each value; `refers` says of a 'table.column' in which other one its values stand."""
    yield from _unlisted(tables, refers)
    for sheet in tables:
        for place, counts in _choices(sheet):
            for value, rows in sorted(counts.items()):
                meant = _branch(value)
                if meant is not None:
                    where = f"{sheet.file}, column '{sheet.header[place]}'"
                    yield f"{where}: '{value}' ({rows:,} rows) is likely '{meant}'."


def _unlisted(tables: Sequence[Sheet], refers: Mapping[str, str]) -> Iterator[str]:
    for here, there in refers.items():
        sheet, place = _find(tables, here)
        listed, column = _find(tables, there)
        if sheet is None or listed is None or place is None or column is None:
            continue
        names = {cells[column].strip() for _, cells in listed.rows(nobody)}
        counts = Counter(cells[place].strip() for _, cells in sheet.rows(nobody))
        for value, rows in sorted(counts.items()):
            meant = nearest(value, names) if value and value not in names else None
            if meant is not None:
                yield (
                    f"{sheet.file}, column '{sheet.header[place]}': '{value}' ({rows:,} rows) is likely '{meant}', as "
                    f"{listed.file} has it."
                )


def _find(tables: Sequence[Sheet], named: str) -> tuple[Sheet | None, int | None]:
    table, _, column = named.partition(".")
    for sheet in tables:
        if bare(sheet.name) == bare(table) and (place := sheet.place(column)) is not None:
            return sheet, place
    return None, None


def nearest(value: str, names: set[str]) -> str | None:
    """The one name that a value almost is: but for blanks and case, or for a letter or two."""
    same = [name for name in sorted(names) if name and bare(name) == bare(value)]
    if same:
        return same[0]
    near = [(SequenceMatcher(None, bare(value), bare(name)).ratio(), name) for name in sorted(names) if name]
    ratio, name = max(near, default=(0.0, ""))
    return name if ratio >= 0.88 and len(bare(value)) >= LONG_ENOUGH else None


def _choices(sheet: Sheet) -> Iterator[tuple[int, Counter[str]]]:
    """The columns whose values are chosen from a list, with how many rows have each."""
    counts: list[Counter[str] | None] = [Counter() for _ in sheet.header]
    for number, (_, cells) in enumerate(sheet.rows(nobody)):
        if number > 20_000:
            break
        for place, cell in enumerate(cells):
            counted = counts[place]
            if counted is not None:
                counted[cell.strip()] += 1
                if len(counted) > FEW:
                    counts[place] = None
    for place, counted in enumerate(counts):
        if counted is not None and len(counted) > 1:
            yield place, counted


def _branch(value: str) -> str | None:
    """The branch that a value almost names; None where it names one, or nothing like it."""
    for word in re.findall(r"[a-z]+", value.lower()):
        if len(word) < LONG_ENOUGH or word in BRANCHES:
            continue
        for branch in sorted(BRANCHES):
            if abs(len(word) - len(branch)) <= 2 and _almost(word, branch):
                return value.lower().replace(word, branch)
    return None


def _almost(one: str, other: str) -> bool:
    """Whether a letter was left out, added, or two letters changed places."""
    if one.rstrip("s") == other.rstrip("s") or one[0] != other[0]:
        return False
    if sorted(one) == sorted(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 2
    short, long = sorted((one, other), key=len)
    return len(long) - len(short) == 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
