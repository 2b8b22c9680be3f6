from __future__ import annotations

import pytest

from premortem.checks.no_coach import check
from premortem.checks.review import review
from tests.checks.asking import clear, does_not_apply, raised
from tests.telling import told, who

KIND = """
sellers: Ode
buyers: Pia, Rolf
2026-05-04 call: Ode, Pia
2026-05-11 call: Ode, Pia
2026-05-18 call: Ode, Pia, Rolf
"""


def test_three_kind_calls_and_nobody_for_us() -> None:
    found = raised(check, KIND)
    assert found.severity == "medium"
    assert found.says.startswith("Nobody")
    assert found.ask.to == who("Pia")
    assert len(found.touches) == 3


def test_late_in_the_deal_it_is_grave() -> None:
    assert raised(check, KIND + "2026-11-30 mail Pia to Ode\n").severity == "high"


def test_it_is_dated_to_the_third_touch() -> None:
    found = review(told("deal: Ovens\n" + KIND + "2026-05-25 call: Ode, Pia\n")).findings
    assert next(one for one in found if one.check == "no_coach").first_visible == "2026-05-18-call"


@pytest.mark.parametrize("word", ['wants_us "I would take you"', 'will_fight "I will speak for it on Monday"'])
def test_a_reason_and_a_word_for_us_make_a_coach(word: str) -> None:
    story = KIND + f'  Pia personal_stake "no more weekends"\n  Pia {word}\n'
    assert who("Pia") in clear(check, story)


def test_a_reason_in_one_and_a_liking_in_another_are_not_one_coach() -> None:
    found = raised(check, KIND + '  Pia personal_stake "no more weekends"\n  Rolf wants_us "I like it best"\n')
    assert found.says.index(who("Pia")) < found.says.index(who("Rolf"))
    assert found.ask.to == who("Pia")
    assert len(found.evidence) == 2


def test_a_reason_alone_and_a_liking_alone() -> None:
    assert "would gain" in raised(check, KIND + '  Pia personal_stake "no more weekends"\n').says
    assert "no reason of their own" in raised(check, KIND + '  Rolf wants_us "I like it best"\n').says


def test_two_touches_are_too_early_and_a_proposal_is_not() -> None:
    two = KIND.split("2026-05-18")[0]
    assert "too early" in does_not_apply(check, two)
    raised(check, two + "2026-05-11 stage Proposal\n")
