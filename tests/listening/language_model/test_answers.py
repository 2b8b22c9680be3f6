"""What came back is taken at its quotes: the words must be in their turn, the claim ours, the people of the touch."""

from __future__ import annotations

import json
from typing import Any

import pytest

from premortem.listening.language_model.answers import CONFIDENCE, NotAnAnswer, Verified, verified
from premortem.listening.language_model.pieces import pieces
from premortem.listening.language_model.prompt import people_numbered
from premortem.listening.scene import Named, Reading, Scene
from tests.listening.readers.story import call, note, words

SCENE = call(
    "O: What happens when a lorry stands still, and who signs for one?",
    "I: Anything over  fifty\nthousand lands on her desk, not mine. Ask Ruta, or Petra Holm, our purchasing lead.",
    "I: We have 80,000 euros in the plan, and Hexa came in cheaper. We decide by 30 April.",
)


def answer(*facts: dict[str, Any], scene: Scene = SCENE) -> Verified:
    (piece,) = pieces(scene)
    return verified(json.dumps({"facts": facts}), scene, piece, people_numbered(scene), "llm:test")


def fact(claim: str, turn: int, quote: str, **more: Any) -> dict[str, Any]:
    return {"claim": claim, "turn": turn, "quote": quote, **more}


def only(*facts: dict[str, Any], scene: Scene = SCENE) -> Reading:
    found = answer(*facts, scene=scene)
    assert not found.dropped
    (one,) = found.readings
    return one


def test_a_fact_with_its_quote_is_taken_white_space_aside() -> None:
    one = only(fact("decision_maker_named", 1, "over fifty thousand  lands on her desk", person="P3"))
    assert words(SCENE, one) == "over  fifty\nthousand lands on her desk"
    assert (one.person, one.confidence, one.reader) == ("p-3", CONFIDENCE, "llm:test")


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (fact("decision_maker_named", 1, "over fifty thousand lands on my desk", person="P3"), "quote"),
        (fact("decision_maker_named", 1, "Over fifty thousand lands on her desk", person="P3"), "quote"),
        (fact("decision_maker_named", 0, "lands on her desk", person="P3"), "side"),
        (fact("decision_maker_named", 2, "lands on her desk", person="P3"), "quote"),
        (fact("decision_maker_named", 1, "lands on her des", person="P3"), "quote"),
        (fact("budget_confirmed", 2, ""), "quote"),
        (fact("budget_confirmed", 2, " , "), "quote"),
        (fact("budget_confirmed", 2, "in the plan " * 40), "quote"),
        (fact("budget_confirmed", 0, "who signs for one"), "side"),
        (fact("discount_offered", 2, "80,000 euros in the plan"), "side"),
        (fact("budget_granted", 2, "80,000 euros in the plan"), "claim"),
        (fact("budget_confirmed", 99, "80,000 euros in the plan"), "turn"),
        (fact("budget_confirmed", -1, "80,000 euros in the plan"), "turn"),
        (fact("discovery_question", 0, "What happens when a lorry stands still", value="astrology"), "topic"),
        (fact("discovery_question", 0, "What happens when a lorry stands still"), "topic"),
        (fact("competitor_named", 2, "Hexa came in cheaper", value="Brightline"), "name"),
        (fact("competitor_named", 2, "Hexa came in cheaper"), "name"),
        (fact("person_named", 1, "our purchasing lead", person="Zara Quill"), "name"),
        (fact("person_named", 1, "lands on her desk", person="her"), "name"),
        (fact("person_named", 1, "lands on her desk", title="her"), "name"),
        (fact("person_named", 1, "not mine", person="P1"), "name"),
        (fact("person_named", 1, "not mine", person="P2"), "name"),
        (fact("decision_maker_named", 1, "lands on her desk", person="P1"), "name"),
        (fact("decision_maker_named", 1, "lands on her desk", person="P2"), "name"),
        ({"claim": "budget_confirmed", "turn": "2", "quote": "80,000 euros in the plan"}, "form"),
        ({"claim": "budget_confirmed", "turn": True, "quote": "80,000 euros in the plan"}, "form"),
        ({"claim": "budget_confirmed", "quote": "80,000 euros in the plan"}, "form"),
        (fact("budget_confirmed", 2, "80,000 euros in the plan", person={"name": "Ruta"}), "form"),
    ],
)
def test_what_can_not_be_is_dropped_and_counted(told: dict[str, Any], reason: str) -> None:
    found = answer(told)
    assert (found.readings, dict(found.dropped)) == ([], {reason: 1})


