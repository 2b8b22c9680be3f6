"""The few entries of one kind among all that a ledger holds, for many deals at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from django.db import connections

from premortem.ledger.chain import Row, open_row
from premortem.ledger.entries import Entry as LedgerEntry
from premortem.records.models import Entry

AT_ONCE = 900
OF_KIND = "SELECT {columns} FROM records_entry WHERE kind = '{kind}'{those} ORDER BY deal, seq"
"""The kind stands in it as it is: a database uses a partial index only for what it can read in the question."""


def of_kind(
    kind: Literal["sent", "open_matter", "lesson"], deals: Sequence[str] | None = None, alias: str = "default"
) -> list[LedgerEntry]:
    """The entries of a kind, of these deals or of all, by deal in the order in which they were appended."""
    if deals is None:
        return _read(kind, "", [], alias)
    found = []
    for start in range(0, len(deals), AT_ONCE):
        some = list(deals[start : start + AT_ONCE])
        found += _read(kind, f" AND deal IN ({', '.join(['%s'] * len(some))})", some, alias)
    return found


def _read(kind: str, those: str, values: list[Any], alias: str) -> list[LedgerEntry]:
    columns = [field.attname for field in Entry._meta.concrete_fields if field.attname != "pk"]
    with connections[alias].cursor() as cursor:
        cursor.execute(OF_KIND.format(columns=", ".join(columns), kind=kind, those=those), values)
        return [open_row(Row(**dict(zip(columns, row, strict=True)))) for row in cursor.fetchall()]
