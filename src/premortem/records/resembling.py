"""The lessons of all deals, and the deals that show a pattern: found by what is kept of their reviews."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import NamedTuple

from django.db import connections
from django.db.models import F, Q, QuerySet

from premortem.ledger.chain import Row, open_row
from premortem.ledger.entries import Entry as LedgerEntry
from premortem.records.models import DealRow, Entry, ReviewRow

LESSONS = "SELECT {columns} FROM records_entry WHERE kind = 'lesson' ORDER BY deal, seq"
"""The kind stands in it as it is: a database uses a partial index only for what it can read in the question."""
ENDED = ("won", "lost", "other_way", "no_decision")


class Ended(NamedTuple):
    """A deal that ended and has a review: how, and when."""

    deal: str
    status: str
    ended: datetime


class Shows(NamedTuple):
    """An open deal, and the findings and claims that it shows, each a blank apart."""

    deal: str
    name: str
    account: str | None
    raised: str
    said: str


class Resembling:
    """Deals among those in `seen`, or of the whole database that Django knows as `alias`."""

    def __init__(self, alias: str = "default", seen: QuerySet[DealRow] | None = None) -> None:
        self._alias = alias
        self._seen = DealRow.objects.using(alias) if seen is None else seen.using(alias)

    def lessons(self) -> list[LedgerEntry]:
        """Every lesson that was ever entered, whoever may see its deal."""
        columns = [field.attname for field in Entry._meta.concrete_fields if field.attname != "pk"]
        with connections[self._alias].cursor() as cursor:
            cursor.execute(LESSONS.format(columns=", ".join(columns)))
            return [open_row(Row(**dict(zip(columns, row, strict=True)))) for row in cursor.fetchall()]

    def seen(self, deals: Collection[str]) -> dict[str, DealRow]:
        """Those of these deals that may be seen, by deal."""
        return {row.deal: row for row in self._seen.filter(deal__in=list(deals))}

    def open(self, raised: Collection[str], said: Collection[str], unsaid: Collection[str]) -> list[DealRow]:
        """The open deals that show a pattern, those of the newest touches first."""
        alike = self._alike(raised, said, unsaid)
        found = self._seen.filter(status="open", deal__in=alike.values("deal"))
        return sorted(found, key=lambda row: (row.last_touch_at is None, _newest(row), row.deal))

    def newest_open(self, most: int) -> list[Shows]:
        """What the open deals of the newest touches show, as many as that."""
        newest = self._seen.filter(status="open").order_by(F("last_touch_at").desc(nulls_last=True), "deal")
        rows = list(newest.values_list("deal", "name", "account")[:most])
        kept = ReviewRow.objects.using(self._alias).filter(deal__in=[row[0] for row in rows]).order_by()
        shown = {deal: (raised, said) for deal, raised, said in kept.values_list("deal", "raised", "said")}
        return [Shows(*row, *shown[row[0]]) for row in rows if row[0] in shown]

    def alike(self, raised: Collection[str], said: Collection[str], unsaid: Collection[str]) -> set[str]:
        """All deals that show a pattern, seen or not: those that ended as they stood before their end."""
        return set(self._alike(raised, said, unsaid).values_list("deal", flat=True))

    def ended(self) -> list[Ended]:
        """All deals that ended and have a review, seen or not."""
        rows = DealRow.objects.using(self._alias).filter(status__in=ENDED, ended__isnull=False)
        reviewed = set(ReviewRow.objects.using(self._alias).order_by().values_list("deal", flat=True))
        found = rows.values_list("deal", "status", "ended")
        return [Ended(deal, status, at) for deal, status, at in found if at is not None and deal in reviewed]

    def shows(self, deal: str) -> tuple[str, str] | None:
        """The findings and the claims of a deal's kept review, each a blank apart; None where there is none."""
        kept = ReviewRow.objects.using(self._alias).filter(deal=deal)
        return next(iter(kept.values_list("raised", "said")), None)

    def _alike(self, raised: Collection[str], said: Collection[str], unsaid: Collection[str]) -> QuerySet[ReviewRow]:
        wanted = Q()
        for part in _parts(raised, said, unsaid):
            wanted &= part
        return ReviewRow.objects.using(self._alias).filter(wanted).order_by()


def _parts(raised: Collection[str], said: Collection[str], unsaid: Collection[str]) -> Iterator[Q]:
    yield from (Q(raised__contains=f" {one} ") for one in raised)
    yield from (Q(said__contains=f" {one} ") for one in said)
    yield from (~Q(said__contains=f" {one} ") for one in unsaid)


def _newest(row: DealRow) -> float:
    return -row.last_touch_at.timestamp() if row.last_touch_at else 0.0
