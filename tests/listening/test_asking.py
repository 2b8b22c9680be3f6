"""What a touch asks: questions in a call, in a mail requests as well, in a note nothing."""

from __future__ import annotations

from datetime import date

from premortem.ledger.contents import Conversation, Turn
from premortem.ledger.entries import TouchKind
from premortem.listening.asking import asked_in
from premortem.listening.scene import Scene, Someone

PEOPLE = {"p-1": Someone("p-1", "buyer", "Imke Raatz")}


def asked(kind: TouchKind, text: str) -> list[str]:
    talk = Conversation(kind, "test", (Turn(text),))
    scene = Scene(talk, ("p-1",), PEOPLE, frozenset({"p-1"}), date(2026, 3, 18))
    return [text[one.start : one.end] for _, one in asked_in(scene)]


def test_a_mail_asks_without_a_question_mark() -> None:
    text = "Thanks for Tuesday. Could you send me the price list by Friday. It was good to meet Obi."
    assert asked("mail", text) == ["Could you send me the price list by Friday."]


def test_a_call_asks_and_a_note_does_not() -> None:
    assert asked("call", "Who signs? I have no idea.") == ["Who signs?"]
    assert asked("note", "Who signs? I have no idea.") == []
