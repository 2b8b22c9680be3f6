"""The log of what was written into the firm's CRM, on the database: added to and read, never changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import asdict

from premortem.records.told_rows import ToldRow

MOST = 1_000
"""Rows that are shown at once."""


class ToldOnce(Struct, frozen=True):
    """A field that was written, see `told_rows.ToldRow`."""

    at: datetime
    by: str
    crm: str
    deal: str
    record: str
    word: str
    field: str
    old: str = ""
    new: str = ""


class DatabaseTold:
    """The log of the database that Django knows as `alias`."""

    def __init__(self, alias: str = "default") -> None:
        self._alias = alias

    def add(self, told: Sequence[ToldOnce]) -> None:
        """Note all of them, or none."""
        ToldRow.objects.using(self._alias).bulk_create([ToldRow(**asdict(one)) for one in told])

    def newest(self, most: int = MOST, deal: str | None = None) -> list[ToldOnce]:
        """The last of them, of one deal or of all, the newest first."""
        rows = ToldRow.objects.using(self._alias).order_by("-at", "-id")
        rows = rows if deal is None else rows.filter(deal=deal)
        return [ToldOnce(*row) for row in rows.values_list(*ToldOnce.__struct_fields__)[:most]]
