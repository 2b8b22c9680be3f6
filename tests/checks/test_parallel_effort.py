from __future__ import annotations

from premortem.checks.parallel_effort import check
from tests.checks.asking import clear, does_not_apply, raised
from tests.telling import who

FIRST = "sellers: Ola\nbuyers: Petra, Rune\n2026-01-12 call: Ola 40%, Petra 60%\n"
HEARD = FIRST + '  Petra parallel_effort "Rune has something going in a spreadsheet"\n'


def test_another_effort_inside_is_raised_from_the_first_word_on() -> None:
    found = raised(check, HEARD)
    assert found.severity == "medium"
    assert "first heard on 12 January 2026." in found.says
    assert found.ask.to == who("Petra")
    assert len(found.evidence) == 1


def test_one_that_comes_up_again_late_in_the_deal_is_grave() -> None:
    again = HEARD + '2026-08-03 call: Ola 40%, Rune 60%\n  Rune parallel_effort "mine runs since Friday"\n'
    found = raised(check, again)
    assert found.severity == "high"
    assert "in 2 touches in all" in found.says
    assert found.ask.to == who("Rune")
    assert raised(check, HEARD + again.splitlines()[-2].replace("08-03", "02-03") + "\n").severity == "medium"


def test_clear_says_whether_we_asked() -> None:
    assert "not asked" in clear(check, FIRST)
    assert "we asked" in clear(check, FIRST + '  Ola discovery_question =competition "who else looks at this?"\n')


def test_an_unheard_buyer_does_not_apply() -> None:
    does_not_apply(check, "sellers: Ola\n2026-01-12 mail Ola to Petra\n")
