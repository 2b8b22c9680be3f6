from __future__ import annotations

from premortem.checks.decision_date_unknown import check
from tests.checks.asking import clear, does_not_apply, raised
from tests.telling import who

CALL = "sellers: Ines\nbuyers: Tom\n2026-01-05 call: Ines 40%, Tom 60%\n"
ASKED = '  Ines discovery_question =timing "by when do you want this settled?"\n'
MARCH = '  Tom decision_date_stated =2026-03-01/2026-03-31 "in March, I would say"\n'
DELAY = '2026-02-20 call: Ines, Tom\n  Tom delay_stated "the stock count comes first"\n'
LATER = "2026-01-12 call: Ines, Tom\n2026-01-19 call: Ines, Tom\n"


def test_no_day_by_the_third_touch() -> None:
    found = raised(check, CALL + LATER)
    assert found.says == "No buyer has given a day or a period for deciding."
    assert len(found.touches) == 3
    assert found.ask.to == who("Tom")


def test_asked_and_not_answered_counts_from_that_touch_on() -> None:
    assert "though we asked on 5 January 2026" in raised(check, CALL + ASKED).says


def test_before_that_it_is_too_early() -> None:
    assert "too early" in does_not_apply(check, CALL)


def test_a_delay_without_any_day_is_told_along() -> None:
    assert "spoke only of a delay" in raised(check, CALL + LATER + DELAY).says


def test_a_day_given_is_clear_and_a_delay_before_it_has_gone_by_too() -> None:
    assert "on 5 January 2026" in clear(check, CALL + ASKED + MARCH)
    clear(check, CALL + MARCH + DELAY)


def test_a_day_that_went_by_after_a_delay_is_none_any_more() -> None:
    found = raised(check, CALL + MARCH + DELAY, on="2026-04-10")
    assert "up to 31 March 2026, has gone by" in found.says
    assert len(found.evidence) == 2


def test_a_new_day_cures_it() -> None:
    june = '2026-03-02 call: Ines, Tom\n  Tom decision_date_stated =2026-06-10 "the tenth of June"\n'
    clear(check, CALL + MARCH + DELAY + june, on="2026-04-10")


def test_what_is_being_delivered_needs_none() -> None:
    assert "delivered" in does_not_apply(check, CALL + MARCH + "2026-03-20 stage Onboarding\n", on="2026-05-01")
