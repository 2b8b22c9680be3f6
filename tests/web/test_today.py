"""Today: what to ask, what is new, and what counts as new."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from premortem.acts.bringing_in.bring_in import bring_in
from premortem.acts.looking import today
from premortem.acts.looking.reviewing import review_changed
from premortem.records import deal_lists
from premortem.records.deal_lists import DealLists
from premortem.records.firm.models import DealHome, Look, Member
from premortem.records.models import DealRow, FactRow, RaisedRow, ReviewRow, TouchRow
from premortem.web.ledger import ledger
from premortem.web.manner import day_written
from premortem.web.templatetags.words import comes_to
from tests.acts.harbour import harbour
from tests.web.conftest import OURS, THEIRS, House


def page(client: Client, address: str = "/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def reopen(*deals: str) -> None:
    DealRow.objects.filter(deal__in=deals).update(status="open")


def test_a_rep_sees_what_to_ask_in_own_deals_and_in_no_other(house: House) -> None:
    reopen(OURS, THEIRS)
    shown = page(house.client("seller"))
    name, other = (DealRow.objects.get(deal=deal).name for deal in (OURS, THEIRS))
    assert "To ask this week" in shown
    assert name in shown
    assert "Why now" in shown
    assert other not in shown


def test_somebody_without_deals_is_told_to_import(house: House) -> None:
    shown = page(house.client("stranger"))
    assert "Nothing to look at yet" in shown
    assert 'href="/import/"' in shown


def test_news_stays_for_a_visit_and_is_gone_in_the_next(house: House) -> None:
    reopen(OURS)
    TouchRow.objects.filter(deal=OURS).update(learned=timezone.now() - timedelta(days=2))
    client = house.client("seller")
    first = page(client)
    assert 'class="finding' in first
    assert "You have not looked before" in first
    assert 'class="finding' in page(client), "looking again within the visit shows the same"
    Member.objects.update(looked_at=timezone.now() - timedelta(hours=5))
    assert "No finding came to light" in page(client)
    assert 'class="finding' in page(client, "/?days=7"), "the earlier ones are a click away"


def test_news_is_of_touches_that_came_in_since(house: House) -> None:
    reopen(OURS)
    Member.objects.update(looked_at=timezone.now() - timedelta(days=3))
    TouchRow.objects.filter(deal=OURS).update(learned=timezone.now() - timedelta(days=9))
    assert "No call, mail or note came in" in page(house.client("seller"))


def test_unsure_facts_that_matter_link_to_their_place_for_those_who_may_judge(house: House) -> None:
    reopen(OURS)
    FactRow.objects.filter(deal=OURS).update(confidence=0.9)
    fact = FactRow.objects.filter(deal=OURS, claim="competitor_named").order_by("at")[0]
    FactRow.objects.filter(fact=fact.fact).update(confidence=0.45)
    place = f'href="/deals/{OURS}/touches/{fact.touch}/#fact-{fact.fact}"'
    assert place in page(house.client("seller"))
    assert place not in page(house.client("executive")), "who only reads is not asked"


@pytest.mark.parametrize(("off", "told"), [(3, "in 3 days"), (0, ">today<"), (-2, "passed 2 days ago"), (40, "No day")])
def test_the_buyers_days_that_are_near_or_passed(house: House, off: int, told: str) -> None:
    reopen(OURS)
    ReviewRow.objects.filter(deal=OURS).update(buyer_day=timezone.localdate() + timedelta(days=off))
    assert told in page(house.client("seller"))


def test_words_shown_to_somebody_of_another_team_are_logged(house: House) -> None:
    reopen(OURS)
    page(house.client("seller"))
    assert not Look.objects.exists()
    page(house.client("executive"))
    assert Look.objects.filter(deal=OURS, user__username="executive").exists()


def test_waiting_facts_of_deals_that_ended_are_left_alone(house: House) -> None:
    FactRow.objects.filter(deal=OURS).update(confidence=0.45)
    lists = DealLists(DealRow.objects.all())
    DealRow.objects.update(status="lost")
    assert lists.waiting("all", ["competitor_named"], (0.3, 0.6)).facts == []
    reopen(OURS)
    assert {one.deal for one in lists.waiting("all", ["competitor_named"], (0.3, 0.6)).facts} == {OURS}


def test_a_managers_day_is_that_of_the_team(house: House) -> None:
    reopen(OURS)
    DealHome.objects.filter(deal=OURS).update(owner=None)
    assert DealRow.objects.get(deal=OURS).name in page(house.client("manager"))
    assert DealLists(DealRow.objects.all()).new_touches("all", datetime(2000, 1, 1, tzinfo=UTC), 1).cut


def test_what_today_cuts_is_told_and_leads_to_a_page_where_each_fact_is_answered(house: House) -> None:
    reopen(OURS)
    FactRow.objects.filter(deal=OURS).update(confidence=0.45)
    client = house.client("seller")
    all_of_it = page(client, "/waiting/")
    total = int(re.findall(r"<span>(\d+) facts of yours</span>", all_of_it)[0])
    assert total > 20
    assert f'<a href="/waiting/?whose=mine">{total - 10} more wait</a>' in page(client)
    address, touch = re.findall(r'action="(/deals/[^"]+/facts/[^"]+)".*?name="touch" value="([^"]+)"', all_of_it)[0]
    says = {"says": "confirmed", "touch": touch, "back": "/waiting/?whose=mine&page=1"}
    answer = client.post(address, says)
    assert answer["Location"] == "/waiting/?whose=mine&page=1"
    reopen(OURS)
    FactRow.objects.filter(deal=OURS).update(confidence=0.45)
    assert f"<span>{total - 1} facts" in page(client, answer["Location"])
    assert "Page 2 of" in page(client, "/waiting/?page=2")


def test_no_answer_leads_out_of_the_house(house: House) -> None:
    fact = FactRow.objects.filter(deal=OURS)[0]
    says = {"says": "confirmed", "touch": fact.touch, "back": "https://elsewhere.example/waiting/?"}
    answer = house.client("seller").post(f"/deals/{OURS}/facts/{fact.fact}/", says)
    assert answer["Location"].startswith(f"/deals/{OURS}/touches/")


def test_among_all_deals_only_the_newest_are_looked_through_and_the_page_says_so(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    reopen(OURS, THEIRS)
    FactRow.objects.update(confidence=0.45)
    monkeypatch.setattr(deal_lists, "LOOKED_THROUGH", 60)
    assert "At least" in page(house.client("admin"))
    assert "<span>At least" in page(house.client("admin"), "/waiting/")


def test_touches_that_are_cut_are_told(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    reopen(OURS)
    monkeypatch.setattr(today, "TOUCHES", 2)
    TouchRow.objects.filter(deal=OURS).update(learned=timezone.now())
    assert "More came in than is looked through here" in page(house.client("seller"))


def test_whose_day_it_is_can_be_switched_where_that_makes_a_difference(house: House) -> None:
    reopen(OURS, THEIRS)
    admin = house.client("admin")
    DealHome.objects.filter(deal=OURS).update(owner=Member.objects.get(role="admin").user_id)
    shown, mine = page(admin), page(admin, "/?whose=mine")
    assert 'href="?whose=mine">My deals</a>' in shown
    assert "2 open deals in all" in shown
    assert "1 open deal of yours" in mine
    assert "Whose deals" not in page(house.client("stranger"))


def test_quotes_tell_their_day_and_minute_in_the_members_own_manner(house: House) -> None:
    reopen(OURS)
    FactRow.objects.filter(deal=OURS).update(confidence=0.45)
    client = house.client("seller")
    assert re.search(r"\d{1,2} [A-Z][a-z]{2} 20\d\d, \d+:\d\d into the call", page(client, "/waiting/"))
    Member.objects.update(language="de")
    shown = page(client, "/waiting/")
    assert re.search(r"\d{1,2}\. [A-Z][a-zä]+ 20\d\d", shown)
    assert not re.search(r"20\d\d-\d\d-\d\d, ", shown)


def test_what_a_fact_comes_to_is_written_as_people_write_it() -> None:
    assert comes_to("2027-06-01/2027-08-31", "delay_stated") == "1 Jun 2027 to 31 Aug 2027"
    assert comes_to("31000", "budget_confirmed") == "31,000"


def test_what_time_brings_to_light_is_news_until_the_next_visit(house: House, tmp_path: Path) -> None:
    """A call in January, and then nothing: by April the daily review finds the deal silent."""
    came = timezone.now() - timedelta(days=30)
    bring_in(ledger(), harbour(tmp_path), came)
    DealHome.objects.create(deal="d-1", owner=get_user_model().objects.get(username="stranger"))
    review_changed(ledger(), today=date(2026, 1, 14), only=["d-1"])
    Member.objects.update(looked_at=timezone.now() - timedelta(hours=5))
    assert "No finding came to light" in page(house.client("stranger"))
    review_changed(ledger(), today=date(2026, 4, 1), only=["d-1"])
    shown = page(house.client("stranger"))
    assert f"since {day_written(timezone.now())}, without a new touch" in shown
    news = re.findall(r'<li class="finding.*?</li>', shown, re.DOTALL)
    assert any("Harbour: scheduling" in one and "no day is agreed" in one for one in news), news
    assert "Harbour" not in page(house.client("seller"))
    RaisedRow.objects.update(at=timezone.now() - timedelta(days=1))
    assert "No finding came to light" in page(house.client("stranger")), "one look is enough"
