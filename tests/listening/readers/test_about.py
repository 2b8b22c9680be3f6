"""Whom 'he', 'she' and 'my boss' mean."""

from __future__ import annotations

from premortem.listening.readers._about import Spoken
from premortem.listening.readers._people import Mention, titles_told
from premortem.listening.scene import Named, Scene
from tests.listening.readers.story import call


def meant_by(scene: Scene, pronoun: str) -> Mention | None:
    turn = len(scene.turns) - 1
    start = scene.turns[turn].text.index(pronoun)
    return Spoken(scene).meant(turn, start, start + len(pronoun))


def test_she_is_whoever_was_named_last() -> None:
    one = meant_by(call("I: I'd run it past Ruta first.", "O: Sure.", "I: And then she signs it."), "she signs")
    assert one is not None
    assert one.person == "p-3"


def test_she_may_be_a_stranger_who_was_just_named() -> None:
    one = meant_by(
        call("I: Then there's Bettina Kraal, our controller.", "I: Nothing passes unless she likes it."), "she"
    )
    assert one is not None
    assert one.named == Named("Bettina Kraal", "controller")


def test_of_two_named_in_one_breath_neither_is_taken() -> None:
    scene = call("I: It was Ruta and Bettina who looked at it.", "I: In the end she will sign.")
    assert meant_by(scene, "she") is None


def test_whoever_was_named_long_ago_is_not_meant() -> None:
    talk = ["I: I'd run it past Ruta.", *("O: Right.", "I: Yes.") * 3, "I: He signs."]
    assert meant_by(call(*talk), "He") is None


def test_titles_are_told_of_the_buyers_people_alone() -> None:
    told = list(
        titles_told(call("I: You need Jarek in IT.", "O: Our engineer Bea can talk to them.", "I: I run the yard."))
    )
    assert (Named("Jarek", "IT"), "IT") in told
    assert ("p-1", "run the yard") in told
    assert len(told) == 2
