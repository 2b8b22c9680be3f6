"""HubSpot, by hubspot-api-client against a server that answers as its CRM API does."""

from __future__ import annotations

import pytest

from premortem.errors import Unknown
from premortem.writing_back.crm import HungUp, Row
from premortem.writing_back.hubspot import connect
from tests.writing_back.answering import Answer
from tests.writing_back.conftest import OursHubSpot, hang_up_on

FINDINGS = "premortem_findings"


def test_properties_are_told_with_whose_they_are(our_hubspot: OursHubSpot) -> None:
    there = our_hubspot.crm.fields([FINDINGS, "premortem_category", "closedate", "premortem_sum", "nowhere"])
    assert there.keys() == {FINDINGS, "premortem_category", "closedate", "premortem_sum"}
    assert (there[FINDINGS].own, there["closedate"].own, there["premortem_sum"].writable) == (True, False, False)
    assert there["premortem_category"].choices["best_case"] == "Best Case"


def test_a_hundred_at_once_and_a_deal_that_is_gone_is_told(our_hubspot: OursHubSpot) -> None:
    crm, its, server = our_hubspot
    its.records = {str(number): {FINDINGS: "2"} for number in range(150)}
    fields = crm.fields([FINDINGS])
    values = crm.values([*its.records, "999"], fields.values())
    assert len(values) == 150
    assert len(server.asked("POST", "batch/read")) == 2
    refused = crm.write([Row("7", {FINDINGS: 3}), Row("999", {FINDINGS: 3})], fields)
    assert [(one.record, one.why.partition(":")[0]) for one in refused] == [
        ("999", "the deal is deleted, or was merged into another")
    ]
    assert its.records["7"] == {FINDINGS: "3"}
    assert crm.write([Row("7", {FINDINGS: None})], fields) == []
    assert its.records["7"] == {FINDINGS: ""}, "nothing but empty text empties a property"


def test_a_batch_that_fails_whole_is_halved_until_the_deal_is_found(our_hubspot: OursHubSpot) -> None:
    crm, its, server = our_hubspot
    its.records = {str(number): {} for number in range(100)}
    its.takes_not = {"42"}
    refused = crm.write([Row(id, {FINDINGS: 3}) for id in its.records], {})
    assert [one.record for one in refused] == ["42"]
    assert "does not take the value" in refused[0].why
    assert sum(one.get(FINDINGS) == "3" for one in its.records.values()) == 99
    assert len(server.asked("POST", "batch/update")) < 20


def test_it_waits_where_it_calls_too_often_and_stops_when_the_day_is_used_up(
    our_hubspot: OursHubSpot, waited: list[float]
) -> None:
    crm, its, server = our_hubspot
    its.records = {"7": {}}
    soon = {"status": "error", "errorType": "RATE_LIMIT", "policyName": "TEN_SECONDLY_ROLLING", "message": "slow down"}
    server.first = [Answer(429, soon, {"Retry-After": "10"}), Answer(502, b"<html>bad gateway</html>")]
    assert crm.write([Row("7", {FINDINGS: 3})], {}) == []
    assert waited == [10.0, 4.0]
    server.first = [Answer(429, {**soon, "policyName": "DAILY"})]
    with pytest.raises(HungUp, match="calls of this day are used up"):
        crm.write([Row("7", {FINDINGS: 3})], {})


@pytest.mark.parametrize(("status", "says"), [(401, "PREMORTEM_HUBSPOT_TOKEN"), (403, "crm.objects.deals.write")])
def test_a_token_that_may_not_says_what_it_lacks(our_hubspot: OursHubSpot, status: int, says: str) -> None:
    our_hubspot.server.first = [Answer(status, {"status": "error", "category": "MISSING_SCOPES", "message": "no"})]
    with pytest.raises(HungUp, match=says) as hung_up:
        our_hubspot.crm.fields([FINDINGS])
    assert "pat-the-token" not in str(hung_up.value)
    with pytest.raises(Unknown, match="PREMORTEM_HUBSPOT_TOKEN"):
        connect({})


def test_what_was_written_before_it_hung_up_is_told(our_hubspot: OursHubSpot, monkeypatch: pytest.MonkeyPatch) -> None:
    crm, its, _ = our_hubspot
    its.records = {str(number): {} for number in range(4)}
    its.takes_not = {"3"}
    hang_up_on(crm, "_ask", 3, monkeypatch)  # all four are refused, the first half is written, then it ends
    with pytest.raises(HungUp) as hung_up:
        crm.write([Row(id, {FINDINGS: 3}) for id in its.records], {})
    assert hung_up.value.written == ("0", "1")
    assert [one.get(FINDINGS) for one in its.records.values()] == ["3", "3", None, None]
