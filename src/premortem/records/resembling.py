"""The lessons of all deals, and the deals that look like one of them, as `records.alike` has noted."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet

from premortem.ledger.entries import Entry as LedgerEntry
from premortem.ledger.lessons import Made
from premortem.records.models import AlikeRow, DealRow, ReviewRow
from premortem.records.of_kind import of_kind

OVER: dict[str, Any] = {"status__in": ("won", "lost", "other_way", "no_decision"), "ended__isnull": False}
"""Deals that ended, as columns of a deal's row."""
AT_ONCE = 50
"""Lessons whose counts are asked for together."""


class Ended(NamedTuple):
    """How many of the deals that ended so look like a lesson, of how many; those that ended since a moment apart from
    those that had ended before."""

    status: str
    since: tuple[int, int]
    before: tuple[int, int]


class Resembling:
    """Deals among those in `seen`, or of the whole database that Django knows as `alias`."""

    def __init__(self, alias: str = "default", seen: QuerySet[DealRow] | None = None) -> None:
        self._alias, self._seen = alias, seen

    def lessons(self) -> list[LedgerEntry]:
        """Every lesson that was ever entered, whoever may see its deal."""
        return of_kind("lesson", None, self._alias)

    def seen(self, deals: Collection[str]) -> dict[str, DealRow]:
        """Those of these deals that may be seen, by deal."""
        rows = DealRow.objects if self._seen is None else self._seen
        return {row.deal: row for row in rows.using(self._alias).filter(deal__in=list(deals))}

    def open(self, lessons: Collection[str]) -> dict[str, int]:
        """By lesson how many open deals look like it, where any does."""
        return dict(self._open(lessons).values_list("lesson").annotate(deals=Count("deal")).order_by())

    def newest(self, lessons: Collection[str], most: int) -> list[str]:
        """The open deals that look like one of these lessons, those of the newest touches first; `most` at most."""
        rows = self._open(lessons).order_by("-touched", "-deal").values_list("deal", flat=True)
        return list(dict.fromkeys(rows[: most * len(lessons)]))[:most]

    def deals(self, lessons: Collection[str]) -> int:
        """How many open deals look like any of these lessons."""
        return self._open(lessons).values("deal").distinct().count()

    def of_deals(self, deals: Collection[str]) -> dict[str, set[str]]:
        """By deal the lessons that it looks like; some of them may be watched no longer."""
        found: dict[str, set[str]] = {}
        for deal, lesson in self._alike.filter(deal__in=list(deals)).values_list("deal", "lesson"):
            found.setdefault(deal, set()).add(lesson)
        return found

    def ended(self, lessons: Sequence[Made]) -> dict[str, list[Ended]]:
        """By lesson and by end the deals that ended and have a review, seen or not, and how many of them look like it.

        The deal that a lesson was made of counts nowhere.
        """
        found: dict[str, list[Ended]] = {}
        for start in range(0, len(lessons), AT_ONCE):
            some = lessons[start : start + AT_ONCE]
            like = self._like(some)
            for lesson, of in self._of(some).items():
                found[lesson] = [
                    Ended(status, (like_since, since), (like_all - like_since, whole - since))
                    for status, (since, whole) in of.items()
                    for like_since, like_all in (like.get((lesson, status), (0, 0)),)
                ]
        return found

    def _like(self, lessons: Sequence[Made]) -> dict[tuple[str, str], tuple[int, int]]:
        """By lesson and end, how many look like it of those that ended since it was made, and of all that ended."""
        since = reduce(or_, (Q(lesson=made.lesson.lesson, ended__gte=made.first.learned) for made in lessons))
        rows = self._alike.filter(lesson__in=[one.lesson.lesson for one in lessons], **OVER)
        counted = rows.order_by().values_list("lesson", "status")
        with_counts: list[Any] = list(counted.annotate(since=Count("deal", filter=since), whole=Count("deal")))
        return {(lesson, status): (newer, whole) for lesson, status, newer, whole in with_counts}

    def _of(self, lessons: Sequence[Made]) -> dict[str, dict[str, tuple[int, int]]]:
        """By lesson and end, how many others ended since it was made and how many in all: counted in one walk."""
        reviewed = ReviewRow.objects.using(self._alias).values("deal")
        over = DealRow.objects.using(self._alias).filter(deal__in=reviewed, **OVER).order_by()
        since = {str(n): Count("deal", filter=Q(ended__gte=made.first.learned)) for n, made in enumerate(lessons)}
        rows: list[Any] = list(over.values_list("status").annotate(**since, whole=Count("deal")))
        own: dict[str, tuple[str, Any]] = {
            deal: (status, ended)
            for deal, status, ended in over.filter(deal__in=[made.deal for made in lessons]).values_list(
                "deal", "status", "ended"
            )
        }
        found: dict[str, dict[str, tuple[int, int]]] = {}
        for number, made in enumerate(lessons):
            its_end, ended = own.get(made.deal, ("", None))
            found[made.lesson.lesson] = {
                status: (counted[number] - (one and ended >= made.first.learned), counted[-1] - one)
                for status, *counted in rows
                for one in (status == its_end,)
            }
        return found

    def _open(self, lessons: Collection[str]) -> QuerySet[AlikeRow]:
        alike = self._alike.filter(lesson__in=list(lessons), status="open")
        return alike if self._seen is None else alike.filter(deal__in=self._seen.values("deal"))

    @property
    def _alike(self) -> QuerySet[AlikeRow]:
        return AlikeRow.objects.using(self._alias)
