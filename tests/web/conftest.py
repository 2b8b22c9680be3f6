"""A firm on a ledger of its own: two deals of the sample company, and a fixed cast who may see one, both or neither."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connections
from django.test import Client

from premortem.acts.bringing_in.bring_in import bring_in
from premortem.acts.looking.reviewing import review_changed
from premortem.records.firm.models import DealHome, Member, Team
from premortem.sample.place import DEALS
from premortem.web.joining import BACKEND
from premortem.web.ledger import ledger

OURS, THEIRS = "lark-01", "lark-03"
NOW = datetime(2026, 11, 22, tzinfo=UTC)
CAST = ("seller", "manager", "marketing", "executive", "admin", "stranger", "nobody")
"""`seller` owns OURS and `manager` leads that team; `stranger` is a rep of another team, `nobody` has not signed in."""


class House(NamedTuple):
    """Who signs in how; `ours` is the deal of seller and manager, `theirs` belongs to another team."""

    file: Path
    ours: str = OURS
    theirs: str = THEIRS

    def client(self, who: str) -> Client:
        client = Client()
        if who != "nobody":
            client.force_login(get_user_model().objects.get(username=who), backend=BACKEND)
        return client


def _point_to(file: Path, patch: pytest.MonkeyPatch) -> None:
    connections["default"].close()
    for one in (settings.DATABASES["default"], connections.settings["default"], connections["default"].settings_dict):
        one["NAME"] = str(file)
    patch.setenv("PREMORTEM_LEDGER", str(file))
    ledger.cache_clear()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("house") / "ledger.sqlite3"
    with pytest.MonkeyPatch.context() as patch:
        _point_to(file, patch)
        opened = ledger()
        call_command("migrate", verbosity=0)
        for deal in sorted(DEALS.iterdir()):
            if deal.name[:2] in ("01", "03"):
                bring_in(opened, deal, NOW)
        review_changed(opened)
        _hire()
        connections["default"].close()
    return file


def _hire() -> None:
    hosting, other = Team.objects.create(name="Hosting"), Team.objects.create(name="Other")
    roles = {"manager": "manager", "marketing": "marketing", "executive": "executive", "admin": "admin"}
    for who in CAST[:-1]:
        user = get_user_model().objects.create_user(who, f"{who}@larkspur.example", first_name=who.title())
        team = hosting if who in ("seller", "manager") else other if who == "stranger" else None
        Member.objects.create(user=user, role=roles.get(who, "rep"), team=team)
    seller = get_user_model().objects.get(username="seller")
    DealHome.objects.create(deal=OURS, owner=seller, team=hosting)
    DealHome.objects.create(deal=THEIRS, owner=None, team=Team.objects.create(name="Third"))


@pytest.fixture
def house(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    file = tmp_path / "ledger.sqlite3"
    shutil.copy(built, file)
    _point_to(file, monkeypatch)
    yield House(file)
    connections["default"].close()
