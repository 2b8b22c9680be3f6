"""Odoo, by both of its APIs against a server that answers as its documentation says."""

from __future__ import annotations

import pytest

from premortem.errors import Unknown
from premortem.writing_back.crm import HungUp, Row
from premortem.writing_back.odoo import KEY, connect
from premortem.writing_back.settings import OdooPlace
from tests.writing_back.answering import Answer, answering
from tests.writing_back.conftest import OursOdoo, hang_up_on
from tests.writing_back.crms import OdooLike

NAMES = ["x_findings", "x_question", "x_chance", "x_seen", "x_category"]


def test_a_record_is_found_by_its_number_or_its_external_id(our_odoo: OursOdoo) -> None:
    deals = ["12", "__export__.crm_lead_31_0a1b2c3d", "crm.crm_case_1", "crm.nobody_knows", "harbour depot"]
    assert our_odoo.crm.records(deals) == {
        "12": "12",
        "__export__.crm_lead_31_0a1b2c3d": "31",
        "crm.crm_case_1": "7",
    }


def test_what_is_empty_is_empty_and_moments_are_in_utc(our_odoo: OursOdoo) -> None:
    crm, its, _ = our_odoo
    its.records = {7: {"x_findings": 0, "x_seen": "2026-11-20 08:00:00", "x_question": False}}
    fields = crm.fields([*NAMES, "x_nowhere"])
    assert fields.keys() == set(NAMES)
    assert not fields["x_chance"].blank, "a number of Odoo's is never empty, only 0"
    values = crm.values(["7", "8"], fields.values())
    assert values.keys() == {"7"}
    assert values["7"]["x_findings"] == 0
    assert values["7"]["x_question"] is None
    assert values["7"]["x_seen"] == "2026-11-20T08:00:00Z"
    assert crm.write([Row("7", {"x_seen": "2026-11-22T09:00:00Z", "x_question": None})], fields) == []
    assert its.records[7]["x_seen"] == "2026-11-22 09:00:00"
    assert its.records[7]["x_question"] is False


def test_the_same_values_go_together_and_one_by_one_where_that_is_refused(our_odoo: OursOdoo) -> None:
    crm, its, _ = our_odoo
    its.records = {number: {} for number in range(1, 5)}
    its.refuses = {2: ("odoo.exceptions.ValidationError", "A lead needs a salesperson.")}
    fields = crm.fields(NAMES)
    rows = [Row(str(number), {"x_findings": 3}) for number in (1, 2, 3, 9)] + [Row("4", {"x_findings": 1})]
    refused = {one.record: one for one in crm.write(rows, fields)}
    assert refused.keys() == {"2", "9"}
    assert refused["2"].why == "a rule of the firm's forbids it: A lead needs a salesperson"
    assert refused["9"].why.startswith("the record is deleted")
    assert [its.records[number].get("x_findings") for number in (1, 2, 3, 4)] == [3, None, 3, 1]


def test_it_waits_and_hangs_up_in_the_end(our_odoo: OursOdoo, waited: list[float]) -> None:
    crm, its, server = our_odoo
    its.records = {7: {}}
    server.first = [Answer(429, {}, {"Retry-After": "2"})]
    assert crm.write([Row("7", {"x_findings": 3})], crm.fields(["x_findings"])) == []
    server.first = [Answer(503, b"<html>upgrading</html>")] * 9
    with pytest.raises(HungUp, match="after 5 tries"):
        crm.fields(NAMES)
    assert waited == [2.0, 1.0, 4.0, 15.0, 60.0]


@pytest.mark.parametrize("api", ["json-rpc", "json-2"])
def test_a_wrong_key_is_said_and_never_shown(api: str) -> None:
    with answering(OdooLike(two=api == "json-2")) as server:
        place = OdooPlace(server.url, "larkspur", "bot@larkspur.example", api)  # type: ignore[arg-type]
        with pytest.raises(HungUp, match="PREMORTEM_ODOO_KEY") as hung_up:
            connect(place, {KEY: "a-wrong-one"}).fields(NAMES)
        assert "a-wrong-one" not in str(hung_up.value)
        with pytest.raises(Unknown, match="PREMORTEM_ODOO_KEY"):
            connect(place, {})


def test_nobody_at_home_is_said(waited: list[float]) -> None:
    place = OdooPlace("http://127.0.0.1:9", "larkspur", "bot@larkspur.example")
    with pytest.raises(HungUp, match="connection was lost"):
        connect(place, {KEY: "the-key"})
    assert len(waited) == 4


def test_what_was_written_before_it_hung_up_is_told(our_odoo: OursOdoo, monkeypatch: pytest.MonkeyPatch) -> None:
    crm, its, _ = our_odoo
    its.records = {number: {} for number in range(1, 5)}
    fields = crm.fields(["x_findings"])
    its.refuses = {2: ("odoo.exceptions.ValidationError", "A lead needs a salesperson.")}
    rows = [Row("1", {"x_findings": 1}), Row("2", {"x_findings": 3}), Row("3", {"x_findings": 3})]
    rows.append(Row("4", {"x_findings": 4}))
    hang_up_on(crm._calls, "call", 5, monkeypatch)
    with pytest.raises(HungUp) as hung_up:
        crm.write(rows, fields)
    assert hung_up.value.written == ("1", "3"), "2 was refused and 4 not reached"
    assert [its.records[number].get("x_findings") for number in (1, 2, 3, 4)] == [1, None, 3, None]
