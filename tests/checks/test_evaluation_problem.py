from __future__ import annotations

from premortem.checks.evaluation_problem import check
from premortem.checks.review import review
from tests.checks.asking import does_not_apply, raised, sign
from tests.telling import told, who

MET = """
sellers: Bram
buyers: Odile
2026-01-05 call: Bram 40%, Odile 60%
  Odile trial_discussed "two weeks in our hall"
  Odile success_criteria_stated "nine of ten right"
2026-02-02 call: Bram 40%, Odile 60%
  Odile product_problem "it reads sevens as ones"
"""
WENT_ON = '2026-02-20 mail Odile to Bram\n  Odile trial_discussed "two weeks done, ninety-four of a hundred"\n'


def test_a_problem_of_which_nothing_more_was_heard_is_raised() -> None:
    found = raised(check, MET)
    assert found.severity == "medium"
    assert found.ask.to == who("Odile")
    assert found.touches == ("2026-02-02-call",)


def test_one_that_comes_back_is_grave() -> None:
    found = raised(check, MET + WENT_ON + '  Odile product_problem "the sevens are still ones"\n')
    assert found.severity == "high"
    assert "2 touches, from 2 February 2026 to 20 February 2026" in found.says


def test_a_trial_that_went_on_without_it_leaves_a_sign_to_confirm() -> None:
    assert "told of on 20 February 2026" in sign(check, MET + WENT_ON).says


def test_our_own_plan_for_the_trial_settles_nothing() -> None:
    raised(check, MET + '2026-02-20 mail Bram to Odile\n  Bram trial_discussed "shall we add two weeks?"\n')


def test_without_a_measure_nobody_can_tell_that_it_is_settled() -> None:
    raised(check, MET.replace('  Odile success_criteria_stated "nine of ten right"\n', "") + WENT_ON)


def test_without_a_problem_it_does_not_apply() -> None:
    does_not_apply(check, "sellers: Bram\n2026-01-05 call: Bram, Odile\n")


def test_it_is_dated_to_the_day_of_the_problem() -> None:
    found = review(told("deal: A story\n" + MET + "2026-03-02 mail Bram to Odile\n")).findings
    assert {one.check: one.first_visible for one in found}["evaluation_problem"] == "2026-02-02-call"
