from __future__ import annotations

from premortem.checks.discount_before_decision import check
from tests.checks.asking import clear, does_not_apply, sign
from tests.telling import who

CALL = "sellers: Ines\nbuyers: Tom, Dana (economic_buyer)\n2026-01-05 call: Ines 40%, Tom 60%\n"
CHEAPER = '  Ines discount_offered "I could take a tenth off"\n'
DANA = "2026-01-12 call: Ines, Dana\n"
YES = '  Dana wants_us "I would like it to be you"\n'


def test_an_offer_before_the_decider_wants_it_is_a_sign() -> None:
    seen = sign(check, CALL + CHEAPER)
    assert "no buyer had called it too dear" in seen.says
    assert len(seen.evidence) == 1
    assert seen.ask.to == who("Tom")


def test_what_was_called_too_dear_is_told_along() -> None:
    seen = sign(check, CALL + '  Tom price_objection "that is above what we can spend"\n' + CHEAPER)
    assert "too dear on 5 January 2026" in seen.says
    assert len(seen.evidence) == 2


def test_somebody_elses_wish_decides_nothing() -> None:
    sign(check, CALL + '  Tom wants_us "I want you"\n' + "2026-01-07 mail Ines to Tom\n" + CHEAPER)


def test_after_the_decider_wants_it_a_better_price_is_clear() -> None:
    assert "before any better price" in clear(check, CALL + DANA + YES + "2026-01-20 mail Ines to Dana\n" + CHEAPER)


def test_a_first_offer_before_that_stays_and_goes_to_the_decider() -> None:
    seen = sign(check, CALL + CHEAPER + DANA + YES + CHEAPER)
    assert seen.says.startswith("A better price was offered on 5 January 2026")
    assert seen.ask.to == who("Dana")


def test_without_an_offer_it_does_not_apply() -> None:
    does_not_apply(check, CALL)
