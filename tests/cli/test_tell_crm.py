"""The CRM is told from the command line, as docs/two-way.md shows it."""

from __future__ import annotations

import csv
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from premortem.acts.crm.crm_words import WORDS
from premortem.cli.main import app
from premortem.errors import PremortemError
from premortem.writing_back import patience
from premortem.writing_back.fitting import TAKES
from premortem.writing_back.salesforce_words import record_id
from tests.writing_back.answering import Answer, Answering, answering, certificate_in
from tests.writing_back.crms import SalesforceLike

PAGE = (Path(__file__).resolve().parents[2] / "docs/two-way.md").read_text(encoding="utf-8")
EXPORT = """Id,Name,AccountId,StageName,CloseDate,IsClosed,IsWon,CreatedDate
006Dn00000AbCdEIAV,Harbour depot,001A,Commit,2027-01-30,false,false,2026-01-12T09:30:00.000Z
006Dn00000AbCdFIAV,Quayside,001A,Commit,2027-02-28,false,false,2026-02-12T09:30:00.000Z
006Dn00000AbCdGIAV,Ended,001A,Closed Lost,2026-03-30,true,false,2026-01-12T09:30:00.000Z
"""
HARBOUR, QUAYSIDE = "006Dn00000AbCdEIAV", "006Dn00000AbCdFIAV"


def asked(*words: object) -> Result:
    return CliRunner().invoke(app, [str(one) for one in words], catch_exceptions=False)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tell")
    (folder / "export").mkdir()
    (folder / "export" / "Opportunity.csv").write_text(EXPORT, encoding="utf-8")
    done = asked("import", folder / "export", "--ledger", folder / "l.sqlite3")
    assert done.exit_code == 0, done.output
    certificate_in(folder)
    return folder


@pytest.fixture
def crm(place: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Answering]:
    """The firm's Salesforce, and the settings of the docs that name it."""
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(place / "certificate.pem"))
    monkeypatch.setenv("PREMORTEM_SALESFORCE_TOKEN", "00D!the-token")
    monkeypatch.setattr(patience, "sleep", lambda seconds: None)
    its = SalesforceLike()
    its.fields += [
        {**its.fields[1], "name": "Premortem_Page__c", "label": "Its page", "type": "url", "length": 255},
        {**its.fields[4], "name": "Premortem_Told__c", "label": "Told at"},
    ]
    its.records = {HARBOUR: {"Premortem_Findings__c": 99.0}, QUAYSIDE: {}}
    with answering(its, place / "certificate.pem") as server:
        settings = shown_settings().replace("https://larkspur.my.salesforce.com", server.url)
        (place / "crm.toml").write_text(settings, encoding="utf-8")
        yield server


