"""A CRM into which something is written back: its fields, the values that stand in them, and what it refuses."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Literal, Protocol

from msgspec import Struct

from premortem.errors import PremortemError

Kind = Literal["text", "number", "percent", "choice", "day", "moment"]
Value = str | int | float | None
"""A value as JSON has it: a day is YYYY-MM-DD, a moment YYYY-MM-DDTHH:MM:SSZ, and None is an empty field."""


class Field(Struct, frozen=True):
    """A field of the CRM's deals. `kind` is None where it holds what we can't write, a link to a record for one.

    `own`: the firm made it; a field that the CRM came with is the seller's. `writable`: this user may write it.
    A `percent` counts from 0 to 100. `choices` are values with their labels; where `free`, others may be written too.
    `blank`: it can be empty. `longest` is in characters.
    """

    name: str
    label: str
    kind: Kind | None
    own: bool = True
    writable: bool = True
    longest: int | None = None
    choices: dict[str, str] = {}
    free: bool = False
    blank: bool = True


class Row(Struct, frozen=True):
    """Values for some fields of one record."""

    record: str
    values: dict[str, Value]


class Refused(Struct, frozen=True):
    """A record that the CRM did not take, why, and what to do about it."""

    record: str
    why: str
    remedy: str


class HungUp(PremortemError):
    """The CRM takes nothing more for now, of any record. What it took before stays; the rest was not written.

    `written` are the records that it had taken of the rows of a `write` that it broke off.
    """

    def __init__(self, called: str, why: str, remedy: str) -> None:
        self.why, self.remedy = why, remedy
        self.written: tuple[str, ...] = ()
        super().__init__(f"{called}: {why}. {remedy}")


def in_turn(parts: Iterable[Sequence[Row]], write: Callable[[Sequence[Row]], list[Refused]]) -> list[Refused]:
    """Write one part after the other. Where the CRM hangs up, HungUp tells what it had taken of those before."""
    refused: list[Refused] = []
    written: list[str] = []
    for part in parts:
        try:
            told = write(part)
        except HungUp as end:
            end.written = (*written, *end.written)
            raise
        refused += told
        written += taken(part, told)
    return refused


def taken(rows: Sequence[Row], refused: Iterable[Refused]) -> list[str]:
    """The records of those rows that were not refused."""
    without = {one.record for one in refused}
    return [row.record for row in rows if row.record not in without]


class Crm(Protocol):
    """A CRM that we are connected to. Every method raises HungUp where it takes nothing more."""

    @property
    def at_once(self) -> int:
        """How many records one call may write."""

    def fields(self, names: Collection[str]) -> dict[str, Field]:
        """Those of these fields that its deals have and this user sees."""

    def records(self, deals: Sequence[str]) -> dict[str, str]:
        """The CRM's own id of the record of each deal; a deal whose id can't be one of the CRM's is left out."""

    def values(self, records: Sequence[str], fields: Collection[Field]) -> dict[str, dict[str, Value]]:
        """What stands in these fields now, by record; a record that is gone or hidden is left out."""

    def write(self, rows: Sequence[Row], fields: Mapping[str, Field]) -> list[Refused]:
        """Write at most `at_once` rows; what is not refused was written. The same again does no harm."""
