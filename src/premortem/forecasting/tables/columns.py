"""What each column of a table is: the days of start and end, the amount, an id, a choice, a number, or free text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple

from premortem.forecasting.tables.mapping import Mapping, plain
from premortem.forecasting.tables.outcomes import Outcomes
from premortem.forecasting.tables.reading import Table
from premortem.forecasting.tables.values import as_days, as_numbers

Kind = Literal["days", "number", "choice", "id", "text", "constant"]

START = re.compile(
    r"\b(creat\w*|start\w*|open(ed)?|engag\w*|first (contact|touch)|began|begin|erstell\w*|angelegt|entered|inquiry|"
    r"added|registered|lead)\b"
)
PLANNED = re.compile(r"\b(expected|planned|estimated|target|forecast|anticipated|geplant\w*|prévu\w*|due|next)\b")
ENDED = re.compile(
    r"\b(clos\w*|end(ed)?|won|lost|win|loss|finish\w*|decided|decision|complet\w*|signed|abschluss\w*|geschlossen)\b"
)
DATED = re.compile(r"\b(date|day|on|at|time|datum|am|month|year|monat|fecha)\b")
AMOUNT = re.compile(
    r"\b(amount|value|revenue|price|acv|arr|mrr|tcv|deal size|betrag|wert|montant|importe|valor|umsatz)\b"
)
ID = re.compile(r"\b(id|ids|uid|uuid|guid|key|no|nr|nummer|number|code|ref|reference)\b")
STAGE = re.compile(
    r"^((sales|deal|opportunity|pipeline|crm|current|last) )*(stage|stages|phase|probability|prob|forecast|"
    r"forecast category|win probability|probability.*|likelihood|confidence|commit)( name| percent| category)*$|"
    r"^(?!.*\b(funding|company|startup|growth|investment)\b).*(\b(stages?|prob|probabilit\w*|likelihood|[ée]tape|etapa|"
    r"fase)\b|phase\b|wahrscheinlichkeit\b)|^win( percent| pct| chance| rate)?$"
)
THE_DAY = re.compile(r"\b(date|day|month|datum|tag|monat|fecha)\b")
LONG_TEXT = 60
"""A choice is named in fewer characters; what is longer on average was written, not chosen."""


class Column(NamedTuple):
    """A column and its cells as it is to be read: days for 'days', floats for 'number', else the words themselves."""

    name: str
    kind: Kind
    cells: list[str]
    days: list[date | None] | None = None
    numbers: list[float] | None = None

    def filled(self) -> list[bool]:
        """Which rows hold something."""
        return [bool(cell) for cell in self.cells]


class Roles(NamedTuple):
    """The columns with a part of their own; None where the table has none."""

    start: str | None
    end: str | None
    amount: str | None
    id: str | None


def read_columns(table: Table, mapping: Mapping) -> dict[str, Column]:
    """Every column, by name, in the table's order."""
    return {name: _column(table, name, mapping) for name in table.header}


def _column(table: Table, name: str, mapping: Mapping) -> Column:
    cells = table.column(name)
    filled = [cell for cell in cells if cell]
    different = len(set(filled))
    if different <= 1 and len(filled) in (0, len(cells)):
        return Column(name, "constant", cells)
    if (days := as_days(cells, mapping.day_first)) is not None and not (AMOUNT.search(plain(name))):
        return Column(name, "days", cells, days=days)
    numbers = as_numbers(cells, table.delimiter == "semicolon")
    if name == mapping.id or _is_id(plain(name), filled, different, numbers):
        return Column(name, "id", cells, numbers=numbers)
    if numbers is not None:
        return Column(name, "number", cells, numbers=numbers)
    if sum(map(len, filled)) > LONG_TEXT * len(filled):
        return Column(name, "text", cells)
    return Column(name, "choice", cells)


def _is_id(name: str, filled: Sequence[str], different: int, numbers: Sequence[float] | None) -> bool:
    """Nearly every row has one of its own; a number needs a name that says so, or to count the rows."""
    if len(filled) < 20 or different < 0.95 * len(filled):
        return False
    if numbers is None:
        return True
    told = [one for one in numbers if one == one]
    counts = all(one.is_integer() for one in told) and max(told) - min(told) < 2 * len(told)
    return bool(ID.search(name)) or counts


def find_roles(columns: dict[str, Column], outcomes: Outcomes, mapping: Mapping) -> Roles:
    """By the mapping, else by names and by what is filled in when."""
    days = [one for one in columns.values() if one.kind == "days" and one.name != outcomes.column]
    end = mapping.end or (None if mapping.won_date else _end(days, outcomes))
    start = mapping.start or _start([one for one in days if one.name != end])
    numbers = [one for one in columns.values() if one.kind == "number" and AMOUNT.search(plain(one.name))]
    amount = mapping.amount or next((one.name for one in numbers), None)
    found = mapping.id or next((one.name for one in columns.values() if one.kind == "id"), None)
    return Roles(start, end, amount, found)


def _end(days: Sequence[Column], outcomes: Outcomes) -> str | None:
    """A day whose name says that it is the end's, and not a planned one."""
    named = [one for one in days if ENDED.search(plain(one.name)) and not PLANNED.search(plain(one.name))]

    def filled_when_ended(one: Column) -> float:
        ended = [bool(cell) for cell, end in zip(one.cells, outcomes.ended, strict=True) if end is not None]
        return sum(ended) / len(ended)

    named.sort(key=filled_when_ended, reverse=True)
    return named[0].name if named and filled_when_ended(named[0]) >= 0.5 else None


def _start(days: Sequence[Column]) -> str | None:
    """A day whose name says that something began; else the earliest of days, if nothing speaks against it."""
    able = [one for one in days if not PLANNED.search(plain(one.name)) and not ENDED.search(plain(one.name))]
    named = [one for one in able if START.search(plain(one.name))] or (able if len(able) == 1 else [])
    return named[0].name if named else None


def end_named(name: str) -> bool:
    """Whether a column is by its name the day of the end, whatever stands in it."""
    told = plain(name)
    return bool(ENDED.search(told) and THE_DAY.search(told)) and not PLANNED.search(told)


def sellers_stage(name: str) -> bool:
    """Whether a column tells how far the seller believes to be: no evidence of what the buyer will do."""
    return STAGE.match(plain(name)) is not None
