"""A deal is lost: four answers, a second team, an action, a year later the question whether it helped."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from premortem.acts.afterwards.conclude import add_action, add_factor, done, recurred, take_back
from premortem.acts.afterwards.interview import interview, note_of, record_interview
from premortem.acts.afterwards.post_mortem import NAMED_NOTHING, QUESTIONS, Account, give_account
from premortem.acts.afterwards.post_mortem_shown import PostMortemDocument, post_mortem
from premortem.acts.bringing_in.bring_in import bring_in
from premortem.acts.looking.verify import verify_ledger
from premortem.acts.playbook import Rules, rules_of
from premortem.errors import Unknown
from premortem.ledger.contents import MemoryLedger
from premortem.ledger.fold import deal_as_of

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = NOW.date()
DEAL = "bay-1"
ROW = """{"id": "bay-1", "name": "Bay Street: dock doors", "account": "Bay Street Cold Store", "seller": "Doorworks",
"created": "2026-09-01", "amount": 40000, "sellers": [{"name": "Ines Falk"}], "contacts": [{"name": "Tom Reed"}]END}"""
LOST = ', "outcome": {"status": "lost", "at": "2026-11-02", "to": "Ferrum", "stated_reason": "price"}'
NOTES = {
    "2026-09-02-note.txt": "Note by Ines Falk, 2026-09-02\nMet Tom Reed. The doors freeze shut every night.",
    "2026-10-01-note.txt": "Note by Ines Falk, 2026-10-01\nPhoned Tom Reed. Nothing new, no day agreed.",
}
CHECK = "economic_buyer_unknown"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    deal = tmp_path / "bay"
    (deal / "touches").mkdir(parents=True)
    (deal / "deal.json").write_text(ROW.replace("END", LOST), encoding="utf-8")
    for name, text in NOTES.items():
        (deal / "touches" / name).write_text(text, encoding="utf-8")
    return deal


@pytest.fixture
def ledger(folder: Path) -> MemoryLedger:
    held = MemoryLedger()
    bring_in(held, folder, NOW)
    return held


@pytest.fixture(scope="module")
def rules() -> Rules:
    return rules_of()


def shown(ledger: MemoryLedger, today: date = TODAY) -> PostMortemDocument:
    return post_mortem(ledger.store.read(DEAL), ledger.contents, rules_of(), today)


def first_account(ledger: MemoryLedger, rules: Rules) -> None:
    told = Account("sales", "lost", "Ferrum", 2, "they said price", (CHECK,), "We met the owner too late.")
    give_account(ledger, rules, DEAL, told, "ines", NOW)


def test_a_first_account_takes_four_answers_at_most(ledger: MemoryLedger, rules: Rules) -> None:
    assert len(QUESTIONS) == 4
    first_account(ledger, rules)
    document = shown(ledger)
    assert document.outcome_said == "A rival won it: Ferrum. We came second."
    assert [(one.check, one.teams) for one in document.factors] == [(CHECK, ["sales"]), (None, ["sales"])]
    assert document.ended_on == "2026-11-02"  # the CRM's day stays
    assert verify_ledger(ledger).breaks == []


def test_the_three_reasons_stand_side_by_side_and_their_difference_is_told(ledger: MemoryLedger, rules: Rules) -> None:
    first_account(ledger, rules)
    record_interview(ledger, DEAL, {"what_decided": "The owner wanted a firm he knew."}, "Tom Reed", "Ines Falk", NOW)
    seller, buyer, evidence = shown(ledger).reasons
    assert (seller.said, buyer.said) == (["they said price"], ["The owner wanted a firm he knew."])
    assert 0 < len(evidence.said) <= 3
    assert "The seller speaks of price and budget, the buyer of the people who decide." in shown(ledger).disagreements


def test_it_is_joint_once_marketing_joined_and_shows_what_one_team_alone_names(
    ledger: MemoryLedger, rules: Rules
) -> None:
    first_account(ledger, rules)
    assert (shown(ledger).joint, shown(ledger).missing) == (False, ["marketing"])
    give_account(ledger, rules, DEAL, Account("marketing", wish="The sheet was made for engineers."), "mara", NOW)
    document = shown(ledger)
    assert document.joint
    assert [(one.team, one.people) for one in document.teams] == [("marketing", ["mara"]), ("sales", ["ines"])]
    assert "Only sales names economic buyer unknown." in document.disagreements
    assert document.outcome_said == "A rival won it: Ferrum. We came second."


def test_naming_nothing_is_an_account_and_no_factor(ledger: MemoryLedger, rules: Rules) -> None:
    give_account(ledger, rules, DEAL, Account("marketing"), "mara", NOW)
    document = shown(ledger)
    assert document.factors == []
    assert [one.team for one in document.teams] == ["marketing"]
    assert NAMED_NOTHING not in str(document)


def test_the_same_account_twice_adds_no_factor_twice(ledger: MemoryLedger, rules: Rules) -> None:
    told = Account("sales", "lost", "Ferrum", ticked=(CHECK,))
    give_account(ledger, rules, DEAL, told, "ines", NOW)
    before = len(ledger.store.read(DEAL))
    give_account(ledger, rules, DEAL, told, "ines", NOW + timedelta(hours=1))
    assert len(ledger.store.read(DEAL)) == before


def test_blaming_words_are_kept_and_pointed_out(ledger: MemoryLedger, rules: Rules) -> None:
    wording = give_account(ledger, rules, DEAL, Account("sales", wish="Ines should have asked."), "tom", NOW)
    assert [one.words for one in wording] == ["Ines should have"]
    (factor,) = shown(ledger).factors
    assert factor.words == "Ines should have asked."
    assert [one.words for one in factor.wording] == ["Ines should have"]


def test_an_import_does_not_take_back_what_people_told(ledger: MemoryLedger, rules: Rules, folder: Path) -> None:
    told = Account("sales", "no_decision", reason="they froze all spending")
    give_account(ledger, rules, DEAL, told, "ines", NOW)
    bring_in(ledger, folder, NOW + timedelta(days=1))
    document = shown(ledger)
    assert document.outcome == "no_decision"
    assert "The end was told in different ways" in document.disagreements[0]


def test_a_deal_that_was_never_said_to_have_ended_ends_with_its_first_account(
    ledger: MemoryLedger, rules: Rules, folder: Path
) -> None:
    (folder / "deal.json").write_text(ROW.replace("END", ""), encoding="utf-8")
    held = MemoryLedger()
    bring_in(held, folder, NOW)
    with pytest.raises(Unknown, match="nobody has said yet how this deal ended"):
        give_account(held, rules, DEAL, Account("sales", wish="who signs"), "ines", NOW)
    give_account(held, rules, DEAL, Account("sales", "unknown", ended=date(2026, 11, 20)), "ines", NOW)
    assert shown(held).outcome_said == "We don’t know."
    assert shown(held).ended_on == "2026-11-20"
    bring_in(held, folder, NOW + timedelta(days=1))  # the CRM still has it open, and never said otherwise
    assert shown(held).ended_on == "2026-11-20"


def test_a_win_gets_one_too(ledger: MemoryLedger, rules: Rules) -> None:
    give_account(ledger, rules, DEAL, Account("sales", "won", ticked=(CHECK,)), "ines", NOW)
    document = shown(ledger)
    assert (document.outcome_said, document.rank) == ("We won it.", 1)
    assert document.factors[0].check == CHECK


def test_each_conclusion_asks_for_an_action_and_later_whether_it_recurred(ledger: MemoryLedger) -> None:
    factor, _ = add_factor(ledger, DEAL, "Nobody met the owner.", "sales", "ines", NOW)
    assert shown(ledger).without_action == 1
    due = TODAY + timedelta(days=30)
    action, _ = add_action(ledger, DEAL, "Ask who signs in call one.", "Ines", due, "ines", NOW, factor.conclusion)
    assert shown(ledger).without_action == 0
    (asked,) = shown(ledger).factors[0].actions
    assert (asked.owner, asked.due, asked.ask) == ("Ines", due.isoformat(), False)
    done(ledger, DEAL, action.conclusion, "ines", NOW)
    assert shown(ledger).factors[0].actions[0].ask
    recurred(
        ledger, DEAL, action.conclusion, again=False, by="mara", now=NOW + timedelta(days=90), words="two deals since"
    )
    (asked,) = shown(ledger, due).factors[0].actions
    assert (asked.ask, asked.recurred[0].again, asked.recurred[0].words) == (False, False, "two deals since")


def test_what_cannot_be_concluded_is_told_why(ledger: MemoryLedger) -> None:
    with pytest.raises(Unknown, match="without an owner is nobody's"):
        add_action(ledger, DEAL, "Ask.", " ", TODAY, "ines", NOW)
    with pytest.raises(Unknown, match="is past"):
        add_action(ledger, DEAL, "Ask.", "Ines", TODAY - timedelta(days=1), "ines", NOW)
    with pytest.raises(Unknown, match="there is no action 'c-0'"):
        done(ledger, DEAL, "c-0", "ines", NOW)
    with pytest.raises(Unknown, match="needs words"):
        add_factor(ledger, DEAL, "  ", "sales", "ines", NOW)
    factor, _ = add_factor(ledger, DEAL, "Nobody met the owner.", "sales", "ines", NOW)
    take_back(ledger, DEAL, factor.conclusion, "ines", NOW + timedelta(minutes=1))
    assert shown(ledger).factors == []


def test_the_interview_asks_little_and_its_note_quotes_the_buyer(ledger: MemoryLedger) -> None:
    document = interview(ledger.store.read(DEAL), ledger.contents)
    assert 2 <= len(document.questions) <= 7
    assert [(one.name, one.met) for one in document.buyers] == [("Tom Reed", True)]
    answers = {"who_decided": "The owner,\nDana Whit, signs everything.", "nonsense": "x", "budget": " "}
    note = note_of(ledger, DEAL, answers, "Tom Reed", "Ines Falk", TODAY)
    assert note.text.splitlines() == [
        "Note by Ines Falk, 2026-11-22",
        "Spoke to Tom Reed.",
        "On who had the last word, Tom Reed said: “The owner, Dana Whit, signs everything.”",
    ]
    assert "Tom" not in note.name
    with pytest.raises(Unknown, match="nothing was answered"):
        note_of(ledger, DEAL, {"budget": " "}, "Tom Reed", "Ines Falk", TODAY)


def test_the_readers_hear_the_interview_as_a_note_of_the_deal(ledger: MemoryLedger) -> None:
    before = shown(ledger).offered
    answers = {"what_decided": "The price.", "who_decided": "Dana Whit in finance signs every order here."}
    brought = record_interview(ledger, DEAL, answers, "Tom Reed", "Ines Falk", NOW)
    assert brought.touches == 1
    whole = deal_as_of(ledger.store.read(DEAL))
    assert whole.touches[-1].type == "note"
    assert "decision_maker_named" in {
        known.fact.claim for known in whole.facts if known.fact.touch == whole.touches[-1].id
    }
    assert shown(ledger).offered == before  # what came after the end changes nothing of what could be seen before
