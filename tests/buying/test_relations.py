"""Who of ours knows whoever signs, what each buyer did for it, and what a lunch was good for."""

from __future__ import annotations

from datetime import date

from premortem.buying.relations import bonds, ladder, lunches, met_elsewhere, ties
from premortem.ledger.entries import Milestone, OpenMatter
from tests.buying.entering import with_entered
from tests.telling import who

STORY = """
sellers: Ola, Ines
buyers: Petra (user_buyer), Ingrid (economic_buyer)
2026-01-12 call: Ola 40%, Petra 60%
  Petra introduction_agreed Ingrid "I will bring her along"
  Petra next_step_agreed =2026-01-20 "the twentieth then"
  Petra wants_us "I want it to be you"
2026-01-20 call: Ines 40%, Petra 20%, Ingrid 40%
  Petra will_fight "I told the board why we need this"
2026-01-21 mail Ola to Ingrid
"""


def test_a_mail_that_nobody_answered_is_no_talk() -> None:
    tie = ties(with_entered(STORY))[0]
    assert (tie.decider, tie.ours, tie.talks) == (who("Ingrid"), who("Ines"), 1)
    assert tie.last is not None
    assert tie.last.date() == date(2026, 1, 20)


def test_a_decider_whom_nobody_met_has_nobody_of_ours() -> None:
    tie = ties(with_entered(STORY.split("2026-01-20 call")[0]))[0]
    assert (tie.ours, tie.talks, tie.last) == (None, 0, None)


def test_each_rung_stands_on_what_was_done() -> None:
    petra, ingrid = ladder(with_entered(STORY))
    assert petra.person == who("Petra")
    assert [one.rung for one in petra.steps] == ["attended", "organised", "introduced", "argued for us"]
    assert petra.highest == 4
    assert [one.rung for one in ingrid.steps] == ["attended"]


def test_a_promise_to_introduce_is_no_introduction() -> None:
    petra = ladder(with_entered(STORY.split("2026-01-20 call")[0]))[0]
    assert petra.highest == 1
    assert [one.fact.person for one in petra.promised] == [who("Ingrid")]


def test_a_step_of_the_plan_that_they_did_is_organising() -> None:
    step = Milestone("room", "0" * 64, "buyer", owner=who("Ingrid"), done=date(2026, 2, 1))
    ingrid = next(one for one in ladder(with_entered(STORY, ("2026-02-01", step))) if one.person == who("Ingrid"))
    assert ingrid.highest == 2
    assert ingrid.steps[-1].steps == ("room",)


def test_the_missing_rapport_comes_with_its_question() -> None:
    personal, technical, business = bonds(with_entered(STORY))
    assert personal.there
    assert [one.fact.claim for one in personal.evidence] == ["wants_us", "will_fight"]
    assert not technical.there
    assert technical.ask is not None
    assert business.there
    assert business.evidence == ()


def test_a_lunch_is_measured_by_the_new_people_met_there() -> None:
    planned = OpenMatter("lunch-2026-01-20", "unknown", "0" * 64, "ola", "1" * 64, date(2026, 1, 20))
    held = OpenMatter("lunch-2026-01-20", "unknown", "0" * 64, "ola", "1" * 64, date(2026, 1, 20), date(2026, 1, 20))
    assert lunches(with_entered(STORY, ("2026-01-13", planned)))[0].met is None
    deal = with_entered(STORY, ("2026-01-13", planned), ("2026-01-22", held))
    assert lunches(deal)[0].met == (who("Ingrid"),)
    assert met_elsewhere(deal) == (1, 1)
