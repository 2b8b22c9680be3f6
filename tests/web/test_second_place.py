"""Second place on its pages: the list of lost deals, one deal's way back, and ticking what came of a wish."""

from __future__ import annotations

from premortem.ledger.fold import deal_as_of
from premortem.web.ledger import ledger
from tests.web.conftest import OURS, THEIRS, House


def test_a_seller_sees_their_own_lost_deals_alone(house: House) -> None:
    seller = house.client("seller").get("/second-place/").content.decode()
    assert f"/deals/{OURS}/comeback/" in seller
    assert "should not wait" in seller
    assert "No deal that you see was lost" in house.client("stranger").get("/second-place/").content.decode()


def test_the_way_back_shows_each_wish_with_its_use_and_where_the_days_come_from(house: House) -> None:
    page = house.client("seller").get(f"/deals/{OURS}/comeback/").content.decode()
    assert "So that: next time that person is known to us from the first day." in page
    assert "an assumption of this product" in page
    assert "by 14 days" not in page
    assert "Stratoscale" in page


def test_every_step_that_is_late_is_coloured_and_not_the_first_alone(house: House) -> None:
    page = house.client("seller").get(f"/deals/{OURS}/comeback/").content.decode()
    assert page.count('<span class="tag medium">by ') > 1
    assert all("2025" in one or "2026" in one for one in page.split('<span class="tag medium">by ')[1:])


def test_a_wish_is_ticked_and_stands_in_the_ledger(house: House) -> None:
    client = house.client("seller")
    answer = client.post(f"/deals/{OURS}/comeback/criteria/", {"state": "got", "words": "price\nlocation"}, follow=True)
    page = answer.content.decode()
    assert "Entered: criteria, got." in page
    assert "<li>location</li>" in page
    told = deal_as_of(ledger().store.read(OURS)).comebacks
    assert told["criteria"].state == "got"


def test_a_wrong_day_is_told_and_nothing_is_entered(house: House) -> None:
    client = house.client("seller")
    for day, says in (("soon", "That is no day"), ("2001-01-01", "not between the end and today")):
        page = client.post(
            f"/deals/{OURS}/comeback/thanks/", {"state": "done", "on": day}, follow=True
        ).content.decode()
        assert says in page
    assert deal_as_of(ledger().store.read(OURS)).comebacks == {}


def test_who_only_reads_gets_no_forms(house: House) -> None:
    page = house.client("executive").get(f"/deals/{OURS}/comeback/").content.decode()
    assert "Enter what came of it" not in page


def test_a_won_deal_has_no_chance_of_return_and_still_its_calls(house: House) -> None:
    page = house.client("admin").get(f"/deals/{THEIRS}/comeback/").content.decode()
    assert "our own people have moved on" in page
    assert "A return is" not in page


def test_the_deals_page_leads_to_the_way_back(house: House) -> None:
    assert f"/deals/{OURS}/comeback/" in house.client("seller").get(f"/deals/{OURS}/").content.decode()
