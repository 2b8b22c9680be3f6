from __future__ import annotations

from premortem.checks.false_coach import check
from premortem.checks.review import review
from tests.checks.asking import clear, does_not_apply, raised
from tests.telling import told, who

NICE = """
sellers: Ode
buyers: Pia, Rolf
2026-05-04 call: Ode, Pia
  Pia budget_confirmed "the money is there"
  Pia inside_information "nobody else is being looked at"
2026-05-18 call: Ode, Pia
2026-06-08 call: Ode, Pia, Rolf
"""
DENIED = '  Rolf budget_missing "there is no money for this"\n'


def test_a_word_that_proved_wrong() -> None:
    found = raised(check, NICE + DENIED)
    assert found.severity == "high"
    assert f"{{{who('Pia')}}}" in found.says
    assert f"{{{who('Rolf')}}}" in found.says
    assert found.ask.to == who("Pia")
    assert len(found.evidence) == 2


def test_it_is_dated_to_the_contradiction() -> None:
    found = review(told("deal: Ovens\n" + NICE + DENIED + "2026-06-20 mail Pia to Ode\n")).findings
    assert next(one for one in found if one.check == "false_coach").first_visible == "2026-06-08-call"


def test_settled_since_it_is_clear() -> None:
    story = NICE + DENIED + '2026-06-15 mail Rolf to Ode\n  Rolf budget_confirmed "she was right, it was moved"\n'
    clear(check, story)


def test_nothing_contradicted_is_clear() -> None:
    clear(check, NICE)


def test_vouching_and_keeping_us_out_without_any_tie_to_us() -> None:
    shielding = NICE + '  Ode introduction_asked Rolf "may I call him?"\n  Pia introduction_refused Rolf "not needed"\n'
    found = raised(check, shielding)
    assert found.severity == "medium"
    assert "keeps us from the others" in found.says
    clear(check, shielding + '  Pia wants_us "I would take you"\n')


def test_a_colleague_who_guides_nobody_is_not_taken_for_a_coach() -> None:
    story = NICE.replace('  Pia inside_information "nobody else is being looked at"\n', "")
    clear(check, story + DENIED)


def test_it_does_not_apply_before_anybody_was_heard() -> None:
    does_not_apply(check, "sellers: Ode\n2026-05-04 mail Ode to Pia\n")
