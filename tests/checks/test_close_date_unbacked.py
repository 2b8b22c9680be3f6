from __future__ import annotations

from premortem.checks.close_date_unbacked import check
from tests.checks.asking import clear, does_not_apply, raised
from tests.telling import who

CALL = "sellers: Ines\nbuyers: Tom\n2026-01-05 call: Ines 40%, Tom 60%\n"
JUNE = '  Tom decision_date_stated =2026-06-01/2026-06-30 "the board sits in June"\n'
MARCH = "2026-01-06 close 2026-03-31 by manager\n"
LATER = "2026-01-12 call: Ines, Tom\n2026-01-19 call: Ines, Tom\n"


def test_a_plan_before_the_buyers_own_day_names_who_set_it() -> None:
    found = raised(check, CALL + JUNE + MARCH, on="2026-01-10")
    assert found.severity == "high"
    assert "31 March 2026, set by the seller's manager" in found.says
    assert "1 June 2026 to 30 June 2026" in found.says
    assert len(found.evidence) == 1
    assert found.ask.to == who("Tom")


def test_a_plan_within_the_buyers_period_is_clear() -> None:
    clear(check, CALL + JUNE + "2026-01-06 close 2026-06-15\n", on="2026-01-10")


def test_no_day_at_all_by_the_third_touch_raises_it() -> None:
    assert "no day at all" in raised(check, CALL + MARCH + LATER).says


def test_no_day_in_the_first_call_is_too_early() -> None:
    assert "too early" in does_not_apply(check, CALL + MARCH, on="2026-01-10")


def test_after_a_delay_only_newer_days_count() -> None:
    story = CALL + '  Tom decision_date_stated =2026-03-15 "mid March"\n' + MARCH + "2026-01-12 call: Ines, Tom\n"
    clear(check, story)
    found = raised(check, story + '  Tom delay_stated "the board is full"\n' + JUNE)
    assert "June" in found.says
    assert len(found.evidence) == 2


def test_a_date_that_stands_after_its_day_has_passed() -> None:
    story = CALL + '  Tom decision_date_stated =2026-03-15 "mid March"\n' + MARCH
    assert "has passed" in raised(check, story, on="2026-04-02").says


def test_moving_the_plan_to_the_buyers_day_cures_it() -> None:
    clear(check, CALL + JUNE + MARCH + "2026-01-11 close 2026-06-30\n" + LATER)


def test_a_day_that_the_buyer_set_is_clear() -> None:
    assert "the buyer set" in clear(check, CALL + "2026-01-06 close 2026-03-31 by buyer\n" + LATER)


def test_words_about_time_without_a_readable_day_are_not_held_against_the_plan() -> None:
    clear(check, CALL + '  Tom decision_date_stated "when the leaves fall"\n' + MARCH + LATER)


def test_without_a_plan_it_does_not_apply() -> None:
    does_not_apply(check, CALL)


def test_an_event_from_outside_is_no_day_for_the_decision() -> None:
    story = CALL + '  Tom compelling_event =2026-03-01 "the lease ends in March"\n' + MARCH + LATER
    assert "no day at all for the decision" in raised(check, story).says


def test_the_sentence_says_what_the_day_is_for() -> None:
    assert "as the time of the decision" in raised(check, CALL + JUNE + MARCH, on="2026-01-10").says
