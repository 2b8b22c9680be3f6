"""Windows: what a learned reader sees of a touch, cut so that nothing is lost and every place can be found again."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from premortem.ledger.contents import Conversation, Turn
from premortem.listening.scene import Scene, Someone
from premortem.listening.windows import LONGEST, windows

PEOPLE = {"p-1": Someone("p-1", "seller", "Ines"), "p-2": Someone("p-2", "buyer", "Tom")}


def scene(*turns: tuple[str, str | None], kind: str = "call") -> Scene:
    talk = Conversation(kind, "test", tuple(Turn(text) for text, _ in turns))  # type: ignore[arg-type]
    return Scene(talk, tuple(speaker for _, speaker in turns), PEOPLE, frozenset(), date(2026, 1, 5))


def test_a_turn_is_a_window_that_knows_who_speaks() -> None:
    found = windows(scene(("Who signs? You?", "p-1"), ("No. That's Dana.", "p-2"), ("Right.", None)))
    assert [(one.mark, one.text) for one in found] == [
        ("seller", "Who signs? You?"),
        ("buyer", "No. That's Dana."),
        ("buyer", "Right."),
    ]


def test_in_a_note_each_sentence_is_a_window() -> None:
    found = windows(scene(("Rang Tom. He has no budget.\n- Call on Tuesday", "p-1"), kind="note"))
    assert [one.text for one in found] == ["Rang Tom.", "He has no budget.", "Call on Tuesday"]
    assert {one.mark for one in found} == {"note"}


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=400) | st.lists(
    st.sampled_from(["budget", "signs", "Dana", "then", "it's", "no.", "why?"]), max_size=300
).map(" ".join)


@given(st.lists(texts, max_size=5), st.sampled_from(["call", "mail", "note"]))
def test_windows_hold_every_word_once_and_in_its_place(said: list[str], kind: str) -> None:
    talk = scene(*((text, "p-2") for text in said), kind=kind)
    found = windows(talk)
    for one in found:
        assert one.text == said[one.turn][one.start : one.end]
        assert len(one.text.split()) <= LONGEST + 1
    for turn, text in enumerate(said):
        pieces = [(one.start, one.end) for one in found if one.turn == turn]
        assert pieces == sorted(pieces)
        assert all(first[1] <= second[0] for first, second in pairwise(pieces))
        kept = "".join(text[start:end] for start, end in pieces)
        assert [letter for letter in kept if letter.isalpha()] == [letter for letter in text if letter.isalpha()]
