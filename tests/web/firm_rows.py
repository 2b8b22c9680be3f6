"""Addresses of rows that a firm has: made when a case asks for them."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.utils import timezone

from premortem.records.firm.models import Link, Member, Team, Token
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


def a_team(house: House) -> str:
    return f"/settings/firm/teams/{Team.objects.get(name='Other').pk}/"


def a_member(house: House) -> str:
    return f"/settings/firm/members/{Member.objects.get(user__username='seller').pk}/"
