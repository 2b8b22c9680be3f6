"""An open deal in the middle of its work, entered by its seller's own forms, so that its pages are seen full."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib.messages import ERROR, get_messages
from django.test import Client
from django.utils import timezone

from premortem.acts.afterwards.replay import replay
from premortem.acts.witness import Witness
from premortem.ledger.fold import deal_as_of
from premortem.web.ledger import ledger
from tests.web.conftest import OURS, House

AT_WORK = "lark-20"
NOT_BEGUN = "lark-04"
"""An open deal of which nobody has told more than its calls and mails: what somebody new sees first."""
FULL = {
    "deal": "",
    "sheet": "sheet/",
    "content": "content/",
    "visibility": "visibility/",
    "relations": "relations/",
    "deal_forecast": "forecast/",
    "deal_trials": "trials/",
    "deal_problems": "problems/",
    "project": "project/",
}
EMPTY = {"project_not_begun": "project/", "trials_not_begun": "trials/"}
PAGES = {name: f"/deals/{AT_WORK}/{part}" for name, part in FULL.items()}
PAGES |= {name: f"/deals/{NOT_BEGUN}/{part}" for name, part in EMPTY.items()}
PAGES |= {"not_found": "/deals/never-was/"}
PIECES = (
    ("How a forwarder kept filing on a Friday", "fault", "port clerk container declaration"),
    ("What leaving costs you", "risk", "lock-in"),
)
ABSENT = {"not_found"}
"""What a page answers 404 for."""


def at_work(house: House) -> None:
    """Tell of AT_WORK all that a deal's pages can show; raises AssertionError where a form is not taken."""
    seller, today = house.client("seller"), timezone.localdate()
    names = Witness(deal_as_of(ledger().store.read(AT_WORK)), ledger().contents).names
    buyers = {name: person for person, name in names.items()}
    _content(house.client("marketing"), seller, buyers["Kristjan Uustalu"])
    _a_plan(seller, today)
    _trial(seller, buyers["Riina Tamm"], today)
    _problems(seller, today)
    _open_matters(seller, today)
    _send(seller, "forecast/call/", won="60", category="best_case")
    _lesson(seller)


def _send(client: Client, part: str, deal: str = AT_WORK, **given: Any) -> None:
    answer = client.post(f"/deals/{deal}/{part}", given)
    assert answer.status_code == 302, f"{part} answered {answer.status_code}"
    refused = [str(one) for one in get_messages(answer.wsgi_request) if one.level >= ERROR]
    assert refused == [], part


def _content(marketing: Client, seller: Client, buyer: str) -> None:
    for title, concern, pain in PIECES:
        marketing.post("/content/add/", {"title": title, "concern": concern, "pain": pain})
    _send(seller, "content/sent/", piece="how-a-forwarder-kept-filing-on-a-friday", to=buyer)


def _a_plan(seller: Client, today: date) -> None:
    _send(seller, "project/do/", do="begin", start=(today - timedelta(21)).isoformat())
    fields = {"fields": "title due whose note", "due": (today + timedelta(9)).isoformat(), "whose": "buyer"}
    _send(seller, "project/do/", do="add", kind="task", shared="1", title="Their lawyer reads the paper", **fields)
    _send(seller, "project/do/", do="add", kind="risk", shared="1", fields="title note", title="Two systems at once")


def _trial(seller: Client, buyer: str, today: date) -> None:
    soon = (today + timedelta(12)).isoformat()
    plan = {"criterion_measure": "Minutes until the clerks can file again", "criterion_target": "under 1"}
    plan |= {"criterion_judge": buyer, "criterion_by": soon, "criterion_agreed": today.isoformat()}
    plan |= {"goal": "The switch, on a working day", "helper": "Piotr", "our_effort": "8", "their_effort": "6"}
    plan |= {"read_out": soon, "read_out_with": buyer, "next_step": "sign for three years"}
    _send(seller, "trials/tell/", do="plan", **plan)
    _send(seller, "trials/tell/", do="begin", words="Maarika chose the hour herself.")
    _send(seller, "trials/tell/", do="week", words="The copy runs; nobody noticed the first switch.")


def _problems(seller: Client, today: date) -> None:
    met = {"met": (today - timedelta(16)).isoformat(), "moment": "evaluation"}
    _send(seller, "problems/tell/", do="meet", words="A declaration was shown twice", breaks_trust="1", **met)
    _send(seller, "problems/tell/", do="meet", words="The log is slow to open", ticket="DOOR-7", **met)


def _open_matters(seller: Client, today: date) -> None:
    soon = (today + timedelta(5)).isoformat()
    _send(seller, "visibility/matter/", do="ask", what="Who signs besides Maarika?", way="ask on Tuesday", due=soon)
    _send(seller, "relations/lunch/", do="plan", on=soon)


def _lesson(seller: Client) -> None:
    """What stood in a deal that was lost and stands in this one: it lights up."""
    last = replay(ledger().store.read(OURS), ledger().contents).as_of
    stood = ["introduction_refused", "stakeholder_unmet"]
    _send(seller, "lessons/", OURS, on=last, title="They never let us meet who else decides", findings=stood)
