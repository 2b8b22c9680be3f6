"""An Excel workbook (.xlsx) → its tables, read with care: no entities, no part larger than it may be, nothing computed.

After ECMA-376, Office Open XML: sheets are parts of a zip, texts lie in a part of their own, and a day is a number
whose style says that it is one. The value that Excel computed last stands in for a formula.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import PurePosixPath
from typing import BinaryIO
from xml.parsers import expat

from msgspec import Struct

from premortem.errors import Unreadable
from premortem.importing.tables.sheet import Row, Sheet, Told, bare

LARGEST_PART = 1 << 30
AT_ONCE = 1 << 18
DAY_FORMATS = frozenset({*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)})
"""The built-in number formats that show days and times (ECMA-376, 18.8.30)."""
HEADER_WITHIN = 30
COLUMNS = 16_384
"""Columns of a worksheet (ECMA-376 and Excel: up to XFD)."""
BROKEN = (zipfile.BadZipFile, zlib.error, expat.ExpatError, LookupError, EOFError, ValueError, OverflowError)
"""What reading a workbook raises where it is damaged."""


class _Book(Struct):
    """What the sheets of a workbook share: texts, which styles show days, and from when days are counted."""

    archive: zipfile.ZipFile
    texts: list[str] = []
    day_styles: frozenset[int] = frozenset()
    zero: datetime = datetime(1899, 12, 30)  # noqa: DTZ001  a spreadsheet's day has no zone


def workbook(file: str, opened: BinaryIO) -> list[Sheet]:
    """The worksheets that hold a table. Raises Unreadable where the file is no workbook."""
    try:
        archive = zipfile.ZipFile(opened)
        book = _Book(archive)
        names = _sheets(file, book)
        _read_styles(file, book)
        _read_texts(file, book)
        found = [_sheet(file, book, name, part) for name, part in names]
    except BROKEN as broken:
        raise _damaged(file, "", broken) from broken
    return [sheet for sheet in found if sheet is not None]


def _damaged(file: str, place: str, broken: Exception) -> Unreadable:
    why = f"this workbook is damaged or cut off ({broken})"
    return Unreadable(file, place, why, "Open it in Excel and save it again, or save it as CSV.")


def _parse(file: str, book: _Book, part: str, start: object, end: object, text: object) -> Iterator[None]:
    """Feed a part to these handlers, a piece at a time. Raises Unreadable for what a workbook never holds."""
    if book.archive.getinfo(part).file_size > LARGEST_PART:
        raise Unreadable(file, part, "this part of the workbook is larger than 1 GB", "Save it as CSV.")
    parser = expat.ParserCreate(namespace_separator="}")

    def refuse(*_: object) -> None:
        why = "it holds a document type, which no workbook has and which can be used for harm"
        raise Unreadable(file, part, why, "Open it in Excel and save it again.")

    parser.StartDoctypeDeclHandler = refuse
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text  # type: ignore[assignment]
    with book.archive.open(part) as stream:
        while piece := stream.read(AT_ONCE):
            parser.Parse(piece, False)
            yield
    parser.Parse(b"", True)
    yield


def _drain(steps: Iterator[None]) -> None:
    for _ in steps:
        pass


def _tag(name: str) -> str:
    return name.rpartition("}")[2]


def _sheets(file: str, book: _Book) -> list[tuple[str, str]]:
    """Each worksheet's name and part, in their order."""
    parts: dict[str, str] = {}
    named: list[tuple[str, str]] = []

    def relation(name: str, told: dict[str, str]) -> None:
        if _tag(name) == "Relationship":
            target = told["Target"]
            parts[told["Id"]] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"

    def sheet(name: str, told: dict[str, str]) -> None:
        if _tag(name) == "sheet":
            ids = [value for key, value in told.items() if _tag(key) == "id"]
            named.append((told["name"], ids[0]))
        if _tag(name) == "workbookPr" and told.get("date1904") in ("1", "true"):
            book.zero = datetime(1904, 1, 1)  # noqa: DTZ001  as above

    _drain(_parse(file, book, "xl/_rels/workbook.xml.rels", relation, None, None))
    _drain(_parse(file, book, "xl/workbook.xml", sheet, None, None))
    return [(name, parts[key]) for name, key in named if "worksheets/" in parts.get(key, "")]


def _read_styles(file: str, book: _Book) -> None:
    if "xl/styles.xml" not in book.archive.namelist():
        return
    own: set[int] = set()
    styles: list[int] = []
    inside = [False]

    def start(name: str, told: dict[str, str]) -> None:
        tag = _tag(name)
        if tag == "numFmt" and _shows_days(told.get("formatCode", "")):
            own.add(int(told["numFmtId"]))
        if tag == "cellXfs":
            inside[0] = True
        if tag == "xf" and inside[0]:
            styles.append(int(told.get("numFmtId", "0")))

    def end(name: str) -> None:
        if _tag(name) == "cellXfs":
            inside[0] = False

    _drain(_parse(file, book, "xl/styles.xml", start, end, None))
    book.day_styles = frozenset(number for number, style in enumerate(styles) if style in DAY_FORMATS or style in own)


