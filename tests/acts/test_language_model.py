"""A language model in the ledger: what it read is kept, what it did not read is not taken for read, and asked again."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from premortem.acts.bringing_in.bring_in import BroughtIn, bring_in
from premortem.acts.bringing_in.read import read
from premortem.ledger.contents import MemoryLedger
from premortem.ledger.deal import Deal
from premortem.ledger.fold import deal_as_of
from premortem.listening.language_model.endpoint import Address, Endpoint
from premortem.listening.language_model.reader import WithLanguageModel
from premortem.listening.readers import learned, people, rivals
from premortem.listening.readers.assembly import Assembly
from tests.listening.language_model.endpoint_here import Here, Reply, endpoint, facts, says
from tests.listening.readers import signing

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
OWN = Assembly.of([people, rivals, signing])
STAKE = {"claim": "personal_stake", "turn": 1, "quote": "I would get my Sundays back"}
CALL = """WEBVTT

00:00:01.000 --> 00:00:04.000
<v Ines Okafor>Tom, who signs an order of this size at your place?

00:00:05.000 --> 00:00:09.000
<v Tom Reyes>Anything over fifty thousand, Dana Whitlock signs it off. I would get my Sundays back.
"""
ROW = {
    "id": "d-1",
    "name": "Harbour: scheduling",
    "account": "Harbour",
    "seller": "Cadence",
    "created": "2026-01-12",
    "sellers": [{"name": "Ines Okafor", "email": "ines@cadence.example"}],
    "contacts": [{"name": "Tom Reyes", "title": "Plant Lead", "email": "tom@harbour.example"}],
}


class Firm:
    """A deal folder with one call, and a ledger that it is brought into, a day later each time."""

    def __init__(self, folder: Path) -> None:
        (folder / "touches").mkdir(parents=True)
        (folder / "deal.json").write_text(json.dumps(ROW), encoding="utf-8")
        self.folder, self.ledger, self.day = folder, MemoryLedger(), NOW
        self.touch("2026-01-13-call.vtt", CALL)

    def touch(self, name: str, text: str) -> None:
        (self.folder / "touches" / name).write_text(text, encoding="utf-8")

    def bring(self, here: Here | None = None, model: str = "small", own: Assembly = OWN) -> BroughtIn:
        self.day += timedelta(days=1)
        readers = own if here is None else asking(here, model, own)
        (done,) = bring_in(self.ledger, self.folder, self.day, readers=readers)
        return done

    @property
    def deal(self) -> Deal:
        return deal_as_of(self.ledger.store.read("d-1"))

    @property
    def heard(self) -> set[tuple[str, str]]:
        return {(known.fact.claim, known.fact.reader) for known in self.deal.facts}


def asking(here: Here, model: str = "small", own: Assembly = OWN) -> WithLanguageModel:
    return WithLanguageModel(own, Endpoint(Address(here.url, model, seconds=0.5), lambda seconds: None), model)


@pytest.fixture
def firm(tmp_path: Path) -> Firm:
    return Firm(tmp_path / "harbour")


OWN_FACTS = {("person_named", "people"), ("decision_maker_named", "signing")}
ALL_FACTS = {*OWN_FACTS, ("personal_stake", "llm:small")}


def test_what_a_model_read_is_kept_and_not_asked_for_again_by_it_nor_thrown_away_without_it(firm: Firm) -> None:
    with endpoint(facts(STAKE)) as here:
        assert firm.bring(here).touches == 1
        assert firm.heard == ALL_FACTS
        assert (firm.bring(here).known_already, firm.bring().known_already) == (1, 1)
    assert len(here.asked) == 1
    assert firm.heard == ALL_FACTS


def test_a_touch_that_was_there_before_is_read_by_the_model_when_somebody_asks(firm: Firm) -> None:
    firm.bring()
    assert firm.heard == OWN_FACTS
    with endpoint(facts(STAKE)) as here:
        assert firm.bring(here).touches == 1
    assert firm.heard == ALL_FACTS


@pytest.mark.parametrize("reply", [Reply(b"", 503), says("no JSON"), says("{", "length"), Reply(b"", 401)])
def test_a_model_that_failed_is_told_of_and_asked_again_next_time(firm: Firm, reply: Reply) -> None:
    with endpoint(reply) as here:
        failed = firm.bring(here)
    assert firm.heard == OWN_FACTS
    (remark,) = failed.remarks
    assert remark.startswith("2026-01-13-call.vtt: the language model small did not read it: ")
    with endpoint(facts(STAKE)) as here:
        assert firm.bring(here).remarks == []
    assert len(here.asked) == 1
    assert firm.heard == ALL_FACTS


def test_a_model_that_fails_takes_nothing_away(firm: Firm) -> None:
    with endpoint(facts(STAKE)) as here:
        firm.bring(here)
    before = firm.ledger.store.read("d-1")
    with endpoint(says("no JSON")) as here:
        again = firm.bring(here, model="large")
    assert (again.entries, again.known_already, len(again.remarks)) == (0, 1, 1)
    assert firm.ledger.store.read("d-1") == before


def test_better_readers_read_anew_even_where_the_model_fails(firm: Firm) -> None:
    firm.bring()
    better = Assembly.of([people, rivals, signing, learned])
    with endpoint(says("no JSON")) as here:
        again = firm.bring(here, own=better)
    assert (again.touches, len(again.remarks)) == (1, 1)
    assert firm.bring(own=better).known_already == 1


MAIL = """From tom@harbour.example Tue Jan 20 09:00:00 2026
From: Tom Reyes <tom@harbour.example>
To: Ines Okafor <ines@cadence.example>
Date: Tue, {day} Jan 2026 09:00:00 +0000
Message-ID: <{day}@harbour.example>
Subject: Order

