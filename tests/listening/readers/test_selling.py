"""Not every call sells something."""

from __future__ import annotations

from datetime import date

from premortem.ledger.contents import Conversation, Turn
from premortem.listening.readers._selling import nobody_sells
from premortem.listening.scene import Scene
from tests.listening.readers.story import call

STAND_UP = (
    "Okay so the parser change is merged, and the fuzzer has been running on it since last night.",
    "It found one crash in the old branch, I have a fix for that, it only needs a review.",
    "I can look after lunch. The other thing is the release notes, they are half done.",
    "Right. Then we go through the open pull requests, there are eleven left in the list.",
)


def of_nobody_known(*said: str) -> Scene:
    talk = Conversation("call", "vtt", tuple(Turn(text) for text in said))
    return Scene(talk, (None,) * len(said), {}, frozenset(), date(2026, 3, 18))


def test_a_stand_up_of_engineers_sells_nothing() -> None:
    assert nobody_sells(of_nobody_known(*STAND_UP))


def test_a_sellers_questions_are_heard_though_nobody_is_known() -> None:
    assert not nobody_sells(
        of_nobody_known(
            "Who has to sign it off in the end, on your side?",
            "That would be our finance director, Ruta.",
            "And is there a budget for it this year already?",
            "There's forty thousand in the fleet budget.",
        )
    )


def test_where_sides_are_known_the_deal_is_talked_about() -> None:
    assert not nobody_sells(call(*(f"I: {said}" for said in STAND_UP)))
