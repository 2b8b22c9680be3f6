"""What changed in each deal, and when: rows that hold the values as they then stood, and rows of one changed field."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from premortem.importing.mapped.columns import Columns
from premortem.importing.mapped.mapping import History
from premortem.importing.tables.crm import Field, Value
from premortem.importing.tables.sheet import bare

Change = tuple[datetime, Field, Value]
SHOWN: tuple[Field, ...] = ("stage", "amount", "planned_close")
ROWS_A_STEP = 20_000


class Histories:
    """The changes of all deals, by the deal's id. A million of them take some 250 MB."""

    def __init__(self) -> None:
        self._stood: dict[str, list[tuple[datetime, tuple[Value, ...]]]] = defaultdict(list)
        self._changed: dict[str, list[tuple[datetime, Field, Value, Value]]] = defaultdict(list)
        self._shows: set[Field] = set()
        self.rows = 0

    def read(self, columns: Columns, part: History) -> Iterator[int]:
        """Take in a table; yields now and then how many rows were read."""
        fields = {bare(name): field for name, field in part.fields.items()}
        if not columns.has("field"):
            self._shows |= {field for field in SHOWN if columns.has(field)}
        taken = 0
        for line, cells in columns.sheet.rows(columns._told):
            taken += 1
            if taken % ROWS_A_STEP == 0:
                yield taken
            if columns.truth(line, cells, "deleted"):
                continue
            deal = columns.text(line, cells, "deal")
            at = columns.moment(line, cells, "at")
            if not deal or at is None:
                if not deal:
                    columns.refuse(line, cells, "deal", "nothing says of which deal this is", "Write the deal's id.")
                continue
            self.rows += 1
            if columns.has("field"):
                field = fields.get(bare(columns.text(line, cells, "field")))
                if field is not None:
                    old, new = columns.text(line, cells, "old"), columns.text(line, cells, "new")
                    self._changed[deal].append((at.at, field, _interned(old), _interned(new)))
            else:
                self._stood[deal].append((at.at, tuple(self._value(columns, line, cells, field) for field in SHOWN)))
        yield taken

    @staticmethod
    def _value(columns: Columns, line: int, cells: list[str], field: Field) -> Value:
        if field == "amount":
            return columns.number(line, cells, field)
        if field == "planned_close":
            day = columns.moment(line, cells, field)
            return None if day is None else sys.intern(day.at.date().isoformat())
        return _interned(columns.text(line, cells, field))

    def of(self, deal: str, created: datetime | None) -> list[Change]:
        """The changes of a deal in the order of time; they are forgotten then.

        Where rows show a field as it stood, those of single changes add nothing to it. What a field was before its
        first change, it was from the beginning.
        """
        told: list[Change] = []
        before: tuple[Value, ...] = (None, None, None)
        stood = self._stood.pop(deal, [])
        for at, values in sorted(stood, key=lambda one: one[0]):
            told += [(at, field, new) for field, old, new in zip(SHOWN, before, values, strict=True) if new != old]
            before = values
        covered = self._shows if stood else frozenset()
        begun: set[Field] = set()
        for at, field, old, new in sorted(self._changed.pop(deal, []), key=lambda one: one[0]):
            if field in covered:
                continue
            if field not in begun and old and created is not None and created < at:
                told.append((created, field, _typed(field, old)))
            begun.add(field)
            told.append((at, field, _typed(field, new)))
        return sorted(dict.fromkeys(told), key=lambda one: one[0])

    def left(self) -> list[str]:
        """The deals of which there is a history, and that nobody asked for."""
        return sorted({*self._stood, *self._changed})


def but_the_end(changes: list[Change], ended: datetime | None) -> list[Change]:
    """CRMs put the day on which a deal ended in the place of the plan: that change is none of the plan."""
    if ended is None:
        return changes
    day = ended.date()
    return [one for one in changes if (one[1], one[2], one[0].date()) != ("planned_close", day.isoformat(), day)]


def _interned(value: str) -> str | None:
    return sys.intern(value) if value else None


def _typed(field: Field, value: Value) -> Value:
    """A changed value as its field has it: amounts as numbers, days as days; a history writes both as text."""
    if field == "amount" and isinstance(value, str):
        try:
            return float(value.replace(",", ""))
        except ValueError:
            return None
    if field == "planned_close" and isinstance(value, str):
        return value[:10] if len(value) >= 10 and value[4] == "-" else None
    return value
