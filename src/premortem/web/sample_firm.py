"""Who works at the sample company: those whom its deals name as sellers, each deal with whoever leads it."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.auth import get_user_model

from premortem.records.firm.models import DealHome, Firm, Member, Team
from premortem.sample.place import DEALS

ROLES = {"Sales Manager": "admin", "Marketing": "marketing"}
"""By title; whoever has another is a rep. The sales manager runs this firm's premortem, so the demo signs in as him."""


def hire() -> None:
    """Make members of the sample company's people. Nobody of them has a password."""
    Firm.objects.update_or_create(pk=1, defaults={"name": "Larkspur Cloud"})
    team, _ = Team.objects.get_or_create(name="Sales")
    hired: dict[str, Member] = {}
    for file in sorted(DEALS.glob("*/deal.json")):
        deal = json.loads(file.read_text(encoding="utf-8"))
        members = [
            hired.get(one["email"]) or hired.setdefault(one["email"], _member(one, team)) for one in deal["sellers"]
        ]
        DealHome.objects.update_or_create(deal=deal["id"], defaults={"owner": members[0].user, "team": team})


def _member(person: dict[str, Any], team: Team) -> Member:
    first_name, _, last_name = person["name"].partition(" ")
    name = person["email"].partition("@")[0]
    user = get_user_model().objects.create_user(name, person["email"], first_name=first_name, last_name=last_name)
    role = ROLES.get(person["title"], "rep")
    return Member.objects.create(user=user, role=role, team=None if role == "marketing" else team)
