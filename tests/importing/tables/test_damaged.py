"""Twenty-odd damaged exports: each gets a line on which somebody in sales operations can act."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from premortem.acts.bringing_in.bring_in_export import ExportBrought, bring_in_export
from premortem.errors import PremortemError
from premortem.ledger.contents import MemoryLedger

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
HEADER = "Deal ID,Deal,Company,Owner,Stage,Amount,Created on,Expected close\n"
ONE = "d-1,Scheduling,Harbour,Ines Okafor,Proposal,5000,2026-01-12,2026-12-30\n"
TWO = "d-2,Rostering,Quayside,Ines Okafor,Closed Won,7200.50,2026-02-03,2026-05-15\n"
THREE = "d-3,Yard,Pier 9,Tom Reyes,Closed Lost,900,2026-02-13,2026-06-25\n"
GOOD = HEADER + ONE + TWO + THREE


def told(data: str | bytes, tmp_path: Path, name: str = "deals.csv") -> tuple[str, ExportBrought | None]:
    """All that an import says of a file, and what it did; None where it refused the whole."""
    file = tmp_path / name
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    try:
        done = bring_in_export(MemoryLedger(), file, NOW)
    except PremortemError as error:
        return str(error), None
    return "\n".join([*map(str, done.left_out), *done.remarks]), done


REFUSED: dict[str, tuple[str | bytes, str, list[str]]] = {
    "0 bytes": (b"", "deals.csv", ["deals.csv: it is empty (0 bytes)", "Export it again"]),
    "zero bytes alone": (b"\x00" * 500, "deals.csv", ["zero bytes"]),
    "zero bytes within": (GOOD.encode() + b"\x00" * 40, "deals.csv", ["line 5", "value 0", "Export it again"]),
    "a web page": ("<html><body>Sign in</body></html>", "deals.csv", ["web page", "sign in"]),
    "an old workbook": (b"\xd0\xcf\x11\xe0" + b"x" * 99, "deals.xlsx", ["a password-protected", "save it as .xlsx"]),
    "a workbook cut off": (b"PK\x03\x04" + b"x" * 99, "deals.xlsx", ["damaged or cut off", "save it again"]),
    "a zip cut off": (b"PK\x03\x04" + b"x" * 99, "deals.zip", ["damaged or cut off", "Download it again"]),
    "no header": (ONE + TWO + THREE, "deals.csv", ["line 1", "names the columns", "Export it with its header"]),
    "one column": ("Deal\nHarbour\nQuayside\n", "deals.csv", ["parts its lines into columns", "as CSV"]),
    "days that can be two": (
        GOOD.replace("2026-01-12", "04/05/2026").replace("2026-02-03", "05/06/2026").replace("2026-02-13", "7/8/2026"),
        "deals.csv",
        ["column 'Created on'", "which part of", "is the month", "day first"],
    ),
    "numbers that can be two": (
        GOOD.replace("5000", "5.000").replace("7200.50", "7.200").replace(",900,", ",1.900,"),
        "deals.csv",
        ["column 'Amount'", "more than a thousand", "decimals"],
    ),
}


@pytest.mark.parametrize("damage", REFUSED)
def test_a_file_that_is_refused_says_why_and_what_to_do(damage: str, tmp_path: Path) -> None:
    data, name, words = REFUSED[damage]
    said, done = told(data, tmp_path, name)
    assert done is None
    for word in words:
        assert word in said


TAKEN: dict[str, tuple[str | bytes, int, list[str]]] = {
    "cut off": (HEADER + ONE + TWO + "d-3,Yard,Pi", 2, ["line 4", "cut off", "rows after this one are missing"]),
    "shifted": (GOOD.replace("Harbour,", ""), 2, ["line 2", "7 cells and the header 8", "shifted"]),
    "too many cells": (GOOD.replace("Harbour", "Harbour, Inc"), 2, ["line 2", "9 cells", "in quotes"]),
    "mixed separators": (HEADER + ONE + TWO.replace(",", ";") + THREE, 2, ["line 3", "semicolon", "comma"]),
    "an open quote": (HEADER + ONE.replace("Sched", '"Sched') + TWO + THREE, 2, ["line 2", "never closed"]),
    "a formula": (GOOD.replace("5000", "=SUM(F2:F9)"), 3, ["line 2, column 'Amount'", "a formula", "as values"]),
    "a broken formula": (GOOD.replace("Harbour", "#REF!"), 3, ["line 2, column 'Company'", "error of the spreadsheet"]),
    "no such day": (GOOD.replace("2026-02-13", "2026-02-31"), 3, ["line 4, column 'Created on'", "YYYY-MM-DD"]),
    "words for a number": (GOOD.replace(",900,", ",Tom,"), 3, ["line 4, column 'Amount'", "no number", "wrong column"]),
    "no id": (GOOD.replace("d-2,", ","), 2, ["line 3, column 'Deal ID'", "id is missing"]),
    "rounded ids": (GOOD.replace("d-2", "1.23E+15"), 2, ["line 3, column 'Deal ID'", "rounded by a spreadsheet"]),
    "the same id twice": (GOOD + TWO.replace("7200", "7300"), 3, ["line 5, column 'Deal ID'", "line 3 too"]),
    "two columns of one name": (GOOD.replace("Owner,", "Company,"), 3, ["two columns are called 'Company'"]),
    "another encoding": (GOOD.replace("Harbour", "Müller & Söhne").encode("cp1252"), 3, ["cp1252", "accents"]),
}


@pytest.mark.parametrize("damage", TAKEN)
def test_what_can_be_taken_is_and_the_rest_is_told(damage: str, tmp_path: Path) -> None:
    data, deals, words = TAKEN[damage]
    said, done = told(data, tmp_path)
    assert done is not None, said
    assert done.deals == deals, said
    for word in words:
        assert word in said


FORGIVEN: dict[str, Callable[[str], bytes]] = {
    "a mark of UTF-8": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "UTF-16": lambda text: text.encode("utf-16"),
    "semicolons": lambda text: text.replace(",", ";").encode(),
    "tabs, and Excel's word on them": lambda text: ("sep=\t\n" + text.replace(",", "\t")).encode(),
    "line ends of Windows": lambda text: text.replace("\n", "\r\n").encode(),
    "a header that stands twice": lambda text: (text + HEADER).encode(),
    "a title above and a total below": lambda text: ("Pipeline\n\n" + text + "Grand total\n").encode(),
    "quotes": lambda text: "\n".join(
        ",".join(f'"{cell}"' for cell in line.split(",")) for line in text.splitlines()
    ).encode(),
    "ids as Excel's texts": lambda text: text.replace("d-1,", '"=""d-1""",').encode(),
    "days as Excel counts them": lambda text: (
        text.replace("2026-01-12", "46034").replace("2026-02-03", "46056").replace("2026-02-13", "46066").encode()
    ),
    "days as Germans write them": lambda text: (
        text.replace("2026-01-12", "12.01.2026")
        .replace("2026-02-03", "03.02.2026")
        .replace("2026-02-13", "13.02.2026")
        .encode()
    ),
    "in a zip": lambda text: zipped("export/deals.csv", text.encode()),
}


