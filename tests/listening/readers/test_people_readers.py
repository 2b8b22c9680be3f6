"""Who is named, who decides, whom we may meet."""

from __future__ import annotations

import pytest

from premortem.listening.scene import Named
from tests.listening.readers.story import NOT_YET, call, claims, note, read, the, words


def test_somebody_absent_whom_the_deal_knows_is_meant_by_first_name() -> None:
    scene = call("I: I'd have to run it past Ruta before the summer.")
    one = the("person_named", scene)
    assert one.person == "p-3"
    assert "Ruta" in words(scene, one)


def test_a_stranger_is_named_with_the_title_said_beside_the_name() -> None:
    one = the("person_named", call("I: The yard is run by Gerrit Oosting, our plant manager, and he is picky."))
    assert one.named == Named("Gerrit Oosting", "plant manager")
    one = the("person_named", call("I: And then Ilvane Turk our plant manager looks at it."))
    assert one.named == Named("Ilvane Turk", "plant manager")


@NOT_YET
def test_a_title_that_points_to_one_person_is_enough() -> None:
    one = the("person_named", call("I: My boss would have kittens."))
    assert one.named == Named(None, "boss")


def test_a_title_held_by_somebody_known_is_that_person() -> None:
    assert the("person_named", call("I: And then our CFO gets the bill.")).person == "p-3"


def test_the_title_of_our_own_boss_names_nobody_of_theirs() -> None:
    assert "person_named" not in claims("O: My boss lets me do that on Fridays.")


def test_names_are_found_in_a_transcript_without_capitals_where_the_deal_knows_them() -> None:
    assert the("person_named", call("I: yeah ruta looks at all of those")).person == "p-3"


def test_people_in_the_room_places_and_weekdays_are_nobody_absent() -> None:
    said = ("O: Imke, on Tuesday we drove from Rotterdam to Ghent.", "I: Don't say, in December?")
    assert "person_named" not in claims(*said)


def test_a_person_is_named_once_a_touch() -> None:
    found = claims("I: Ruta signs those.", "I: And Ruta is away.", "O: When is Ruta back?")
    assert found.count("person_named") == 1


def test_whom_a_note_reports_phoning_took_part_and_whom_they_spoke_of_did_not() -> None:
    named = [
        one.named or one.person
        for one in read(note("Rang Ruta, ten minutes. Says Gerrit is off sick."))
        if one.claim == "person_named"
    ]
    assert named == [Named("Gerrit")]


def test_a_buyer_says_who_signs() -> None:
    scene = call("O: And who signs something like this?", "I: Over ten thousand it's Ruta, she has the final say.")
    one = the("decision_maker_named", scene)
    assert one.person == "p-3"


@NOT_YET
def test_who_signs_is_followed_from_a_pronoun_to_the_name_said_before() -> None:
    scene = call("I: There's also Ruta, upstairs.", "O: I see.", "I: Nothing goes through without her, it's her call.")
    assert the("decision_maker_named", scene).person == "p-3"


@pytest.mark.parametrize(
    "said",
    [
        "O: So it's her call, Ruta has the final say.",  # a seller can't know
        "I: Nobody decides that here.",
        "I: She signs in at the front desk every morning.",
    ],
)
def test_what_names_no_decider(said: str) -> None:
    assert "decision_maker_named" not in claims(said)


@pytest.mark.parametrize(
    "said",
    [
        "I: Up to forty thousand I can sign on my own.",
        pytest.param("I: I don't need to ask anybody for that.", marks=NOT_YET),
        "I: It's my decision, and mine alone.",
    ],
)
def test_a_buyer_who_can_sign_alone(said: str) -> None:
    one = the("authority_claimed", call(said))
    assert one.person == "p-1"


def test_a_seller_claims_no_authority_and_neither_does_who_would_have_to_ask() -> None:
    assert "authority_claimed" not in claims("O: I can sign that myself.", "I: I'd have to ask upstairs.")


