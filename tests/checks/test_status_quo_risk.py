from __future__ import annotations

from premortem.checks.status_quo_risk import check
from tests.checks.asking import clear, does_not_apply, raised
from tests.telling import who

FIRST = "sellers: Ola\nbuyers: Petra, Rune\n2026-01-12 call: Ola 40%, Petra 60%\n"
HEARD = FIRST + '  Petra status_quo_option "one more season with the old one would do"\n'
COST = '  Petra impact_quantified =80 "eighty hours a month"\n'


def test_staying_put_named_once_is_raised_at_once() -> None:
    found = raised(check, HEARD)
    assert found.severity == "medium"
    assert "named on 12 January 2026; nobody has put a number" in found.says
    assert found.ask.to == who("Petra")


def test_it_is_grave_late_in_the_deal_without_a_number_on_staying() -> None:
    assert raised(check, HEARD, on="2026-09-01").severity == "high"
    assert raised(check, HEARD + COST, on="2026-09-01").severity == "medium"
    assert "nobody has put" not in raised(check, HEARD + COST).says


def test_named_again_it_tells_how_often() -> None:
    again = HEARD + '2026-02-02 note by Ola, met Rune\n  Ola status_quo_option "R: we could build that ourselves"\n'
    assert "in 2 touches in all" in raised(check, again).says


def test_unspoken_it_is_clear() -> None:
    assert "nobody spoke" in clear(check, FIRST)


def test_an_unheard_buyer_does_not_apply() -> None:
    does_not_apply(check, "sellers: Ola\n2026-01-12 mail Ola to Petra\n")
