"""Wording that blames is pointed out; what might as well be about a product or ourselves is left alone."""

from __future__ import annotations

from itertools import pairwise

import pytest

from premortem.learning.blame import NEXT_TIME, blaming

OURS = ("Ines Falk", "Tom Ek")


@pytest.mark.parametrize(
    "text",
    [
        "It was her fault that nobody asked.",
        "This was marketing's fault.",
        "Ines failed to ask who signs.",
        "Sales dropped the ball on the trial.",
        "We lost because presales never answered.",
        "Tom Ek should have called the board.",
        "If only the rep had asked.",
        "I blame sales for this.",
        "Marketing is to blame.",
        "He was just too lazy to write it down.",
        "Our weakest seller had this one.",
        "You always forget the follow-up.",
        "Ines’s mistake in the quote.",
    ],
)
def test_blame_is_pointed_out(text: str) -> None:
    (found,) = blaming(text, OURS)
    assert text[found.start : found.end] == found.words
    assert found.instead


@pytest.mark.parametrize(
    "text",
    [
        "We should have asked who signs.",
        "I failed to ask who signs.",
        "It was nobody's fault.",
        "The export failed to load and they never told us.",
        "Fault handling was missing from the trial.",
        "Stratoscale never answered either.",
        "The default export has no fault log.",
        "Nobody of ours had spoken with the board until April.",
        "The manager at the buyer's should have been met in March.",
        "Sales and marketing met too late.",
        "Ines asked on 3 March and got no answer.",
        "",
    ],
)
def test_what_is_no_blame_is_left_alone(text: str) -> None:
    assert blaming(text, OURS) == []


def test_a_name_counts_only_where_it_is_one_of_ours() -> None:
    assert blaming("Larkspur failed to sync.") == []
    assert blaming("Falk failed to sync.", OURS)[0].words == "Falk failed to"


def test_the_advice_names_no_guilt() -> None:
    for told in blaming("Ines should have asked. Tom botched the trial. Sales is to blame.", OURS):
        assert not any(name in told.why + told.instead for name in ("Ines", "Tom", "Sales"))
    assert blaming("Ines should have asked.", OURS)[0].instead == NEXT_TIME


def test_words_are_told_once_and_in_their_order() -> None:
    text = "It was his fault: he failed to ask because sales never asked."
    found = blaming(text)
    assert [one.words for one in found] == ["his fault", "he failed to", "because sales never"]
    assert all(one.end <= later.start for one, later in pairwise(found))
