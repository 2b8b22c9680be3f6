from __future__ import annotations

from premortem.checks.stage_ahead_of_evidence import check
from tests.checks.asking import clear, does_not_apply, raised
from tests.telling import who

CALL = "sellers: Ines\nbuyers: Tom, Dana (economic_buyer)\n2026-01-05 call: Ines 40%, Tom 60%\n"
MONEY = '  Tom budget_confirmed "the line is there"\n'
DAY = '  Tom decision_date_stated =2026-06-10 "the tenth of June"\n'
WAY = '  Tom decision_process_described "we score, then Dana signs"\n'
DANA = "2026-02-10 call: Ines, Dana\n"
NEGOTIATION = "2026-02-02 stage Negotiation\n"
PROPOSAL = "2026-01-10 stage Proposal\n"


def test_negotiation_on_nothing_is_grave_and_names_all_four() -> None:
    found = raised(check, CALL + NEGOTIATION, on="2026-02-03")
    assert found.severity == "high"
    for missing in ("was not met", "no money", "no day", "nobody knows how"):
        assert missing in found.says
    assert "Who gives the final yes" in found.ask.question
    assert found.ask.to == who("Tom")


def test_one_thing_missing_is_enough_that_late() -> None:
    found = raised(check, CALL + MONEY + DAY + WAY + NEGOTIATION, on="2026-02-03")
    assert found.says == "The CRM says 'Negotiation' since 2 February 2026: whoever gives the final yes was not met."
    assert found.severity == "medium"


def test_what_was_denied_since_is_missing_with_its_words() -> None:
    denied = "2026-02-12 call: Ines, Dana\n" + '  Dana budget_missing "I have released nothing"\n'
    found = raised(check, CALL + MONEY + DAY + WAY + DANA + "2026-02-11 stage Verbal\n" + denied)
    assert "no money is confirmed" in found.says
    assert len(found.evidence) == 1


def test_with_all_four_it_is_clear() -> None:
    assert "rests on" in clear(
        check, CALL + MONEY + DAY + WAY + DANA + "2026-02-11 stage Negotiation\n", on="2026-02-12"
    )


def test_entered_too_soon_and_made_up_for_stays_mild() -> None:
    found = raised(check, CALL + MONEY + DAY + WAY + NEGOTIATION + DANA)
    assert found.severity == "low"
    assert "since then all of it came" in found.says


def test_a_proposal_with_three_missing_raises_it_until_none_is() -> None:
    bare = CALL + MONEY + PROPOSAL
    assert "'Proposal'" in raised(check, bare, on="2026-01-11").says
    raised(check, bare + "2026-01-12 call: Ines, Tom\n" + DAY + WAY)
    clear(check, bare + "2026-01-12 call: Ines, Tom\n" + DAY + WAY + DANA)


def test_a_proposal_with_two_missing_is_clear() -> None:
    clear(check, CALL + MONEY + DAY + PROPOSAL, on="2026-01-11")


def test_a_stage_set_back_is_clear() -> None:
    clear(check, CALL + NEGOTIATION + "2026-02-05 stage Evaluation\n", on="2026-02-06")


def test_before_a_proposal_it_does_not_apply() -> None:
    does_not_apply(check, CALL + "2026-01-06 stage Demo\n", on="2026-01-07")
    story = CALL + '  Tom decision_date_stated =2026-01-07 "on the seventh"\n'
    assert "delivered" in does_not_apply(check, story + PROPOSAL + "2026-01-11 stage Onboarding\n", on="2026-01-12")
