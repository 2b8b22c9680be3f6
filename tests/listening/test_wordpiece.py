"""Word pieces are those of the tokenizer that the encoder was taught with.

`wordpiece_expected.json` holds what the `tokenizers` library gives for odd texts with the same vocabulary.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from premortem.listening.claim_model import vocabulary_shipped

VOCABULARY = vocabulary_shipped()
EXPECTED = json.loads((Path(__file__).parent / "wordpiece_expected.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("one", EXPECTED, ids=[one["text"][:20].encode("unicode_escape").decode() for one in EXPECTED])
def test_odd_texts_are_cut_as_the_usual_tokenizer_cuts_them(one: dict[str, object]) -> None:
    found = VOCABULARY.cut(str(one["text"]))
    assert found.ids == one["ids"]
    assert [list(place) for place in found.places] == one["places"]


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_places_rise_and_lie_in_the_text(text: str) -> None:
    found = VOCABULARY.cut(text)
    assert len(found.ids) == len(found.places)
    assert all(0 <= start < end <= len(text) for start, end in found.places)
    assert [start for start, _ in found.places] == sorted(start for start, _ in found.places)


@given(st.text("abc xyz,.", max_size=80))
def test_case_changes_nothing(text: str) -> None:
    assert VOCABULARY.cut(text) == VOCABULARY.cut(text.upper())
