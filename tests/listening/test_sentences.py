"""Where sentences end, and the shortest quote around a word."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from premortem.listening.sentences import opens_sentence, quote, sentences, words_in


def test_titles_initials_and_abbreviations_end_no_sentence() -> None:
    said = "I asked Dr. Okoye and J. Berg. They cost 6.8 a day, e.g. on Mondays! Really?"
    assert [one.text for one in sentences(said)] == [
        "I asked Dr. Okoye and J. Berg.",
        "They cost 6.8 a day, e.g. on Mondays!",
        "Really?",
    ]
    assert [one.asks for one in sentences(said)] == [False, False, True]


def test_lines_and_bullets_of_a_note_are_sentences() -> None:
    assert [one.text for one in sentences("Rang her\n- no date yet\n2) will mail")] == [
        "Rang her",
        "no date yet",
        "will mail",
    ]


def test_a_quote_is_the_clause_around_the_words() -> None:
    said = "Well, it rained, but the contract is signed by Ruta, and then we had soup."
    at = said.index("signed")
    start, end = quote(said, at, at + 6)
    assert said[start:end] == "but the contract is signed by Ruta"


def test_a_clause_too_short_to_stand_alone_takes_its_neighbour() -> None:
    start, end = quote("Yes, she does, every time.", 5, 8)
    assert words_in("Yes, she does, every time."[start:end]) >= 3


def test_a_run_without_a_stop_is_cut_to_forty_words_around_the_match() -> None:
    said = " ".join(f"word{n}" for n in range(100)) + " signs"
    start, end = quote(said, len(said) - 5, len(said))
    assert words_in(said[start:end]) == 40
    assert said[start:end].endswith("signs")


@given(st.text(), st.data())
def test_sentences_are_stretches_of_the_text_in_order(text: str, data: st.DataObject) -> None:
    found = sentences(text)
    assert all(text[one.start : one.end] == one.text for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    if found:
        one = data.draw(st.sampled_from(found))
        start, end = quote(text, one.start, one.end)
        assert 0 <= start < end <= len(text)
        assert words_in(text[start:end]) <= 40


def test_a_sentence_opens_at_a_stop_or_a_new_line() -> None:
    text = "He came. She left\n- Then Ruta"
    assert [opens_sentence(text, text.index(word)) for word in ("He", "She", "left", "Then", "Ruta")] == [
        True,
        True,
        False,
        True,
        False,
    ]


def test_a_quote_in_a_long_text_is_the_same_as_in_a_short_one() -> None:
    said = "the board signs in June, says Ruta"
    short, long = f"Well. {said}.", "It rained. " * 400 + said + "." + " It rained." * 400
    for text in (short, long):
        at = text.index("signs")
        start, end = quote(text, at, at + 5)
        assert text[start:end] == "the board signs in June"
