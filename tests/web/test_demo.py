"""The demo's pages: the sample company's own people are members, each deal with whoever leads it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connections

from premortem.records.firm.models import DealHome, Member
from premortem.sample.place import DEALS
from premortem.web.ledger import ledger
from premortem.web.sample_firm import hire
from tests.web.conftest import _point_to


def test_whoever_sells_at_the_sample_company_is_a_member(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _point_to(tmp_path / "ledger.sqlite3", monkeypatch)
    ledger()
    call_command("migrate", verbosity=0)
    hire()
    roles = {str(one): one.role for one in Member.objects.select_related("user")}
    assert (roles["Gerrit Vos"], roles["Desmond Achebe"], roles["Alison Peake"]) == ("admin", "rep", "marketing")
    assert not any(one.user.has_usable_password() for one in Member.objects.select_related("user"))
    assert DealHome.objects.count() == len(list(DEALS.iterdir()))
    home = DealHome.objects.select_related("owner", "team").get(deal="lark-01")
    assert home.owner is not None
    assert home.team is not None
    assert (home.owner.username, home.team.name) == ("desmond.achebe", "Sales")
    connections["default"].close()