@pytest.mark.parametrize(
    "asked",
    [
        "O: Could we get Ruta on the next call?",
        "O: Would it help if I had ten minutes with Ruta beforehand?",
        "O: I'd love to meet Ruta before the proposal goes out.",
    ],
)
def test_a_seller_asks_to_meet_somebody(asked: str) -> None:
    assert the("introduction_asked", call(asked)).person == "p-3"


@NOT_YET
def test_meeting_the_one_in_the_room_again_is_no_introduction() -> None:
    assert "introduction_asked" not in claims("O: Could we meet again with you on Thursday, Imke?")


@NOT_YET
def test_bringing_our_own_colleague_is_no_introduction() -> None:
    assert "introduction_asked" not in claims("O: Could I bring our engineer Bea on the next one?")


def test_an_introduction_agreed() -> None:
    scene = call("O: Could we get Ruta on the next call?", "I: Sure, I'll bring her along.")
    one = the("introduction_agreed", scene)
    assert one.turn == 1
    assert one.person == "p-3"


@pytest.mark.parametrize(
    "answer",
    ["I: Leave Ruta to me.", "I: Not yet, she's in the middle of the audit.", "I: No need to bother her with this."],
)
def test_an_introduction_put_off(answer: str) -> None:
    scene = call("O: Could we get Ruta on the next call?", answer)
    assert the("introduction_refused", scene).person == "p-3"
    assert "introduction_agreed" not in {one.claim for one in read(scene)}


def test_not_yet_without_anybody_asked_for_refuses_nothing() -> None:
    assert "introduction_refused" not in claims("O: Is the new depot open?", "I: Not yet, the floor is wet.")


def test_a_note_tells_of_asking_and_of_the_refusal() -> None:
    found = [one.claim for one in read(note("Asked again for twenty min with Ruta, not before the audit."))]
    assert "introduction_asked" in found
    assert "introduction_refused" in found


@NOT_YET
def test_deciders_in_plain_sentences() -> None:
    lopez = the("decision_maker_named", call("I: Maria Lopez, our CFO, signs this."))
    assert lopez.named == Named("Maria Lopez", "CFO")
    assert the("decision_maker_named", call("I: In the end it's Ruta's money.")).person == "p-3"


@pytest.mark.parametrize(
    "said",
    [
        pytest.param("My yard. I sign.", marks=NOT_YET),
        pytest.param("I sign, there's nobody above me.", marks=NOT_YET),
        "Otto and I will sign it.",
    ],
)
def test_authority_in_plain_sentences(said: str) -> None:
    assert the("authority_claimed", call(f"I: {said}")).person == "p-1"


@pytest.mark.parametrize(
    "said",
    [
        "Ruta would pay for it if she understood it.",
        "Ruta decides everything over lunch.",
        "Our accountant, Mr Feld, looks at it first.",
        "Ruta is here. Without oil no lorry leaves the yard.",
        "You asked who signs.",
    ],
)
def test_whoever_pays_eats_or_checks_does_not_decide(said: str) -> None:
    assert "decision_maker_named" not in claims(f"I: {said}")


@pytest.mark.parametrize(
    "said",
    [
        "I was here on Easter Eve.",
        "We have a yard in Florence and one near Charlotte.",
        "I told Mother so.",
        "Raatz told us so.",
    ],
)
def test_days_places_kin_and_the_firm_are_nobody(said: str) -> None:
    assert "person_named" not in claims(f"I: {said}")


def test_a_surname_with_initials_or_a_bare_title_is_a_person() -> None:
    assert the("person_named", note("Wants it by May: Ann Kest, Partner.")).named == Named("Ann Kest", "Partner")
    assert the("person_named", call("I: You should ask J. P. Oosting and then us.")).named == Named("J. P. Oosting")


def test_a_first_name_behind_a_surname_is_the_same_person() -> None:
    assert the("person_named", call("I: Mrs Feld. Greta. She is eighty.")).named == Named("Greta Feld")


@pytest.mark.parametrize(
    "told",
    [
        "Rolf is in for May. Asked for one page, not a book.",
        "She says it is not decided, asked me for a comparison of costs after the holidays.",
    ],
)
def test_a_note_that_asks_for_paper_refuses_nobody(told: str) -> None:
    assert "introduction_refused" not in [one.claim for one in read(note(told))]
