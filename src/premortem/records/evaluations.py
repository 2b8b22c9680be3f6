"""Trials and problems of all deals, read at once without telling each deal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.db import connections
from django.db.models import QuerySet

from premortem.ledger.chain import Row, open_row
from premortem.ledger.entries import Entry as LedgerEntry
from premortem.records.models import DealRow, Entry

TOLD = "SELECT {columns} FROM records_entry WHERE kind IN ('trial', 'problem') ORDER BY deal, seq"
"""The kinds stand in it as they are: a database uses a partial index only for what it can read in the question."""


class Evaluated(NamedTuple):
    """A deal with what was entered of its trials and problems, in the order it was appended."""

    deal: str
    name: str
    account: str | None
    status: str
    ended: datetime | None
    amount: float | None
    currency: str | None
    told: list[LedgerEntry]


class Evaluations:
    """Deals among those in `seen`, or of the whole database that Django knows as `alias`."""

    def __init__(self, alias: str = "default", seen: QuerySet[DealRow] | None = None) -> None:
        self._alias = alias
        self._seen = DealRow.objects.using(alias) if seen is None else seen.using(alias)

    def all(self) -> list[Evaluated]:
        """Every deal in which a trial or a problem was ever entered, by its id."""
        found: dict[str, list[LedgerEntry]] = {}
        for entry in self._told():
            found.setdefault(entry.deal, []).append(entry)
        columns = ("deal", "name", "account", "status", "ended", "amount", "currency")
        rows = self._seen.filter(deal__in=list(found)).order_by("deal").values_list(*columns)
        return [
            Evaluated(deal, name, account, status, ended, amount, currency, found[deal])
            for deal, name, account, status, ended, amount, currency in rows
        ]

    def _told(self) -> Iterator[LedgerEntry]:
        columns = [field.attname for field in Entry._meta.concrete_fields if field.attname != "pk"]
        with connections[self._alias].cursor() as cursor:
            cursor.execute(TOLD.format(columns=", ".join(columns)))
            yield from (open_row(Row(**dict(zip(columns, row, strict=True)))) for row in cursor.fetchall())
