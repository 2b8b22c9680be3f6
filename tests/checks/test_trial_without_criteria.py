from __future__ import annotations

from premortem.checks.review import review
from premortem.checks.trial_without_criteria import check
from tests.checks.asking import clear, does_not_apply, raised, sign
from tests.telling import told, who

TRIED = """
sellers: Bram
buyers: Odile, Reto
2026-01-05 call: Bram 40%, Odile 60%
  Bram trial_discussed "take two of them for a month"
  Odile trial_discussed "gladly, from the first of February"
"""
TROUBLE = '2026-02-10 mail Odile to Bram\n  Odile product_problem "the second one stops at noon"\n'


def test_a_trial_that_nobody_can_pass_is_raised_when_it_is_planned() -> None:
    found = raised(check, TRIED)
    assert found.severity == "medium"
    assert found.ask.to == who("Odile")
    assert len(found.evidence) == 2


def test_trouble_without_a_measure_makes_it_grave() -> None:
    assert raised(check, TRIED + TROUBLE).severity == "high"


def test_a_measure_before_the_first_trouble_clears_it() -> None:
    measured = TRIED + '  Odile success_criteria_stated "no stop in twenty days"\n'
    assert "5 January 2026" in clear(check, measured + TROUBLE)


def test_a_measure_after_trouble_leaves_it_mild_and_says_when() -> None:
    late = TRIED + TROUBLE + '2026-02-12 call: Bram, Odile\n  Odile success_criteria_stated "one stop a week at most"\n'
    found = raised(check, late)
    assert found.severity == "low"
    assert "until 12 February 2026" in found.says


def test_one_offer_of_ours_is_a_sign_only() -> None:
    offered = 'sellers: Bram\n2026-01-05 call: Bram, Odile\n  Bram trial_discussed "you could try one"\n'
    assert "offered on 5 January 2026" in sign(check, offered).says


def test_without_a_trial_it_does_not_apply() -> None:
    assert "no trial" in does_not_apply(check, "sellers: Bram\n2026-01-05 call: Bram, Odile\n")


def test_it_is_dated_to_the_touch_in_which_the_trial_was_planned() -> None:
    found = {one.check: one.first_visible for one in review(told("deal: A story\n" + TRIED + TROUBLE)).findings}
    assert found["trial_without_criteria"] == "2026-01-05-call"
