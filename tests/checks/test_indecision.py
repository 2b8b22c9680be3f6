from __future__ import annotations

from premortem.checks.indecision import check
from tests.checks.asking import clear, does_not_apply, raised
from tests.telling import who

CALL = "sellers: Ola\nbuyers: Petra, Rune\n2026-01-12 call: Ola 40%, Petra 60%\n"
FEAR = '  Petra change_risk "if the labels are wrong it was me who chose them"\n'
SLIPS = '  Petra delay_stated "not before the stocktaking, I think"\n'
A_DAY = '  Petra decision_date_stated =2026-04-30 "by the end of April"\n'
LATER = "2026-02-16 call: Ola 40%, Petra 60%\n"


def test_fear_and_wavering_without_a_day_are_raised_at_once() -> None:
    found = raised(check, CALL + FEAR + '  Petra status_quo_option "we can stick by hand another year"\n')
    assert found.severity == "medium"
    assert "staying put is weighed" in found.says
    assert found.ask.to == who("Petra")


def test_it_suggests_less_risk_and_less_choice_and_never_pushes() -> None:
    found = raised(check, CALL + FEAR + SLIPS)
    assert "pushing does not" in found.says
    assert "one site first" in found.ask.question
    assert "leave out" in found.ask.question


def test_two_fears_and_two_delays_are_grave_whatever_day_was_named() -> None:
    found = raised(check, CALL + FEAR + SLIPS + A_DAY + LATER + FEAR + SLIPS)
    assert found.severity == "high"
    assert "2 delays" in found.says


def test_a_day_that_was_taken_back_no_longer_holds() -> None:
    raised(check, CALL + FEAR + A_DAY + LATER + FEAR + SLIPS)
    clear(check, CALL + FEAR + SLIPS + LATER + FEAR + A_DAY + "2026-02-20 mail Petra to Ola\n" + A_DAY)


def test_a_buyer_with_a_day_of_their_own_is_clear() -> None:
    assert "a day of their own" in clear(check, CALL + FEAR + SLIPS + A_DAY)


def test_fear_alone_is_clear_and_no_fear_does_not_apply() -> None:
    assert "nothing slips" in clear(check, CALL + FEAR)
    does_not_apply(check, CALL + SLIPS)
