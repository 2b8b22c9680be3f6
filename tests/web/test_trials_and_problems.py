"""Trials and problems on their pages, the release gate, and a tracker that writes with a key."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from premortem.acts.buying.entering import enter
from premortem.ledger.deal import Deal
from premortem.ledger.entries import Entry, Outcome, Problem
from premortem.ledger.fold import deal_as_of
from premortem.records.firm.models import Firm, Release, Token
from premortem.records.models import PersonRow
from premortem.web.keys import secret_of
from premortem.web.ledger import ledger
from tests.web.conftest import NOW, OURS, House


@pytest.fixture
def still_open(house: House) -> House:
    """The house with OURS open: its end was a mistake, and is taken back for the day on which it stood."""
    ended = next(entry.at for entry in ledger().store.read(OURS) if isinstance(entry.body, Outcome))
    ledger().store.append([Entry(OURS, ended, NOW + timedelta(1), "user:seller", Outcome("open"))])
    ledger().reading.refresh(OURS)
    return house


def deal() -> Deal:
    return deal_as_of(ledger().store.read(OURS))


def a_buyer() -> str:
    return str(PersonRow.objects.filter(deal=OURS, side="buyer").order_by("person")[0].person)


def tell(client: Client, about: str, **given: Any) -> str:
    return client.post(f"/deals/{OURS}/{about}/tell/", given, follow=True).content.decode()


def test_a_trial_without_criteria_does_not_begin_and_one_with_them_does(still_open: House) -> None:
    client = still_open.client("seller")
    assert "Kept." in tell(client, "trials", do="plan", goal="a foothold")
    page = tell(client, "trials", do="begin")
    assert "nothing says what it must show" in page
    assert "nobody of ours is named who stays by the users" in page
    (trial,) = deal().trials.values()
    assert trial.state == "planned"
    who = a_buyer()
    if not deal().with_role("economic_buyer"):
        client.post(f"/people/{OURS}/{who}/", {"role": "economic_buyer"})
    decides = next((one.id for one in deal().with_role("economic_buyer")), who)
    whole = {"criterion_measure": "load", "criterion_target": "under 70%", "criterion_judge": who}
    whole |= {"criterion_by": "2027-01-20", "criterion_agreed": "2026-11-02", "helper": "Seller", "our_effort": "8"}
    whole |= {"their_effort": "6", "read_out": "2027-01-22", "read_out_with": decides, "next_step": "sign for a year"}
    tell(client, "trials", do="plan", trial=trial.trial, **whole)
    assert "The trial has begun." in tell(client, "trials", do="begin", trial=trial.trial, words="no decider known yet")
    page = tell(client, "trials", do="week", trial=trial.trial, words="installed <b>all</b>")
    assert "installed &lt;b&gt;all&lt;/b&gt;" in page
    assert "That is no day or no number" in tell(client, "trials", do="week", on="soon", words="x")


def test_an_override_stands_on_the_deals_own_page(still_open: House) -> None:
    client = still_open.client("seller")
    tell(client, "trials", do="plan", goal="a look")
    tell(client, "trials", do="begin", words="they plugged it in themselves")
    page = client.get(f"/deals/{OURS}/").content.decode()
    assert "begun with something missing" in page
    assert "they plugged it in themselves" in page
    assert "began with something missing" in client.get("/trials/").content.decode()


def test_a_problem_shows_its_clock_its_question_and_who_may_close_it(still_open: House) -> None:
    client = still_open.client("seller")
    page = tell(
        client, "problems", do="meet", words="wrong sum", met="2026-01-05", breaks_trust="1", moment="evaluation"
    )
    for says in ("days late", "breaks trust", "Who else are you looking at since this came up?"):
        assert says in page
    (one,) = deal().problems.values()
    assert "only field staff may close" in tell(still_open.client("admin"), "problems", do="close", problem=one.problem)
    Firm.objects.update_or_create(pk=1, defaults={"field_people": "bo admin"})
    assert "Closed." in tell(still_open.client("admin"), "problems", do="close", problem=one.problem)
    assert deal().problems[one.problem].closed_by == "admin"
    assert "wrong sum" not in still_open.client("stranger").get("/problems/").content.decode()
    assert "wrong sum" in still_open.client("executive").get("/problems/").content.decode()


def a_problem(ticket: str = "LARK-1") -> Problem:
    entries = ledger().store.read(OURS)
    one = Problem("pr-1", "0" * 64, ticket=ticket, met=NOW.date())
    ledger().contents.keep(b'{"text":"slow","nonce":"x"}')
    one = Problem("pr-1", ledger().contents.keep(b'{"text":"=slow","nonce":"x"}'), ticket=ticket, met=NOW.date())
    enter(ledger(), entries, [one], "seller", NOW)
    return one


def test_a_table_goes_out_harmless_and_comes_back(still_open: House) -> None:
    a_problem("=LARK-1")
    client = still_open.client("seller")
    table = client.get("/problems/table.csv").content.decode()
    assert "pr-1" in table
    assert ",=" not in table
    back = SimpleUploadedFile("t.csv", b"ticket,state\n'=LARK-1,done\n", "text/csv")
    page = client.post("/problems/import/", {"table": back}, follow=True).content.decode()
    assert "1 answered" in page
    assert deal().problems["pr-1"].state == "answered"
    empty = SimpleUploadedFile("t.csv", b"a\nb\n", "text/csv")
    assert "no column" in client.post("/problems/import/", {"table": empty}, follow=True).content.decode()


def send(word: str, told: object) -> Any:
    return Client(enforce_csrf_checks=True).post(
        "/hook/problems/",
        json.dumps(told),
        content_type="application/json",
        headers={"Authorization": f"Bearer {word}"},
    )


def a_key(who: str, scopes: str, days: int = 1) -> str:
    user, word = get_user_model().objects.get(username=who), f"pm_{who}{scopes}{days}"
    Token.objects.create(
        user=user, name="t", secret=secret_of(word), scopes=scopes, ends_at=timezone.now() + timedelta(days)
    )
    return word


def test_a_tracker_writes_with_a_key_and_answers_but_never_closes(still_open: House) -> None:
    a_problem()
    assert Client().get("/hook/problems/").status_code == 405
    assert send("pm_none", {"ticket": "LARK-1", "state": "closed"}).status_code == 401
    assert send(a_key("seller", "read"), {"ticket": "LARK-1", "state": "closed"}).status_code == 401
    assert send(a_key("seller", "write", -1), {"ticket": "LARK-1", "state": "closed"}).status_code == 401
    assert send(a_key("stranger", "write"), {"ticket": "LARK-1", "state": "closed"}).status_code == 404
    assert send(a_key("executive", "write"), {"ticket": "LARK-1", "state": "closed"}).status_code == 404
    assert deal().problems["pr-1"].state == "open"
    word = a_key("seller", "write")
    for broken in ([1], "x", {"state": "closed"}):
        assert send(word, broken).status_code == 400
    answer = send(word, {"ticket": "LARK-1", "state": "Closed"})
    assert (answer.status_code, answer.json()["answered"]) == (200, 1)
    assert deal().problems["pr-1"].state == "answered"


def test_the_gate_goes_step_by_step(house: House) -> None:
    client = house.client("manager")
    page = client.post("/problems/releases/", {"name": "3.1"}, follow=True).content.decode()
    assert "waits for step 0" in page
    gate = f"/problems/releases/{Release.objects.get().pk}/"
    assert "waits for step 0" in client.post(gate, {"item": "novices", "told": "3"}, follow=True).content.decode()
    for item in ("main_functions", "wrung_out"):
        client.post(gate, {"item": item})
    assert "Say who, and which." in client.post(gate, {"item": "as_an_evaluator"}, follow=True).content.decode()
    page = client.post(gate, {"item": "as_an_evaluator", "told": "Bo, two detours"}, follow=True).content.decode()
    assert "Bo, two detours" in page
    assert house.client("marketing").post(gate, {"item": "reward"}).status_code == 403
    client.post(gate, {"item": "wrung_out", "undo": "1"})
    assert Release.objects.get().ticks.count() == 2
    assert "There is a release" in client.post("/problems/releases/", {"name": "3.1"}, follow=True).content.decode()


def test_a_problem_that_we_found_is_known_before_a_buyer_meets_it(still_open: House) -> None:
    client = still_open.client("seller")
    assert "We found one ourselves" in client.get("/problems/").content.decode()
    given = {"words": "The total is a tenth too high", "deals": OURS, "breaks_trust": "1", "likelihood": "30"}
    page = client.post("/problems/found/", given, follow=True).content.decode()
    assert "Kept: we know of it before a buyer meets it." in page
    assert "Known to us before a buyer met them: <strong>1</strong>" in page
    (problem,) = deal().problems.values()
    assert (problem.met, problem.met_by, problem.breaks_trust, problem.likelihood) == (None, None, True, 0.3)
    page = client.get(f"/deals/{OURS}/problems/").content.decode()
    assert "They have not met it" in page
    refused = client.post("/problems/found/", given | {"deals": still_open.theirs}, follow=True).content.decode()
    assert "not yours to change" in refused
    refused = client.post("/problems/found/", {"words": "x"}, follow=True).content.decode()
    assert "nowhere to stand" in refused
