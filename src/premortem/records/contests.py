"""Contests, awards and bookings on the database: kept, locked once announced, and summed up where they lie."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import NamedTuple

from django.db import connections
from django.db.models import BigIntegerField, Count, Exists, F, FloatField, Func, Max, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Cast

from premortem.records.contest_rows import AwardRow, BookingRow, ContestRow
from premortem.records.locking import whole
from premortem.records.models import DealRow

AT_ONCE = 50_000
COLUMNS = ("deal", "owner", "day", "cents", "currency")


class Kept(NamedTuple):
    """A contest as it was kept, JSON in `body`; empty names and None say that it hasn't happened."""

    id: str
    body: str
    approved_by: str
    announced_by: str
    announced: datetime | None
    award: str | None
    given_by: str | None
    given_at: datetime | None


class Summed(NamedTuple):
    """Everything of one owner in one currency: deals that were not taken back, hundredths, the largest of them."""

    owner: str
    currency: str
    deals: int
    cents: int
    biggest: int


class DatabaseContests:
    """The contests of the database that Django knows as `alias`."""

    def __init__(self, alias: str = "default") -> None:
        self._alias = alias

    def keep(self, contest: str, body: str, last: date, by: str, now: datetime) -> None:
        """Keep a draft, in place of an older one; its approval is gone. The database refuses an announced one."""
        fresh = {"body": body, "last": last, "made_by": by, "made_at": now, "approved_by": "", "approved_at": None}
        ContestRow.objects.using(self._alias).update_or_create(id=contest, defaults=fresh)

    def approve(self, contest: str, body: str, by: str, now: datetime) -> bool:
        """Note who agreed to the cost of the draft that says `body`; False where it says something else by now."""
        return bool(self._draft(contest, body).update(approved_by=by, approved_at=now))

    def announce(self, contest: str, body: str, by: str, now: datetime) -> bool:
        """Lock the draft that says `body`; False where it says something else by now, or is locked."""
        return bool(self._draft(contest, body).update(announced_by=by, announced=now))

    def _draft(self, contest: str, body: str) -> QuerySet[ContestRow]:
        return ContestRow.objects.using(self._alias).filter(id=contest, body=body, announced=None)

    def award(self, contest: str, body: str, by: str, now: datetime) -> None:
        """Record an award, once; where somebody was quicker theirs stays."""
        row = AwardRow(contest=contest, body=body, given_by=by, given_at=now)
        AwardRow.objects.using(self._alias).bulk_create([row], ignore_conflicts=True)

    def one(self, contest: str) -> Kept | None:
        return next(iter(self._kept(ContestRow.objects.using(self._alias).filter(id=contest))), None)

    def all(self) -> list[Kept]:
        """Every contest, the one that ends last first."""
        return self._kept(ContestRow.objects.using(self._alias).order_by("-last", "id"))

    def _kept(self, rows: QuerySet[ContestRow]) -> list[Kept]:
        found = list(rows)
        awards = AwardRow.objects.using(self._alias).in_bulk([row.id for row in found])
        return [_as_kept(row, awards.get(row.id)) for row in found]

    def add(self, bookings: Iterable[tuple[str, str, str, int, str]]) -> tuple[int, int]:
        """Add bookings, in the order of COLUMNS with the day as YYYY-MM-DD, or bring those of the same deal up to date.

        Says how many are new, and how many changed. All of them are added, or none.
        """
        stream, written = iter(bookings), 0
        with whole(self._alias):
            before = BookingRow.objects.using(self._alias).count()
            with connections[self._alias].cursor() as cursor:
                while some := list(islice(stream, AT_ONCE)):
                    cursor.executemany(_UPSERT, some)
                    written += cursor.rowcount
            new = BookingRow.objects.using(self._alias).count() - before
        return new, written - new

    def sums(self, first: date, last: date) -> list[Summed]:
        """What was booked from the first day through the last: bookings from files, and the ledger's won deals.

        An owner of the ledger stands as the CRM writes them, so the same owner may come twice.
        """
        files = BookingRow.objects.using(self._alias).filter(day__gte=first, day__lte=last)
        from_files = files.values_list("owner", "currency").annotate(
            number=Count("cents", filter=Q(cents__gte=0)), whole=Sum("cents"), most=Max("cents")
        )
        won = self._won(first, last).annotate(cents=_CENTS).values_list("seller", "currency")
        of_ledger = won.annotate(number=Count("deal"), whole=Sum("cents", default=0), most=Max("cents", default=0))
        return [
            Summed(owner or "", currency or "", deals, int(cents), max(0, int(biggest)))
            for owner, currency, deals, cents, biggest in [*from_files, *of_ledger]
        ]

    def owners(self) -> dict[str, int]:
        """Everybody under whose name a deal was won, in the ledger or in a file, and how many; as it is written."""
        found: Counter[str] = Counter()
        files = BookingRow.objects.using(self._alias).values_list("owner").annotate(number=Count("deal"))
        ledger = DealRow.objects.using(self._alias).filter(status="won").values_list("seller")
        for owner, number in [*files, *ledger.annotate(number=Count("deal"))]:
            found[owner or ""] += number
        found.pop("", None)
        return dict(found)

    def _won(self, first: date, last: date) -> QuerySet[DealRow]:
        """The ledger's won deals of these days (UTC), but those that a file tells of."""
        since = datetime.combine(first, time(), UTC)
        until = datetime.combine(last + timedelta(days=1), time(), UTC)
        won = DealRow.objects.using(self._alias).filter(status="won", ended__gte=since, ended__lt=until)
        return won.exclude(Exists(BookingRow.objects.using(self._alias).filter(deal=OuterRef("deal"))))


_UPSERT = (
    "INSERT INTO records_bookingrow (deal, owner, day, cents, currency) VALUES (%s, %s, %s, %s, %s) "
    "ON CONFLICT (deal) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in COLUMNS[1:])
    + " WHERE NOT ("
    + " AND ".join(f"records_bookingrow.{name} = excluded.{name}" for name in COLUMNS[1:])
    + ")"
)
_CENTS = Cast(Func(F("amount") * 100.0, function="ROUND", output_field=FloatField()), output_field=BigIntegerField())


def _as_kept(row: ContestRow, award: AwardRow | None) -> Kept:
    return Kept(
        id=row.id,
        body=row.body,
        approved_by=row.approved_by,
        announced_by=row.announced_by,
        announced=row.announced,
        award=award.body if award else None,
        given_by=award.given_by if award else None,
        given_at=award.given_at if award else None,
    )
