from __future__ import annotations

import msgspec

from premortem.checks.base import Clear
from premortem.checks.evidence_stale import check
from premortem.ledger.fold import deal_as_of, noon
from premortem.ledger.norms import Norm, Norms
from tests.checks.asking import clear, does_not_apply, sign
from tests.telling import told, who

CALL = "sellers: Ines\nbuyers: Tom, Mara\n2026-01-05 call: Ines 40%, Tom 60%\n"
MONEY = '  Tom budget_confirmed "it is in the plan"\n'
MARCH = "2026-03-20 call: Ines, Mara\n"


def test_what_was_said_too_long_ago_is_a_sign_and_goes_to_whoever_said_it() -> None:
    seen = sign(check, CALL + MONEY + MARCH)
    assert seen.says == "Not said again for 74 days: the budget, since 5 January 2026."
    assert "is that still so" in seen.ask.question
    assert seen.ask.to == who("Tom")


def test_only_the_newest_word_on_each_counts() -> None:
    clear(check, CALL + MONEY + MARCH + '  Mara budget_confirmed "yes, still there"\n')


def test_the_oldest_is_asked_first() -> None:
    day = "2026-01-10 call: Ines, Mara\n" + '  Mara decision_date_stated =2026-06-10 "the tenth of June"\n'
    seen = sign(check, CALL + MONEY + day + MARCH)
    assert "the budget" in seen.ask.question
    assert "; 69 days: by when" in seen.says


def test_how_long_evidence_holds_is_a_setting() -> None:
    entries = told("deal: A\n" + CALL + MONEY)
    deal = deal_as_of(entries, noon(entries[-1].at.date().replace(day=20)))
    assert isinstance(check(deal, Norms()), Clear)
    weekly = msgspec.structs.replace(Norms(), fresh_days=Norm(7, "our own setting: hard times"))
    assert not isinstance(check(deal, weekly), Clear)


def test_where_nothing_was_said_or_it_is_delivered_it_does_not_apply() -> None:
    assert "nothing of what" in does_not_apply(check, CALL)
    day = '  Tom decision_date_stated =2026-01-10 "on the tenth"\n'
    assert "delivered" in does_not_apply(check, CALL + day + "2026-01-11 stage Onboarding\n", on="2026-06-01")
