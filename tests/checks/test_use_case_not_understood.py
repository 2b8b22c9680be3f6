from __future__ import annotations

from premortem.checks.use_case_not_understood import check
from tests.checks.asking import clear, does_not_apply, raised
from tests.telling import who

TWO = """sellers: Ola
buyers: Petra, Rune
2026-01-12 call: Ola 70%, Petra 30%
  Petra pain_stated "the labels come off in the cold"
2026-01-20 mail Petra to Ola
"""
THREE = TWO + "2026-02-02 call: Ola 50%, Rune 50%\n"
TOLD = THREE + '  Rune use_case_described "we print at night and stick by hand in the hall"\n'
DOUBTS = (
    '  Rune fit_doubt "gloves and touch screens, good luck"\n'
    '  Rune fit_doubt "nobody stands still in there"\n'
    '  Petra fit_doubt "our rolls are wider than that"\n'
)


def test_never_told_by_the_third_touch_is_raised() -> None:
    found = raised(check, THREE)
    assert found.severity == "medium"
    assert "we have not asked" in found.says
    assert found.ask.to == who("Petra")
    assert len(found.touches) == 3


def test_it_tells_that_we_asked_and_that_doubts_came() -> None:
    found = raised(check, THREE + '  Ola discovery_question =use_case "how does a night go?"\n' + DOUBTS)
    assert "we asked 1 time. Doubts that it fits came up 3 times." in found.says


def test_many_doubts_outweigh_one_account_of_the_work() -> None:
    found = raised(check, TOLD + DOUBTS)
    assert "3 times, against 1 account" in found.says
    assert found.ask.to == who("Petra")
    assert len(found.evidence) == 4


def test_an_account_of_the_work_clears_it_and_two_doubts_leave_it_so() -> None:
    assert "2 February 2026" in clear(check, TOLD)
    clear(check, TOLD + "".join(DOUBTS.splitlines(keepends=True)[:2]))


def test_before_the_third_touch_it_does_not_apply() -> None:
    does_not_apply(check, TWO)
