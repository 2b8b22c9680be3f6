"""Addresses of rows that a firm has, and what is given there: found or made when a case asks for them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from premortem.acts.looking.touch_page import touch_page
from premortem.records.firm.models import Link, Member, SavedView, Team, Token, Upload
from premortem.records.models import FactRow, PersonRow, TouchRow
from premortem.web.joining import new_link
from premortem.web.ledger import ledger
from tests.web.conftest import OURS, House


def a_touch(house: House, type: str) -> str:
    """The first call or mail in OURS."""
    return f"deals/{OURS}/touches/{TouchRow.objects.filter(deal=OURS, type=type).order_by('at')[0].touch}"


def a_fact(house: House) -> str:
    """A fact in OURS."""
    return f"deals/{OURS}/facts/{FactRow.objects.filter(deal=OURS).order_by('at', 'turn', 'start')[0].fact}"


def a_person(house: House) -> str:
    """One of theirs in OURS."""
    return f"deals/{OURS}/people/{PersonRow.objects.filter(deal=OURS, side='buyer').order_by('person')[0].person}"


def some_words(house: House) -> dict[str, Any]:
    """A fact over the words of a buyer in the first call of OURS."""
    page = touch_page(ledger(), OURS, a_touch(house, "call").rpartition("/")[2])
    turn = next(one for one in page.turns if one.side == "buyer" and not one.facts)
    return {"turn": turn.number, "words": turn.pieces[0].text.split(".")[0], "claim": "pain_stated"}


def a_key_wanted(house: House) -> dict[str, Any]:
    """A key until tomorrow."""
    until = (timezone.now() + timedelta(days=1)).date()
    return {"name": "report", "scopes": ["write"], "ends_on": until.isoformat()}


def a_token_of(who: str) -> int:
    user, until = get_user_model().objects.get(username=who), timezone.now() + timedelta(1)
    return Token.objects.create(user=user, name="report", secret="0" * 64, ends_at=until).pk


def a_view_of(who: str) -> int:
    user = get_user_model().objects.get(username=who)
    return SavedView.objects.create(user=user, page="deals", name="Mine", query="whose=mine").pk


def a_team() -> int:
    return Team.objects.get(name="Other").pk


def a_member() -> int:
    return Member.objects.get(user__username="seller").pk


def an_import(state: str = "previewed") -> int:
    """Files that the seller brought in."""
    user = get_user_model().objects.get(username="seller")
    told: dict[str, list[str]] = {"done": []} if state == "done" else {"deals": [], "stray": []}
    taken_at = timezone.now() if state == "done" else None
    return Upload.objects.create(user=user, folder="/nowhere", state=state, preview=told, taken_at=taken_at).pk


def an_invitation() -> int:
    new_link(email="new@firm.example", role="rep", team=None)
    return Link.objects.get(user=None).pk


def rows_there() -> dict[str, str | int]:
    """What stands in an address, by its name there: rows of OURS, and of the firm."""
    touch = TouchRow.objects.filter(deal=OURS, type="call").order_by("at")[0].touch
    fact = FactRow.objects.filter(deal=OURS).order_by("at", "turn", "start")[0].fact
    person = PersonRow.objects.filter(deal=OURS, side="buyer").order_by("person")[0].person
    return {"deal": OURS, "touch": touch, "fact": fact, "person": person, "check": "gone_quiet", "number": 2}
