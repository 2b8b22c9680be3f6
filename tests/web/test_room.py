"""The buyer's room: what they do there counts as their own word, nothing of ours is shown, and no two lose anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.cache import cache
from django.test import Client, override_settings
from django.utils import timezone

from premortem.acts.buying.project_change import Hand, add
from premortem.acts.buying.project_people import agree
from premortem.acts.buying.room import RoomDocument, StepInRoom
from premortem.acts.buying.room import room as room_of
from premortem.acts.telling.erase import erase_person
from premortem.acts.witness import Witness
from premortem.errors import Unknown
from premortem.ledger.contents import Card, keep_card, keep_text
from premortem.ledger.deal import Deal
from premortem.ledger.entries import (
    Ask,
    Body,
    Changed,
    Entry,
    Finding,
    Forecast,
    Milestone,
    OpenMatter,
    Person,
    Problem,
    Trial,
    Waiver,
)
from premortem.ledger.fold import deal_as_of
from premortem.records.firm.models import RoomLink
from premortem.web.ledger import ledger
from premortem.web.reminding import remind_all
from tests.acts.buying.test_room_paper import words_in
from tests.web.conftest import OURS, House

PROJECT = f"/deals/{OURS}/project/"
SOON = (timezone.now() + timedelta(days=40)).date()
CANARY = "sousaphone"
NOW = timezone.now()


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()


def deal() -> Deal:
    return deal_as_of(ledger().store.read(OURS))


def shown() -> RoomDocument:
    return room_of(ledger().store.read(OURS), ledger().contents, timezone.now().date())


def step(title: str) -> StepInRoom:
    return next(one for one in [*shown().tasks, *shown().risks] if one.title == title)


def buyer(number: int = 0) -> str:
    return deal().closest_buyers[number]


def a_plan(house: House) -> Client:
    client = house.client("seller")
    client.post(f"{PROJECT}do/", {"do": "begin"})
    return client


def a_room(house: House, person: str = "") -> str:
    page = house.client("seller").post(f"{PROJECT}link/", {"buyer": person or buyer()}).content.decode()
    return link_in(page)


def link_in(page: str) -> str:
    found: str
    (found,) = re.findall(r"https?://[^<\s]*/plan/[^<\s]*", page)
    return urlsplit(found).path


def form(one: StepInRoom, **new: str) -> dict[str, str]:
    """What a browser sends of a step's form, with some of it changed."""
    stands = {
        "title": one.title,
        "due": one.due.isoformat() if one.due else "",
        "owner": one.owner or "",
        "whose": one.whose,
        "effort": "" if one.hours is None else f"{one.hours:g}",
        "note": one.note,
    }
    about = {
        "do": "step",
        "step": one.id,
        "seen": one.version,
        "fields": "title due owner whose effort note done dropped",
    }
    return about | stands | ({"done": "on", "done_was": one.done.isoformat()} if one.done else {}) | new


def test_a_day_that_the_buyer_sets_is_the_buyers_own(house: House) -> None:
    a_plan(house)
    place, visitor = a_room(house), Client()
    page = visitor.get(place)
    assert (page.status_code, page.headers["Cache-Control"]) == (200, "no-store")
    answer = visitor.post(place, form(step("The decision"), due=SOON.isoformat()))
    assert answer.status_code == 302
    kept = next(one for one in deal().milestones.values() if one.element == "decision")
    assert (kept.due, kept.due_set_by) == (SOON, "buyer")
    written = ledger().store.read(OURS)[-1]
    assert (written.author, written.by_a_person, written.by_the_buyer) == (f"user:buyer:{buyer()}", True, True)
    assert f"They decide by {SOON.day}" in house.client("seller").get(PROJECT).content.decode()


def test_a_day_that_we_propose_is_not_the_buyers(house: House) -> None:
    client = a_plan(house)
    one = step("The decision")
    client.post(f"{PROJECT}do/", form(one, due=SOON.isoformat(), shared="on"))
    kept = next(one for one in deal().milestones.values() if one.element == "decision")
    assert (kept.due, kept.due_set_by) == (SOON, "rep")
    assert "has set no day" in client.get(PROJECT).content.decode()