def zipped(name: str, data: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(name, data)
    return held.getvalue()


@pytest.mark.parametrize("style", FORGIVEN)
def test_the_same_deals_come_out_however_they_are_written(style: str, tmp_path: Path) -> None:
    ledger, plain = MemoryLedger(), MemoryLedger()
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / "deals.csv").write_text(GOOD, encoding="utf-8")
    bring_in_export(plain, tmp_path / "plain", NOW)
    file = tmp_path / ("deals.zip" if style == "in a zip" else "deals.csv")
    file.write_bytes(FORGIVEN[style](GOOD))
    done = bring_in_export(ledger, file, NOW)
    assert not done.left_out
    assert ledger.store.deals() == ["d-1", "d-2", "d-3"]
    for deal in ledger.store.deals():
        assert ledger.store.read(deal) == plain.store.read(deal)


def test_a_line_of_two_gigabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "deals.csv"
    with file.open("wb") as stream:
        stream.write(GOOD.encode())
        stream.write(b"d-4," + b"x" * (6 << 20))
        stream.truncate(2 << 30)  # a hole in the file: no disk is used
    with pytest.raises(PremortemError, match="line 5: this line is longer than 4 MB") as refused:
        bring_in_export(MemoryLedger(), file, NOW)
    assert "one record a line" in str(refused.value)
