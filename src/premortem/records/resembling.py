"""The lessons of all deals, and the deals that show a pattern: found by what is kept of their reviews."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from functools import cached_property
from typing import NamedTuple, TypeVar

from django.db import connections
from django.db.models import F, QuerySet

from premortem.ledger.chain import Row, open_row
from premortem.ledger.entries import Entry as LedgerEntry
from premortem.records.models import DealRow, Entry, ReviewRow

LESSONS = "SELECT {columns} FROM records_entry WHERE kind = 'lesson' ORDER BY deal, seq"
"""The kind stands in it as it is: a database uses a partial index only for what it can read in the question."""
ENDED = ("won", "lost", "other_way", "no_decision")


class Shows(NamedTuple):
    """A deal, and the findings and claims that it shows, each a blank apart."""

    deal: str
    raised: str
    said: str


class Ended(NamedTuple):
    """A deal that ended: how, when, and what it showed before its end."""

    deal: str
    status: str
    ended: datetime
    raised: str
    said: str


S = TypeVar("S", Shows, Ended)


class Pattern:
    """Findings that stand, claims that were said and claims that nobody said: all of it has to hold."""

    def __init__(self, raised: Collection[str], said: Collection[str], unsaid: Collection[str]) -> None:
        self._raised, self._said, self._unsaid = ([f" {one} " for one in names] for names in (raised, said, unsaid))

    def among(self, deals: Iterable[S]) -> list[S]:
        """Those of these deals that show it; an empty pattern is shown by none.

        Looked for as words in lines: of tens of thousands of deals, sets would have to be made first.
        """
        found = list(deals) if self._raised or self._said or self._unsaid else []
        for one in self._raised:
            found = [deal for deal in found if one in deal.raised]
        for one in self._said:
            found = [deal for deal in found if one in deal.said]
        for one in self._unsaid:
            found = [deal for deal in found if one not in deal.said]
        return found


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

    def open(self, most: int | None = None) -> list[Shows]:
        """What the open deals show, those of the newest touches first; as many as `most`, where given."""
        newest = self._seen.filter(status="open").order_by(F("last_touch_at").desc(nulls_last=True), "deal")
        deals = list(newest.values_list("deal", flat=True)[:most])
        kept = self._kept if most is None else self._kept_of(deals)
        return [Shows(deal, *kept[deal]) for deal in deals if deal in kept]

    def ended(self) -> list[Ended]:
        """All deals that ended and have a review, seen or not."""
        rows = DealRow.objects.using(self._alias).filter(status__in=ENDED, ended__isnull=False).order_by()
        found, kept = rows.values_list("deal", "status", "ended"), self._kept
        return [Ended(deal, how, at, *kept[deal]) for deal, how, at in found if at is not None and deal in kept]

    @cached_property
    def _kept(self) -> dict[str, tuple[str, str]]:
        """What every deal shows, read once: walking through all is faster than looking each up."""
        return self._told(ReviewRow.objects.using(self._alias).all())

    def _kept_of(self, deals: Collection[str]) -> dict[str, tuple[str, str]]:
        return self._told(ReviewRow.objects.using(self._alias).filter(deal__in=deals))

    @staticmethod
    def _told(kept: QuerySet[ReviewRow]) -> dict[str, tuple[str, str]]:
        return {deal: (raised, said) for deal, raised, said in kept.order_by().values_list("deal", "raised", "said")}

    def shows(self, deal: str) -> Shows | None:
        """What a deal shows by its kept review; None where there is none."""
        kept = self._kept_of([deal])
        return Shows(deal, *kept[deal]) if deal in kept else None
