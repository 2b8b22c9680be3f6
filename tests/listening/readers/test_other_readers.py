"""Questions that open something, how it is decided, who is for and against, rivals and trials."""

from __future__ import annotations

import pytest

from premortem.listening.readers.assembly import Assembly
from tests.listening.readers.story import NOT_YET, call, claims, read, the


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Who has to sign it off in the end?", "authority"),
        ("What does a lost pallet cost you in a year?", "impact"),
        ("Is there a budget for it this year?", "budget"),
        ("Who else are you looking at for this?", "competition"),
        ("What would have to be true for you to call it a success?", "criteria"),
        ("What is in it for you, personally?", "stakes"),
        ("Walk me through how a van gets its first job of the day?", "use_case"),
        ("What worries you most about switching?", "risk"),
        ("When would you want to be live?", "timing"),
    ],
)
def test_a_seller_opens_a_topic(question: str, topic: str) -> None:
    assert the("discovery_question", call(f"O: {question}")).value == topic


@pytest.mark.parametrize(
    "said",
    [
        "O: Does that make sense to you so far?",
        "O: Can you all see my screen?",
        "O: Really?",
        "O: Shall we say Thursday at ten?",
        "I: Who has to sign it off at your end?",
    ],
)
def test_logistics_echoes_and_the_buyers_questions_open_nothing(said: str) -> None:
    assert "discovery_question" not in claims(said)


@pytest.mark.parametrize(
    "said",
    [
        "I: It goes to procurement first and then to the board.",
        "I: We need three quotes for anything that size.",
        pytest.param("I: I write a paper and the steering group votes.", marks=NOT_YET),
    ],
)
def test_how_it_will_be_decided(said: str) -> None:
    assert "decision_process_described" in claims(said)


def test_not_knowing_how_is_its_own_claim() -> None:
    assert "decision_process_unknown" in claims("I: I honestly couldn't tell you who decides these things.")


def test_wanting_us_and_fighting_for_it_are_about_the_speaker() -> None:
    scene = call("I: If it were up to me you'd have it tomorrow.", "I: I'll stand up in the meeting and say so.")
    assert the("wants_us", scene).person == "p-1"
    assert the("will_fight", scene).person == "p-1"


def test_a_seller_who_praises_his_friend_inside_says_nothing() -> None:
    assert not {"wants_us", "will_fight"} & set(claims("O: I want you to see it, I'll make the case myself."))


def test_somebody_against_us_is_known_by_name() -> None:
    assert the("opposition_stated", call("I: Ruta is dead against it.")).person == "p-3"


@NOT_YET
def test_somebody_no_longer_against_us_is_no_opposition() -> None:
    assert "opposition_stated" not in claims("I: Ruta is no longer against it.")


def test_a_rival_is_named_once_by_the_name_said() -> None:
    found = [
        one
        for one in read(call("I: Hauliq came in at forty.", "I: Hauliq's quote is lower."))
        if one.claim == "competitor_named"
    ]
    assert [one.value for one in found] == ["Hauliq"]


def test_people_and_the_buyers_own_firm_are_no_rivals() -> None:
    assert "competitor_named" not in claims("I: Ruta came in last week.", "I: Raatz Haulage offers that too.")


def test_carrying_on_as_they_are_is_an_option_and_not_when_they_cannot() -> None:
    assert "status_quo_option" in claims("I: Or we just carry on with the old ones.")
    assert "status_quo_option" not in claims("I: We can't carry on like this.")


def test_a_trial_and_what_the_buyer_asks_to_be_sent() -> None:
    found = claims("O: We could run a pilot in one depot.", "I: Fine. Send me two references from hauliers first.")
    assert found == ["trial_discussed", "collateral_requested"]


def test_what_the_seller_sends_is_offered_not_asked_for() -> None:
    assert claims("O: I'll send you three case studies.") == ["content_offered"]


@pytest.mark.parametrize("said", ["O: I can do fifteen percent off.", "O: I'd throw in the set-up for free."])
def test_a_discount(said: str) -> None:
    assert "discount_offered" in claims(said)


@pytest.mark.parametrize(
    "said",
    [
        "We have a quote from Hauliq on the table.",
        "Our current provider is Hauliq.",
        "We switched from Hauliq two years ago.",
        "There's an outfit called Hauliq.",
    ],
)
def test_a_first_naming_beside_vendors_words_is_sure_enough_to_show(said: str) -> None:
    found = [one for one in Assembly.found().read_all(call(f"I: {said}")) if one.claim == "competitor_named"]
    assert [one.value for one in found] == ["Hauliq"]


@pytest.mark.parametrize(
    "said", ["The pilot in Tilburg runs well.", "Sending offers takes time.", "Lovely people here."]
)
def test_places_and_plain_words_are_no_rivals(said: str) -> None:
    assert "competitor_named" not in claims(f"I: {said}")


@NOT_YET
def test_not_knowing_something_else_is_no_unknown_process() -> None:
    assert "decision_process_unknown" not in claims("I: We have not done the washing, I honestly don't know why.")
    assert "decision_process_unknown" in claims("O: Who decides this?", "I: I honestly don't know.")
