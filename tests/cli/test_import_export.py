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
