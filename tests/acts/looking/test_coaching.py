"""Coaching: conversations told in words, with names, and never a word that ranks anybody."""

from __future__ import annotations

import re

import msgspec
import pytest

from premortem.acts.looking.coaching import coach_deal
from premortem.acts.looking.coaching_over_time import coach_person
from premortem.errors import Unknown
from premortem.ledger.contents import MemoryLedger
from tests.conversations import firm

CAST = """
    sellers: Ines Falk, Otto Brandt
    buyers: Tom Reed, Mara Finch
"""

HARBOUR = f"""
    deal: Harbour depot
    {CAST}
    2026-01-05 timed call; Mara listed
      Ines: How do you plan the shifts today? #use_case
      Tom: On a whiteboard, and the night crew wipes it. *60
      Ines: Who else uses the whiteboard? #use_case
      Tom: Everybody. *40
      Ines: *90
    2026-01-19 call
      Otto: Who signs this in the end? #authority
      Tom: Dana. !decision_maker_named
      Ines: And Mara, what is your worry? #risk
      Tom: She has none.
      Mara: *80
      Ines: *80
"""

QUIET = f"""
    deal: Quiet mill
    {CAST}
    2026-02-02 call
      Ines: *100
      Tom: *100
      Mara: *10
    2026-02-09 call
      Ines: *100
      Tom: *100
      Mara: *10
"""


def lost(number: int) -> str:
    return f"""
        deal: Gone {number:02d}
        {CAST}
        2026-01-05 timed call
          Otto: *90
          Tom: *90
        2026-02-01 {"won" if number % 2 else "lost"}
    """


def test_a_call_is_told_with_names() -> None:
    first, second = coach_deal(firm(HARBOUR), "Harbour depot").calls
    assert (first.on, first.by, first.remarks) == ("2026-01-05", "time", [])
    assert first.questions.all == first.questions.technical == 2
    assert first.questions.follow_ups == 1
    assert first.never_reached == ["decision", "people", "timing", "money"]
    assert first.our_longest is not None
    assert (first.our_longest.speaker, first.our_longest.unit) == ("Ines Falk", "seconds")
    assert first.our_longest.length == pytest.approx(36)
    assert first.asked_nothing == ["Mara Finch"]
    assert second.remarks == ["This file has no times: talk is counted in words."]
    assert second.our_longest is not None
    assert second.our_longest.unit == "words"


def test_whoever_a_question_names_was_asked_though_somebody_else_answers() -> None:
    second = coach_deal(firm(HARBOUR), "Harbour depot").calls[1]
    assert second.asked_nothing == []


def test_what_all_calls_together_tell() -> None:
    document = coach_deal(firm(HARBOUR), "Harbour depot")
    assert document.says == [
        "Our side did not ask, in any of the 2 calls, about: timing, money.",
    ]
    assert document.never_reached == ["timing", "money"]


def test_what_the_buyer_tells_unasked_is_said_so() -> None:
    story = f"deal: Told\n{CAST}\n2026-01-05 call\n  Tom: Dana signs it. !decision_maker_named\n  Ines: Oh."
    document = coach_deal(firm(story), "Told")
    assert document.says == [
        "Our side did not ask, in this call, about: the decision, people (the buyer told of it in 1), timing, money, "
        "the use case."
    ]


def test_somebody_who_was_there_again_and_again_and_asked_nothing() -> None:
    document = coach_deal(firm(QUIET), "Quiet mill")
    assert "Mara Finch was there in 2 calls and was asked nothing." in document.says
    assert "No question of ours was heard in this call." in document.calls[0].remarks


def test_below_twenty_ended_calls_other_firms_figures_are_named_as_theirs() -> None:
    beside = coach_deal(firm(HARBOUR, *(lost(n) for n in range(19))), "Harbour depot").yardsticks
    assert (beside.ended_calls, beside.needed, beside.own) == (19, 20, [])
    assert "19 calls with an outcome" in beside.says
    assert beside.others
    assert all(one.source.startswith("published, other firms: ") for one in beside.others)


def test_from_twenty_on_the_firms_own_medians_stand_there_alone() -> None:
    beside = coach_deal(firm(HARBOUR, *(lost(n) for n in range(21))), "Harbour depot").yardsticks
    assert (beside.ended_calls, beside.others) == (21, [])
    share = next(one for one in beside.own if one.measure == "our_share")
    assert share.won is not None
    assert share.lost is not None
    assert (share.won.calls, share.lost.calls) == (10, 11)
    assert share.lost.value == pytest.approx(0.5)
    assert "10 in deals that were won, 11 in deals that were not" in beside.says