def shown_settings() -> str:
    found = re.search(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    assert found is not None
    return found[1]


def test_the_page_lists_every_word_and_what_takes_it() -> None:
    rows = re.findall(r"^\| `(\w+)` \| .* \| (.*) \|$", PAGE, re.MULTILINE)
    assert [word for word, _ in rows] == list(WORDS)
    assert set(tomllib.loads(shown_settings())["fields"]) <= WORDS.keys()
    for word, takes in rows:
        kinds = re.sub(r" \(.*?\)", "", takes).split(", ")
        assert set(kinds) <= set(TAKES[WORDS[word].told])


def test_a_table_for_the_crms_own_import(place: Path) -> None:
    done = asked("tell-crm", "--csv", place / "told.csv", "--ledger", place / "l.sqlite3")
    assert done.exit_code == 0, done.output
    rows = list(csv.DictReader((place / "told.csv").read_text(encoding="utf-8").splitlines()))
    assert [row["id"] for row in rows] == [HARBOUR, QUAYSIDE], "what ended is not told"
    assert {row["forecast_category"] for row in rows} == {"not on the forecast"}
    assert "next_question" not in rows[0]
    columns = ("--columns", "findings,next_question")
    asked("tell-crm", "--csv", place / "told.csv", *columns, "--ledger", place / "l.sqlite3")
    assert (place / "told.csv").read_text(encoding="utf-8").startswith("id,findings,next_question")


def test_dry_run_then_writing_then_the_log(place: Path, crm: Answering) -> None:
    to = ("--to", "salesforce", "--fields", place / "crm.toml", "--ledger", place / "l.sqlite3")
    ahead = asked("tell-crm", *to)
    assert ahead.exit_code == 0, ahead.output
    assert "Premortem_Findings__c: 99.0 → " in ahead.stdout
    assert "Names and words would leave this machine" in ahead.stdout
    assert "next_question in Premortem_Question__c" in ahead.stdout
    assert "A dry run: nothing was written." in ahead.stdout
    assert not crm.asked("PATCH")
    done = asked("tell-crm", *to, "--write")
    assert done.exit_code == 0, done.output
    assert "of 2 open deals 2 were written" in done.stdout
    assert "Names and words left this machine" in done.stdout
    assert isinstance(crm.answer, SalesforceLike)
    page = crm.answer.records[HARBOUR]["Premortem_Page__c"]
    assert page == f"https://premortem.larkspur.example/deals/{HARBOUR}/"
    log = json.loads(asked("tell-crm", "--log", "--json", "--ledger", place / "l.sqlite3").stdout)
    findings = next(one for one in log if one["deal"] == HARBOUR and one["word"] == "findings")
    assert findings["old"] == "99.0"
    assert {one["new"] for one in log if one["word"] == "next_question"} == {""}
    assert "(words)" in asked("tell-crm", "--log", "--ledger", place / "l.sqlite3").stdout
    again = asked("tell-crm", *to, "--write")
    assert "0 were written, 2 say so already" in again.stdout
    assert "left this machine" not in again.stdout
    assert "the-token" not in ahead.output + done.output + again.output


def test_a_refusal_is_told_and_ends_with_1(place: Path, crm: Answering) -> None:
    assert isinstance(crm.answer, SalesforceLike)
    crm.answer.refuses = {QUAYSIDE: ("FIELD_CUSTOM_VALIDATION_EXCEPTION", "Amount is required")}
    to = ("--to", "salesforce", "--fields", place / "crm.toml", "--ledger", place / "l.sqlite3", "--write")
    done = asked("tell-crm", *to)
    assert done.exit_code == 1
    assert "a validation rule forbids it: Amount is required" in done.stdout.replace("\n", " ")
    crm.answer.records[HARBOUR] = {}
    answer, crm.answer.refuses = crm.answer, {}

    def used_up(call: object) -> Answer:
        if crm.asked("PATCH")[1:]:
            return Answer(403, [{"errorCode": "REQUEST_LIMIT_EXCEEDED", "message": "TotalRequests Limit exceeded."}])
        return answer(call)  # type: ignore[arg-type]

    crm.answer = used_up
    stopped = asked("tell-crm", *to)
    assert stopped.exit_code == 1
    assert "calls of the last 24 hours are used up" in stopped.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "nobody knows where to tell it"),
        (("--to", "salesforce"), "nobody knows where to tell it"),
        (("--csv", "told.csv", "--write"), "a table is never written into the CRM"),
        (("--csv", "told.csv", "--columns", "mood"), "'mood' is nothing that can be told"),
        (("--csv", "told.csv", "--columns", "review_url"), "nobody knows where our pages are"),
        (("--to", "siebel", "--fields", "crm.toml"), "'siebel' is no CRM that can be told"),
        (("--to", "odoo", "--fields", "crm.toml"), "begins with x_"),
        (("--csv", "told.csv", "--fields", "crm.toml"), "nobody knows whose fields these are"),
        (("--to", "salesforce", "--fields", "nowhere.toml"), "there is no file"),
    ],
)
def test_what_is_missing_is_said(
    place: Path, crm: Answering, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], says: str
) -> None:
    monkeypatch.chdir(place)
    with pytest.raises(PremortemError, match=re.escape(says)):
        asked("tell-crm", *words, "--ledger", "l.sqlite3")


def test_a_secret_that_is_missing_is_said(place: Path, crm: Answering, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PREMORTEM_SALESFORCE_TOKEN")
    with pytest.raises(PremortemError, match="PREMORTEM_SALESFORCE_TOKEN"):
        asked("tell-crm", "--to", "salesforce", "--fields", place / "crm.toml", "--ledger", place / "l.sqlite3")
    assert record_id(HARBOUR) == HARBOUR
