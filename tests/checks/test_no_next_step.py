from __future__ import annotations

from premortem.checks.no_next_step import check
from tests.checks.asking import clear, does_not_apply, raised
from tests.telling import who

FIRST = "sellers: Ines\nbuyers: Tom\n2026-01-05 call: Ines 40%, Tom 60%\n"
STEP = '  Tom next_step_agreed ={day} "that day then"\n'
SECOND = "2026-01-12 call: Ines 40%, Tom 60%\n"


def test_two_touches_without_a_day_raise_it() -> None:
    found = raised(check, FIRST + SECOND)
    assert found.touches == ("2026-01-05-call", "2026-01-12-call")
    assert "nor did any before" in found.says
    assert found.ask.to == who("Tom")


def test_a_day_that_is_still_to_come_covers_the_touches_before_it() -> None:
    between = "2026-01-07 mail Ines to Tom\n2026-01-08 mail Ines to Tom\n"
    clear(check, FIRST + STEP.format(day="2026-01-12") + between)


def test_a_day_that_has_passed_covers_nothing() -> None:
    story = FIRST + STEP.format(day="2026-01-12") + "2026-01-14 mail Ines to Tom\n2026-01-20 mail Ines to Tom\n"
    assert "agreed on 5 January 2026" in raised(check, story).says


def test_a_step_without_a_readable_day_counts_for_its_own_touch() -> None:
    clear(check, FIRST + SECOND + '  Tom next_step_agreed "Thursday week"\n')


def test_a_new_step_cures_it() -> None:
    clear(check, FIRST + SECOND + "2026-01-19 call: Ines, Tom\n" + STEP.format(day="2026-01-26"))


def test_one_touch_does_not_apply() -> None:
    does_not_apply(check, FIRST)


LOOSE = "sellers: Ines\nbuyers: Tom\n2026-01-05 call: Ines, Tom\n2026-01-12 call: Ines, Tom\n"


def test_a_day_for_signing_is_a_next_step_and_a_whole_month_is_none() -> None:
    clear(check, LOOSE + '  Tom decision_date_stated =2026-01-20 "we sign on the 20th"\n')
    raised(check, LOOSE + '  Tom decision_date_stated =2026-05-01/2026-05-31 "in May, I think"\n')


def test_a_deal_that_is_being_delivered_needs_none() -> None:
    said = '2026-01-03 call: Ines, Tom\n  Tom decision_date_stated =2026-01-04 "we sign tomorrow"\n'
    story = LOOSE.replace("2026-01-05", said + "2026-01-05", 1) + "2026-01-12 stage "
    assert "signed or being delivered" in does_not_apply(check, story + "Onboarding\n")
    raised(check, story + "Not signed\n")
