"""How sentences say sums."""

from __future__ import annotations

import pytest

from premortem.ledger.saying import amount


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("31000 EUR", "31,000 EUR"),
        ("31000", "31,000"),
        ("1250000.5 USD", "1,250,000.50 USD"),
        ("three point six", "three point six"),
    ],
)
def test_a_sum_is_said_as_people_write_it(value: str, said: str) -> None:
    assert amount(value) == said
