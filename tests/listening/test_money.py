"""Amounts as people say them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from premortem.listening.money import amounts, spoken_number


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("£35,000", "35000 GBP"),
        ("€48k", "48000 EUR"),
        ("R960 000 it was", "960000 ZAR"),
        ("CHF 146'000", "146000 CHF"),
        ("181.000 EUR", "181000 EUR"),
        ("11 grand", "11000"),
        ("sixty thousand euros", "60000 EUR"),
        ("a hundred and ten grand", "110000"),
        ("one point six million", "1600000"),
        ("1.2m", "1200000"),
        ("three lakh rupees", "300000 INR"),
        ("fifty k", "50000"),
    ],
)
def test_an_amount(said: str, value: str) -> None:
    (found,) = amounts(said)
    assert found.value == value


@pytest.mark.parametrize(
    "said", ["two days", "in 2026", "four hundred people", "15 m of cable", "sixty percent", "one"]
)
def test_what_is_no_money(said: str) -> None:
    assert amounts(said) == []


def test_bare_numbers_count_only_when_asked_for() -> None:
    assert [one.value for one in amounts("they put sixty in", bare=True)] == ["60"]


def test_numbers_in_words() -> None:
    assert spoken_number("two hundred and ten") == 210
    assert spoken_number("forty-one thousand") == 41000
    assert spoken_number("one point two") == 1.2
    assert spoken_number("magnets") is None


@given(st.text("0123456789 €$k.,'thousand grand"))
def test_whatever_is_said_spans_lie_in_the_text(text: str) -> None:
    for one in amounts(text, bare=True):
        assert 0 <= one.start < one.end <= len(text)
        assert one.number >= 0
