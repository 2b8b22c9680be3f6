"""Who is who: a deal in which Ann Kowal and Raj of Loomworks sell to Petra Bauer of Northmoor Freight."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from premortem.ledger.contents import Card, Conversation, Mention, Turn
from premortem.ledger.entries import PersonId
from premortem.listening.people import Roster, Seating


def the_deal() -> Roster:
    roster = Roster("deal-1", seller="Loomworks", account="Northmoor Freight Systems")
    roster.know(
        Card(name="Ann Kowal", title="Account Executive", emails=("ann@loomworks.example",)), "seller", in_crm=True
    )
    roster.know(Card(name="Raj Mehta", emails=("raj@loomworks.example",)), "seller", in_crm=True)
    roster.know(Card(name="Petra Bauer", title="IT Lead", emails=("pbauer@northmoor.example",)), "buyer", in_crm=True)
    return roster


def call(*said: tuple[str, str], mentions: tuple[Mention, ...] = ()) -> Conversation:
    return Conversation("call", "test", tuple(Turn(text, label) for label, text in said), mentions=mentions)


def mail(*mentions: Mention, signature: str | None = None) -> Conversation:
    return Conversation("mail", "test", (Turn("Fine with me."),), mentions=mentions, signature=signature)


def note(text: str, author: str = "Ann Kowal") -> Conversation:
    return Conversation("note", "test", (Turn(text, author),), mentions=(Mention("author", name=author),))


def names(roster: Roster, people: tuple[PersonId | None, ...] | list[PersonId]) -> list[str | None]:
    return [roster.someone()[person].name if person else None for person in people]


def parts(roster: Roster, seating: Seating) -> set[tuple[str | None, str]]:
    return {(roster.someone()[part.person].name, part.how) for part in seating.parts}


@pytest.mark.parametrize(
    "label",
    [
        "Petra Bauer",
        "petra bauer",
        "Bauer, Petra",
        "Bauer Petra",
        "Petra B.",
        "Petra",
        "P. Bauer",
        "Frau Bauer",
        "Petra Bauer (Northmoor)",
        "Petra Bauer | Northmoor Freight",
        "Petra - NFS",
        "petra.bauer",
        "PBauer@northmoor.example",
    ],
)
def test_one_person_under_many_labels(label: str) -> None:
    roster = the_deal()
    seating = roster.seat(call(("Ann Kowal", "Shall we start?"), (label, "Yes.")))
    assert names(roster, seating.speakers) == ["Ann Kowal", "Petra Bauer"]
    assert len(roster.someone()) == 3


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("José Pérez", "Jose Perez"),
        ("Jürgen Müller", "Juergen Mueller"),
        ("Karel van der Veen", "Karel Veen"),
        ("Ahmed al-Rashid", "Ahmed Rashid"),
        ("Robert Smith", "Bob Smith"),
        ("Иван Петров", "Ivan Petrov"),
        ("Dr. Jane A. Okoye", "Jane Okoye"),
        ("田中 太郎", "太郎さん"),
    ],
)
def test_names_written_otherwise(one: str, other: str) -> None:
    roster = Roster("d")
    assert roster.named(one, None) == roster.named(other, None)


def test_a_nickname_on_the_card_finds_its_person() -> None:
    roster = Roster("d")
    agnes = roster.know(Card(name="Agnes Lindholm", labels=("Nessie",)), "buyer")
    assert roster.find("Nessie") == agnes


def test_two_marias_stay_apart_and_a_third_says_so() -> None:
    roster = the_deal()
    lopez, silva = roster.named("Maria Lopez", None), roster.named("Maria Silva", None)
    seating = roster.seat(call(("Ann Kowal", "Hello."), ("Maria", "Hello.")))
    maria = seating.speakers[1]
    assert maria not in (lopez, silva)
    assert roster.find("Maria") == maria
    assert next(news for news in roster.news() if news[0] == maria)[5] == (lopez, silva)
    assert any("Maria Lopez or Maria Silva" in remark for remark in seating.remarks)
    again = roster.seat(call(("Ann Kowal", "Hello."), ("Maria", "Me again.")))
    assert again.speakers[1] == maria


def test_a_first_name_is_not_the_person_who_speaks_under_the_full_one() -> None:
    roster = the_deal()
    roster.named("Petra Holm", None)
    seating = roster.seat(call(("Ann Kowal", "Hi."), ("Petra Bauer", "Hi."), ("Petra", "And me.")))
    assert names(roster, seating.speakers) == ["Ann Kowal", "Petra Bauer", "Petra Holm"]


def test_a_fuller_name_takes_the_place_of_a_part_of_it() -> None:
    roster = the_deal()
    planner = roster.named("Wim", "planner")
    roster.seat(call(("Ann Kowal", "Hi."), ("Wim Kuypers", "Hi.")))
    known = roster.someone()[planner]
    assert (known.name, known.title, known.aliases) == ("Wim Kuypers", "planner", ("Wim",))


def test_a_title_gets_its_name_when_a_text_gives_both() -> None:
    roster = the_deal()
    nameless = roster.named(None, "our head of security")
    assert roster.named(None, "the Head of Security") == nameless
    assert roster.named("Noor Haddad", "head of security") == nameless
    assert roster.someone()[nameless].name == "Noor Haddad"


def test_a_title_of_somebody_already_known_by_name_is_joined() -> None:
    roster = the_deal()
    noor, nameless = roster.named("Noor Haddad", None), roster.named(None, "the CISO")
    roster.news()
    assert roster.named("Noor Haddad", "CISO") == noor
    assert roster.joined() == [(nameless, noor)]
    assert roster.joined() == []


def test_two_halves_of_a_name_are_one_person_once_the_whole_is_said() -> None:
    roster = the_deal()
    first, last = roster.named("Benoit", "partner"), roster.named("Dr Achterberg", None)
    assert first != last
    assert roster.named("Benoit Achterberg", None) == first == roster.stands_for(last)
    assert roster.someone()[first].name == "Benoit Achterberg"


def test_a_title_said_beside_a_known_name_takes_in_whoever_had_the_title_alone() -> None:
    roster = the_deal()
    nameless, noor = roster.named(None, "the plant manager"), roster.named("Noor Haddad", None)
    roster.learn_title(noor, "plant manager")
    assert roster.stands_for(nameless) == noor


def test_a_real_title_takes_the_place_of_boss_and_a_written_one_of_a_spoken_one() -> None:
    roster = the_deal()
    noor = roster.named("Noor Haddad", "boss")
    for told, kept in (("head of security", "head of security"), ("Head of IT", "Head of IT"), ("it", "Head of IT")):
        roster.learn_title(noor, told)
        assert roster.someone()[noor].title == kept


def test_news_tells_each_change_once() -> None:
    roster = the_deal()
    assert len(roster.news()) == 3
    assert roster.news() == []
    roster.know(Card(name="Petra Bauer", phones=("+49 40 5550 1234",)), "buyer")
    [(_, card, side, roles, in_crm, unsure, trades)] = roster.news()
    assert (card.phones, side, in_crm, unsure) == (("+49 40 5550 1234",), "buyer", True, ())
    assert roles == frozenset()
    assert "technical" in trades


def test_somebody_from_the_ledger_is_no_news_and_keeps_the_id() -> None:
    roster = Roster("d")
    assert roster.know(Card(name="Petra Bauer", nonce="aa"), "buyer", id="p-0123456789") == "p-0123456789"
    assert roster.news() == []
    assert roster.find("Petra Bauer") == "p-0123456789"


def test_an_id_shows_nothing_of_the_name() -> None:
    ids = {Roster("d").named("Petra Bauer", None) for _ in range(5)}
    assert len(ids) == 5
    assert all(len(one) == 12 and one.startswith("p-") for one in ids)


def test_two_rows_of_one_name_at_one_firm_are_two_people_who_might_be_one() -> None:
    roster = Roster("d")
    one = roster.know(Card(name="Jan Novak", emails=("jan@h.example",)), "buyer", in_crm=True)
    other = roster.know(Card(name="Jan Novak", emails=("jan.novak@h.example",)), "buyer", in_crm=True)
    assert one != other
    assert roster.news()[1][5] == (one,)


def test_somebody_needs_a_name_or_a_title() -> None:
    with pytest.raises(ValueError, match="a name or a title"):
        Roster("d").named(None, None)


NAMES = st.sampled_from(
    ["Petra Bauer", "Bauer, Petra", "José Pérez", "Jose Perez", "Maria Lopez", "Dr. Maria Silva", "Li Wei"]
)


@given(st.lists(NAMES, min_size=1, max_size=12), st.randoms())
def test_full_names_come_out_the_same_in_any_order(said: list[str], chance: object) -> None:
    def groups(order: list[str]) -> set[frozenset[str]]:
        roster = Roster("d")
        found: dict[PersonId, set[str]] = {}
        for name in order:
            found.setdefault(roster.named(name, None), set()).add(name)
        return {frozenset(group) for group in found.values()}

    shuffled = list(said)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert groups(said) == groups(shuffled)
