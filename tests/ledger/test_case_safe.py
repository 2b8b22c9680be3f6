"""Salesforce's ids in 15 and in 18 characters are one; what is none of them stays as it is."""

from __future__ import annotations

import pytest

from premortem.ledger.case_safe import case_safe, short

PAIRS = (
    ("a01M00000062mPg", "a01M00000062mPgIAI"),
    ("001M000000qfPyS", "001M000000qfPySIAU"),
    ("a0FE000000D6r3F", "a0FE000000D6r3FMAR"),
    ("0F9E000000092w2", "0F9E000000092w2KAA"),
    ("a0RE000000IJmcN", "a0RE000000IJmcNMAT"),
)


@pytest.mark.parametrize(("fifteen", "eighteen"), PAIRS)
def test_both_forms_are_one(fifteen: str, eighteen: str) -> None:
    assert case_safe(fifteen) == eighteen
    assert case_safe(eighteen) == eighteen
    assert short(eighteen) == fifteen


@pytest.mark.parametrize(("fifteen", "eighteen"), PAIRS)
def test_lost_case_comes_back_from_the_last_three(fifteen: str, eighteen: str) -> None:
    assert case_safe(eighteen.lower()) == eighteen
    assert case_safe(eighteen.upper()) == eighteen


@pytest.mark.parametrize("other", ["lark-01", "006000000000000012", "MaximilianRuizo", "", "001M000000qfPySIA", "42"])
def test_no_id_of_salesforce_stays_as_it_is(other: str) -> None:
    assert case_safe(other) == short(other) == other