def test_one_that_is_dropped_takes_no_other_with_it() -> None:
    good = fact("budget_confirmed", 2, "80,000 euros in the plan")
    found = answer({"claim": 7}, good, fact("happiness", 2, "in the plan"), good)
    assert [one.claim for one in found.readings] == ["budget_confirmed"]
    assert dict(found.dropped) == {"form": 1, "claim": 1}


def test_people_are_those_of_the_deal_or_are_named_in_the_touch() -> None:
    assert only(fact("person_named", 1, "Ask Ruta", person="ruta")).person == "p-3"
    new = only(fact("person_named", 1, "Petra Holm", person="Petra Holm", title="our Purchasing lead"))
    assert (new.person, new.named) == (None, Named("Petra Holm", "purchasing lead"))
    titled = only(fact("decision_maker_named", 1, "lands on her desk", title="purchasing lead"))
    assert titled.named == Named(None, "purchasing lead")
    nobody = only(fact("decision_maker_named", 1, "lands on her desk", person="Zara Quill"))
    assert (nobody.person, nobody.named) == (None, None)


def test_the_speaker_is_who_speaks_whatever_the_model_says() -> None:
    scene = call("I: Up to that sum I just put it on the card.")
    assert only(fact("authority_claimed", 0, "I just put it on the card", person="P3"), scene=scene).person == "p-1"
    told = note("Imke can sign up to ten thousand alone.")
    assert only(fact("authority_claimed", 0, "can sign up to ten thousand", person="P1"), scene=told).person is None


def test_days_and_sums_are_read_from_the_quote_and_not_from_the_model() -> None:
    day = only(fact("decision_date_stated", 2, "We decide by 30 April", value="2031-01-01"))
    assert day.value is not None
    assert "2026-04-30" in day.value
    money = only(fact("budget_confirmed", 2, "80,000 euros in the plan", value="9000000 USD"))
    assert (money.value, money.value_at) == ("80000 EUR", (8, 20))
    assert only(fact("budget_confirmed", 2, "in the plan", value="80,000 euros")).value is None


def test_a_rival_and_a_topic_are_taken_where_they_are_what_they_must_be() -> None:
    rival = only(fact("competitor_named", 2, "Hexa came in cheaper", value="Hexa"))
    assert (rival.value, rival.value_at) == ("Hexa", (38, 42))
    topic = only(fact("discovery_question", 0, "What happens when a lorry stands still", value="pain"))
    assert topic.value == "pain"


@pytest.mark.parametrize(
    "said",
    [
        *("I can't help with that.", "", "[]", "null", '{"facts": {}}', '{"facts": [', '{"claims": []}', "[" * 50_000),
        *('Here you are:\n{"facts": []}', '{"facts": []} {"facts": []}'),
    ],
)
def test_an_answer_in_another_form_is_none(said: str) -> None:
    (piece,) = pieces(SCENE)
    with pytest.raises(NotAnAnswer):
        verified(said, SCENE, piece, {}, "llm:test")


@pytest.mark.parametrize(
    "said",
    [
        '{"facts": []}',
        ' \n{"facts": []}\n',
        '```json\n{"facts": []}\n```',
        '<think>[a]{b</think>\n```\n{"facts": []}\n```',
    ],
)
def test_a_fence_or_thoughts_around_an_answer_do_no_harm(said: str) -> None:
    (piece,) = pieces(SCENE)
    assert verified(said, SCENE, piece, {}, "llm:test") == ([], {})


def test_a_quote_must_be_in_the_piece_that_was_asked_about() -> None:
    text = "We have no budget. " + "Nothing happened that day. " * 60
    scene = note(text)
    first, *_, last = pieces(scene, longest=700, overlap=100)
    told = json.dumps({"facts": [fact("budget_missing", 0, "We have no budget")]})
    assert len(verified(told, scene, first, {}, "x").readings) == 1
    assert dict(verified(told, scene, last, {}, "x").dropped) == {"quote": 1}