def test_one_of_us_over_time_by_call_and_by_month() -> None:
    document = coach_person(firm(HARBOUR, QUIET, *(lost(n) for n in range(3))), "ines")
    assert document.person == "Ines Falk"
    assert [(one.call.on, one.deal, one.asked_about) for one in document.calls] == [
        ("2026-01-05", "Harbour depot", ["use case"]),
        ("2026-01-19", "Harbour depot", ["decision"]),
        ("2026-02-02", "Quiet mill", []),
        ("2026-02-09", "Quiet mill", []),
    ]
    january, february = document.months
    assert (january.month, january.calls, january.asked_about["use case"]) == ("2026-01", 2, 1)
    assert january.questions is not None
    assert (january.questions.value, january.questions.calls) == (1.5, 2)
    assert january.longest_seconds is not None
    assert january.longest_words is not None
    assert (january.longest_seconds.calls, january.longest_words.calls) == (1, 1)
    assert february.longest_seconds is None
    assert document.says == [
        "Ines Falk asked nobody about the decision in 3 of 4 calls.",
        "Ines Falk asked nobody about people in 4 of 4 calls (a colleague did in 1).",
        "Ines Falk asked nobody about timing in 4 of 4 calls.",
        "Ines Falk asked nobody about money in 4 of 4 calls.",
        "Ines Falk asked nobody about the use case in 3 of 4 calls.",
    ]


def test_nobody_elses_calls_and_no_rank_stand_beside_ones_own() -> None:
    document = coach_person(firm(HARBOUR, QUIET, *(lost(n) for n in range(25))), "Ines Falk")
    assert {one.deal for one in document.calls} == {"Harbour depot", "Quiet mill"}
    told = " ".join([*document.says, document.yardsticks.says])
    assert not re.search(r"\b(rank|score|best|worst|better|worse|should|must|failed|poor|weak|team average)\b", told)
    assert "rank" not in msgspec.json.encode(document).decode()


def test_who_is_meant_must_be_clear() -> None:
    ledger = firm(HARBOUR, "deal: Other\nsellers: Ines Moor\nbuyers: Bo Hill\n2026-01-01 won")
    assert coach_person(ledger, "Ines.Moor@x.example").person == "Ines Moor"
    assert coach_person(ledger, "ines falk").person == "Ines Falk"
    with pytest.raises(Unknown, match=r"several of our people are called 'Ines'. Say which: Ines Falk, Ines Moor"):
        coach_person(ledger, "Ines")
    with pytest.raises(Unknown, match=r"nobody on our side is called 'Tom Reed'. There are: Ines Falk, "):
        coach_person(ledger, "Tom Reed")


def test_one_of_us_who_never_spoke_in_a_call() -> None:
    document = coach_person(firm("deal: Other\nsellers: Ines Moor\nbuyers: Bo Hill\n2026-01-01 won"), "Ines")
    assert (document.calls, document.months) == ([], [])
    assert document.says == ["Ines Moor has spoken in no call of this ledger yet."]


def test_an_empty_ledger() -> None:
    with pytest.raises(Unknown, match="there is no deal 'harbour' in the ledger"):
        coach_deal(MemoryLedger(), "harbour")
    with pytest.raises(Unknown, match="Nobody of our side is known in this ledger yet"):
        coach_person(MemoryLedger(), "Ines")


def test_a_deal_without_calls_says_so_and_why() -> None:
    empty = coach_deal(firm(f"deal: Bare\n{CAST}"), "Bare")
    assert (empty.calls, empty.says) == ([], ["There is no call, mail or note in this deal yet."])
    mails = coach_deal(firm(f"deal: Bare\n{CAST}\n2026-01-05 mail\n  Ines: Who signs this? #authority"), "Bare")
    assert (mails.calls, mails.mails, mails.notes) == ([], 1, 0)
    assert mails.says == [
        "There is no call in this deal yet: talk is measured in calls, and mails and notes have none."
    ]
    assert "people" not in mails.never_reached


def test_voices_that_nobody_knows_are_told_as_such() -> None:
    story = f"deal: Fog\n{CAST}\n2026-01-05 call\n  Ines: *100\n  Tom: *100\n  Someone: *200"
    (call,) = coach_deal(firm(story), "Fog").calls
    assert call.unknown_share == pytest.approx(0.5)
    assert any("50% of the talk is of voices whose side nobody knows" in remark for remark in call.remarks)


def test_a_call_without_a_word_and_one_of_a_few() -> None:
    silent = coach_deal(firm(f"deal: Fog\n{CAST}\n2026-01-05 call; Tom listed"), "Fog").calls[0]
    assert (silent.by, silent.our_share) == (None, None)
    assert silent.remarks == ["Nobody's words are in this file, so there is nothing to measure."]
    short = coach_deal(firm(f"deal: Fog\n{CAST}\n2026-01-05 call\n  Ines: Hello.\n  Tom: Hello."), "Fog").calls[0]
    assert "Hardly a minute of words: its shares tell nothing." in short.remarks
