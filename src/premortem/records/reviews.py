"""The ledger's Reviews on a database."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, date, datetime

from django.db import connections
from django.db.models import QuerySet
from msgspec.structs import asdict

from premortem.ledger.entries import Lesson
from premortem.ledger.store import Reviewed
from premortem.records.alike import note_lesson, note_reviews, noting
from premortem.records.inserting import insert
from premortem.records.models import AlikeRow, ReviewRow
from premortem.records.raised import note_raised
from premortem.records.store import withdrawn

ROWS_AT_ONCE = 2_000
A_FEW = 500
"""Deals that are asked for by their ids; of more, all are looked through."""
OUTDATED = """
    SELECT lasts.deal FROM (SELECT deal, MAX(seq) AS last FROM records_entry {of_these} GROUP BY deal) AS lasts
    LEFT JOIN records_reviewrow AS review ON review.deal = lasts.deal
        AND review.entries = lasts.last AND review.made_by = %s AND (review.until IS NULL OR review.until >= %s)
    WHERE review.deal IS NULL ORDER BY lasts.deal
"""


class DatabaseReviews:
    """Reviews in the database that Django knows as `alias`."""

    def __init__(self, alias: str) -> None:
        self._alias = alias

    def outdated(self, made_by: str, today: date | None = None, among: Collection[str] | None = None) -> list[str]:
        few = sorted(among) if among is not None and len(among) <= A_FEW else []
        if among is not None and not among:
            return []
        of_these = f"WHERE deal IN ({', '.join(['%s'] * len(few))})" if few else ""
        with connections[self._alias].cursor() as cursor:
            cursor.execute(OUTDATED.format(of_these=of_these), [*few, made_by, (today or date.min).isoformat()])
            found = [deal for (deal,) in cursor.fetchall() if among is None or deal in among]
        gone = withdrawn(self._alias) if found else set()
        return [deal for deal in found if deal not in gone]

    def keep(self, reviews: Sequence[Reviewed]) -> None:
        with noting(self._alias):
            older = self._kept.filter(deal__in=[one.deal for one in reviews])
            before = dict(older.values_list("deal", "raised"))
            older.delete()
            insert(self._alias, ReviewRow, map(asdict, reviews))
            note_reviews(self._alias, reviews)
            note_raised(self._alias, before, reviews, datetime.now(UTC))

    def watch(self, deal: str, lesson: Lesson) -> None:
        with noting(self._alias):
            note_lesson(self._alias, deal, lesson)

    def all(self) -> Iterator[Reviewed]:
        rows = self._kept.order_by("deal").values_list(*Reviewed.__struct_fields__)
        return (Reviewed(*row) for row in rows.iterator(chunk_size=ROWS_AT_ONCE))

    def forget(self) -> None:
        with noting(self._alias):
            self._kept.all().delete()
            AlikeRow.objects.using(self._alias).all().delete()

    @property
    def _kept(self) -> QuerySet[ReviewRow]:
        return ReviewRow.objects.using(self._alias)
