"""What replays of deals that ended tell, kept, so that a page over thousands of them never replays one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from django.db import connections
from django.db.models import Q, QuerySet
from msgspec import Struct
from msgspec.structs import asdict

from premortem.ledger.fold import end_of
from premortem.ledger.replayed import Replayed
from premortem.records.inserting import insert
from premortem.records.locking import whole
from premortem.records.models import DealRow, ReplayRow
from premortem.records.reviews import ROWS_AT_ONCE

ENDS = ("won", "lost", "other_way", "no_decision")
OUTDATED = """
    SELECT one.deal FROM records_dealrow AS one
    LEFT JOIN records_replayrow AS replay ON replay.deal = one.deal
        AND replay.made_by = %s AND replay.status = one.status
        AND replay.entries = (SELECT MAX(seq) FROM records_entry WHERE records_entry.deal = one.deal)
    WHERE one.status IN ('won', 'lost', 'other_way', 'no_decision') AND one.ended IS NOT NULL AND replay.deal IS NULL
    ORDER BY one.deal
"""


class Wanted(Struct, frozen=True):
    """Which deals: ended from `first` to `last` (that day included), of this segment, sold by this seller."""

    first: date | None = None
    last: date | None = None
    segment: str = ""
    seller: str = ""


class Told(NamedTuple):
    """A replay as counts need it."""

    deal: str
    ended: datetime
    status: str
    answers: str
    factors: str
    blind: str


class Age(NamedTuple):
    """When a deal began and ended, and how; `ended` and `status` are None and 'open' where it goes on."""

    created: datetime
    ended: datetime | None
    status: str
    amount: float | None
    currency: str | None


class Replays:
    """Replays of deals among those in `seen`, or of all in the database that Django knows as `alias`."""

    def __init__(self, alias: str = "default", seen: QuerySet[DealRow] | None = None) -> None:
        self._alias = alias
        self._all_seen = seen is None
        self._seen = DealRow.objects.using(alias) if seen is None else seen.using(alias)

    def outdated(self, made_by: str) -> list[str]:
        """All deals that ended and have no replay, or one that no longer holds; in order."""
        with connections[self._alias].cursor() as cursor:
            cursor.execute(OUTDATED, [made_by])
            return [deal for (deal,) in cursor.fetchall()]

    def keep(self, made: Sequence[Replayed]) -> None:
        """Put these in the place of older ones."""
        with whole(self._alias):
            ReplayRow.objects.using(self._alias).filter(deal__in=[one.deal for one in made]).delete()
            insert(self._alias, ReplayRow, map(asdict, made))

    def waiting(self) -> int:
        """How many of the deals that ended have no replay at all."""
        ended = self._seen.filter(status__in=ENDS, ended__isnull=False)
        return ended.exclude(deal__in=ReplayRow.objects.using(self._alias).values("deal")).count()

    def state(self) -> tuple[int, ...]:
        """How many deals began, ended and were replayed: where it is the same, the counts hardly differ."""
        kept = ReplayRow.objects.using(self._alias).count()
        return self._seen.count(), self._seen.filter(status__in=ENDS, ended__isnull=False).count(), kept

    def told(self, wanted: Wanted) -> list[Told]:
        """What is wanted, in the order of the ends."""
        rows = self._wanted(wanted).order_by("ended", "deal").values_list(*Told._fields)
        return [Told(*row) for row in rows.iterator(chunk_size=ROWS_AT_ONCE)]

    def whys(self, deals: Collection[str]) -> dict[str, str]:
        """Why the answers of these deals are what they are, by deal."""
        return dict(self._rows().filter(deal__in=list(deals)).values_list("deal", "told"))

    def named(self, deals: Collection[str]) -> dict[str, DealRow]:
        return {row.deal: row for row in self._seen.filter(deal__in=list(deals))}

    def segments(self) -> list[str]:
        return self._distinct("segment")

    def sellers(self) -> list[str]:
        return self._distinct("seller")

    def ages(self) -> Iterator[Age]:
        """Of all deals, open ones too, when they began and how they ended; those of which nobody knows are left out."""
        ways = Q(status__in=ENDS, ended__isnull=False) | Q(status="open")
        rows = self._seen.filter(ways, created__isnull=False).order_by()
        return (Age(*row) for row in rows.values_list(*Age._fields).iterator(chunk_size=ROWS_AT_ONCE))

    def _distinct(self, field: str) -> list[str]:
        found = self._rows().exclude(**{field: ""}).order_by().values_list(field, flat=True).distinct()
        return sorted(found)

    def _rows(self) -> QuerySet[ReplayRow]:
        rows = ReplayRow.objects.using(self._alias)
        return rows if self._all_seen else rows.filter(deal__in=self._seen.values("deal"))

    def _wanted(self, wanted: Wanted) -> QuerySet[ReplayRow]:
        rows = self._rows()
        if wanted.first is not None:
            rows = rows.filter(ended__gte=datetime.combine(wanted.first, time.min, UTC))
        if wanted.last is not None:
            rows = rows.filter(ended__lte=end_of(wanted.last))
        rows = rows.filter(segment=wanted.segment) if wanted.segment else rows
        return rows.filter(seller=wanted.seller) if wanted.seller else rows
