"""Which deals show the pattern of which lesson: noted whenever a review is kept or a lesson is made.

So nobody who asks walks through all deals. Whoever notes holds a lock: else a review that is kept while a lesson is
being made would know nothing of it, nor the lesson of that review.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice

from premortem.ledger.entries import Lesson
from premortem.ledger.lessons import Showing, matches, standing
from premortem.ledger.store import Reviewed
from premortem.records.locking import writing
from premortem.records.models import AlikeRow, DealRow, ReviewRow
from premortem.records.of_kind import of_kind

LESSONS = "lessons"
"""Stands for all of them where a lock asks for whom it is."""
AT_ONCE = 2_000
NEVER = datetime(1, 1, 2, tzinfo=UTC)
"""When deals without a touch were touched: databases don't agree where nothing stands in an order."""


@contextmanager
def noting(alias: str) -> Iterator[None]:
    """A transaction in which nobody else notes which deals look alike."""
    with writing(alias, LESSONS):
        yield


def note_reviews(alias: str, reviews: Sequence[Reviewed]) -> None:
    """Note of these deals which lessons they look like by their new reviews."""
    AlikeRow.objects.using(alias).filter(deal__in=[one.deal for one in reviews]).delete()
    lessons = [(made.deal, made.lesson) for made in standing(of_kind("lesson", None, alias))]
    if lessons:
        _note(alias, lessons, ((one.deal, one.raised, one.said) for one in reviews))


def note_lesson(alias: str, deal: str, lesson: Lesson) -> None:
    """Note which deals look like a lesson that was made of this one, by the reviews that are kept; of a dropped lesson,
    none."""
    AlikeRow.objects.using(alias).filter(lesson=lesson.lesson).delete()
    if not lesson.dropped:
        kept = ReviewRow.objects.using(alias).order_by().values_list("deal", "raised", "said")
        rows = kept.iterator(chunk_size=AT_ONCE)
        while some := list(islice(rows, AT_ONCE)):
            _note(alias, [(deal, lesson)], some)


def _note(alias: str, lessons: Sequence[tuple[str, Lesson]], reviews: Iterable[tuple[str, str, str]]) -> None:
    like = [
        (lesson.lesson, deal)
        for deal, raised, said in reviews
        for shown in (Showing(frozenset(raised.split()), frozenset(said.split())),)
        for of, lesson in lessons
        if deal != of and matches(lesson, shown)
    ]
    stands = DealRow.objects.using(alias).in_bulk({deal for _, deal in like})
    rows = [
        AlikeRow(lesson=lesson, deal=deal, status=at.status, ended=at.ended, touched=at.last_touch_at or NEVER)
        for lesson, deal in like
        if (at := stands.get(deal)) is not None
    ]
    AlikeRow.objects.using(alias).bulk_create(rows, batch_size=AT_ONCE)
