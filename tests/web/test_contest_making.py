"""Making a contest on its pages: refused with the reason, warned about, locked, watched by everybody in it, awarded."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from premortem.acts.contests.contests import standings
from premortem.records.contests import DatabaseContests
from premortem.records.models import DealRow
from tests.web.conftest import House

TODAY = timezone.localdate()
FIRST, LAST = TODAY + timedelta(1), TODAY + timedelta(60)
CUP = {"name": "The cup", "metric": "bookings", "by": "person", "winners": "1", "prize": "A cup for your shelf"}
CUP |= {"from": FIRST.isoformat(), "to": LAST.isoformat(), "cost": "50", "currency": "EUR", "publish": "on"}
CUP |= {"who": "members", "people": "", "note": "", "rates": ""}
PAGE = "/contests/the-cup/"


def make(client: Client, **other: Any) -> str:
    return client.post("/contest/new/", CUP | other, follow=True).content.decode()


def do(client: Client, does: str, **more: str) -> str:
    return client.post(f"{PAGE}do/", {"do": does, **more}, follow=True).content.decode()


def csv(name: str, *lines: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, "\n".join(lines).encode(), "text/csv")


def test_a_contest_is_made_announced_and_watched_by_everybody_in_it(house: House) -> None:
    manager, seller = house.client("manager"), house.client("seller")
    page = make(manager)
    assert "Kept as a draft" in page
    assert "Whoever books the most money" in page
    assert "3 of 3 are found as members here" in page
    assert seller.get(PAGE).status_code == 404
    page = do(manager, "announce")
    assert "Announced. From now on it is owed" in page
    assert "Announce it" not in page
    page = seller.get(PAGE).content.decode()
    assert "My place" in page
    assert "all share the first place" in page
    assert "<table" not in house.client("marketing").get(PAGE).content.decode()


def test_the_car_that_nobody_could_win_is_refused_with_the_reason(house: House) -> None:
    page = make(
        house.client("manager"),
        prize="A car, if the budget permits",
        note="For those who sell 200% over quota",
    )
    assert "This contest can’t be kept" in page
    assert "“if the budget”" in page
    assert "it makes the prize depend on how the firm does" in page
    assert "it sets a bar" in page
    assert 'value="A car, if the budget permits"' in page
    assert "manager@larkspur.example" in page  # who takes part stands in the list now
    assert DatabaseContests().all() == []


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"to": (FIRST - timedelta(3)).isoformat()}, "it lies before the first day"),
        ({"winners": "3"}, "everybody, whatever they do"),
        ({"from": "soon"}, "it should be a day"),
        ({"cost": ""}, "what all prizes cost together is not said"),
        ({"metric": "effort"}, "there is one metric"),
        ({"who": "list", "people": "who\nInes"}, "names no column"),
        ({"note": "We may cancel it"}, "it leaves a way to take the prize back"),
    ],
)
def test_what_is_wrong_is_told_on_the_page(house: House, wrong: dict[str, str], told: str) -> None:
    answer = house.client("admin").post("/contest/new/", CUP | wrong)
    assert (answer.status_code, told in answer.content.decode()) == (409, True)


def test_a_contest_for_others_than_sales_warns(house: House) -> None:
    people = csv("people.csv", "name,function", "Ada Fox,engineering", "Ines Falk,sales")
    page = make(house.client("manager"), file=people)
    assert "Ada Fox does not work in sales" in page
    assert "Kept as a draft" in page


def test_what_is_announced_is_locked(house: House) -> None:
    manager = house.client("manager")
    make(manager)
    do(manager, "announce")
    page = make(manager, prize="A smaller cup")
    assert "was announced on" in page
    assert "locked" in page
    assert "A cup for your shelf" in manager.get(PAGE).content.decode()
    assert "was announced on" in do(manager, "announce")
    assert "locked" in do(manager, "people", seen="x")


def test_a_dear_prize_waits_for_whoever_has_the_budget(house: House) -> None:
    manager = house.client("manager")
    page = make(manager, cost="4000", prize="A week by the sea")
    assert "Its budget needs approval" in page
    assert "Announce it" not in page
    assert "nobody approved its budget" in do(manager, "announce")
    assert manager.post(f"{PAGE}do/", {"do": "approve"}).status_code == 403
    assert "Its cost is approved." in do(house.client("executive"), "approve")
    assert "Announced." in do(manager, "announce")


def test_it_is_awarded_as_computed_once_it_is_over(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    manager = house.client("manager")
    make(manager)
    do(manager, "announce")
    assert "runs through" in do(manager, "award")
    table = csv("won.csv", "deal,owner,day,amount", f"a,Seller,{FIRST},90", f"b,MANAGER,{FIRST},40", "c,Seller,soon,1")
    told = manager.post("/contest/bookings/", {"table": table}, follow=True).content.decode()
    assert "2 bookings read: 2 new, 0 changed." in told
    assert "is no day" in told
    later = LAST + timedelta(1)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: later)
    monkeypatch.setattr("premortem.web.pages.contest_making.datetime", _Later)
    assert "Give the award" in manager.get(PAGE).content.decode()
    assert "Awarded, as computed: Seller." in do(manager, "award")
    page = house.client("stranger").get("/contests/").content.decode()
    assert "Trophies that were won" in page
    assert "90 EUR" in page


class _Later:
    @staticmethod
    def now(zone: Any) -> Any:
        return datetime.combine(LAST + timedelta(1), time(12), zone)


def test_names_are_asked_and_never_taken_for_granted(house: House) -> None:
    manager = house.client("manager")
    mine = "Manager,sales,manager@larkspur.example"
    people = csv("people.csv", "name,function,also", "Seller,sales,", "Ines Falk,sales,", mine)
    table = csv("won.csv", "deal,owner,day,amount", f'a,"Falk, Ines",{FIRST},90', f"b,somebody else,{FIRST},10")
    manager.post("/contest/bookings/", {"table": table})
    page = make(manager, file=people)
    assert "1 of 3 are found as members here" in page
    assert "Is Seller a member here?" in page
    assert "1 deal won by “falk, ines”: whose?" in page
    assert "“somebody else”: whose?" not in page
    before = standings(DatabaseContests(), "the-cup", LAST)
    assert "falk, ines (1)" in before.left_out[0]
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    told = do(manager, "people", seen=seen, **{"seat-0": "stranger@larkspur.example"})
    assert "is no answer" in told
    told = do(manager, "people", seen=seen, **{"seat-0": "seller@larkspur.example", "owner-falk, ines": "1"})
    assert "2 names added to those who take part." in told
    assert "was changed meanwhile" in do(manager, "people", seen=seen, **{"seat-0": ""})
    after = standings(DatabaseContests(), "the-cup", LAST)
    assert [one.name for one in after.leaders] == ["Ines Falk"]
    do(manager, "announce")
    assert "My place" in house.client("seller").get(PAGE).content.decode()


def test_everybody_who_won_a_deal_in_the_crm_may_take_part(house: House) -> None:
    DealRow.objects.update(status="won", seller="Ines Falk", ended=timezone.now())
    table = csv("won.csv", "deal,owner,day,amount", f"a,Tom Reed,{FIRST},90")
    house.client("manager").post("/contest/bookings/", {"table": table})
    page = make(house.client("manager"), who="crm", name="The CRM cup")
    assert "Ines Falk" in page
    assert "tom reed" in page
    assert "the function is not known" in page


def test_tables_that_cannot_be_read_are_told(house: House) -> None:
    manager = house.client("manager")
    broken = SimpleUploadedFile("x.csv", b"deal,owner\xff\xfe\n")
    told = manager.post("/contest/bookings/", {"table": broken}, follow=True).content.decode()
    assert "not in UTF-8" in told
    assert "not in UTF-8" in make(manager, file=SimpleUploadedFile("x.csv", b"name\xff\n"))
    assert "No file was chosen." in manager.post("/contest/bookings/", {}, follow=True).content.decode()
