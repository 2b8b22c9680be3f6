"""The buyer's project on our side: begun from a template, pointed out where it is ours, apart from what is shared."""

from __future__ import annotations

from django.utils import timezone

from premortem.acts.buying.project import project
from premortem.web.ledger import ledger
from tests.web.conftest import OURS, House

PROJECT = f"/deals/{OURS}/project/"


def test_a_plan_begins_once_and_says_what_it_rests_on(house: House) -> None:
    client = house.client("seller")
    assert "a guess at what such projects need" in client.get(PROJECT).content.decode()
    page = client.post(f"{PROJECT}do/", {"do": "begin", "start": "2026-11-23"}, follow=True).content.decode()
    assert "A plan of 13 steps was laid out, from what such projects need: a guess" in page
    assert "The day is our proposal." in page
    again = client.post(f"{PROJECT}do/", {"do": "begin"})
    assert again.status_code == 409
    assert "has tasks already" in again.content.decode()


def test_a_plan_of_our_own_doings_is_pointed_out(house: House) -> None:
    client = house.client("seller")
    for title in ("Demo", "Send the proposal", "Negotiation"):
        given = {"do": "add", "kind": "task", "fields": "title whose", "title": title, "whose": "ours"}
        client.post(f"{PROJECT}do/", given)
    page = client.get(PROJECT).content.decode()
    assert "This plan looks like ours, not theirs" in page
    assert "ours alone to see" in page
    told = project(ledger(), OURS, timezone.now().date())
    assert told.mirrors[0] == "All 3 steps are our own doings; none is the buyer's."
    assert told.shared.tasks == []


def test_what_they_said_in_talk_stands_beside_the_plan_with_its_quote(house: House) -> None:
    told = project(ledger(), OURS, timezone.now().date())
    quotes = [cited.quote for part in told.heard for cited in part.evidence]
    assert quotes
    assert "<blockquote" in house.client("manager").get(PROJECT).content.decode()


def test_who_only_looks_gets_no_form(house: House) -> None:
    page = house.client("marketing").get(PROJECT).content.decode()
    assert "Make a plan" not in page
    assert f'action="{PROJECT}' not in page


def test_it_is_taken_along_as_a_calendar_and_a_table(house: House) -> None:
    client = house.client("seller")
    client.post(f"{PROJECT}do/", {"do": "begin"})
    calendar = client.get(f"{PROJECT}plan.ics")
    assert calendar.headers["Content-Type"].startswith("text/calendar")
    assert calendar.content.decode().count("BEGIN:VEVENT") == 13
    assert client.get(f"{PROJECT}plan.csv").content.decode().count("\r\n") == 14
    page = client.get(f"{PROJECT}plan.pdf")
    assert (page.headers["Content-Type"], page.content[:5]) == ("application/pdf", b"%PDF-")
    assert client.get(f"{PROJECT}plan.doc").status_code == 404
