"""One call, counted, and the firm's medians over many."""

from __future__ import annotations

import pytest

from premortem.learning.calls import Call, areas_reached, calls
from premortem.learning.usual import ENOUGH_CALLS, ended_calls, middle, usual
from premortem.ledger.areas import AREAS, GROUNDS, area_of, kind_of
from premortem.ledger.claims import CLAIMS, TOPICS
from premortem.ledger.deal import Deal
from premortem.ledger.fold import deal_as_of
from tests.conversations import firm

TWO_AND_TWO = """
    deal: Harbour depot
    sellers: Ines Falk, Otto Brandt
    buyers: Tom Reed, Mara Finch
"""


def deal(story: str) -> Deal:
    ledger = firm(TWO_AND_TWO + story)
    return deal_as_of(ledger.store.read("Harbour depot"))


def only(story: str) -> Call:
    (call,) = calls(deal(story))
    return call


def test_every_topic_belongs_to_one_area_and_every_sign_is_a_claim_of_the_buyer() -> None:
    for topic in TOPICS:
        assert sum(topic in ground.topics for ground in GROUNDS.values()) == 1
    for ground in GROUNDS.values():
        assert ground.told_by <= CLAIMS.keys()
        assert all("buyer" in CLAIMS[claim].said_by for claim in ground.told_by)


def test_what_a_problem_costs_is_no_question_about_money() -> None:
    assert (area_of("impact"), area_of("budget"), area_of(None)) == ("use case", "money", None)
    assert [kind_of(topic) for topic in ("impact", "budget", "stakes", None, "astrology")] == [
        "technical",
        "decision",
        "decision",
        "other",
        "other",
    ]


def test_questions_on_the_decision_are_counted_apart_from_technical_ones() -> None:
    call = only("""
        2026-01-05 call
          Ines: How do you plan the shifts today? #use_case
          Tom: On paper, on a wall.
          Ines: What goes wrong with the wall? #pain
          Tom: Rain.
          Otto: Who signs this in the end? #authority
          Tom: Nobody. And how is the weather?
          Ines: Sunny. Can you see my screen?
    """)
    assert call.kinds() == {"technical": 2, "decision": 1, "other": 1}
    assert [one.follow_up for one in call.asked] == [False, True, False, False]
    ines, otto = dict.fromkeys(one.person for one in call.asked)
    assert call.kinds(ines) == {"technical": 2, "other": 1}
    assert call.kinds(otto) == {"decision": 1}


def test_an_area_is_asked_about_told_unasked_or_never_reached() -> None:
    call = only("""
        2026-01-05 call
          Ines: By when do you want this settled? #timing
          Tom: Soon. There is no money for it, mind. !budget_missing
          Ines: Our other customers have a board that decides. !success_criteria_stated
    """)
    assert call.areas == {
        "decision": "never",
        "people": "never",
        "timing": "asked",
        "money": "told",
        "use case": "never",
    }
    assert call.never_reached == ["decision", "people", "use case"]


def test_what_a_mail_tells_reaches_the_deal_and_not_the_call() -> None:
    view = deal("""
        2026-01-05 call
          Ines: By when do you want this settled? #timing
          Tom: Soon.
        2026-01-06 mail
          Tom: Dana has put twelve thousand aside. !budget_confirmed
    """)
    assert calls(view)[0].areas["money"] == "never"
    assert areas_reached(view)["money"] == "told"
    assert areas_reached(view)["people"] == "never"


def test_talk_of_a_voice_that_nobody_knows_is_nobodys() -> None:
    call = only("""
        2026-01-05 call
          Ines: *100
          Tom: *100
          Stranger: *200
    """)
    assert call.shares == pytest.approx({"seller": 0.25, "buyer": 0.25, "outside": 0.0, "unknown": 0.5})
    assert call.words == 200
    assert not call.tells


def test_a_call_in_which_only_strangers_speak_has_shares_all_the_same() -> None:
    call = only("""
        2026-01-05 call
          Stranger: *200
    """)
    assert call.shares["unknown"] == 1
    assert (call.asked, call.longest("seller"), call.tells) == ((), None, False)


def test_the_longest_stretch_is_in_seconds_where_the_file_has_times_and_else_in_words() -> None:
    lines = """
          Ines: *100
          Tom: *50
          Otto: *150
    """
    for head, by, length in (("timed call", "time", 60), ("call", "words", 150)):
        call = only(f"2026-01-05 {head}{lines}")
        longest = call.longest("seller")
        assert longest is not None
        assert call.by == by
        assert longest.longest_monologue == pytest.approx(length)


def test_who_answered_none_of_several_and_the_only_one_answers_all() -> None:
    call = only("""
        2026-01-05 call
          Ines: How do you plan the shifts today? #use_case
          Otto: Take your time.
          Tom: On paper.
          Mara: I see that differently.
    """)
    (unanswering,) = call.unanswering
    assert call.sides[unanswering] == "buyer"
    alone = only("""
        2026-01-05 call
          Ines: How do you plan the shifts today? #use_case
          Otto: I'll start.
          Tom: Hm.
    """)
    assert alone.unanswering == ()


def ended(won: int, lost: int, words: int = 100) -> list[tuple[bool, Call]]:
    """Calls of as many deals: in those won our side has a quarter of the talk, in those lost half of it."""
    found: list[tuple[bool, Call]] = []
    for number in range(won + lost):
        end, ours = ("won", words) if number < won else ("no_decision", words * 3)
        view = deal(f"""
            2026-01-05 call
              Ines: *{ours}
              Tom: *{words * 3}
            2026-02-01 {end}
        """)
        found += ended_calls(view, calls(view))
    return found


def test_from_twenty_ended_calls_on_there_are_medians_with_their_numbers() -> None:
    assert usual(ended(ENOUGH_CALLS - 1, 0)) == []
    share = next(one for one in usual(ended(12, 8)) if one.measure == "our_share")
    assert share.won is not None
    assert share.lost is not None
    assert (share.won.value, share.won.calls) == (0.25, 12)
    assert (share.lost.value, share.lost.calls) == (0.5, 8)


def test_a_firm_that_never_lost_has_no_median_of_lost_calls() -> None:
    figures = {one.measure: one for one in usual(ended(ENOUGH_CALLS, 0))}
    assert figures["our_share"].lost is None
    assert "our_longest_seconds" not in figures  # none of these files has times
    assert figures["our_longest_words"].won is not None


def test_a_call_counts_only_before_an_end_that_is_known_and_where_it_tells_something() -> None:
    assert ended(1, 1, words=10) == []
    for end in ("2026-01-01 won", "2026-02-01 unknown", "2026-02-01 open"):
        view = deal(f"2026-01-05 call\nInes: *200\nTom: *200\n{end}")
        assert ended_calls(view, calls(view)) == []


def test_a_median_of_nothing_is_none() -> None:
    assert middle([]) is None
    assert middle([None, None]) is None
    found = middle([1, None, 2])
    assert found is not None
    assert (found.value, found.calls) == (1.5, 2)


def test_every_area_is_told_of_in_an_empty_deal() -> None:
    assert areas_reached(deal("2026-02-01 won")) == dict.fromkeys(AREAS, "never")
