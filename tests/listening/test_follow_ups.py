"""Whether a question takes up what the buyer just said: short exchanges, and what comes of them."""

from __future__ import annotations

from datetime import date

import pytest

from premortem.ledger.contents import Conversation, Turn
from premortem.ledger.entries import Question
from premortem.listening.follow_ups import follows_up, with_follow_ups
from premortem.listening.questions import questions
from premortem.listening.scene import Scene, Someone

OURS = {"Ines": Someone("p-1", "seller", "Ines Falk"), "Otto": Someone("p-2", "seller", "Otto Brandt")}
THEIRS = {"Tom": Someone("p-3", "buyer", "Tom Reed"), "Mara": Someone("p-4", "buyer", "Mara Finch")}
PEOPLE = {one.id: one for one in (OURS | THEIRS).values()}


def asked(*lines: str, kind: str = "call") -> list[tuple[str, bool]]:
    """Every question of our side in a few lines, 'Ines: …', each with whether it follows up."""
    turns = tuple(Turn(line.partition(": ")[2], line.partition(": ")[0]) for line in lines)
    speakers = tuple((OURS | THEIRS)[turn.speaker].id if turn.speaker in OURS | THEIRS else None for turn in turns)
    talk = Conversation("mail" if kind == "mail" else "call", "story", turns)
    scene = Scene(talk, speakers, PEOPLE, frozenset(PEOPLE), date(2026, 1, 5))
    found = [
        Question(number, one.start, one.end, speakers[number])
        for number, turn in enumerate(turns)
        for one in questions(turn.text)
        if turn.speaker not in THEIRS
    ]
    return [(turns[one.turn].text[one.start : one.end], one.follow_up) for one in with_follow_ups(scene, found)]


def last(*lines: str) -> bool:
    return asked(*lines)[-1][1]


@pytest.mark.parametrize(
    ("tom", "ines"),
    [
        ("We get forty pallets back every week.", "How many of those come back broken?"),
        ("The night shift hates it.", "Why is that?"),
        ("We scan it and put it in the tray.", "Okay. And then what?"),
        ("We scan it and put it in the tray.", "and then what happens to it?"),
        ("We lost two customers over it.", "Ouch. What did that cost you?"),
        ("Two of the depots do it by hand.", "Which ones?"),
        ("Our finance director looks at all of it.", "Does she know about this?"),
        ("It's a bit of a swamp.", "How do you mean?"),
        ("The labels fall off in the freezer.", "Who notices that the labels are gone?"),
        ("The labels fall off in the freezer.", "In the freezer?"),
        ("It depends on the auditor.", "Tell me more about the auditor."),
        ("It has to go into the ERP.", "Who looks after the ERP?"),
        ("we write the crates on a whiteboard", "so who wipes the whiteboard"),
    ],
)
def test_a_question_that_takes_up_what_was_said(tom: str, ines: str) -> None:
    assert last("Ines: How does a day look?", f"Tom: {tom}", f"Ines: {ines}")


@pytest.mark.parametrize(
    ("tom", "ines"),
    [
        ("We get forty pallets back every week.", "And by when would you like this settled?"),
        ("The night shift hates it.", "Right. Is there money set aside for this?"),
        ("The labels fall off in the freezer.", "Does that make sense?"),
        ("The labels fall off in the freezer.", "How does that sound?"),
        ("The labels fall off in the freezer.", "Would that help you?"),
        ("I can send you the list of depots.", "Could you send me the list today?"),
        ("Ask our Tom, he knows the depots.", "Tom, who signs in the end?"),
        ("Good, thanks.", "And how are you?"),
        ("We lost two customers over it.", "Can you see my screen?"),
    ],
)
def test_a_question_that_goes_on_to_the_next_thing(tom: str, ines: str) -> None:
    assert not last("Ines: How does a day look?", f"Tom: {tom}", f"Ines: {ines}")


def test_that_means_ones_own_words_once_one_has_spoken_long_enough() -> None:
    ours = "We have a module for the whole return trip, with a scanner at the gate. What did that cost you?"
    assert not last("Tom: Fine, go ahead and show it.", f"Ines: {ours}")


def test_a_word_that_our_side_brought_in_is_taken_up_by_nobody() -> None:
    assert not last("Ines: We do scanners.", "Tom: Scanners, yes, I have heard.", "Ines: Who would hold the scanners?")


def test_what_was_said_long_ago_is_not_just_said() -> None:
    between = [f"{one}: Something else altogether was then told at length." for one in ("Ines", "Tom")] * 3
    assert not last("Tom: The labels fall off.", *between, "Ines: Who prints the labels?")
    assert last("Tom: The labels fall off.", "Ines: I see.", "Tom: It is a nuisance.", "Ines: Who prints the labels?")


def test_a_nod_between_parts_nothing_and_a_colleague_may_take_it_up() -> None:
    assert last("Tom: The night shift hates it.", "Ines: Mm, yeah.", "Otto: Why is that?")


def test_the_other_side_includes_a_voice_that_nobody_knows() -> None:
    assert last("Stranger: The labels fall off.", "Ines: Who prints the labels?")


def test_the_first_question_and_a_mail_follow_up_on_nothing() -> None:
    assert not last("Ines: Why is that?")
    assert asked("Tom: The labels fall off.", "Ines: Who prints the labels?", kind="mail") == [
        ("Who prints the labels?", False)
    ]
    assert not follows_up("", "Who prints the labels?", [], [])
