"""Whose reason speaks of what, and whose speak of different things."""

from __future__ import annotations

import pytest

from premortem.checks.catalogue import checks
from premortem.learning import reasons
from premortem.learning.interview import OF_A_CAUSE, QUESTIONS


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        ("price", reasons.PRICE),
        ("the board overruled our contact", reasons.PEOPLE),
        ("two features were missing", reasons.PRODUCT),
        ("went with a larger provider", reasons.RIVAL),
        ("it was put on hold until next year", reasons.PRIORITY),
        ("they found us slow to answer", reasons.WORKING),
    ],
)
def test_plain_words_tell_what_a_reason_is_about(words: str, subject: str) -> None:
    assert subject in reasons.about(words)


def test_what_holds_no_such_word_is_about_nothing_we_can_tell() -> None:
    assert reasons.about("they went elsewhere, who knows") == ()


def test_reasons_that_share_no_subject_differ() -> None:
    seller, evidence = ("the seller", (reasons.PRICE,)), ("the evidence", (reasons.PEOPLE, reasons.PRODUCT))
    assert reasons.disagreements([seller, evidence]) == [
        "The seller speaks of price and budget, the evidence of the people who decide and the product and its fit."
    ]
    assert reasons.disagreements([seller, ("the buyer", (reasons.PRICE, reasons.RIVAL))]) == []
    assert reasons.disagreements([seller, ("the buyer", ())]) == []


def test_every_check_that_is_sorted_exists() -> None:
    assert set(reasons.SUBJECT_OF) <= set(checks())
    assert set(OF_A_CAUSE) <= set(checks())
    assert set(OF_A_CAUSE.values()) <= set(QUESTIONS)
