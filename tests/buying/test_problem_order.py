"""Which problem comes first where money has two currencies, and where nobody knows the amount."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from premortem.buying.problems import Met, clock, ranked
from premortem.ledger.entries import Problem

DAY = date(2026, 3, 2)


def met(name: str, deal: str, amount: float | None, currency: str | None = "EUR", is_open: bool = True) -> Met:
    return Met(deal, amount, currency, is_open, DAY, Problem(f"{name}-{deal}", "0" * 64, known=name, met=DAY))


def test_money_of_two_kinds_is_never_added() -> None:
    one, other = ranked([met("a", "1", 100.0), met("a", "2", 100.0, "USD"), met("b", "3", 300.0)])
    assert (one.id, other.id) == ("a", "b")
    assert one.factors.money == pytest.approx(0.25 + 1.0)
    assert [(some.currency, some.amount) for some in one.exposed] == [("EUR", 100.0), ("USD", 100.0)]


def test_an_unknown_amount_is_not_nothing_and_an_ended_deal_exposes_nothing() -> None:
    found = {
        one.id: one for one in ranked([met("a", "1", None), met("b", "2", 100.0), met("c", "3", 9.0, "EUR", False)])
    }
    assert found["a"].factors.money == pytest.approx(found["b"].factors.money)
    assert found["a"].exposed[0].without_amount == 1
    assert (found["c"].exposed, found["c"].factors.weight) == ((), 0.0)


def test_the_clock_stops_with_the_answer() -> None:
    one = met("a", "1", 1.0)
    assert clock(one, 2, DAY + timedelta(5)).late == 3
    answered = Met("1", 1.0, "EUR", True, DAY, Problem("a", "0" * 64, met=DAY, answered=DAY + timedelta(1)))
    told = clock(answered, 2, DAY + timedelta(50))
    assert (told.days, told.late, told.answered) == (1, 0, True)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("1234"), st.one_of(st.none(), st.floats(0, 1e9)))))
def test_shares_of_one_currency_add_up_to_one_or_nothing(told: list[tuple[str, str, float | None]]) -> None:
    money = sum(one.factors.money for one in ranked([met(*one) for one in told]))
    assert money == pytest.approx(1.0) or money == 0.0
