"""Contests on their pages: those who take part see all places, others what there is to win."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.utils import timezone

from premortem.acts.contests.contests import bookings
from premortem.records.contests import DatabaseContests
from tests.web.conftest import House
from tests.web.firm_rows import a_contest


def test_without_a_contest_the_page_says_how_to_begin(house: House) -> None:
    page = house.client("seller").get("/contests/").content.decode()
    assert "No contest was announced yet" in page
    assert "contest check" not in page
    assert "contest check" in house.client("manager").get("/contests/").content.decode()


def test_who_takes_part_sees_all_places_and_their_own(house: House) -> None:
    address = a_contest(house)
    day = timezone.localdate().isoformat()
    bookings(DatabaseContests(), ["deal,owner,day,amount", f"a,Manager,{day},90", f"b,seller,{day},40"])
    page = house.client("seller").get(address).content.decode()
    assert "Whoever books the most money" in page
    assert "<strong>2</strong> of 3, with 40 EUR; 50 EUR behind the one before." in page
    assert "wins as it stands" in page


def test_who_does_not_take_part_sees_the_prize_and_no_places(house: House) -> None:
    page = house.client("stranger").get(a_contest(house)).content.decode()
    assert "A cup" in page
    assert "<table" not in page
    assert "Those who take part see at any time" in page


def test_whoever_takes_the_name_of_somebody_else_does_not_see_what_is_theirs(house: House) -> None:
    get_user_model().objects.filter(username="stranger").update(first_name="Seller")
    assert "<table" not in house.client("stranger").get(a_contest(house)).content.decode()


def test_a_contest_that_is_not_there_is_not_found(house: House) -> None:
    assert house.client("admin").get("/contests/nothing/").status_code == 404


def test_nobody_wins_while_nothing_was_counted(house: House) -> None:
    shown = house.client("manager").get(a_contest(house)).content.decode()
    assert "Nothing was booked yet" in shown
    assert "wins as it stands" not in shown