def test_a_colleague_comes_in_by_a_link_of_their_own_and_is_known_to_us(house: House) -> None:
    place, visitor = a_room(house), Client()
    page = visitor.post(place, {"do": "colleague", "name": "Priya Nair", "title": "Head of Finance"}).content.decode()
    (priya,) = [one for one in deal().buyers if Witness(deal(), ledger().contents).name(one.id) == "Priya Nair"]
    assert "money" in priya.trades
    theirs = Client().get(link_in(page)).content.decode()
    assert "You are here as <strong>Priya Nair</strong>" in theirs
    assert "Priya Nair" in house.client("seller").get(PROJECT).content.decode()


def test_a_guest_takes_nobodys_place_by_their_name(house: House) -> None:
    place, visitor, unshared = a_room(house), Client(), "p-una"
    known = Person(unshared, card=keep_card(ledger().contents, Card("Una Shared", "Chair")), side="buyer")
    ledger().store.append([Entry(OURS, NOW, NOW, "user:seller", known)])
    before = deal().people[unshared]
    page = visitor.post(place, {"do": "colleague", "name": "una shared", "title": "x"})
    assert "/plan/" in link_in(page.content.decode())
    assert deal().people[unshared] == before
    assert RoomLink.objects.latest("pk").person != unshared
    again = visitor.post(place, {"do": "colleague", "name": "Una Shared"})
    assert (again.status_code, "is in this plan already" in again.content.decode()) == (409, True)


