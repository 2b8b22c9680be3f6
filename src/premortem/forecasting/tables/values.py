"""Cells → days and numbers, as firms write them; a column is read in one style, the one that fits all of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from math import nan

ENOUGH = 0.95
"""So many of a column's filled cells must be days, or numbers, for it to be a column of them."""
LEAST = 0.2
"""So many of a column's filled cells must hold a digit; the rest may say 'TBD' or 'still open'."""
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan januar january janvier enero ene gennaio",
            "feb februar february février fevrier febrero febbraio",
            "mar märz maerz march mrz mars marzo",
            "apr april avril abril aprile",
            "may mai mayo maggio",
            "jun juni june juin junio giugno",
            "jul juli july juillet julio luglio",
            "aug august août aout agosto",
            "sep sept september septembre septiembre settembre",
            "oct okt oktober october octobre octubre ottobre",
            "nov november novembre noviembre",
            "dec dez dezember december décembre decembre diciembre dicembre",
        ),
        1,
    )
    for name in names.split()
}
ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$")
PACKED = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})$")
PARTS = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?:,?[T ]+\d{1,2}[:.].*)?$")
NAMED = re.compile(
    r"(?:[^\W\d]+,\s*)?(?:(\d{1,2})(?:st|nd|rd|th)?\.?[- ]([^\W\d]+)\.?|([^\W\d]+)\.? (\d{1,2})(?:st|nd|rd|th)?),?[- ]"
    r"(\d{4}|\d{2})(?:,? .*)?$"
)
MONEY = re.compile(r"[$€£¥₹₽%\s'’_]|\b(?:usd|eur|gbp|chf|brl|inr|jpy|aud|cad|sek|nok|dkk|pln|r\$)\b", re.IGNORECASE)
NUMBER = re.compile(r"[-+]?(?:\d+(?:[.,]\d+)*|[.,]\d+)(?:e[-+]?\d+)?$", re.IGNORECASE)


def as_days(cells: Sequence[str], day_first: bool | None = None) -> list[date | None] | None:
    """The column's days, None in an empty or odd cell; None for a column that holds no days.

    In 03/04/2024 which is the month is settled by the whole column: a 13 or more shows it; else `day_first`, if given;
    else the day comes first where points part them.
    """
    filled = [cell for cell in cells if cell]
    numbered = [cell for cell in filled if any(one.isdigit() for one in cell)]
    if not numbered or len(numbered) < LEAST * len(filled):
        return None
    first = _day_first(filled) if day_first is None else day_first
    found: dict[str, date | None] = {cell: _day(cell, first) for cell in set(filled)}
    if sum(found[cell] is not None for cell in numbered) < ENOUGH * len(numbered):
        return None
    return [found.get(cell) for cell in cells]


def ambiguous_days(cells: Sequence[str]) -> bool:
    """Whether nothing in the column shows which part of 03/04/2024 is the month."""
    parts = [found for cell in cells if cell and (found := PARTS.match(cell))]
    return bool(parts) and all(int(one[1]) <= 12 and int(one[2]) <= 12 for one in parts)


def _day_first(filled: Sequence[str]) -> bool:
    parts = [found for cell in filled if (found := PARTS.match(cell))]
    if any(int(one[1]) > 12 for one in parts):
        return True
    if any(int(one[2]) > 12 for one in parts):
        return False
    return any("." in one[0] for one in parts)


def _day(cell: str, day_first: bool) -> date | None:
    if found := ISO.match(cell) or PACKED.match(cell):
        year, month, day = map(int, found.groups()[:3])
    elif found := PARTS.match(cell):
        one, other, year = map(int, found.groups())
        day, month = (one, other) if day_first else (other, one)
    elif (found := NAMED.match(cell)) and (name := (found[2] or found[3]).lower()) in MONTHS:
        day, month, year = int(found[1] or found[4]), MONTHS[name], int(found[5])
    else:
        return None
    if year < 100:
        year += 2000 if year < 70 else 1900
    try:
        return datetime(year, month, day).date()  # noqa: DTZ001 - a day has no zone
    except ValueError:
        return None


def as_numbers(cells: Sequence[str], semicolons: bool = False) -> list[float] | None:
    """The column's numbers, not-a-number in an empty or odd cell; None for a column that holds none.

    1.234 is a thousand and more where a comma parts decimals: where it does is settled by the whole column, and where
    nothing in it shows that, by whether semicolons part the cells.
    """
    bare = {cell: _bare(cell) for cell in set(cells) if cell}
    filled = [cell for cell in cells if cell]
    if not filled or sum(bare[cell] is not None for cell in filled) < ENOUGH * len(filled):
        return None
    comma = _decimal_comma([told for told in bare.values() if told], semicolons)
    read = {cell: _number(told, comma) for cell, told in bare.items()}
    return [read.get(cell, nan) for cell in cells]


def _bare(cell: str) -> str | None:
    """A number without its currency and its grouping blanks; None where it is none."""
    told = MONEY.sub("", cell)
    if told.startswith("(") and told.endswith(")"):
        told = "-" + told[1:-1]
    if told.endswith("-"):
        told = "-" + told[:-1]
    return told if NUMBER.match(told) else None


def _decimal_comma(told: Sequence[str], semicolons: bool) -> bool:
    for one in told:
        comma, point = one.rfind(","), one.rfind(".")
        if comma >= 0 and point >= 0:
            return comma > point
        if comma >= 0 and (one.count(",") == 1 and len(one) - comma - 1 != 3):
            return True
        if point >= 0 and (one.count(".") == 1 and len(one) - point - 1 != 3):
            return False
        if one.count(",") > 1:
            return False
        if one.count(".") > 1:
            return True
    return semicolons


def _number(told: str | None, comma: bool) -> float:
    if told is None:
        return nan
    plain = told.replace(".", "").replace(",", ".") if comma else told.replace(",", "")
    try:
        return float(plain)
    except ValueError:
        return nan
