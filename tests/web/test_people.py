"""People across deals and one person's page: who sees whom, what they said, and merging, parting, sides."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest
from django.utils.html import escape

from premortem.acts.looking.people_page import people_in, person_page
from premortem.acts.telling.erase import erase_person
from premortem.ledger.fold import deal_as_of
from premortem.records.firm.models import Look
from premortem.records.models import PersonRow
from premortem.web.ledger import ledger
from tests.web.conftest import House

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def buyers(deal: str) -> list[str]:
    """The buyers of a deal who have a name, those heard last first."""
    return [one.places[0].person for one in people_in(ledger(), [deal]) if one.name]


def page(deal: str, person: str) -> str:
    return f"/people/{deal}/{person}/"


def test_a_seller_sees_the_people_of_their_deals_alone(house: House) -> None:
    ours, theirs = people_in(ledger(), [house.ours]), people_in(ledger(), [house.theirs])
    shown = house.client("seller").get("/people/").content.decode()
    assert all(one.name in shown for one in ours if one.name)
    assert not any(one.name in shown for one in theirs if one.name)
    every = house.client("admin").get("/people/").content.decode()
    assert all(one.name in every for one in [*ours, *theirs] if one.name)
    assert "Nobody yet" in house.client("stranger").get("/people/").content.decode()


def test_somebody_is_found_by_the_beginning_of_a_word(house: House) -> None:
    name = next(one.name for one in people_in(ledger(), [house.ours]) if one.name and " " in one.name)
    found = house.client("seller").get("/people/", {"q": name.split()[1][:4].upper()}).content.decode()
    assert name in found
    assert "Nobody is called so" in house.client("stranger").get("/people/", {"q": name}).content.decode()
    assert "Nobody is called so" in house.client("seller").get("/people/", {"q": "zzqx"}).content.decode()
    assert "two letters" in house.client("seller").get("/people/", {"q": "z"}).content.decode()


def test_others_deals_push_nobody_out_of_what_one_finds(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """All cards are looked through, and only then those of deals that one may not see fall away."""
    monkeypatch.setattr("premortem.web.pages.people.MOST_FOUND", 1)
    for deal, who in ((house.ours, "seller"), (house.theirs, "admin")):
        for human in people_in(ledger(), [deal]):
            if human.name:
                found = house.client(who).get("/people/", {"q": human.name}).content.decode()
                assert page(deal, human.places[0].person) in found
    humans = people_in(ledger(), [house.ours, house.theirs], None)
    beginnings = Counter(one.name[:2] for one in humans if one.name and len(one.name.split()[0]) > 1)
    ((two, times),) = beginnings.most_common(1)
    assert times > 1
    found = house.client("admin").get("/people/", {"q": two, "side": "any"}).content.decode()
    assert "More were found" in found


def test_what_is_long_waits_behind_a_line(house: House) -> None:
    one = deal_as_of(ledger().store.read(house.ours)).closest_buyers[0]
    told = person_page(ledger(), house.ours, one)
    shown = house.client("seller").get(page(house.ours, one)).content.decode()
    assert shown.count("<blockquote>") >= len(told.said), "the rest is there all the same"
    assert f"{len(told.said) - 5} earlier" in shown


def test_a_fragment_is_the_list_alone(house: House) -> None:
    part = house.client("seller").get("/people/", {"q": "an"}, headers={"HX-Request": "true"}).content
    assert b"<html" not in part
    assert b'id="found"' in part


def test_an_erased_name_is_not_found_any_more(house: House) -> None:
    client, one = house.client("seller"), people_in(ledger(), [house.ours])[0]
    assert one.name is not None
    row = page(house.ours, one.places[0].person)
    assert row in client.get("/people/", {"q": one.name}).content.decode()
    erase_person(ledger(), house.ours, one.places[0].person, "admin", NOW)
    assert row not in client.get("/people/", {"q": one.name}).content.decode()
    assert one.name not in client.get(row).content.decode()


def test_a_page_shows_words_roles_and_touches(house: House) -> None:
    deal = deal_as_of(ledger().store.read(house.ours))
    one = deal.closest_buyers[0]
    told = person_page(ledger(), house.ours, one)
    assert told.said
    assert told.touches
    assert told.roles
    shown = house.client("seller").get(page(house.ours, one)).content.decode()
    assert escape(told.said[0].words.quote) in shown
    assert f'/touches/{told.touches[0].touch}/">{told.touches[0].kind.capitalize()} of ' in shown
    assert escape(told.touches[0].name) not in shown, "a file's name says nothing to a seller"


def test_what_was_told_of_somebody_says_who_told_it(house: House) -> None:
    pages = [person_page(ledger(), house.ours, one) for one in buyers(house.ours)]
    told, said = next((one, said) for one in pages for said in one.said if said.about and said.speaker)
    shown = house.client("seller").get(page(house.ours, told.id)).content.decode()
    assert f"said by {escape(said.speaker)}</span>" in shown


def test_a_look_at_words_by_somebody_else_is_noted(house: House) -> None:
    one = buyers(house.ours)[0]
    house.client("seller").get(page(house.ours, one))
    assert not Look.objects.exists()
    house.client("marketing").get(page(house.ours, one))
    assert Look.objects.get().deal == house.ours


def test_two_records_are_merged_and_parted_again(house: House) -> None:
    client = house.client("seller")
    one, other = buyers(house.ours)[:2]
    before = PersonRow.objects.filter(deal=house.ours).count()
    answer = client.post(page(house.ours, one), {"do": "merge", "with": other})
    assert answer.headers["Location"] == page(house.ours, other)
    assert PersonRow.objects.filter(deal=house.ours).count() == before - 1
    assert "Part them again" in client.get(page(house.ours, one)).content.decode()  # the old address finds the human
    client.post(page(house.ours, other), {"do": "split"})
    assert PersonRow.objects.filter(deal=house.ours).count() == before


def test_a_side_is_set(house: House) -> None:
    one = buyers(house.ours)[0]
    house.client("manager").post(page(house.ours, one), {"do": "side", "side": "outside"})
    assert deal_as_of(ledger().store.read(house.ours)).side(one) == "outside"
    wrong = house.client("manager").post(page(house.ours, one), {"do": "side", "side": "moon"}, follow=True)
    assert "Choose whom or what first" in wrong.content.decode()


def test_who_only_reads_changes_nobody(house: House) -> None:
    one = buyers(house.ours)[0]
    got = {
        who: house.client(who).post(page(house.ours, one), {"do": "side", "side": "outside"}).status_code
        for who in ("marketing", "executive", "stranger", "nobody")
    }
    assert got == {"marketing": 403, "executive": 403, "stranger": 404, "nobody": 302}
    assert "Is this right" not in house.client("marketing").get(page(house.ours, one)).content.decode()


def test_a_person_who_is_not_there_is_not_found(house: House) -> None:
    assert house.client("seller").get(page(house.ours, "p-000000000000")).status_code == 404


def test_an_admin_erases_a_person_after_reading_what_goes(house: House) -> None:
    admin, person = house.client("admin"), buyers(house.ours)[0]
    name = person_page(ledger(), house.ours, person).name
    assert f"{page(house.ours, person)}erase/" in admin.get(page(house.ours, person)).content.decode()
    asked = admin.get(f"{page(house.ours, person)}erase/").content.decode()
    assert f"Erase {escape(name)} from this deal?" in asked
    assert "be undone" in asked
    assert person_page(ledger(), house.ours, person).name == name, "a look erases nothing"
    after = admin.post(f"{page(house.ours, person)}erase/", follow=True).content.decode()
    assert "Erased: their name and their words are gone" in after
    for shown in (after, admin.get(page(house.ours, person)).content.decode()):
        assert escape(name) not in shown


def test_only_an_admin_is_shown_the_way_to_erase(house: House) -> None:
    person = buyers(house.ours)[0]
    assert "/erase/" not in house.client("seller").get(page(house.ours, person)).content.decode()
    assert house.client("seller").post(f"{page(house.ours, person)}erase/").status_code == 403
    assert person in buyers(house.ours)


def test_whoever_looks_for_words_looks_on_all_sides(house: House) -> None:
    client = house.client("seller")
    name = people_in(ledger(), [house.ours], "seller")[0].name or ""
    assert name
    assert name in client.get("/people/", {"q": name}).content.decode()
    assert "Found for “”" not in house.client("stranger").get("/people/").content.decode()
