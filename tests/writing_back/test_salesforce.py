"""Salesforce, by simple-salesforce over TLS against a server that answers as its REST API does."""

from __future__ import annotations

import json

import pytest
import requests

from premortem.errors import Unknown
from premortem.writing_back.crm import HungUp, Row
from premortem.writing_back.salesforce import KEY, SECRET, connect
from premortem.writing_back.salesforce_words import record_id
from tests.writing_back.answering import Answer
from tests.writing_back.conftest import Ours, hang_up_on

FINDINGS = "Premortem_Findings__c"


def ids(count: int) -> list[str]:
    return [str(record_id(f"006Dn0000{number:06}")) for number in range(count)]


def test_an_id_of_fifteen_characters_is_the_one_of_eighteen() -> None:
    assert record_id("006Dn00000AbCdE") == "006Dn00000AbCdEIAV"
    assert record_id("006Dn00000AbCdEIAV") == "006Dn00000AbCdEIAV"
    assert record_id("006dn00000abcdeIAV") == "006Dn00000AbCdEIAV", "its capitals were lost on the way"
    assert record_id("001Dn00000AbCdE") is None, "an account's"
    assert record_id("harbour-depot") is None


def test_fields_are_described_with_what_they_take(our_salesforce: Ours) -> None:
    names = [FINDINGS, "Premortem_Category__c", "Premortem_Formula__c", "StageName", "Premortem_Nowhere__c"]
    there = our_salesforce.crm.fields(names)
    assert there.keys() == set(names) - {"Premortem_Nowhere__c"}
    assert (there[FINDINGS].kind, there[FINDINGS].own, there[FINDINGS].writable) == ("number", True, True)
    assert list(there["Premortem_Category__c"].choices)[:2] == ["Commit", "Best Case"]
    assert not there["Premortem_Category__c"].free
    assert not there["Premortem_Formula__c"].writable
    assert not there["StageName"].own


def test_reading_and_writing_go_in_the_batches_that_are_allowed(our_salesforce: Ours) -> None:
    crm, its, server = our_salesforce
    its.records = {id: {FINDINGS: None} for id in ids(2001)}
    fields = crm.fields([FINDINGS])
    values = crm.values([*its.records, "006Dn00000AgoneZZZ"], fields.values())
    assert len(values) == 2001, "the one that is gone is left out"
    assert len(server.asked("POST")) == 2
    assert crm.write([Row(id, {FINDINGS: 3}) for id in ids(crm.at_once)], fields) == []
    assert its.records[ids(1)[0]] == {FINDINGS: 3}
    assert server.calls[-1].headers["Authorization"] == "Bearer 00D!the-token"


def test_each_record_that_is_refused_says_why_and_what_to_do(our_salesforce: Ours) -> None:
    crm, its, _ = our_salesforce
    its.records = {id: {} for id in ids(5)}
    for id, code in zip(
        ids(4),
        ("FIELD_CUSTOM_VALIDATION_EXCEPTION", "ENTITY_IS_DELETED", "INSUFFICIENT_ACCESS_OR_READONLY", "NEVER_HEARD_OF"),
        strict=True,
    ):
        its.refuses[id] = (code, "Amount is required.")
    refused = crm.write([Row(id, {FINDINGS: 3}) for id in ids(5)], {})
    assert [one.record for one in refused] == ids(4)
    assert refused[0].why.startswith("a validation rule forbids it: Amount is required [")
    assert "Import the CRM's export again" in refused[1].remedy
    assert "Share it" in refused[2].remedy
    assert "NEVER_HEARD_OF" in refused[3].why
    assert its.records[ids(5)[4]] == {FINDINGS: 3}, "the others are written"


