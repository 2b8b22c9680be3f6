"""Who takes part in calls, mails and notes, on which side, and what stays unsure."""

from __future__ import annotations

import pytest

from premortem.ledger.contents import Mention, Turn
from tests.listening.test_people import call, mail, names, note, parts, the_deal


def test_a_strange_voice_beside_one_of_us_is_the_buyers() -> None:
    roster = the_deal()
    seating = roster.seat(call(("Ann Kowal", "Hi."), ("Olu Adeyemi", "Hello there.")))
    olu = seating.speakers[1]
    assert olu is not None
    assert roster.someone()[olu].side == "buyer"


def test_a_stranger_whom_one_of_us_introduces_is_ours() -> None:
    roster = the_deal()
    seating = roster.seat(
        call(("Ann Kowal", "I brought my colleague Mia Stern, she runs demos."), ("Mia Stern", "Hi all."))
    )
    mia = seating.speakers[1]
    assert mia is not None
    assert roster.someone()[mia].side == "seller"


def test_an_organisation_in_a_label_tells_the_side() -> None:
    roster = the_deal()
    seating = roster.seat(
        call(("Mia Stern (Loomworks)", "Hi."), ("Kim Oh | Northmoor", "Hi."), ("Lee Tan (NFS)", "Hi."))
    )
    assert [roster.someone()[p].side for p in seating.speakers if p] == ["seller", "buyer", "buyer"]


def test_without_anybody_of_ours_a_side_stays_unknown_and_a_remark_says_so() -> None:
    roster = the_deal()
    seating = roster.seat(call(("Kim Oh", "Hi."), ("Lee Tan", "Hi.")))
    assert {roster.someone()[p].side for p in seating.speakers if p} == {"unknown"}
    assert any("Kim Oh" in remark for remark in seating.remarks)


@pytest.mark.parametrize(
    "said",
    [
        (("Ann Kowal", "Who joined by phone?"), ("Speaker 2", "This is Olu Adeyemi, on the train.")),
        (("Ann Kowal", "And the lorries, Olu?"), ("Speaker 2", "They stand still, all nine.")),
        (("Ann Kowal", "Good morning."), ("Speaker 2", "Morning."), ("Ann Kowal", "Hi Olu, great to have you.")),
    ],
)
def test_a_nameless_voice_is_whom_the_talk_says_it_is(said: tuple[tuple[str, str], ...]) -> None:
    roster = the_deal()
    olu = roster.named("Olu Adeyemi", None)
    assert roster.seat(call(*said)).speakers[1] == olu


def test_the_one_contact_left_over_is_the_nameless_voice() -> None:
    roster = the_deal()
    seating = roster.seat(call(("Ann Kowal", "Hello."), ("+49 40 5550 1234", "Hello, I am in the car.")))
    assert names(roster, seating.speakers) == ["Ann Kowal", "Petra Bauer"]
    later = roster.seat(call(("Ann Kowal", "Hi."), ("Kim Oh", "Hi."), ("040 5550 1234", "Hi.")))
    assert names(roster, later.speakers)[2] == "Petra Bauer"


def test_two_nameless_voices_stay_people_of_their_own() -> None:
    roster = the_deal()
    seating = roster.seat(call(("Ann Kowal", "Hello."), ("Speaker 2", "Hello."), ("Meeting Room 4", "Hello.")))
    assert names(roster, seating.speakers) == ["Ann Kowal", None, None]
    assert len(set(seating.speakers)) == 3
    assert len(seating.remarks) == 2
    again = roster.seat(call(("Ann Kowal", "Hello."), ("Speaker 2", "Hello."), ("Meeting Room 4", "Hello.")))
    assert again.speakers == seating.speakers


def test_whoever_is_listed_and_never_speaks_takes_part_all_the_same() -> None:
    roster = the_deal()
    listed = tuple(Mention("listed", name=name) for name in ("Ann Kowal", "Petra Bauer", "Dalia Milner"))
    seating = roster.seat(call(("AKL", "Hi."), ("DMR", "Hi."), mentions=listed))
    assert parts(roster, seating) == {("Ann Kowal", "spoke"), ("Dalia Milner", "spoke"), ("Petra Bauer", "listed")}


def test_a_mail_gives_sides_by_address_and_a_title_by_signature() -> None:
    roster = the_deal()
    seating = roster.seat(
        mail(
            Mention("from", "Olu Adeyemi", "olu@northmoor.example"),
            Mention("to", None, "ann@loomworks.example"),
            Mention("cc", "Kay Dunn", "kay@brokers.example"),
            Mention("cc", "Someone", "someone@gmail.com"),
            signature="Olu Adeyemi\nHead of Procurement, Northmoor Freight Systems\nT +49 40 5550 9999",
        )
    )
    people = {one.name: one for one in roster.someone().values()}
    assert parts(roster, seating) >= {("Olu Adeyemi", "wrote"), ("Ann Kowal", "to"), ("Kay Dunn", "cc")}
    assert (people["Olu Adeyemi"].side, people["Kay Dunn"].side) == ("buyer", "outside")
    assert people["Someone"].side == "unknown"
    assert people["Olu Adeyemi"].title == "Head of Procurement"
    assert {news[6] for news in roster.news() if news[1].name == "Olu Adeyemi"} == {frozenset({"leads", "purchasing"})}
    assert roster.find("+49 (0)40 5550 9999") == roster.find("Olu Adeyemi") == seating.speakers[0]


def test_the_same_name_from_another_side_is_somebody_else() -> None:
    roster = the_deal()
    seating = roster.seat(mail(Mention("from", "Petra Bauer", "petra@brokers.example")))
    assert seating.speakers[0] != roster.find("pbauer@northmoor.example")


def test_a_notes_author_is_listed_and_whom_they_met_is_reported() -> None:
    roster = the_deal()
    seating = roster.seat(
        note("Rang Petra, ten minutes.\nMet with Dr. Okoye and Kim Oh in the yard. Wes called me later.")
    )
    assert names(roster, seating.speakers) == ["Ann Kowal"]
    assert parts(roster, seating) == {
        ("Ann Kowal", "listed"),
        ("Petra Bauer", "reported"),
        ("Dr. Okoye", "reported"),
        ("Kim Oh", "reported"),
        ("Wes", "reported"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "Called Kim twice, voicemail.",
        "Petra will call Kim.",
        "Want to visit Kim.",
        "Kim signs it.",
        "Call with Kim booked.",
    ],
)
def test_whom_a_note_says_we_did_not_reach_was_not_met(text: str) -> None:
    assert the_deal().met_in_note(text) == []


def test_a_turn_without_a_label_has_no_speaker() -> None:
    seating = the_deal().seat(call(("Ann Kowal", "Hi.")).__class__("call", "test", (Turn("Hi."),)))
    assert seating.speakers == (None,)
    assert seating.parts == ()
