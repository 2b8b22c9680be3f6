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
    assert "31 March 2026, set by the seller's manager, that is by our own side" in found.says
    assert "1 June 2026 to 30 June 2026" in found.says
    assert len(found.evidence) == 1
    assert found.ask.to == who("Tom")


def test_a_plan_within_the_buyers_period_is_clear() -> None:
    assert clear(check, CALL + JUNE + "2026-01-06 close 2026-06-15\n", on="2026-01-10")


def test_no_day_at_all_by_the_third_touch_raises_it() -> None:
    assert "no day at all" in raised(check, CALL + MARCH + LATER).says


def test_no_day_in_the_first_call_is_too_early() -> None:
    assert "too early" in does_not_apply(check, CALL + MARCH, on="2026-01-10")


def test_after_a_delay_only_newer_days_count() -> None:
    story = CALL + '  Tom decision_date_stated =2026-03-15 "mid March"\n' + MARCH + "2026-01-12 call: Ines, Tom\n"
    assert clear(check, story)
    found = raised(check, story + '  Tom delay_stated "the board is full"\n' + JUNE)
    assert "June" in found.says
    assert len(found.evidence) == 2


def test_a_date_that_stands_after_its_day_has_passed() -> None:
    story = CALL + '  Tom decision_date_stated =2026-03-15 "mid March"\n' + MARCH
    assert "has passed" in raised(check, story, on="2026-04-20").says
    assert clear(check, story, on="2026-04-02")


def test_moving_the_plan_to_the_buyers_day_cures_it() -> None:
    assert clear(check, CALL + JUNE + MARCH + "2026-01-11 close 2026-06-30\n" + LATER)


def test_a_day_that_the_buyer_set_is_clear() -> None:
    assert "the buyer set" in clear(check, CALL + "2026-01-06 close 2026-03-31 by buyer\n" + LATER)


def test_words_about_time_without_a_readable_day_are_not_held_against_the_plan() -> None:
    assert clear(check, CALL + '  Tom decision_date_stated "when the leaves fall"\n' + MARCH + LATER)


def test_without_a_plan_it_does_not_apply() -> None:
    assert does_not_apply(check, CALL)


def test_an_event_from_outside_is_no_day_for_the_decision() -> None:
    story = CALL + '  Tom compelling_event =2026-03-01 "the lease ends in March"\n' + MARCH + LATER
    assert "no day at all for the decision" in raised(check, story).says


def test_the_sentence_says_what_the_day_is_for() -> None:
    assert "as the time of the decision" in raised(check, CALL + JUNE + MARCH, on="2026-01-10").says


def test_asking_and_hearing_no_day_counts_from_that_touch_on() -> None:
    asked = '  Ines discovery_question =timing "by when do you want this settled?"\n'
    assert "no day at all" in raised(check, CALL + asked + MARCH, on="2026-01-10").says


def test_pressing_for_our_day_before_the_buyer_named_one_counts_at_once() -> None:
    pressed = '  Ines close_pushed "March is when our year ends"\n'
    assert raised(check, CALL + pressed + MARCH, on="2026-01-10")


def test_an_outside_event_after_the_plan_is_told_at_once() -> None:
    event = '  Tom compelling_event =2026-06-30 "the licence runs out at the end of June"\n'
    found = raised(check, CALL + event + MARCH, on="2026-01-10")
    assert "an outside event, 30 June 2026" in found.says
    assert found.ask.question.startswith("By when")


def test_a_day_taken_back_by_a_delay_is_none() -> None:
    story = CALL + '  Tom decision_date_stated =2026-03-15 "mid March"\n' + MARCH
    found = raised(check, story + '2026-01-12 call: Ines, Tom\n  Tom delay_stated "the board is full"\n')
    assert "took back the day" in found.says


def test_by_a_far_day_means_its_last_weeks() -> None:
    by_easter = '  Tom decision_date_stated =2026-01-05/2026-06-05 "by the summer"\n'
    assert raised(check, CALL + by_easter + MARCH, on="2026-01-10")
    assert clear(check, CALL + by_easter + "2026-01-06 close 2026-05-31\n", on="2026-01-10")


def test_the_last_step_of_the_decision_outweighs_a_hope_and_both_are_told() -> None:
    hope = '  Tom decision_date_stated =2026-03-20 "I would like it by the twentieth of March"\n'
    steps = '  Mara decision_process_described "the board has to nod"\n'
    board = '  Mara decision_date_stated =2026-04-24 "and it sits on the twenty-fourth of April"\n'
    found = raised(check, CALL + hope + MARCH + "2026-01-12 call: Ines, Mara\n" + steps + board)
    assert "24 April 2026" in found.says
    assert "20 March 2026: both stand" in found.says
