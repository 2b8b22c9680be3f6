"""A letter is shown by the buyer's words or by a person in a role; nobody ticks it."""

from __future__ import annotations

from msgspec.structs import replace

from premortem.checks.catalogue import checks
from premortem.ledger.entries import Fact
from premortem.ledger.fold import deal_as_of
from premortem.playbook.lists import BUILT_IN, stand
from tests.telling import told, who

HEAD = "deal: A press brake\nsellers: Ines\nbuyers: Tom, Mara\n2026-01-05 call: Ines 40%, Tom 60%\n"


def states(name: str, words: str) -> dict[str, str]:
    return {one.letter.name: one.state for one in stand(deal_as_of(told(HEAD + words)), BUILT_IN[name])}


def test_nothing_said_is_unknown_and_a_question_is_asked() -> None:
    assert set(states("bant", "").values()) == {"unknown"}
    assert states("bant", '  Ines discovery_question =budget "is there money for it?"')["Budget"] == "asked"


def test_money_that_was_confirmed_and_then_cut_is_denied() -> None:
    said = '  Tom budget_confirmed "sixty are set aside"\n'
    assert states("bant", said)["Budget"] == "known"
    assert states("bant", said + '2026-02-01 mail Tom to Ines\n  Tom budget_missing "all gone"')["Budget"] == "denied"


def test_not_knowing_how_it_is_decided_is_an_answer() -> None:
    said = '  Ines discovery_question =process "how is it decided?"\n  Tom decision_process_unknown "no idea"'
    assert states("meddicc", said)["Decision process"] == "unsure"


def test_a_role_fills_a_letter_and_names_who_holds_it() -> None:
    deal = deal_as_of(
        told("deal: A\nsellers: Ines\nbuyers: Dana (economic_buyer)\n2026-01-05 call: Ines 50%, Dana 50%")
    )
    authority = next(one for one in stand(deal, BUILT_IN["bant"]) if one.letter.name == "Authority")
    assert (authority.state, authority.people) == ("known", (who("Dana"),))


def test_our_own_words_fill_no_letter_but_our_note_does() -> None:
    assert states("meddicc", '  Ines competitor_named =Fold "you saw Fold?"')["Competition"] == "unknown"
    noted = '2026-01-06 note by Ines, met Tom\n  Ines competitor_named =Fold "they saw Fold"'
    assert states("meddicc", noted)["Competition"] == "known"


def test_one_unsure_reading_fills_no_letter() -> None:
    entries = told(HEAD + '  Tom budget_confirmed "maybe sixty"')
    doubted = [replace(e, body=replace(e.body, confidence=0.4)) if isinstance(e.body, Fact) else e for e in entries]
    budget = stand(deal_as_of(doubted), BUILT_IN["bant"])[0]
    assert (budget.state, budget.evidence) == ("unknown", ())


def test_the_lists_spell_their_names() -> None:
    for name, letters in BUILT_IN.items():
        assert "".join(one.letter for one in letters).lower() == name


def test_every_check_that_a_list_names_is_there() -> None:
    there = checks()
    assert {check for letters in BUILT_IN.values() for one in letters for check in one.checks} <= set(there)
