from __future__ import annotations

from premortem.checks.quarter_end_push import check
from tests.checks.asking import clear, does_not_apply, raised, sign
from tests.telling import who

CALL = "sellers: Ines\nbuyers: Tom\n2026-01-05 call: Ines 40%, Tom 60%\n"
PUSH = '  Ines close_pushed "it would help our month if this came in by Friday"\n'
CHEAPER = '  Ines discount_offered "then I could take a tenth off"\n'
LAST_OF_MARCH = "2026-01-06 close 2026-03-31\n"


def test_one_push_is_medium() -> None:
    found = raised(check, CALL + PUSH)
    assert found.severity == "medium"
    assert "on 5 January 2026" in found.says
    assert found.ask.to == who("Tom")


def test_a_better_price_tied_to_our_day_is_grave_while_the_deal_is_young() -> None:
    found = raised(check, CALL + PUSH + CHEAPER)
    assert found.severity == "high"
    assert "a better price was tied to it" in found.says
    assert len(found.evidence) == 2
    assert raised(check, CALL + PUSH + CHEAPER, on="2026-09-01").severity == "medium"


def test_a_better_price_without_pressing_is_none() -> None:
    clear(check, CALL + CHEAPER + "2026-01-06 close 2026-08-31\n", on="2026-01-10")


def test_repeating_it_is_grave() -> None:
    found = raised(check, CALL + PUSH + "2026-01-12 mail Ines to Tom\n" + PUSH)
    assert found.severity == "high"
    assert "2 times up to 12 January" in found.says


def test_a_plan_moved_afterwards_leaves_it_mild() -> None:
    found = raised(check, CALL + LAST_OF_MARCH + PUSH + "2026-02-01 close 2026-06-15\n", on="2026-02-02")
    assert found.severity == "low"
    assert "moved on 1 February 2026" in found.says


def test_a_quarters_last_day_without_a_day_of_the_buyers_is_a_sign() -> None:
    seen = sign(check, CALL + LAST_OF_MARCH, on="2026-01-10")
    assert "31 March 2026, the last day of a quarter" in seen.says
    assert "?" in seen.ask.question


def test_the_sign_goes_once_the_buyer_names_a_day_or_sets_the_plan() -> None:
    said = '  Tom decision_date_stated =2026-03-20 "the twentieth of March"\n'
    clear(check, CALL + said + LAST_OF_MARCH, on="2026-01-10")
    clear(check, CALL + "2026-01-06 close 2026-03-31 by buyer\n", on="2026-01-10")
    clear(check, CALL + "2026-01-06 close 2026-12-31\n", on="2026-01-10")


def test_without_a_plan_and_without_pressing_it_does_not_apply() -> None:
    does_not_apply(check, CALL)
