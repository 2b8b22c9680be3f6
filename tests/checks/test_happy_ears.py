from __future__ import annotations

from premortem.checks.happy_ears import check
from tests.checks.asking import clear, does_not_apply, sign
from tests.telling import who

WARM = """
sellers: Ode
buyers: Pia
2026-05-04 call: Ode, Pia
  Pia wants_us "by far the best we have seen"
"""


def test_praise_without_authority() -> None:
    found = sign(check, WARM)
    assert who("Pia") in found.says
    assert "nobody asked whether they decide" in found.says
    assert "not told either" in found.says
    assert found.ask.to == who("Pia")


def test_money_and_need_are_not_authority() -> None:
    story = WARM + '  Pia budget_confirmed "forty is there"\n  Pia pain_stated "it stops every night"\n'
    assert "We know of money and need; none of that is authority." in sign(check, story).says


def test_denied_unsure_and_unanswered_read_differently() -> None:
    assert "they named" in sign(check, WARM + '  Pia decision_maker_named Vera "Vera decides"\n').says
    assert "not sure" in sign(check, WARM + '  Pia decision_process_unknown "no idea who decides"\n').says
    assert "gave no answer" in sign(check, WARM + '  Ode discovery_question =authority "is it yours to sign?"\n').says


def test_a_stage_moved_on_praise_is_told() -> None:
    assert "stage moved" in sign(check, WARM + "2026-05-04 stage Proposal\n").says


def test_warmth_with_authority_is_clear() -> None:
    clear(check, WARM + '  Pia authority_claimed "I sign that myself"\n')
    clear(check, WARM.replace("Pia\n", "Pia, Vera (economic_buyer)\n", 1) + "2026-05-11 call: Ode, Vera\n")


def test_it_does_not_apply_without_warmth() -> None:
    does_not_apply(check, "sellers: Ode\n2026-05-04 call: Ode, Pia\n")


def test_an_authority_that_another_disputes_is_not_confirmed() -> None:
    story = WARM + '  Pia authority_claimed "I sign that myself"\n2026-05-11 call: Ode, Pia, Rolf\n'
    sign(check, story + '  Rolf decision_maker_named Vera "no, that is Vera"\n')
