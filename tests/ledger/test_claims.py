"""The vocabulary of claims: 36 of them, each with who may say it."""

from __future__ import annotations

from typing import get_args

import pytest

from premortem.ledger.claims import CLAIMS, Claim, may_say


def test_there_are_36_claims_and_each_has_its_meaning() -> None:
    assert len(CLAIMS) == 36
    assert set(CLAIMS) == set(get_args(Claim))
    for claim, meaning in CLAIMS.items():
        assert claim == meaning.claim
        assert meaning.means.endswith(".")
        assert len(meaning.example.split()) >= 5


@pytest.mark.parametrize(
    ("claim", "side", "in_note", "allowed"),
    [
        ("pain_stated", "buyer", False, True),
        ("pain_stated", "seller", False, False),
        ("pain_stated", "seller", True, True),
        ("close_pushed", "buyer", False, False),
        ("close_pushed", "seller", True, True),
        ("discovery_question", "seller", False, True),
        ("discovery_question", "seller", True, False),
        ("discovery_question", "buyer", False, False),
        ("person_named", "seller", False, True),
        ("next_step_agreed", "buyer", False, True),
    ],
)
def test_who_may_say_what(claim: str, side: str, in_note: bool, allowed: bool) -> None:
    assert may_say(claim, side, in_note) is allowed


def test_a_word_that_is_no_claim_is_refused() -> None:
    with pytest.raises(KeyError):
        may_say("buying_signal", "buyer", False)
