from __future__ import annotations

from premortem.checks.overruler_stance import check
from tests.checks.asking import clear, does_not_apply, sign
from tests.telling import who

NAMED = """
sellers: Ode
buyers: Pia, Vera (economic_buyer)
2026-05-04 call: Ode, Pia
  Pia decision_maker_named Vera "Vera has the last word"
"""
MET = NAMED + "2026-05-11 call: Ode, Vera\n"


def test_never_met() -> None:
    found = sign(check, NAMED)
    assert "never met" in found.says
    assert found.ask.to == who("Pia")


def test_met_and_neutral() -> None:
    found = sign(check, MET)
    assert "nothing for us or against us" in found.says
    assert found.ask.to == who("Vera")


def test_against_it() -> None:
    assert "said to be against it" in sign(check, MET + '  Pia opposition_stated Vera "Vera would rather not"\n').says


def test_for_us_is_clear() -> None:
    assert who("Vera") in clear(check, MET + '  Vera wants_us "I want these"\n')


def test_nobody_knows_who_it_is() -> None:
    calls = "".join(f"2026-05-0{day} call: Ode, Pia\n" for day in (4, 5, 6))
    found = sign(check, "sellers: Ode\nbuyers: Pia\n" + calls)
    assert "Nobody has said" in found.says
    assert found.touches


def test_it_says_both_views_and_how_many_were_named() -> None:
    found = sign(check, NAMED + '  Pia decision_maker_named Umar "Umar has to agree"\n')
    assert "2 people were named" in found.says
    assert "Some hold" in found.says
    assert "others" in found.says


def test_it_does_not_apply_in_the_first_call() -> None:
    assert "too early" in does_not_apply(check, "sellers: Ode\n2026-05-04 call: Ode, Pia\n")