Mail of the {day}: I would get my Sundays back.

"""


def test_of_a_mailbox_only_the_mails_that_the_model_missed_are_asked_about_again(firm: Firm) -> None:
    firm.touch("mails.mbox", MAIL.format(day=20) + MAIL.format(day=21) + MAIL.format(day=22))
    with endpoint(facts(), facts(), says("no JSON"), facts()) as here:  # the call, then the mails
        (remark,) = firm.bring(here).remarks
    assert remark.startswith("mails.mbox#2: ")
    with endpoint(facts()) as here:
        firm.bring(here)
        firm.bring(here)
    assert [one.turns[0] for one in here.asked] == ["Mail of the 21: I would get my Sundays back."]
    assert len(firm.deal.touches) == 4


def test_somebody_new_whom_the_model_names_is_a_person_of_the_deal(firm: Firm) -> None:
    firm.touch("2026-01-13-call.vtt", CALL.replace("Dana Whitlock signs", "our Quellhorst signs"))
    told = {"claim": "decision_maker_named", "turn": 1, "quote": "our Quellhorst signs it off", "person": "Quellhorst"}
    with endpoint(facts(told)) as here:
        firm.bring(here)
    (boss,) = firm.deal.with_role("economic_buyer")
    assert [known.fact.person for known in firm.deal.facts if known.fact.reader == "llm:small"] == [boss.id]


def test_a_folder_is_read_with_a_model_and_nothing_is_kept(firm: Firm) -> None:
    with endpoint(facts(STAKE)) as here:
        document = read(firm.folder, NOW, readers=asking(here))
        alone = read(firm.folder / "touches" / "2026-01-13-call.vtt", NOW, readers=asking(here))
    for shown in (document, alone):
        assert {(one.quote, one.reader, one.confidence) for one in shown.facts if one.claim == "personal_stake"} == {
            ("I would get my Sundays back", "llm:small", 0.7)
        }
    assert len(here.asked) == 2


def test_only_what_is_said_and_who_is_who_is_sent(firm: Firm) -> None:
    with endpoint(facts()) as here:
        firm.bring(here)
    (asked,) = here.asked
    assert "Sundays" in asked.data
    for kept_here in ("tom@harbour.example", "ines@cadence.example", "2026-01-13-call.vtt", "scheduling", "d-1"):
        assert kept_here not in asked.data
