"""Addresses of rows that a firm has: made when a case asks for them."""

from __future__ import annotations

from datetime import timedelta

import msgspec
from django.contrib.auth import get_user_model
from django.utils import timezone

from premortem.contests.contest import Contest, Person
from premortem.records.contests import DatabaseContests
from premortem.records.firm.models import BuyerLink, Link, Member, Release, RoomLink, Team, Token
from premortem.web.joining import new_link
from tests.web.conftest import House


def a_token(house: House) -> str:
    """The end of a key that belongs to the admin."""
    admin = get_user_model().objects.get(username="admin")
    made = Token.objects.create(user=admin, name="report", secret="0" * 64, ends_at=timezone.now() + timedelta(1))
    return f"/settings/tokens/{made.pk}/end/"


def a_link(house: House) -> str:
    """The end of an invitation that waits."""
    new_link(email="new@firm.example", role="rep", team=None)
    return f"/settings/firm/invitations/{Link.objects.get(user=None).pk}/end/"


def a_buyer_link(house: House) -> str:
    """The end of a link by which a buyer of OURS answers."""
    seller = get_user_model().objects.get(username="seller")
    until = timezone.now() + timedelta(1)
    link = BuyerLink.objects.create(secret="1" * 64, deal=house.ours, person="p-1", made_by=seller, ends_at=until)
    return f"/deals/{house.ours}/interview/link/{link.pk}/end/"


def a_contest(house: House) -> str:
    """An announced contest between the seller and the manager."""
    people = tuple(
        Person(name, team="Hosting", function="sales", also=(f"{name.lower()}@larkspur.example",))
        for name in ("Seller", "Manager", "Marketing")
    )
    first, last = timezone.localdate() - timedelta(200), timezone.localdate() + timedelta(30)
    cup = Contest("the-cup", "The cup", "bookings", first, last, "A cup", 50.0, people)
    kept, body = DatabaseContests(), msgspec.json.encode(cup).decode()
    kept.keep(cup.id, body, last, "admin", timezone.now())
    kept.announce(cup.id, body, "admin", timezone.now())
    return "/contests/the-cup/"


def a_team(house: House) -> str:
    return f"/settings/firm/teams/{Team.objects.get(name='Other').pk}/"


def a_room_link(house: House) -> str:
    """The end of a link to the buyer's room of OURS."""
    seller = get_user_model().objects.get(username="seller")
    until = timezone.now() + timedelta(1)
    link = RoomLink.objects.create(secret="2" * 64, deal=house.ours, person="p-1", made_by=seller, ends_at=until)
    return f"/deals/{house.ours}/project/link/{link.pk}/end/"


def a_member(house: House) -> str:
    return f"/settings/firm/members/{Member.objects.get(user__username='seller').pk}/"


def a_release(house: House) -> str:
    return f"/problems/releases/{Release.objects.create(name='2.0').pk}/"
