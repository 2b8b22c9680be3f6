"""Five questions to deals that ended, told as stories: yes, no, and unknown, each with its words or their absence."""

from __future__ import annotations

from premortem.checks.review import moment_of
from premortem.learning.ends import Answered, Ended, answered, apart, blind_days, causes, moved
from premortem.learning.why import ASKED, QUESTIONS, Answer, answers
from premortem.ledger.fold import deal_as_of
from premortem.ledger.norms import Norms
from tests.telling import told

EVERYTHING_KNOWN = """
deal: Mill
sellers: Ines
buyers: Tom, Dana
2026-01-05 call: Ines 40%, Tom 60%
  Tom use_case_described "we scan it and Jo copies it over"
  Tom decision_maker_named Dana "Dana signs that"
  Tom decision_process_described "it goes to the board on Thursday"
  Tom personal_stake "I get my Sundays back"
  Tom wants_us "I want you to win"
  Tom will_fight "I told them so"
2026-01-12 call: Ines 40%, Dana 60%
  Dana authority_claimed "I sign it"
2026-01-19 call: Ines 40%, Dana 30%, Tom 30%
2026-01-25 won
"""
NOBODY_SIGNS = """
deal: Depot
sellers: Ines
buyers: Tom
2026-01-05 call: Ines 60%, Tom 40%
2026-01-12 call: Ines 60%, Tom 40%
2026-01-19 call: Ines 60%, Tom 40%
2026-03-01 no_decision
"""
NEVER_MET = """
deal: Harbour
sellers: Ines
buyers: Tom
2026-01-05 call: Ines 60%, Tom 40%
  Tom decision_maker_named Dana "Dana signs"
  Tom use_case_described "we scan it"
2026-01-12 call: Ines 60%, Tom 40%
2026-01-19 call: Ines 60%, Tom 40%
  Tom fit_doubt "that is made for larger firms"
2026-03-01 lost to Brightline
"""


def answers_of(story: str) -> dict[str, Answer]:
    entries = told(story)
    return {one.question: one for one in answers(deal_as_of(entries, moment_of(entries)), Norms())}


def said(story: str) -> dict[str, str]:
    return {question: one.said for question, one in answers_of(story).items()}


def test_a_deal_in_which_all_was_known() -> None:
    assert said(EVERYTHING_KNOWN) == dict.fromkeys(QUESTIONS, "yes")


def test_where_nobody_knows_who_decides_nobody_can_say_whether_they_were_met() -> None:
    found = said(NOBODY_SIGNS)
    assert (found["reached"], found["relations"], found["fit"]) == ("unknown", "unknown", "unknown")
    assert (found["decides"], found["coach"]) == ("no", "no"), "not to know is an answer to whether we knew"


def test_a_no_shows_the_words_that_it_rests_on() -> None:
    found = answers_of(NEVER_MET)
    assert (found["reached"].said, found["fit"].said, found["relations"].said) == ("no", "no", "no")
    assert found["reached"].quotes
    assert found["reached"].quotes[0].touch == "2026-01-05-call"
    assert found["fit"].quotes[0].touch == "2026-01-19-call"


def test_before_anything_was_heard_every_answer_is_unknown() -> None:
    found = answers_of(
        "deal: Bay\nsellers: Ines\nbuyers: Tom\n2026-01-05 stage Proposal\n2026-02-01 lost to Frostgate\n"
    )
    assert {one.said for one in found.values()} == {"unknown"}
    assert list(found) == list(ASKED)


def an_end(status: str, letters: str, *factors: str, **blind: int) -> Ended:
    return Ended("d", status, letters, factors, blind)


def test_shares_are_of_the_deals_in_which_the_answer_is_known() -> None:
    deals = [an_end("won", "ynnnn"), an_end("won", "nnnnn"), an_end("won", "unnnn")]
    found = answered(deals, "reached")
    assert (found.yes, found.no, found.unknown, found.known, found.few) == (1, 1, 1, 2, True)
    assert found.share is not None
    assert found.share.low < 0.5 < found.share.high
    assert answered([], "coach").share is None


def test_a_difference_tells_only_where_it_is_no_chance() -> None:
    assert moved(apart(Answered(3, 1, 0), Answered(1, 3, 0))) == "can't tell", "3 of 4 against 1 of 4 are few"
    assert moved(apart(Answered(80, 20, 0), Answered(20, 80, 0))) == "better"
    assert moved(apart(Answered(20, 80, 0), Answered(80, 20, 0))) == "worse"
    assert moved(apart(Answered(20, 80, 0), Answered(0, 0, 9))) == "can't tell"


def test_causes_are_counted_by_who_comes_first() -> None:
    deals = [
        an_end("lost", "nnnnn", "gone_quiet", "no_coach"),
        an_end("lost", "nnnnn", "no_coach"),
        an_end("lost", "n"),
    ]
    assert causes(deals) == [("no_coach", 1, 2), ("gone_quiet", 1, 1)]


def test_days_blind_by_kind() -> None:
    first, second = blind_days(
        [an_end("lost", "n", a=0, b=40), an_end("lost", "n", a=10, b=60), an_end("lost", "n", a=2)]
    )
    assert (first.check, first.deals, first.median, first.most, first.at_once) == ("b", 2, 50.0, 60, 0)
    assert (second.check, second.median, second.at_once) == ("a", 2.0, 1)
