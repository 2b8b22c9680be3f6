from __future__ import annotations

from premortem.checks.introduction_refused import check
from tests.checks.asking import clear, does_not_apply, raised
from tests.telling import who

ASKED = """
sellers: Ines
buyers: Tom
2026-01-05 call: Ines 40%, Tom 60%
  Ines introduction_asked Dana "could Dana join us?"
"""
REFUSED = ASKED + '  Tom introduction_refused Dana "let me handle that side"\n'


def test_a_refusal_is_quoted_and_the_one_who_refused_is_asked() -> None:
    found = raised(check, REFUSED)
    assert found.severity == "medium"
    assert [quote.touch for quote in found.evidence] == ["2026-01-05-call"]
    assert found.ask.to == who("Tom")


def test_refused_again_is_grave() -> None:
    story = REFUSED + '2026-02-05 call: Ines, Tom\n  Tom introduction_refused Dana "not yet"\n'
    found = raised(check, story)
    assert found.severity == "high"
    assert "5 January 2026, 5 February 2026" in found.says


def test_it_stands_when_cured_and_tells_when() -> None:
    found = raised(check, REFUSED + "2026-03-02 call: Ines, Dana\n")
    assert found.severity == "low"
    assert "met on 2 March 2026 after all" in found.says
    assert "2026-03-02-call" in found.touches


def test_of_two_refused_one_met_leaves_it_open() -> None:
    story = REFUSED + '  Tom introduction_refused Zoe "nor Zoe"\n2026-03-02 call: Ines, Dana\n'
    found = raised(check, story)
    assert found.severity == "high"
    assert f"{{{who('Zoe')}}}" in found.ask.question


def test_asked_and_not_refused_is_clear() -> None:
    assert clear(check, ASKED) == "1 introduction asked for and none refused"


def test_never_asked_does_not_apply() -> None:
    does_not_apply(check, "sellers: Ines\n2026-01-05 call: Ines, Tom\n")
