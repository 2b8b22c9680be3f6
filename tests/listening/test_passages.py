"""Passages: every word of a talk is read once, beside what was said before it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from premortem.listening.passages import CONTEXT, LONGEST, NOBODY, OWN, Tokens, passage, passages, tokens_of
from premortem.listening.windows import Window
from premortem.listening.wordpiece import WordPiece

VOCABULARY = WordPiece({"[UNK]": 100, "who": 7, "signs": 8, "?": 9, "dana": 10, ".": 11})

talks = st.lists(st.integers(1, OWN + 1), max_size=60).map(
    lambda sizes: [Tokens([number] * size, [(0, 1)] * size) for number, size in enumerate(sizes)]
)


def test_a_question_and_its_answer_stand_in_one_passage() -> None:
    talk = [Window(0, 0, 10, "seller", "Who signs?"), Window(1, 0, 5, "buyer", "Dana.")]
    (one,) = passages(tokens_of(talk, VOCABULARY))
    assert one.ids == [101, 2, 7, 8, 9, 1, 10, 11, 102]
    assert one.owners == [NOBODY, 0, 0, 0, 0, 1, 1, 1, NOBODY]
    assert one.tokens[0].places == [(0, 0), (0, 3), (4, 9), (9, 10)]


@given(talks)
def test_every_window_is_read_once_and_in_order(talk: list[Tokens]) -> None:
    read = [one.first + place for one in passages(talk) for place in range(one.known, len(one.tokens))]
    assert read == list(range(len(talk)))


@given(talks)
def test_passages_are_never_too_long_and_know_what_came_before(talk: list[Tokens]) -> None:
    for one in passages(talk):
        assert len(one.ids) == len(one.owners) <= LONGEST + 1
        assert sum(len(window.ids) for window in one.tokens[: one.known]) <= CONTEXT
        assert one == passage(one.first, one.known, talk[one.first : one.first + len(one.tokens)])


def test_a_long_talk_hears_the_end_of_what_was_read_before() -> None:
    talk = [Tokens([5] * 20, [(0, 1)] * 20) for _ in range(30)]
    assert [one.known for one in passages(talk)] == [0, 2, 2, 2]