def _shows_days(code: str) -> bool:
    return bool(re.search(r"[ymdh]", re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", code.lower())))


def _read_texts(file: str, book: _Book) -> None:
    if "xl/sharedStrings.xml" not in book.archive.namelist():
        return
    words: list[str] = []
    inside: list[str] = []

    def start(name: str, _: dict[str, str]) -> None:
        inside.append(_tag(name))
        if inside[-1] == "si":
            words.clear()

    def end(name: str) -> None:
        inside.pop()
        if _tag(name) == "si":
            book.texts.append("".join(words))

    def text(told: str) -> None:
        if inside[-1] == "t" and "rPh" not in inside:
            words.append(told)

    _drain(_parse(file, book, "xl/sharedStrings.xml", start, end, text))


def _sheet(file: str, book: _Book, name: str, part: str) -> Sheet | None:
    """A worksheet whose first rows hold a header; None for one that holds no table."""
    for line, cells in _cells(file, book, part):
        names = [cell.strip() for cell in cells]
        if sum(bool(name) for name in names) >= 2 and all(names[: len(names)][:2]):
            while names and not names[-1]:
                names.pop()
            called = f"{file}, sheet '{name}'"
            stem = PurePosixPath(file).stem if bare(name).startswith(("sheet", "tabelle", "feuil", "hoja")) else name
            return Sheet(called, stem, names, partial(_rows, file, book, part, line, len(names)), "xlsx", "sheet")
        if line > HEADER_WITHIN:
            break
    return None


def _rows(file: str, book: _Book, part: str, header: int, width: int, told: Told) -> Iterator[Row]:
    for line, cells in _cells(file, book, part):
        if line > header and any(cells):
            yield line, (cells + [""] * width)[:width]


class _Reading:
    """One worksheet being parsed: rows that are whole wait in `done`."""

    def __init__(self, book: _Book) -> None:
        self.book = book
        self.done: list[tuple[int, dict[int, str]]] = []
        self.row: dict[int, str] = {}
        self.line = 0
        self.place = -1
        self.told: dict[str, str] = {}
        self.tag = ""
        self.value: list[str] = []
        self.formula: list[str] = []

    def start(self, name: str, told: dict[str, str]) -> None:
        self.tag = _tag(name)
        if self.tag == "row":
            self.row, self.place = {}, -1
            self.line = int(told.get("r", self.line + 1))
        elif self.tag == "c":
            self.told, self.value, self.formula = told, [], []
            self.place = _place(told["r"]) if "r" in told else self.place + 1
            if not 0 <= self.place < COLUMNS:
                raise ValueError(f"line {self.line} has a cell beyond column XFD")

    def text(self, told: str) -> None:
        if self.tag in ("v", "t"):
            self.value.append(told)
        elif self.tag == "f":
            self.formula.append(told)

    def end(self, name: str) -> None:
        tag, self.tag = _tag(name), ""
        if tag == "c":
            self.row[self.place] = self._told()
        elif tag == "row":
            self.done.append((self.line, self.row))

    def _told(self) -> str:
        value, kind = "".join(self.value), self.told.get("t", "n")
        if not value and self.formula:
            return "=" + "".join(self.formula)
        if kind == "s" and value:
            return self.book.texts[int(value)]
        if kind == "b":
            return "true" if value == "1" else "false"
        if kind == "n" and value and int(self.told.get("s", "0")) in self.book.day_styles:
            moment = self.book.zero + timedelta(seconds=round(float(value) * 86_400))
            return moment.isoformat(" ") if moment.time() != datetime.min.time() else moment.date().isoformat()
        if kind == "n" and re.fullmatch(r"-?\d+\.?\d*(?:[eE][-+]?\d+)", value):
            return f"{float(value):.12g}"
        return value


def _place(reference: str) -> int:
    """The column of 'AB12', counted from 0."""
    number = 0
    for letter in reference:
        if not letter.isalpha() or number > COLUMNS:
            break
        number = number * 26 + ord(letter.upper()) - 64
    return number - 1


def _cells(file: str, book: _Book, part: str) -> Iterator[Row]:
    reading = _Reading(book)
    try:
        for _ in _parse(file, book, part, reading.start, reading.end, reading.text):
            done, reading.done = reading.done, []
            for line, row in done:
                yield line, [row.get(place, "") for place in range(max(row, default=-1) + 1)]
    except BROKEN as broken:
        raise _damaged(file, part, broken) from broken
