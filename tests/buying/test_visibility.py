"""What is open has an owner, a way and a date; whom to ask is drawn by lot, and the month alone decides."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

from premortem.buying.visibility import drawn, known_of, lacking, matters, month_of
from premortem.ledger.entries import Entry, OpenMatter
from tests.buying.entering import with_entered

TODAY = date(2026, 11, 22)
CONTACTS = [(f"deal-{number % 40}", f"p-{number}") for number in range(100)]


def entry(body: OpenMatter, day: int) -> Entry:
    at = datetime(2026, 11, day, tzinfo=UTC)
    return Entry("bay-1", at, at, "user:ola", body)


def test_the_overdue_come_first_and_what_is_settled_last() -> None:
    due = TODAY - timedelta(3)
    told = [
        entry(OpenMatter("later", "assumption", "a" * 64, "ola", "b" * 64, TODAY + timedelta(30)), 1),
        entry(OpenMatter("late", "unknown", "c" * 64, "ola", "d" * 64, due), 1),
        entry(OpenMatter("done", "unknown", "e" * 64, "ola", "f" * 64, due), 1),
        entry(OpenMatter("done", "unknown", "9" * 64, "ola", "f" * 64, due, date(2026, 11, 5)), 5),
        entry(OpenMatter("gone", "unknown", "8" * 64, "ola", "f" * 64, due), 1),
        entry(OpenMatter("gone", "unknown", "8" * 64, "ola", "f" * 64, due, dropped=True), 6),
    ]
    found = matters(told, TODAY)
    assert [(one.matter.matter, one.standing, one.late) for one in found] == [
        ("late", "overdue", 3),
        ("later", "open", 0),
        ("done", "settled", 0),
    ]
    assert (found[-1].asked, found[-1].answer) == ("e" * 64, "9" * 64)


def test_a_matter_says_what_it_lacks() -> None:
    assert lacking(OpenMatter("m", "unknown", "a" * 64)) == ["an owner", "a way", "a date"]
    assert lacking(OpenMatter("m", "unknown", "a" * 64, "ola", "b" * 64, TODAY)) == []


def test_a_draw_is_the_same_all_month_and_another_the_next() -> None:
    november = drawn(CONTACTS, month_of(TODAY))
    assert november == drawn(list(reversed(CONTACTS)), "2026-11")
    assert len(set(november)) == 10
    assert november != drawn(CONTACTS, "2026-12")


def test_somebody_new_moves_at_most_one_place() -> None:
    before = drawn(CONTACTS, "2026-11")
    after = drawn([*CONTACTS, ("deal-x", "p-new")], "2026-11")
    assert len(set(before) - set(after)) <= 1


def test_everybody_has_about_the_same_chance() -> None:
    months = [f"{year}-{month:02d}" for year in range(1950, 2050) for month in range(1, 13)]
    times = Counter(one for month in months for one in drawn(CONTACTS, month))
    assert len(times) == 100
    assert min(times.values()) > 80  # 120 is expected of each, ten and a half the standard deviation
    assert max(times.values()) < 165


def test_one_voice_is_told_apart_from_two() -> None:
    story = """
sellers: Ola
buyers: Petra, Rune
2026-01-12 call: Ola 40%, Petra 30%, Rune 30%
  Petra delay_stated "everything is frozen until the summer"
  Petra compelling_event "the law changes in March"
  Rune compelling_event "from March on we need it"
"""
    found = {one.subject.key: one for one in known_of(with_entered(story))}
    assert found["health"].one_voice
    assert len(found["market"].people) == 2
    assert found["work"].facts == ()
