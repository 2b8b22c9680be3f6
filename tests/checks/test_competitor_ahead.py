from __future__ import annotations

from premortem.checks.competitor_ahead import check
from tests.checks.asking import clear, does_not_apply, raised
from tests.telling import who

CALL = """sellers: Ola
buyers: Petra, Rune
2026-01-12 call: Ola 40%, Petra 30%, Rune 30%
  Rune competitor_named =Frostline "Frostline had a man here for a week"
"""
LEANS = '  Rune opposition_stated Rune "I would lie if I said I did not like it better"\n'
TROUBLE = '  Rune product_problem "it stopped again at reel {}"\n'
FOR_US = '  Petra wants_us "if you ask me it should be you"\n'


def test_who_leans_to_a_rival_beside_its_name_is_raised() -> None:
    found = raised(check, CALL + LEANS)
    assert found.severity == "medium"
    assert "beside its name once. No buyer has said that they want us." in found.says
    assert found.ask.to == who("Rune")
    assert len(found.evidence) == 2


def test_twice_in_two_talks_is_grave() -> None:
    again = """2026-02-02 note by Ola, met Petra
  Ola competitor_named =Frostline "P. says Frostline came again"
  Ola opposition_stated Rune "R. told everybody he would take them"
"""
    found = raised(check, CALL + LEANS + again)
    assert found.severity == "high"
    assert "twice" in found.says


def test_our_own_trouble_counts_while_a_rival_is_in_the_house() -> None:
    trouble = "".join(TROUBLE.format(number) for number in (1, 2))
    assert "our product gave trouble twice" in raised(check, CALL + trouble).says
    clear(check, CALL + TROUBLE.format(1))


def test_a_word_for_us_stands_against_it() -> None:
    assert "1 word for it or against us beside its name, 1 word for us" in clear(check, CALL + LEANS + FOR_US)


def test_a_doubt_that_has_nothing_to_do_with_the_rival_is_clear() -> None:
    talk = '  Petra pain_stated "the labels come off"\n' * 3
    clear(check, CALL + talk + LEANS)


def test_without_a_known_rival_it_does_not_apply() -> None:
    does_not_apply(check, CALL.rsplit("  Rune", 1)[0] + LEANS)
