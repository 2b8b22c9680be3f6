from __future__ import annotations

import msgspec

from premortem.checks.base import Clear, Raised
from premortem.checks.budget_unconfirmed import check
from premortem.ledger.fold import deal_as_of
from premortem.ledger.norms import Norms
from tests.checks.asking import clear, does_not_apply, raised, sign
from tests.telling import told, who

CALL = "sellers: Ines\nbuyers: Tom, Mara\n2026-01-05 call: Ines 40%, Tom 60%\n"
SIXTY = '  Tom budget_confirmed =60000 "sixty is in my plan"\n'
NOTHING = '  Mara budget_missing "there is no line for it that I have seen"\n'
LATER = "2026-01-12 call: Ines, Mara\n"


def test_no_money_is_raised_at_once_and_goes_to_whoever_said_it() -> None:
    found = raised(check, CALL + LATER + NOTHING)
    assert found.severity == "medium"
    assert "nobody has said otherwise" in found.says
    assert found.ask.to == who("Mara")


def test_two_who_disagree_both_stand() -> None:
    found = raised(check, CALL + SIXTY + LATER + NOTHING)
    assert "both stand" in found.says
    assert {"{" + who("Tom") + "}", "{" + who("Mara") + "}"} <= set(found.says.replace(",", "").split())
    assert len(found.evidence) == 2


def test_money_found_later_leaves_it_mild() -> None:
    found = raised(check, CALL + NOTHING + LATER + SIXTY)
    assert found.severity == "low"
    assert "confirmed it on 12 January 2026" in found.says


def test_late_in_the_cycle_it_is_grave() -> None:
    assert raised(check, CALL + NOTHING, on="2026-07-01").severity == "high"


def test_how_far_a_yes_goes_is_no_no() -> None:
    limit = '  Tom budget_missing "beyond it I could not swear to a thing"\n'
    assert "there is money" in clear(check, CALL + SIXTY + limit)


def test_never_spoken_of_is_a_sign_from_the_third_touch_on() -> None:
    assert "too early" in does_not_apply(check, CALL + LATER)
    seen = sign(check, CALL + LATER + "2026-01-19 call: Ines, Tom\n")
    assert "Nobody has said" in seen.says
    assert len(seen.touches) == 3


def test_an_unsure_reading_alone_is_no_ground() -> None:
    deal = deal_as_of(told("deal: A\n" + CALL + SIXTY + LATER + NOTHING))
    *rest, denied = deal.facts
    unsure = msgspec.structs.replace(denied, fact=msgspec.structs.replace(denied.fact, confidence=0.4))
    assert isinstance(check(deal, Norms()), Raised)
    assert isinstance(check(msgspec.structs.replace(deal, facts=(*rest, unsure)), Norms()), Clear)
