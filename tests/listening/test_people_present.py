"""Who sits in a call and never speaks: Ann Kowal of Loomworks talks to Petra Bauer and others of Northmoor Freight."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from premortem.ledger.contents import Card, Conversation, MemoryContents, Turn
from premortem.ledger.entries import Fact, Touch
from premortem.listening.given import Given, GivenFact
from premortem.listening.listen import Heard, Source, listen
from premortem.listening.people import Roster
from tests.listening.test_people import the_deal

DAY = datetime(2026, 3, 4, 10, tzinfo=UTC)
NOTHING_MORE = "Ann: So I would begin with the docks.\nPetra: Please do."


def hear(said: str, roster: Roster, *facts: GivenFact, kind: str = "call") -> Heard:
    full = {"Ann": "Ann Kowal", "Raj": "Raj Mehta", "Petra": "Petra Bauer"}
    turns = [line.split(": ", 1) for line in said.splitlines()]
    talk = tuple(Turn(text, full.get(label, label)) for label, text in turns)
    conversation = Conversation(kind, "call.vtt", talk, at=DAY)  # type: ignore[arg-type]  # a kind of touch
    source = Source("deal-1", "t-1", "call.vtt", "0" * 64, DAY)
    return listen(conversation, source, roster, MemoryContents(), Given(list(facts), "given"))


def touch(heard: Heard) -> Touch:
    return next(entry.body for entry in heard.entries if isinstance(entry.body, Touch))


def silent(said: str, *known: str) -> list[str | None]:
    """The names, or else titles, of those who were there and never spoke."""
    roster = the_deal()
    for name in known:
        roster.know(Card(name=name), "buyer")
    told = touch(hear(f"{said}\n{NOTHING_MORE}", roster))
    there = [part.person for part in told.parts if part.how == "listed"]
    assert told.measures is not None
    assert list(told.measures.silent) == there
    assert all(roster.side(one) == "buyer" for one in there)
    return [roster.card(one).name or roster.card(one).title for one in there]


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("Petra: Morning. Oona's with us too, from the dispatch desk.", "Oona"),
        ("Petra: I'm here with Iker Solano, my colleague.", "Iker Solano"),
        ("Petra: And Wenzel Horak is on the line as well.", "Wenzel Horak"),
        ("Petra: I've got Hilda Strand from purchasing sitting beside me.", "Hilda Strand"),
        ("Petra: It's me and Jorun Vik today.", "Jorun Vik"),
        ("Petra: Tove next to me says hello.", "Tove"),
        ("Petra: Marek joined as well.", "Marek"),
        ("Petra: I have Piotr on too, he will just listen.", "Piotr"),
        ("Petra: We are three, Grzegorz Lis from the yard, he only listens.", "Grzegorz Lis"),
        ("Petra: Lotte's come over from stores.\nAnn: Hi Lotte, good.", "Lotte"),
        ("Ann: I see a Benedikt, hello Benedikt.\nPetra: He is muted, he has a cold.", "Benedikt"),
        ("Petra: Our finance director is on mute, listening in.", "finance director"),
        ("Petra: Our head of finance is on too.", "head of finance"),
        ("Petra: I've got my colleague Ana listening in.", "Ana"),
        ("Petra: We also asked Hilda Strand. She's sitting next to me.", "Hilda Strand"),
        ("Petra: Yes, good. And this is Kim Park, our buyer.", "Kim Park"),
        ("Petra: Say hi to Jonas, he keeps the stores.", "Jonas"),
        ("Petra: and piotr is on too he said he'd just listen in", "Piotr"),
    ],
)
def test_whoever_is_told_to_be_there_and_says_nothing_is_silent(said: str, who: str) -> None:
    assert silent(said) == [who]


def test_two_beside_one_are_both_there() -> None:
    assert silent("Petra: I've got Carla and Viktor in here with me.") == ["Carla", "Viktor"]


@pytest.mark.parametrize("said", ["Ann: Hey Yusuf, welcome.", "Ann: Morning all. Hello Yusuf!", "Ann: Welcome, Yusuf."])
def test_a_greeting_counts_for_somebody_known(said: str) -> None:
    assert silent(said, "Yusuf Demir") == ["Yusuf Demir"]
    assert silent(said) == []


@pytest.mark.parametrize(
    "said",
    [
        "Petra: Oona can't make it, she sends her best.",
        "Petra: Oona sends apologies, her train is stuck.",
        "Petra: Oona is on holiday until Monday.",
        "Petra: Oona is joining in ten minutes or so.",
        "Petra: Oona will be with us next time.",
        "Petra: Oona is not here today.",
        "Petra: Oona is here on Thursdays only.",
        "Petra: Oona has been with us since nine years.",
        "Petra: Oona from purchasing stood at my desk on Monday.",
        "Petra: Oona never listens to me.",
        "Petra: I'd want Oona to see it at some stage.",
        "Ann: Is Oona with you?\nPetra: No, she has left the firm.",
        "Ann: Say hi to everybody, and tell Oona thanks.",
        "Petra: Oona says hi.",
        "Petra: Oona's in the room whenever money is decided.",
        "Petra: I had Oona on the phone yesterday.",
    ],
)
def test_whoever_is_only_spoken_of_is_not_there(said: str) -> None:
    assert silent(said, "Oona Laine") == []


def test_our_own_people_are_none_of_theirs() -> None:
    assert silent("Ann: Bodil's on too, she is our engineer, and I've Sten with me.\nPetra: Hi Bodil, hi Sten.") == []
    assert silent("Ann: Raj is here with me.") == []


def test_whoever_speaks_is_not_silent() -> None:
    assert silent("Petra: I've got Kajsa next to me.\nKajsa Holm: I am only here for the coffee.") == []
    assert silent("Petra: Robert is on too.\nBob Tanner: Hello.") == []


def test_whoever_may_be_a_voice_without_a_name_is_not_silent() -> None:
    there = "Petra: I've got Carla and Viktor in here with me.\nSpeaker 2: Hey all.\nSpeaker 3: Charming."
    assert silent(there) == []
    assert silent("Petra: Carla is on mute, just listening.\nSpeaker 2: Hey all.\nSpeaker 3: Yes.") == ["Carla"]


def test_two_at_one_laptop_may_both_be_the_voice() -> None:
    assert silent("Petra: I've got Carla here next to me, we're sharing the laptop.") == []


def test_a_doctor_may_be_the_voice_with_the_first_name() -> None:
    assert silent("Petra: Dr Osei is here too.\nKwabena: Good afternoon.") == []


def test_a_question_by_name_is_put_to_them() -> None:
    roster = the_deal()
    said = "Petra: Oona Laine is on too, from finance.\nAnn: Oona, what does a late lorry cost you?\nPetra: Good one."
    asked = GivenFact("call.vtt", "discovery_question", "what does a late lorry cost you?", 1, value="impact")
    heard = hear(said, roster, asked)
    fact = next(entry.body for entry in heard.entries if isinstance(entry.body, Fact))
    assert fact.person == roster.find("Oona Laine")
    assert touch(heard).measures.silent == (fact.person,)  # type: ignore[union-attr]  # a call has measures


def test_a_question_to_all_is_put_to_nobody() -> None:
    said = "Petra: Oona Laine is on too, from finance.\nAnn: And what does a late lorry cost you?\nPetra: Too much."
    asked = GivenFact("call.vtt", "discovery_question", "what does a late lorry cost you?", 1, value="impact")
    fact = next(entry.body for entry in hear(said, the_deal(), asked).entries if isinstance(entry.body, Fact))
    assert fact.person is None


def test_notes_tell_of_others_by_other_rules() -> None:
    heard = hear("Ann: Oona is here with me.", the_deal(), kind="note")
    assert [part.how for part in touch(heard).parts] == ["listed"]
