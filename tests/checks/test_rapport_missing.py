from __future__ import annotations

import pytest

from premortem.checks.rapport_missing import check
from tests.checks.asking import clear, does_not_apply, sign

CALLS = """
sellers: Ode
buyers: Pia
2026-05-04 call: Ode, Pia
2026-05-11 call: Ode, Pia
2026-05-18 call: Ode, Pia
"""
WORDS = {
    "personal": '  Pia wants_us "I like how you work"\n',
    "technical": '  Pia success_criteria_stated "if it reads both formats it stays"\n',
    "business": '  Pia budget_confirmed "forty is set aside"\n',
}


def test_all_three_are_clear() -> None:
    clear(check, CALLS + "".join(WORDS.values()))


@pytest.mark.parametrize("missing", WORDS)
def test_each_one_can_be_the_missing_one(missing: str) -> None:
    found = sign(check, CALLS + "".join(word for kind, word in WORDS.items() if kind != missing))
    assert f"no {missing} one" in found.says
    assert len(found.evidence) == 2


def test_liking_without_fit_is_said_to_carry_nothing() -> None:
    assert "Liking without fit" in sign(check, CALLS + WORDS["personal"]).says


def test_a_later_doubt_takes_the_technical_one_away() -> None:
    doubt = '2026-05-25 call: Ode, Pia\n  Pia fit_doubt "it would have to be bent"\n'
    assert "no technical one" in sign(check, CALLS + "".join(WORDS.values()) + doubt).says


def test_having_met_whoever_signs_is_business() -> None:
    story = CALLS.replace("Pia\n", "Pia, Vera (economic_buyer)\n", 1) + WORDS["personal"] + WORDS["technical"]
    clear(check, story + "2026-05-25 call: Ode, Vera\n")


def test_it_does_not_apply_early_or_with_none_of_the_three() -> None:
    does_not_apply(check, CALLS.split("2026-05-18")[0])
    assert "neither" in does_not_apply(check, CALLS)
