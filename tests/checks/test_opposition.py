from __future__ import annotations

from premortem.checks.opposition import check
from premortem.checks.review import review
from tests.checks.asking import does_not_apply, raised
from tests.telling import told, who

TOLD = """
sellers: Ode
buyers: Pia
2026-05-04 call: Ode, Pia
  Pia opposition_stated Gerd "Gerd thinks it's a toy"
"""


def test_one_against_us_whom_nobody_met_is_grave() -> None:
    found = raised(check, TOLD)
    assert found.severity == "high"
    assert "nobody of ours has spoken with them" in found.says
    assert found.ask.to == who("Pia")


def test_once_met_they_are_asked_themselves() -> None:
    found = raised(check, TOLD + "2026-05-11 call: Ode, Gerd\n")
    assert found.severity == "medium"
    assert found.ask.to == who("Gerd")


def test_coming_round_leaves_it_on_record_mild() -> None:
    story = TOLD + '2026-05-11 call: Ode, Gerd\n  Gerd wants_us "I was wrong about you"\n'
    found = raised(check, story)
    assert found.severity == "low"
    assert f"came round since: {{{who('Gerd')}}}" in found.says
    dated = next(one for one in review(told("deal: Ovens\n" + story)).findings if one.check == "opposition")
    assert dated.first_visible == "2026-05-04-call"


def test_against_again_after_coming_round() -> None:
    story = TOLD + '2026-05-11 call: Ode, Gerd\n  Gerd wants_us "well, fine"\n'
    story += '2026-05-18 call: Ode, Pia\n  Pia opposition_stated Gerd "he has doubts again"\n'
    assert raised(check, story).severity == "medium"


def test_somebody_nobody_named_is_asked_for_by_way_of_the_contact() -> None:
    story = TOLD.replace(" Gerd ", " ", 1)
    found = raised(check, story)
    assert "Somebody inside" in found.says
    assert found.ask.to == who("Pia")


def test_it_does_not_apply_where_nobody_is_against_it() -> None:
    does_not_apply(check, "sellers: Ode\n2026-05-04 call: Ode, Pia\n")
