"""`premortem import` of a CRM's export: previewed, written, and its odd rows given back to be mended."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from premortem.cli.main import app

HEADER = "Deal ID,Company,Stage,Amount,Created on\n"
ROWS = "d-1,Harbour,Proposal,5000,2026-01-12\nd-2,Closed Won,7200.50,2026-02-03\n"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "deals.csv").write_text(HEADER + ROWS + "d-3,Quayside,Closed Lost,900,2026-02-13\n", encoding="utf-8")
    return tmp_path


def run(*words: str | Path) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["import", *map(str, words)])
    return done.exit_code, done.output


def test_a_preview_writes_the_mapping_and_nothing_else(place: Path) -> None:
    ledger, mapping = place / "ledger.sqlite3", place / "ours.toml"
    code, said = run(place / "deals.csv", "--preview", "--mapping", mapping, "--ledger", ledger)
    assert code == 1
    assert "Nothing is written yet." in said
    assert "deals.csv: utf-8, parted by comma, 5 columns" in said
    assert 'id = "Deal ID"' in mapping.read_text(encoding="utf-8")
    _, said = run(place / "deals.csv", "--mapping", mapping, "--ledger", ledger)
    assert "2 deals of a table of deals: 2 new, 0 changed, 0 known." in said


def test_rows_that_are_not_taken_are_given_back(place: Path) -> None:
    code, said = run(place / "deals.csv", "--mend", place / "mend", "--ledger", place / "ledger.sqlite3")
    assert code == 1
    assert "line 3: it has 4 cells and the header 5" in said
    (file,) = (place / "mend").iterdir()
    assert "d-2,Closed Won" in file.read_text(encoding="utf-8-sig")


def test_programs_get_a_document(place: Path) -> None:
    _, said = run(place / "deals.csv", "--json", "--ledger", place / "ledger.sqlite3")
    told = json.loads(said)
    assert (told["schema"], told["new"], told["left_out"][0]["line"]) == ("premortem.import-export/1", 2, 3)


def test_what_happened_is_told_and_its_deals_are_reviewed(place: Path) -> None:
    from premortem.records.opening import open_ledger

    export = place / "crm"
    export.mkdir()
    (export / "deals.csv").write_text(
        "Deal - ID,Deal - Title,Deal - Organization,Deal - Stage,Deal - Status,Deal - Deal created\n"
        "1,Scheduling,Harbour,Proposal Made,Open,2026-01-12 09:30:00\n",
        encoding="utf-8",
    )
    (export / "activities.csv").write_text(
        "Activity - ID,Activity - Type,Activity - Subject,Activity - Due date,Activity - Done,Deal - ID,"
        "Activity - Note,Activity - Assigned to user\n"
        "5,Call,Pricing,2026-03-03,Done,1,Dana signs anything over fifty thousand.,Ines Okafor\n"
        "6,Call,Again,2026-03-04,To do,1,,Ines Okafor\n",
        encoding="utf-8",
    )
    url = f"sqlite:///{place}/ledger.sqlite3"
    code, said = run(export, "--ledger", place / "ledger.sqlite3")
    assert code == 0, said
    assert "2 calls, mails and meetings: 1 belong to deals, 1 were left out. Read now 1" in " ".join(said.split())
    assert "1: it has not happened, or not yet" in said
    assert "activities.csv, line 3: it has not happened, or not yet ('6')" in said.replace("\n", " ")
    assert [one.deal for one in open_ledger(url).reviews.all()] == ["1"]
    _, would = run(export, "--preview", "--ledger", place / "other.sqlite3")
    assert "2 calls, mails and meetings: 1 belong to deals, 1 would be left out." in " ".join(would.split())