def test_what_guests_may_make_is_counted_for_the_deal(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("premortem.web.pages.room.GUESTS", 1)
    place, visitor = a_room(house), Client()
    theirs = link_in(visitor.post(place, {"do": "colleague", "name": "Priya Nair"}).content.decode())
    refused = visitor.post(theirs, {"do": "colleague", "name": "Tom Reyes"})
    assert "all its links for colleagues" in refused.content.decode()
    monkeypatch.setattr("premortem.acts.buying.project_change.MOST_OF_BUYERS", 1)
    refused = visitor.post(theirs, {"do": "say", "step": "problem", "note": "Hours are lost."})
    assert "takes 1 changes from its links" in refused.content.decode()


def test_a_day_beyond_all_plans_is_refused(house: House) -> None:
    a_plan(house)
    place = a_room(house)
    refused = Client().post(place, form(step("The decision"), due="9999-12-31"))
    assert (refused.status_code, "is no day for a plan" in refused.content.decode()) == (409, True)
    assert Client().get(f"{place}plan.ics").status_code == 200


def test_a_link_ends_with_the_account_of_who_made_it(house: House) -> None:
    place = a_room(house)
    get_user_model().objects.filter(username="seller").update(is_active=False)
    assert Client().get(place).status_code == 404


def test_two_who_change_different_things_both_keep_theirs(house: House) -> None:
    client, place = a_plan(house), a_room(house)
    before = step("The decision")
    client.post(f"{PROJECT}do/", form(before, note="The board sits on Tuesdays.", shared="on"))
    done = Client().post(place, form(before, due=SOON.isoformat()), follow=True).content.decode()
    after = step("The decision")
    assert (after.due, after.note) == (SOON, "The board sits on Tuesdays.")
    assert "changed the note" in done


def test_two_who_change_the_same_thing_are_told_and_nothing_typed_is_lost(house: House) -> None:
    client, place, visitor = a_plan(house), a_room(house), Client()
    before = step("The decision")
    later = (SOON + timedelta(days=7)).isoformat()
    visitor.post(place, form(before, due=SOON.isoformat()))
    page = client.post(f"{PROJECT}do/", form(before, due=later, note="typed for long", shared="on"))
    told = page.content.decode()
    assert page.status_code == 409
    assert f"The buyer changed the day: it is now “{SOON.isoformat()}”." in told
    assert later in told
    assert "typed for long" in told
    assert step("The decision").due == SOON
    again = re.findall(r'name="seen" value="(\w+)"', told.partition(f'id="{before.id}"')[2])[0]
    client.post(f"{PROJECT}do/", form(before, due=later, note="typed for long", seen=again, shared="on"))
    assert step("The decision").due == date.fromisoformat(later)
    assert next(one for one in deal().milestones.values() if one.element == "decision").due_set_by == "rep"


def test_the_buyer_says_ticks_comments_and_answers(house: House) -> None:
    a_plan(house)
    place, visitor = a_room(house), Client()
    visitor.post(place, {"do": "say", "step": "nothing", "note": "It costs us 4,000 EUR a month."})
    visitor.post(place, {"do": "ready", "step": "ready:users", "answer": "no", "note": "Not yet."})
    visitor.post(place, {"do": "agree", "on": "timing", "agrees": "no", "words": "Not before May."})
    visitor.post(place, {"do": "add", "kind": "risk", "title": "Two systems at once", "fields": "title note"})
    first = shown().tasks[0]
    visitor.post(place, {"do": "comment", "step": first.id, "words": "We have that on paper."})
    visitor.post(place, form(first, done="on"))
    page = visitor.get(place).content.decode()
    for words in ("4,000 EUR a month", "48,000 EUR a year", "Not yet.", "Not before May.", "Two systems at once"):
        assert words in page, words
    assert "We have that on paper." in page
    assert shown().tasks[0].done == timezone.now().date()
    assert deal().agreements[buyer(), "timing"].agrees is False
    assert "Not before May." in house.client("seller").get(PROJECT).content.decode()


def test_what_is_wrong_is_said_and_stays_typed(house: House) -> None:
    a_plan(house)
    place, visitor = a_room(house), Client()
    for wrong in ({"due": "in May"}, {"effort": "much"}, {"owner": "p-0"}, {"effort": "nan"}):
        page = visitor.post(place, form(shown().tasks[0], note="typed for long", **wrong))
        assert page.status_code == 409, wrong
        assert "typed for long" in page.content.decode()
    assert shown().tasks[0].note == ""
    assert visitor.post(place, {"do": "step", "step": "m-none", "fields": "title", "title": "x"}).status_code == 409


def planted(house: House) -> str:
    """The canary in every corner of a deal that is ours alone to see; the room's link."""
    client, place = a_plan(house), a_room(house)
    keep, now = ledger().contents, datetime.now(UTC)
    word = keep_text(keep, CANARY)
    one = Person("p-c0ffee", card=keep_card(keep, Card(CANARY, CANARY, (f"{CANARY}@x.example",))), side="buyer")
    bodies: list[Body] = [
        one,
        Person("p-c0ffef", card=keep_card(keep, Card(CANARY)), side="seller"),
        Person(buyer(), card=keep_card(keep, Card("Maxine", CANARY, labels=(CANARY,)))),
        Changed("stage", CANARY),
        Changed("name", CANARY),
        Changed("amount", 987654321.0),
        Finding("gone_quiet", "high", CANARY, Ask(CANARY)),
        Forecast(CANARY, SOON, won=0.98765, assumptions=(CANARY,)),
        Milestone("m-private", word, "ours", note=word, due=SOON),
        Milestone("m-risk", word, "ours", element="risk", note=word),
        Milestone("problem", word, "ours", element="problem", note=word),
        Milestone("m-owned", keep_text(keep, "Ask the board"), "ours", owner="p-c0ffee", due=SOON, shared=True),
        Waiver("gone_quiet", word),
        Trial("t-1", goal=word),
        Problem("x-1", words=word),
        OpenMatter("o-1", "assumption", word),
    ]
    ledger().store.append([Entry(OURS, now, now, "user:seller", body) for body in bodies])
    agree(ledger(), OURS, Hand.ours("seller"), buyer(), "problem", False, CANARY, now)
    add(ledger(), OURS, Hand.ours("seller"), {"title": CANARY}, now)
    assert CANARY in client.get(PROJECT).content.decode()
    return place


def crawled(place: str, visitor: Client) -> Iterator[Any]:
    """The room in every state that a visitor can bring about."""
    first = shown().tasks[0]
    yield visitor.get(place)
    yield visitor.get(f"{place}plan.csv")
    yield visitor.get(f"{place}plan.ics")
    yield visitor.get(f"{place}plan.pdf")
    yield visitor.get(f"{place}plan.doc")
    yield visitor.post(place, form(first, due="in May"))
    yield visitor.post(place, form(first, seen="0", title="other words", due=SOON.isoformat()))
    yield visitor.post(place, form(first, owner="p-c0ffee"))
    yield visitor.post(place, {"do": "step", "step": "m-private", "fields": "title", "title": "x", "seen": ""})
    yield visitor.post(place, {"do": "say", "step": "problem", "note": "Hours are lost."}, follow=True)
    yield visitor.post(place, {"do": "comment", "step": "m-private", "words": "x"})
    yield visitor.post(place, {"do": "agree", "on": "problem", "agrees": "yes", "words": ""}, follow=True)
    yield visitor.post(place, {"do": "colleague", "name": "", "title": "x"})
    yield visitor.post(place, {"do": "colleague", "name": "Priya Nair", "title": "Finance"})
    yield visitor.post(place, {"do": "add", "kind": "busy", "due": SOON.isoformat(), "fields": "due"}, follow=True)
    yield visitor.post(place, {"do": "remind", "email": "no address"})
    yield visitor.post(place, {"do": "anything"})
    yield visitor.post(place, form(step("Ask the board"), owner_hidden="1", note="They sit on Tuesdays."), follow=True)
    yield visitor.put(place)
    yield visitor.get(place)
    RoomLink.objects.update(ended_at=timezone.now())
    yield visitor.get(place)
    yield visitor.post(place, form(first))


def test_nothing_of_ours_is_in_any_answer_of_the_room(house: House) -> None:
    place = planted(house)
    names = set(Witness(deal(), ledger().contents).names.values()) - {CANARY}
    me = shown().person(buyer())
    assert me is not None
    others = {name for name in names if name not in (me.name, "Seller")}
    assert others
    for answer in crawled(place, Client()):
        is_pdf = answer.headers["Content-Type"] == "application/pdf"
        body = words_in(answer.content) if is_pdf else answer.content.decode()
        told = body + str(dict(answer.headers))
        for secret in (
            CANARY,
            "987654321",
            "987,654,321",
            "0.98765",
            "p-c0ffe",
            "gone_quiet",
            "premortem.",
            "finding",
            "stage",
            "forecast",
        ):
            assert secret not in told.replace("/static/premortem", ""), (secret, answer.status_code)
        assert not [name for name in others if name in told], answer.status_code
    assert deal().milestones["m-owned"].owner == "p-c0ffee"  # who is not shown stays where they are
    assert deal().milestones["m-private"].title != ""


def test_one_of_us_may_look_and_write_nothing_as_the_buyer(house: House) -> None:
    a_plan(house)
    place, seller = a_room(house), house.client("seller")
    assert "change nothing here" in seller.get(place).content.decode()
    before = len(ledger().store.read(OURS))
    assert seller.post(place, form(shown().tasks[0], due=SOON.isoformat())).status_code == 403
    assert len(ledger().store.read(OURS)) == before


def test_a_link_that_is_revoked_takes_those_along_that_it_made(house: House) -> None:
    place, visitor = a_room(house), Client()
    more = link_in(visitor.post(place, {"do": "colleague", "name": "Priya Nair", "title": ""}).content.decode())
    assert Client().get(more).status_code == 200
    first = RoomLink.objects.get(invited_by=None)
    assert first.secret not in place
    house.client("seller").post(f"{PROJECT}link/{first.pk}/end/")
    assert [Client().get(one).status_code for one in (place, more)] == [404, 404]
    RoomLink.objects.update(ended_at=None, ends_at=timezone.now() - timedelta(seconds=1))
    assert Client().get(place).status_code == 404
    assert Client().post(place, {"do": "agree", "on": "timing"}).status_code == 404


def test_a_link_dies_with_the_access_of_whoever_made_it(house: House) -> None:
    place = a_room(house)
    get_user_model().objects.get(username="seller").member.delete()
    assert Client().get(place).status_code == 404


def test_links_are_not_tried_without_end(house: House) -> None:
    statuses = [Client().get(f"/plan/{number}/").status_code for number in range(40)]
    assert (statuses[0], statuses[-1]) == (404, 429)


@override_settings(EMAIL_HOST="mail.example", EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend")
def test_reminders_go_to_who_asked_once_a_day_until_they_switch_them_off(house: House) -> None:
    a_plan(house)
    place, visitor, today = a_room(house), Client(), timezone.now().date()
    first = shown().tasks[0]
    visitor.post(place, form(first, owner=buyer(), due=today.isoformat()))
    assert remind_all(ledger(), today) == 0
    known = Person(buyer(), card=keep_card(ledger().contents, Card("Maxine", emails=("Maxine@bellfield.example",))))
    ledger().store.append([Entry(OURS, NOW, NOW, "user:seller", known)])
    refused = visitor.post(place, {"do": "remind", "email": "somebody@else.example"})
    assert (refused.status_code, "that we knew before" in refused.content.decode()) == (409, True)
    visitor.post(place, {"do": "remind", "email": "maxine@bellfield.example"})
    get_user_model().objects.filter(username="seller").update(is_active=False)
    assert remind_all(ledger(), today) == 0
    get_user_model().objects.filter(username="seller").update(is_active=True)
    assert (remind_all(ledger(), today), remind_all(ledger(), today)) == (1, 0)
    (sent,) = mail.outbox
    assert sent.to == ["maxine@bellfield.example"]
    assert first.title in sent.body
    visitor.post(place, {"do": "remind", "email": ""})
    assert remind_all(ledger(), today + timedelta(days=1)) == 0


def test_without_a_mail_server_nobody_is_asked_for_an_address(house: House) -> None:
    assert "mail address" not in Client().get(a_room(house)).content.decode()
    with pytest.raises(Unknown, match="no mail server"):
        remind_all(ledger(), timezone.now().date())


def test_whoever_is_erased_takes_their_words_out_of_the_plan(house: House) -> None:
    a_plan(house)
    place, visitor = a_room(house), Client()
    visitor.post(place, {"do": "comment", "step": shown().tasks[0].id, "words": CANARY})
    visitor.post(place, {"do": "agree", "on": "timing", "agrees": "no", "words": CANARY})
    erase_person(ledger(), OURS, buyer(), "admin", datetime.now(UTC))
    assert visitor.get(place).status_code == 404
    assert CANARY not in house.client("seller").get(PROJECT).content.decode()


def test_a_busy_week_is_changed_in_the_room_and_on_our_page(house: House) -> None:
    client = a_plan(house)
    place, visitor = a_room(house), Client()
    week = {"owner": buyer(), "due": SOON.isoformat(), "effort": "0", "note": "Year-end close", "seen": ""}
    visitor.post(place, {"do": "add", "kind": "busy", "fields": "owner due effort note", **week})
    (one,) = shown().busy
    assert (one.owner, one.hours, one.note) == (buyer(), 0.0, "Year-end close")
    theirs = {"do": "step", "step": one.id, "seen": one.version, "fields": "owner due effort note dropped"}
    visitor.post(place, theirs | week | {"effort": "2", "seen": one.version})
    assert shown().busy[0].hours == 2.0
    page = client.get(PROJECT).content.decode()
    assert "Busy weeks of their day jobs" in page
    assert "written by the buyer" in page
    again = theirs | week | {"note": "The audit", "effort": "2", "seen": shown().busy[0].version, "shared": "1"}
    client.post(f"{PROJECT}do/", again)
    assert "The audit" in visitor.get(place).content.decode()
    client.post(f"{PROJECT}do/", {"do": "add", "kind": "busy", "fields": "owner due", "shared": "1", **week})
    assert len(shown().busy) == 2
    gone = {"do": "step", "step": one.id, "seen": shown().busy[0].version, "fields": "dropped", "dropped": "on"}
    visitor.post(place, gone)
    assert len(shown().busy) == 1


def test_hours_that_a_step_took_stand_beside_those_planned(house: House) -> None:
    client = a_plan(house)
    place, visitor = a_room(house), Client()
    first, second = shown().tasks[0], shown().tasks[1]
    fields = "title due owner whose effort spent note done dropped"
    visitor.post(place, form(first, fields=fields, effort="2", spent="5", done="on"))
    visitor.post(place, form(second, fields=fields, effort="", spent="1"))
    effort = shown().effort
    assert effort is not None
    assert (effort.planned, effort.taken, effort.tasks, effort.of) == (2.0, 5.0, 1, 2)
    for page in (visitor.get(place).content.decode(), client.get(PROJECT).content.decode()):
        assert "The 1 step that says both took 5 hours, planned with 2." in page
    assert ",2,5," in visitor.get(f"{place}plan.csv").content.decode()
    refused = visitor.post(place, form(first, fields=fields, spent="much"))
    assert (refused.status_code, "is no number of hours" in refused.content.decode()) == (409, True)


def test_who_stands_behind_it_is_said_by_the_buyer_and_marked_as_their_word(house: House) -> None:
    client = a_plan(house)
    place, visitor = a_room(house), Client()
    client.post(f"{PROJECT}do/", {"do": "say", "step": "sponsor", "note": "Their CFO, we think.", "seen": ""})
    assert "Written by us" in client.get(PROJECT).content.decode()
    seen = next(one.version for one in shown().sayings if one.element == "sponsor")
    words = "Our CFO asked for it in March."
    visitor.post(place, {"do": "say", "step": "sponsor", "note": words, "seen": seen})
    page = client.get(PROJECT).content.decode()
    assert words in page
    assert "In the buyer’s own words." in page
