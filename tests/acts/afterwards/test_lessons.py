"""A deal is lost, a lesson is made of it, and the open deals that look the same light up; later its record is kept."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

import tests.records.models_loaded  # noqa: F401
from bench.dealing import made_up
from premortem.acts.afterwards.lessons import choices, drop, make
from premortem.acts.afterwards.lessons_shown import lessons, lights, of_deal
from premortem.acts.looking.reviewing import review_changed
from premortem.acts.looking.verify import verify_ledger
from premortem.acts.playbook import rules_of
from premortem.errors import Unknown
from premortem.ledger.entries import Entry, Lesson, Outcome
from premortem.ledger.lessons import Showing, matches
from premortem.records.opening import Ledger, open_ledger
from premortem.records.resembling import Resembling
from tests.telling import told

NOW = datetime(2026, 6, 20, 9, tzinfo=UTC)
STORY = """
deal: {name}
sellers: Ines
buyers: Tom
2026-01-05 call: Ines 70%, Tom 30%
  Tom {claim} {about} "{words}"
2026-01-19 call: Ines 60%, Tom 40%
2026-02-02 call: Ines 60%, Tom 40%
{end}
"""
UNMET = {"claim": "decision_maker_named", "about": "Dana", "words": "Dana signs"}
PAIN = {"claim": "pain_stated", "about": "", "words": "it freezes shut"}


def add(held: Ledger, deal: str, end: str = "", **said: str) -> None:
    story = STORY.format(name=deal, end=end, **said).replace("  Tom pain_stated  ", "  Tom pain_stated ")
    entries = [Entry(deal, one.at, one.learned, one.author, one.body) for one in told(story)]
    held.store.append(entries)
    held.reading.refresh(deal)


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Ledger]:
    opened = open_ledger(f"sqlite:///{tmp_path}/ledger.sqlite3")
    add(opened, "lost", "2026-03-01 lost to Brightline", **UNMET)
    add(opened, "alike", **UNMET)
    add(opened, "other", **PAIN)
    add(opened, "won-before", "2026-03-02 won", **UNMET)
    review_changed(opened)
    yield opened
    opened.close()


def a_lesson(held: Ledger) -> Lesson:
    on = date(2026, 2, 2)
    return make(
        held, rules_of(held), "lost", on, "Never met", "ines", NOW, ["economic_buyer_unmet"], unsaid=["wants_us"]
    )


def test_what_stood_on_a_day_can_be_chosen(held: Ledger) -> None:
    found = choices(held.store.read("lost"), date(2026, 2, 2))
    assert "economic_buyer_unmet" in {check for check, _ in found.findings}
    assert found.said == ["decision_maker_named"]
    assert "wants_us" in found.unsaid
    with pytest.raises(Unknown, match="nothing is known"):
        choices(held.store.read("lost"), date(2025, 1, 1))


def test_open_deals_that_look_the_same_light_up_at_once(held: Ledger) -> None:
    made = a_lesson(held)
    (watched,) = lessons(held, Resembling(held.alias)).lessons
    assert [one.deal for one in watched.alike] == ["alike"]
    assert watched.says == "1 open deal looks like this one did on 2026-02-02."
    assert (watched.lesson.title, watched.lesson.deal) == ("Never met", "lost")
    (light,), more = lights(held, Resembling(held.alias), 10)
    assert (light.deal.deal, [one.id for one in light.lessons], more) == ("alike", [made.lesson], 0)
    assert [one.id for one in of_deal(held, Resembling(held.alias), "alike")] == [made.lesson]
    assert of_deal(held, Resembling(held.alias), "other") == []
    assert not verify_ledger(held).breaks


def test_it_is_watched_from_then_on(held: Ledger) -> None:
    a_lesson(held)
    add(held, "later", **UNMET)
    review_changed(held)
    (watched,) = lessons(held, Resembling(held.alias)).lessons
    assert {one.deal for one in watched.alike} == {"alike", "later"}


def test_its_record_counts_deals_that_ended_since_apart_from_those_before(held: Ledger) -> None:
    a_lesson(held)
    after = Entry(
        "alike", datetime(2026, 7, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC), "user:x", Outcome("lost")
    )
    held.store.append([after])
    held.reading.refresh("alike")
    review_changed(held)
    (watched,) = lessons(held, Resembling(held.alias)).lessons
    assert (watched.since.lost.fired, watched.since.lost.of, watched.since.few) == (1, 1, True)
    assert (watched.since.won.of, watched.before.won.fired, watched.before.won.of) == (0, 1, 1)
    assert watched.before.lost.of == 0, "the deal that it was made of counts in neither"
    assert watched.since.lost.low is not None
    assert watched.since.lost.low < 0.5


def test_a_dropped_lesson_is_watched_no_longer_and_stays_in_the_ledger(held: Ledger) -> None:
    made = a_lesson(held)
    drop(held, "lost", made.lesson, "ines", NOW + timedelta(minutes=1))
    assert lessons(held, Resembling(held.alias)).lessons == []
    assert sum(isinstance(one.body, Lesson) for one in held.store.read("lost")) == 2
    with pytest.raises(Unknown, match="no lesson"):
        drop(held, "lost", made.lesson, "ines", NOW + timedelta(minutes=1))


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        ({}, "needs a pattern"),
        ({"findings": ["gone_quite"]}, "no check 'gone_quite'"),
        ({"claims": ["budget"]}, "no claim 'budget'"),
        ({"claims": ["wants_us"]}, "nobody had said 'wants_us'"),
        ({"unsaid": ["decision_maker_named"]}, "had been said"),
    ],
)
def test_what_did_not_hold_makes_no_lesson(held: Ledger, pattern: dict[str, list[str]], says: str) -> None:
    with pytest.raises(Unknown, match=says):
        make(held, rules_of(held), "lost", date(2026, 2, 2), "Never met", "ines", NOW, **pattern)  # type: ignore[arg-type]
    assert Resembling(held.alias).lessons() == []


def test_a_deal_that_goes_on_and_a_lesson_without_a_title_are_refused(held: Ledger) -> None:
    for deal, title, says in (("alike", "Never met", "goes on"), ("lost", "  ", "title"), ("nowhere", "x", "no deal")):
        with pytest.raises(Unknown, match=says):
            make(held, rules_of(held), deal, date(2026, 2, 2), title, "ines", NOW, ["economic_buyer_unmet"])


def test_what_the_database_noted_is_what_matches(tmp_path: Path) -> None:
    """Many made-up deals and patterns, half of them made after the deals were reviewed, half of them before."""
    held = open_ledger(f"sqlite:///{tmp_path}/many.sqlite3")
    for number in range(30):
        held.store.append(made_up(f"d-{number:02}", 60, random.Random(number)))
        held.reading.refresh(f"d-{number:02}")
    review_changed(held)
    kept = list(held.reviews.all())
    showing = {one.deal: Showing(frozenset(one.raised.split()), frozenset(one.said.split())) for one in kept}
    made = patterns(showing.values(), 60)
    after, before = made[::2], made[1::2]
    for lesson in after:
        held.store.append([Entry("d-00", NOW, NOW, "user:ines", lesson)])
        held.reviews.watch("d-00", lesson)
    assert noted(held) == alike(after, showing)
    held.store.append([Entry("d-00", NOW, NOW, "user:ines", lesson) for lesson in before])
    held.reviews.keep(kept)
    assert noted(held) == alike(made, showing)
    assert sum(map(len, noted(held).values())) > 20
    held.reviews.forget()
    assert noted(held) == {}
    held.close()


def patterns(showing: Collection[Showing], number: int) -> list[Lesson]:
    """Made-up lessons of what these deals show, each of one part at least."""
    chance = random.Random(5)
    raised = sorted({check for one in showing for check in one.raised})
    said = sorted({claim for one in showing for claim in one.said})
    parts = [
        [tuple(chance.sample(names, chance.choice((0, 1, 1, 2)))) for names in (raised, said, said)]
        for _ in range(number)
    ]
    return [Lesson(f"l-{n}", "0" * 64, *pattern) for n, pattern in enumerate(parts) if any(pattern)]  # type: ignore[arg-type]


def alike(made: Collection[Lesson], showing: dict[str, Showing]) -> dict[str, set[str]]:
    """By deal the lessons that it looks like; all of them were made of the first deal."""
    found = {deal: {one.lesson for one in made if matches(one, it)} for deal, it in showing.items() if deal != "d-00"}
    return {deal: lessons for deal, lessons in found.items() if lessons}


def noted(held: Ledger) -> dict[str, set[str]]:
    return Resembling(held.alias).of_deals([f"d-{number:02}" for number in range(30)])


def test_a_deal_that_goes_on_again_is_not_like_itself(held: Ledger) -> None:
    made = a_lesson(held)
    again = datetime(2026, 7, 1, tzinfo=UTC)
    held.store.append([Entry("lost", again, again, "user:x", Outcome("open"))])
    held.reading.refresh("lost")
    review_changed(held)
    (watched,) = lessons(held, Resembling(held.alias), made.lesson).lessons
    assert [one.deal for one in watched.alike] == ["alike"]
    assert of_deal(held, Resembling(held.alias), "lost") == []
