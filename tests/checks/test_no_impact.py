from __future__ import annotations

from premortem.checks.no_impact import check
from tests.checks.asking import clear, does_not_apply, raised
from tests.telling import who

TWO = """sellers: Ola
buyers: Petra, Rune
2026-01-12 call: Ola 40%, Petra 60%
  Petra pain_stated "the labels come off in the cold"
2026-01-20 mail Petra to Ola
"""
THREE = TWO + "2026-02-02 call: Ola 50%, Rune 50%\n"


def test_without_a_number_by_the_third_touch_it_is_raised() -> None:
    found = raised(check, THREE)
    assert found.severity == "medium"
    assert "spoken of 1 time; we have not asked" in found.says
    assert found.ask.to == who("Petra")
    assert found.touches == ("2026-01-12-call", "2026-01-20-mail", "2026-02-02-call")
    assert raised(check, THREE, on="2026-08-01").severity == "high"


def test_it_tells_how_often_we_asked() -> None:
    assert "we asked 1 time." in raised(check, THREE + '  Ola discovery_question =impact "how many a week?"\n').says


def test_a_number_clears_it_at_any_time() -> None:
    assert "2 February 2026" in clear(check, THREE + '  Rune impact_quantified =30 "thirty boxes a day go back"\n')


def test_before_the_third_touch_only_a_proposal_makes_it_apply() -> None:
    does_not_apply(check, TWO)
    raised(check, TWO + "2026-01-21 stage Proposal\n", on="2026-01-21")
