from __future__ import annotations

from premortem.checks.review import review
from premortem.checks.trial_unsupported import check
from tests.checks.asking import clear, does_not_apply, raised
from tests.telling import told, who

TAKEN_ON = """
sellers: Bram
buyers: Odile, Reto
2026-01-05 call: Bram 40%, Odile 60%
  Odile trial_discussed "send us two, we'll manage"
"""
MEASURE = '  Odile success_criteria_stated "no stop in twenty days"\n'


def trouble(*days: str) -> str:
    return "".join(f'{day} mail Reto to Bram\n  Reto product_problem "it stopped again"\n' for day in days)


def test_a_trial_that_was_handed_over_is_raised() -> None:
    found = raised(check, TAKEN_ON)
    assert found.severity == "medium"
    assert found.ask.to == who("Odile")


def test_trouble_makes_it_grave_and_goes_to_whoever_met_it() -> None:
    found = raised(check, TAKEN_ON + trouble("2026-02-10", "2026-02-20"))
    assert (found.severity, found.ask.to) == ("high", who("Reto"))


def test_an_agreed_trial_with_one_problem_is_clear() -> None:
    clear(check, TAKEN_ON + MEASURE + trouble("2026-02-10"))


def test_trouble_three_times_over_is_raised_however_well_it_was_agreed() -> None:
    found = raised(check, TAKEN_ON + MEASURE + trouble("2026-02-10", "2026-02-20", "2026-03-02"))
    assert "3 touches, first on 10 February 2026" in found.says


def test_a_run_of_ours_is_not_left_alone() -> None:
    ours = """
sellers: Bram
2026-01-05 call: Bram, Odile
  Bram trial_discussed "we'll run last year's figures"
2026-02-01 call: Bram, Odile
  Bram trial_discussed "here is what came out"
  Odile product_problem "these totals are wrong"
"""
    assert "run by us" in does_not_apply(check, ours)


def test_an_offer_is_no_trial_yet() -> None:
    offer = 'sellers: Bram\n2026-01-05 call: Bram, Odile\n  Bram trial_discussed "you could try one"\n'
    does_not_apply(check, offer)


def test_it_is_dated_to_the_plan() -> None:
    found = review(told("deal: A story\n" + TAKEN_ON + trouble("2026-02-10"))).findings
    assert {one.check: one.first_visible for one in found}["trial_unsupported"] == "2026-01-05-call"
