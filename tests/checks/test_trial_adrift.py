from __future__ import annotations

from premortem.checks.trial_adrift import check
from tests.checks.asking import clear, does_not_apply, sign

PLANNED = """
sellers: Bram
buyers: Odile, Ruth (economic_buyer)
2026-01-05 call: Bram 40%, Odile 60%
  Odile trial_discussed "two weeks in our hall"
"""


def test_it_names_exactly_what_is_missing() -> None:
    says = sign(check, PLANNED).says
    assert says == (
        "The trial spoken of since 5 January 2026 still lacks a helper of ours, a measure, somebody who judges it, a "
        "talk of the result with those who decide and a next step of business."
    )


def test_what_is_there_is_not_named() -> None:
    measured = PLANNED + '  Odile success_criteria_stated "nine of ten right"\n'
    lacks = sign(check, measured).says
    assert "measure" not in lacks
    assert "lacks a talk of the result with those who decide and a next step" in lacks


def test_a_measure_that_only_we_named_has_no_judge() -> None:
    ours = PLANNED + '  Bram success_criteria_stated "let us say nine of ten"\n'
    assert "lacks somebody who judges it" in sign(check, ours).says


def test_a_trial_that_leads_somewhere_is_clear() -> None:
    whole = PLANNED + '  Odile success_criteria_stated "nine of ten right"\n'
    whole += '2026-01-26 call: Bram, Odile, Ruth\n  Ruth next_step_agreed =2026-02-02 "contract talk on the second"\n'
    assert "5 January 2026" in clear(check, whole)


def test_without_a_planned_trial_it_does_not_apply() -> None:
    does_not_apply(check, "sellers: Bram\n2026-01-05 call: Bram, Odile\n")
