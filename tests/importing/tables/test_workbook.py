"""Excel workbooks: texts, days, formulas with and without a value, and what a workbook never holds."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from premortem.acts.bringing_in.bring_in_export import bring_in_export
from premortem.errors import Unreadable
from premortem.importing import packed
from premortem.importing.tables.folder import open_export
from premortem.ledger.contents import MemoryLedger
from premortem.ledger.fold import deal_as_of

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEADER = ["Deal ID", "Company", "Stage", "Amount", "Created on"]


def cell(place: str, value: object) -> str:
    """A cell as Excel writes it: days are numbers of style 1, texts stand inline."""
    if isinstance(value, tuple):
        formula, computed = value
        return f'<c r="{place}"><f>{formula}</f>{"" if computed is None else f"<v>{computed}</v>"}</c>'
    if isinstance(value, int | float):
        return f'<c r="{place}" s="{int(place[0] == "E")}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'


def workbook(file: Path, rows: list[list[object]], sheet_head: str = "") -> Path:
    lines = "".join(
        f'<row r="{line}">' + "".join(cell(f"{'ABCDE'[at]}{line}", one) for at, one in enumerate(row)) + "</row>"
        for line, row in enumerate(rows, 1)
    )
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships><Relationship Id="r1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
            "</Relationships>",
        )
        sheets = f'<sheets><sheet xmlns:r="{RELATIONS}" name="Pipeline" sheetId="1" r:id="r1"/></sheets>'
        archive.writestr("xl/workbook.xml", f"<workbook {MAIN}>{sheets}</workbook>")
        styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
        archive.writestr("xl/styles.xml", f"<styleSheet {MAIN}>{styles}</styleSheet>")
        sheet = f"<worksheet {MAIN}><sheetData>{lines}</sheetData></worksheet>"
        archive.writestr("xl/worksheets/sheet1.xml", sheet_head + sheet)
    return file


def test_texts_days_and_computed_values_are_read(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        list(HEADER),
        ["d-1", "Harbour", "Proposal", 5000, 46034],
        ["d-2", "Quayside", "Closed Won", ("SUM(D1:D2)", 7200.5), 46056.5],
    ]
    ledger = MemoryLedger()
    done = bring_in_export(ledger, workbook(tmp_path / "deals.xlsx", rows), NOW)
    assert done.left_out == []
    one, two = (deal_as_of(ledger.store.read(deal)) for deal in ("d-1", "d-2"))
    assert one.created == datetime(2026, 1, 12, 12, tzinfo=UTC)
    assert (two.amount, two.created) == (7200.5, datetime(2026, 2, 3, 12, tzinfo=UTC))


def test_a_formula_that_nobody_computed_is_told(tmp_path: Path) -> None:
    rows: list[list[object]] = [list(HEADER), ["d-1", "Harbour", "Proposal", 5000, 46034]]
    rows += [["d-2", "Quayside", "Closed Won", ("SUM(D1:D2)", None), 46056]]
    done = bring_in_export(MemoryLedger(), workbook(tmp_path / "deals.xlsx", rows), NOW)
    (left,) = done.left_out
    assert "sheet 'Pipeline', line 3, column 'Amount': a formula stands here" in str(left)


def test_entities_are_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">]>'
    file = workbook(tmp_path / "deals.xlsx", [list(HEADER)], bomb)
    with pytest.raises(Unreadable, match="document type"):
        open_export(file)


@pytest.mark.parametrize(
    ("was", "now"), [('r="A40"', 'r="AAAAAAA40"'), ('r="A40"', 'r="4"'), ("<v>40</v>", "<v>1e999</v>")]
)
def test_a_cell_that_no_sheet_has_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, was: str, now: str) -> None:
    monkeypatch.setattr("premortem.importing.tables.workbook.AT_ONCE", 512)
    rows: list[list[object]] = [list(HEADER), *[["d", "Harbour", "Proposal", 5, 1]] * 38]
    rows.append(["d", "Harbour", "Proposal", 5, 40])
    good, file = workbook(tmp_path / "good.xlsx", rows), tmp_path / "deals.xlsx"
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).decode().replace(was, now))
    (sheet,) = open_export(file).tables
    with pytest.raises(Unreadable, match="damaged"):
        list(sheet.rows(lambda _: None))


def test_a_workbook_packed_too_small_in_a_zip_is_not_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "export.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("deals.xlsx", b"PK" + bytes(2 * packed.SMALL))
    with pytest.raises(Unreadable, match="packed far smaller"):
        open_export(tmp_path / "export.zip")
