"""The firm's pieces of content, and how the deals ended in which each went out."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Count, QuerySet

from premortem.ledger.entries import Entry, PersonId
from premortem.records.models import DealRow, PersonRow, PieceRow
from premortem.records.of_kind import of_kind

COLUMNS = ("key", "title", "place", "use_case", "pain", "reader", "concern")


class Pieces:
    """The pieces in the database that Django knows as `alias`, and the deals in `seen`, or all."""

    def __init__(self, alias: str = "default", seen: QuerySet[DealRow] | None = None) -> None:
        self._alias = alias
        self._seen = DealRow.objects.using(alias) if seen is None else seen.using(alias)

    def all(self) -> list[tuple[str, ...]]:
        """Every piece, as its COLUMNS, by its key."""
        rows = PieceRow.objects.using(self._alias).values_list(*COLUMNS)
        return sorted(tuple(str(one) for one in row) for row in rows)

    def put(self, pieces: Sequence[tuple[str, ...]]) -> None:
        """Keep these, all or none; one of the same key takes the older one's place."""
        with transaction.atomic(using=self._alias):
            for piece in pieces:
                told = dict(zip(COLUMNS, piece, strict=True))
                PieceRow.objects.using(self._alias).update_or_create(key=told.pop("key"), defaults=told)

    def sent(self) -> list[Entry]:
        """All that was sent, in whatever deal."""
        return of_kind("sent", None, self._alias)

    def ends(self) -> dict[str, int]:
        """How many of the deals seen stand how: by status."""
        return dict(self._seen.order_by().values_list("status").annotate(Count("deal")))

    def status_of(self, deals: Sequence[str]) -> dict[str, str]:
        """Of these deals, those that are seen, with their status."""
        rows = self._seen.order_by().values_list("deal", "status")
        wanted = set(deals)
        if len(wanted) <= 900:
            rows = rows.filter(deal__in=wanted)
        return {deal: status for deal, status in rows if deal in wanted}


class Contacts:
    """The buyers whom we met in the open deals of `seen`, or of all."""

    def __init__(self, alias: str = "default", seen: QuerySet[DealRow] | None = None) -> None:
        self._alias = alias
        self._seen = DealRow.objects.using(alias) if seen is None else seen.using(alias)

    def met(self) -> list[tuple[str, PersonId]]:
        """Deal and person of each."""
        people = PersonRow.objects.using(self._alias).filter(side="buyer", met__isnull=False)
        deals = self._seen.filter(status="open").order_by().values("deal")
        return list(people.filter(deal__in=deals).order_by().values_list("deal", "person"))

    def seen(self, deals: Sequence[str]) -> dict[str, DealRow]:
        """Those of these deals that may be seen."""
        return {row.deal: row for row in self._seen.filter(deal__in=list(deals))}

    def matters(self, deals: Sequence[str] | None = None) -> list[Entry]:
        """Every word on what is to be found out, in these deals or in all."""
        return of_kind("open_matter", deals, self._alias)
