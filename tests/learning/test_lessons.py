"""A deal was lost; what it looked like on a day is a pattern, and another deal shows all of it or is not alike."""

from __future__ import annotations

from datetime import UTC, date, datetime

from premortem.checks.review import review
from premortem.learning.lessons import showing
from premortem.ledger.entries import Entry, Lesson
from premortem.ledger.fold import end_of
from premortem.ledger.lessons import Showing, matches, not_shown, standing
from tests.telling import told

LOST = """
deal: Harbour depot
sellers: Ines
buyers: Tom
2026-01-05 call: Ines 70%, Tom 30%
  Tom decision_maker_named Dana "Dana signs"
  Tom price_objection "that is dear"
2026-01-19 call: Ines 60%, Tom 40%
2026-02-02 call: Ines 60%, Tom 40%
2026-03-01 lost to Brightline
"""


def a_lesson(*findings: str, claims: tuple[str, ...] = (), unsaid: tuple[str, ...] = ()) -> Lesson:
    return Lesson("l-1", "0" * 64, findings, claims, unsaid, date(2026, 2, 2))  # type: ignore[arg-type]


def test_a_deal_looks_like_itself_on_the_day_of_which_the_lesson_is_made() -> None:
    then = review(told(LOST), end_of(date(2026, 2, 2)))
    lesson = a_lesson("economic_buyer_unmet", claims=("price_objection",), unsaid=("budget_confirmed",))
    assert matches(lesson, showing(then))
    assert not_shown(lesson, showing(then)) == []


def test_all_of_a_pattern_has_to_hold() -> None:
    alike = Showing(frozenset({"gone_quiet", "no_coach"}), frozenset({"price_objection"}))
    assert matches(a_lesson("gone_quiet"), alike)
    assert not matches(a_lesson("gone_quiet", "single_threaded"), alike)
    assert not matches(a_lesson("gone_quiet", claims=("wants_us",)), alike)
    assert not matches(a_lesson("gone_quiet", unsaid=("price_objection",)), alike)
    assert not_shown(a_lesson("single_threaded", unsaid=("price_objection",)), alike) == [
        "the finding 'single_threaded' did not stand",
        "'price_objection' had been said",
    ]


def test_an_empty_pattern_is_like_nothing() -> None:
    assert not matches(a_lesson(), Showing(frozenset({"gone_quiet"}), frozenset()))


def test_what_a_reader_hardly_believes_was_not_said() -> None:
    entries = told(LOST)
    assert "price_objection" in showing(review(entries)).said
    assert "budget_confirmed" in showing(review(entries)).unsaid


def test_the_newest_word_on_a_lesson_counts_and_a_dropped_one_is_gone() -> None:
    def at(day: int, lesson: Lesson) -> Entry:
        moment = datetime(2026, 4, day, tzinfo=UTC)
        return Entry("a", moment, moment, "user:ines", lesson)

    first, again = a_lesson("gone_quiet"), a_lesson("no_coach")
    (made,) = standing([at(2, again), at(1, first)])
    assert made.lesson.findings == ("no_coach",)
    assert made.first.learned.day == 1, "it is watched since it was first made"
    dropped = Lesson("l-1", "0" * 64, dropped=True)
    assert standing([at(1, first), at(3, dropped)]) == []
