"""Names and words lie apart, and what was erased stays erased."""

from __future__ import annotations

import pytest

from premortem.ledger.contents import (
    ERASED,
    Card,
    Conversation,
    MemoryContents,
    Turn,
    card,
    conversation,
    fill,
    keep_card,
    keep_conversation,
    keep_text,
    text,
)


def test_words_and_names_come_back_as_they_were_kept() -> None:
    contents = MemoryContents()
    talk = Conversation("call", "webvtt", (Turn("Grüezi, 陳", "Łukasz", 0.5, 2.0),))
    assert conversation(contents, keep_conversation(contents, talk)) == talk
    dana = card(contents, keep_card(contents, Card("Dana", "CFO", ("dana@harbour.example",))))
    assert dana is not None
    assert (dana.name, dana.title, dana.called) == ("Dana", "CFO", "Dana")
    assert text(contents, keep_text(contents, "went with a local firm")) == "went with a local firm"


def test_two_cards_with_one_name_do_not_share_a_hash() -> None:
    contents = MemoryContents()
    assert keep_card(contents, Card("Dana")) != keep_card(contents, Card("Dana"))


def test_what_was_erased_stays_erased_though_its_file_comes_again() -> None:
    contents = MemoryContents()
    key = contents.keep(b"some words")
    contents.erase(key)
    assert contents.keep(b"some words") == key
    assert contents.get(key) is None
    note = keep_text(contents, "a reason")
    contents.erase(note)
    assert text(contents, note) == ERASED


def test_what_was_never_kept_is_an_error() -> None:
    with pytest.raises(KeyError):
        MemoryContents().get("0" * 64)
    with pytest.raises(KeyError):
        MemoryContents().erase("0" * 64)


def test_a_sentence_gets_its_names_only_when_it_is_shown() -> None:
    assert fill("{p-0a} signs; nobody met {p-0b}.", {"p-0a": "Dana"}) == "Dana signs; nobody met [erased]."
