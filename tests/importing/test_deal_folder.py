"""A deal folder as a firm drops it: complete, thin, or wrong in one field."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from premortem.errors import Unreadable
from premortem.importing.deal_folder.reading import (
    created_at,
    crm_entries,
    deal_folders,
    listed_people,
    outcome_entry,
    read_deal_folder,
)
from premortem.ledger.entries import Changed, Opened

ROW: dict[str, Any] = {
    "id": "d-7",
    "name": "Harbour: scheduling",
    "account": "Harbour",
    "seller": "Cadence",
    "amount": 84000,
    "currency": "EUR",
    "created": "2026-01-12",
    "stages": [{"at": "2026-01-12", "stage": "Qualification"}, {"at": "2026-02-20", "stage": "Proposal"}],
    "planned_close": "2026-06-30",
    "sellers": [{"name": "Ines Okafor", "email": "ines@cadence.example"}],
    "contacts": [{"name": "Tom Reyes", "title": "Plant Lead"}, {"title": "nobody in particular"}],
}


def folder(tmp_path: Path, row: dict[str, Any] | str, *touches: str) -> Path:
    text = row if isinstance(row, str) else json.dumps(row)
    (tmp_path / "deal.json").write_text(text, encoding="utf-8")
    (tmp_path / "touches").mkdir()
    for touch in touches:
        (tmp_path / "touches" / touch).write_text("Note by Ines, 2026-01-13\n\nhello", encoding="utf-8")
    return tmp_path


def test_the_crms_row_becomes_entries_each_at_its_own_day(tmp_path: Path) -> None:
    found = read_deal_folder(folder(tmp_path, ROW, "2026-02-01-note.txt", "2026-01-13-note.txt", ".DS_Store"))
    assert [touch.name for touch in found.touches] == ["2026-01-13-note.txt", "2026-02-01-note.txt"]
    told = [(at.date().isoformat(), body) for at, body in crm_entries(found)]
    assert told == [
        ("2026-01-12", Opened("Harbour: scheduling", "Harbour", "Cadence", "EUR")),
        ("2026-01-12", Changed("stage", "Qualification")),
        ("2026-02-20", Changed("stage", "Proposal")),
        ("2026-01-12", Changed("amount", 84000.0)),
        ("2026-01-12", Changed("planned_close", "2026-06-30")),
    ]
    assert [(one.name, side) for one, side in listed_people(found.row)] == [
        ("Ines Okafor", "seller"),
        ("Tom Reyes", "buyer"),
    ]
    assert outcome_entry(found, None) is None


def test_an_ended_deal_tells_how(tmp_path: Path) -> None:
    ended = {**ROW, "outcome": {"status": "lost", "at": "2026-07-09", "to": "Brightline", "stated_reason": "price"}}
    at, outcome = outcome_entry(read_deal_folder(folder(tmp_path, ended)), "f" * 64) or (None, None)
    assert at is not None
    assert outcome is not None
    assert (at.date(), outcome.status, outcome.to) == (date(2026, 7, 9), "lost", "Brightline")


def test_a_thin_row_is_enough_if_anything_tells_a_day(tmp_path: Path) -> None:
    found = read_deal_folder(folder(tmp_path, {"id": "d-8"}, "2026-03-04-call.txt"))
    assert created_at(found).date() == date(2026, 3, 4)
    assert crm_entries(found)[0][1] == Opened("d-8", "", "", None)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"id": "d-9"}, r"deal\.json, created: no day says when this deal began\. Write the day"),
        ({**ROW, "planned_close": "30/06/2026"}, r"planned_close: .*date.*YYYY-MM-DD"),
        ({**ROW, "stages": [{"at": 3, "stage": "x"}]}, r"stages\[0\]\.at: .*Days are written"),
        ({**ROW, "outcome": {"status": "dead", "at": "2026-07-09"}}, r"'dead' is no outcome\. Write one of won, lost"),
        ({"name": "no id"}, r"id"),
        ("{", r"it is no JSON"),
        ("", r"it is no JSON"),
    ],
)
def test_a_wrong_row_is_named_with_its_place_and_the_remedy(tmp_path: Path, row: Any, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        created_at(read_deal_folder(folder(tmp_path, row)))


def test_a_byte_order_mark_is_no_hindrance(tmp_path: Path) -> None:
    assert read_deal_folder(folder(tmp_path, "\ufeff" + json.dumps(ROW))).row.id == "d-7"


def test_deals_are_found_below_a_folder_of_folders(tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / name).mkdir()
        folder(tmp_path / name, ROW)
    assert [found.name for found in deal_folders(tmp_path)] == ["a", "b"]
    assert [found.name for found in deal_folders(tmp_path / "a")] == ["a"]


def test_what_crms_write_for_nothing_and_for_numbers_is_taken(tmp_path: Path) -> None:
    row = {
        "id": 1042,
        "name": None,
        "sellers": None,
        "contacts": [{"name": "Tom Reyes", "phone": 441134960000, "title": None}],
        "stages": None,
        "planned_close": "",
        "created": "2026-03-04T10:00:00Z",
        "amount": "5,000",
        "outcome": {"status": None, "at": None},
    }
    found = read_deal_folder(folder(tmp_path, row)).row
    assert (found.id, found.name, found.stages, found.sellers, found.planned_close) == ("1042", "", [], [], None)
    assert (found.created, found.amount, found.outcome) == (date(2026, 3, 4), 5000.0, None)
    assert found.contacts[0].phone == "441134960000"


@pytest.mark.parametrize(
    ("written", "meant"), [("5000.00", 5000.0), ("1 250 000", 1250000.0), ("1.250,50", 1250.5), (7, 7.0), ("", None)]
)
def test_an_amount_that_is_sure_is_taken(tmp_path: Path, written: Any, meant: float | None) -> None:
    assert read_deal_folder(folder(tmp_path, {**ROW, "amount": written})).row.amount == meant


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({**ROW, "amount": "5.000"}, "amount: "),
        ({**ROW, "amount": "a lot"}, "amount: "),
        ({**ROW, "id": ""}, "id: it is empty. Write"),
        ({**ROW, "id": "d\u0007"}, "id: it holds control characters. Write"),
        ({**ROW, "created": "1899-12-30"}, "created: 1899-12-30 is not between 1970 and 2200. Write"),
        ({**ROW, "outcome": {"status": "lost", "at": "9999-12-31"}}, r"outcome\.at: 9999-12-31 is not between"),
        ("[]", "expected `object`, got `array`"),
    ],
)
def test_what_is_not_sure_is_refused_in_one_clean_sentence(tmp_path: Path, row: Any, says: str) -> None:
    with pytest.raises(Unreadable, match=says) as refused:
        read_deal_folder(folder(tmp_path, row))
    assert str(refused.value).count("deal.json") == 1
    assert ".." not in str(refused.value).removeprefix(str(tmp_path))
