from __future__ import annotations

from premortem.checks.personal_risk_unanswered import check
from tests.checks.asking import clear, does_not_apply, sign
from tests.telling import who

CALL = "sellers: Ola\nbuyers: Petra, Rune\n2026-01-12 call: Ola 40%, Petra 60%\n"
FEAR = '  Petra change_risk "the last one who bought such a thing counts screws now"\n'
STAKE = '  Petra personal_stake "it would get me the day shift"\n'
TRIAL = '  Ola trial_discussed "shall we try it on one line first?"\n'
LATER = "2026-02-16 call: Ola 40%, Petra 60%\n"


def test_a_fear_that_nobody_answered_is_a_sign() -> None:
    seen = sign(check, CALL + FEAR + LATER)
    assert "last on 12 January 2026" in seen.says
    assert "gain" not in seen.says
    assert seen.ask.to == who("Petra")


def test_it_weighs_more_where_the_same_person_has_something_to_gain() -> None:
    assert "what they have to gain" in sign(check, CALL + FEAR + STAKE).says


def test_a_trial_or_references_answer_it() -> None:
    assert "16 February 2026" in clear(check, CALL + FEAR + LATER + TRIAL)
    clear(check, CALL + FEAR + LATER + '  Ola content_offered "talk to a plant that did it"\n')


def test_a_fear_that_comes_back_is_open_again() -> None:
    sign(check, CALL + FEAR + TRIAL + LATER + FEAR)


def test_without_a_fear_it_does_not_apply() -> None:
    does_not_apply(check, CALL + STAKE)