def test_a_record_that_somebody_is_saving_is_tried_once_more(our_salesforce: Ours) -> None:
    crm, its, server = our_salesforce
    its.records = {id: {} for id in ids(2)}
    error = {"statusCode": "UNABLE_TO_LOCK_ROW", "message": "unable to obtain exclusive access", "fields": []}
    locked = {"id": ids(1)[0], "success": False, "errors": [error]}
    server.first = [Answer(200, [locked, {"id": ids(2)[1], "success": True, "errors": []}])]
    assert crm.write([Row(id, {FINDINGS: 3}) for id in ids(2)], {}) == []
    assert [len(call.body["records"]) for call in server.asked("PATCH")] == [2, 1]


def test_it_waits_as_long_as_the_server_asks(our_salesforce: Ours, waited: list[float]) -> None:
    crm, its, server = our_salesforce
    its.records = {id: {} for id in ids(1)}
    server.first = [Answer(503, [{"errorCode": "SERVER_UNAVAILABLE", "message": "busy"}], {"Retry-After": "7"})]
    assert crm.write([Row(ids(1)[0], {FINDINGS: 3})], {}) == []
    assert waited == [7.0]
    server.first = [Answer(503, b"<html>maintenance</html>", {"Retry-After": "3600"})]
    with pytest.raises(HungUp, match="asks to wait 60 minutes"):
        crm.write([Row(ids(1)[0], {FINDINGS: 3})], {})


@pytest.mark.parametrize(
    ("status", "code", "says"),
    [
        (403, "REQUEST_LIMIT_EXCEEDED", "calls of the last 24 hours are used up"),
        (401, "INVALID_SESSION_ID", "the token no longer holds"),
        (403, "API_DISABLED_FOR_ORG", "may not use the API"),
        (400, "INVALID_TYPE", "refuses the call"),
    ],
)
def test_what_ends_the_whole_run_says_so(our_salesforce: Ours, status: int, code: str, says: str) -> None:
    our_salesforce.server.first = [Answer(status, [{"errorCode": code, "message": "no"}])]
    with pytest.raises(HungUp, match=says) as hung_up:
        our_salesforce.crm.fields([FINDINGS])
    assert "the-token" not in str(hung_up.value)


def test_without_a_secret_it_says_which_is_wanted() -> None:
    with pytest.raises(Unknown, match="PREMORTEM_SALESFORCE_TOKEN"):
        connect("https://larkspur.my.salesforce.com", {KEY: "only the key"})


def test_an_app_of_the_firms_own_is_let_in_by_its_key_and_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    answers = [(200, {"access_token": "00D!given", "instance_url": "https://larkspur.my.salesforce.com"})]
    answers += [(400, {"error": "invalid_client", "error_description": "invalid client credentials"})]

    def post(session: requests.Session, url: str, *_: object, **__: object) -> requests.Response:
        asked.append(url)
        answer = requests.Response()
        answer.status_code, body = answers.pop(0)
        answer._content = json.dumps(body).encode()
        return answer

    monkeypatch.setattr(requests.Session, "post", post)
    environment = {KEY: "the-key", SECRET: "the-secret"}
    connect("https://larkspur.my.salesforce.com", environment)
    assert asked == ["https://larkspur.my.salesforce.com/services/oauth2/token"]
    with pytest.raises(HungUp, match="refuses PREMORTEM_SALESFORCE_KEY") as refused:
        connect("https://larkspur.my.salesforce.com", environment)
    assert "the-secret" not in str(refused.value)


def test_what_was_written_before_it_hung_up_is_told(our_salesforce: Ours, monkeypatch: pytest.MonkeyPatch) -> None:
    crm, _, server = our_salesforce
    error = {"statusCode": "UNABLE_TO_LOCK_ROW", "message": "unable to obtain exclusive access", "fields": []}
    locked = {"id": ids(1)[0], "success": False, "errors": [error]}
    server.first = [Answer(200, [locked, {"id": ids(2)[1], "success": True, "errors": []}])]
    hang_up_on(crm, "_ask", 2, monkeypatch)
    with pytest.raises(HungUp) as hung_up:
        crm.write([Row(id, {FINDINGS: 3}) for id in ids(2)], {})
    assert hung_up.value.written == (ids(2)[1],), "the other was locked, and not tried again"
