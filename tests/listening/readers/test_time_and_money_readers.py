"""What is agreed, when it will be decided, what slips; what money there is."""

from __future__ import annotations

import pytest

from tests.listening.readers.story import NOT_YET, call, claims, note, read, the, words


def test_a_day_proposed_and_taken_is_a_next_step() -> None:
    scene = call("O: Could we look at it together on Tuesday the twenty-fourth?", "I: The twenty-fourth works, at ten.")
    one = the("next_step_agreed", scene)
    assert (one.turn, one.value) == (1, "2026-03-24")


@NOT_YET
def test_a_day_by_its_bare_number_counts_as_an_answer() -> None:
    scene = call("O: How about the 27th of March?", "I: Twenty-seventh is fine.")
    assert the("next_step_agreed", scene).value == "2026-03-27"


@pytest.mark.parametrize(
    "said",
    [
        "I: We went there on Monday the sixteenth.",
        "I: I can't do anything on Friday.",
        "O: Shall we say next Thursday?",
    ],
)
def test_what_is_no_agreed_step(said: str) -> None:
    assert "next_step_agreed" not in claims(said)


def test_the_buyers_own_day_for_deciding() -> None:
    scene = call("O: When do you want it settled?", "I: I'd like the contract signed by the end of June.")
    one = the("decision_date_stated", scene)
    assert one.value == "2026-06-21/2026-06-30"
    assert "signed by the end of June" in words(scene, one)


def test_a_decision_of_last_month_and_a_sellers_wish_are_no_decision_dates() -> None:
    assert "decision_date_stated" not in claims(
        "I: The board met last Friday and approved the canteen.", "O: It should be signed by the end of June."
    )


@pytest.mark.parametrize(
    "said",
    [
        pytest.param("I: It's been put on hold, I'm afraid.", marks=NOT_YET),
        pytest.param("I: Let's look at it again when the dust has settled.", marks=NOT_YET),
        "I: We won't make it before the summer.",
        "I: The merger is eating everybody, so nothing starts before September.",
    ],
)
def test_a_delay(said: str) -> None:
    assert "delay_stated" in claims(said)


def test_a_box_that_was_moved_is_no_delay() -> None:
    assert "delay_stated" not in claims("I: They moved the box to the other wall.")


@pytest.mark.parametrize(
    "said",
    [
        "O: If you could get it signed by Friday, that would be great.",
        "O: Our quarter ends on the thirty-first, just so you know.",
        pytest.param("O: My manager is all over me about this one.", marks=NOT_YET),
    ],
)
def test_a_seller_presses(said: str) -> None:
    assert "close_pushed" in claims(said)


@pytest.mark.parametrize(
    "said", ["I: We need it signed by Friday.", "O: As you said you needed it signed by June, the audit begins then."]
)
def test_the_buyers_own_hurry_is_no_pressing(said: str) -> None:
    assert "close_pushed" not in claims(said)


def test_money_set_aside_with_its_amount() -> None:
    one = the("budget_confirmed", call("I: There's forty thousand euros in the fleet budget for it."))
    assert one.value == "40000 EUR"


@pytest.mark.parametrize(
    "said",
    ["I: There is no budget for this.", pytest.param("I: The money has been swept back, all of it.", marks=NOT_YET)],
)
def test_money_missing_is_never_money_confirmed(said: str) -> None:
    found = claims(said)
    assert "budget_missing" in found
    assert "budget_confirmed" not in found


def test_money_put_in_the_buyers_mouth_by_a_seller_is_nothing() -> None:
    assert "budget_confirmed" not in claims("O: So there's forty thousand in the plan for it.")


@pytest.mark.parametrize(
    "said",
    [
        pytest.param("I: That made my eyes water.", marks=NOT_YET),
        pytest.param("I: It's too expensive for one depot.", marks=NOT_YET),
    ],
)
def test_too_dear(said: str) -> None:
    assert "price_objection" in claims(said)


def test_a_contract_that_ends_forces_a_decision() -> None:
    one = the("compelling_event", call("I: The lease on the old scanners runs out on 30 September."))
    assert one.value == "2026-09-30"


@NOT_YET
def test_a_note_reports_for_both_sides() -> None:
    found = {one.claim for one in read(note("Offered her 10% off. She says there is no budget left this year."))}
    assert {"discount_offered", "budget_missing"} <= found
