"""Where an export lies: a folder, a zip, a single file → its tables, and what could not be opened."""

from __future__ import annotations

import io
import zipfile
import zlib
from functools import partial
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from msgspec import Struct

from premortem.errors import Unreadable
from premortem.importing.packed import files_in, is_bomb, is_locked, overfull
from premortem.importing.tables.bytes_of_text import Open
from premortem.importing.tables.sheet import Sheet, doubled
from premortem.importing.tables.text_table import text_table
from premortem.importing.tables.workbook import workbook

TEXTS = (".csv", ".tsv", ".tab", ".psv")
BOOKS = (".xlsx", ".xlsm")
OTHERS = (".xls", ".xlsb", ".ods", ".numbers")
MOST_FILES = 2_000
LARGEST = 8 << 30
"""Bytes that a zip may unpack to; nothing is unpacked to disk."""
LARGEST_BOOK = 256 << 20
"""Bytes of a workbook in a zip, which is read whole."""


class Export(Struct):
    """The tables of an export, and a sentence on each file that is none."""

    tables: list[Sheet]
    unread: list[Unreadable]


def is_table(path: Path) -> bool:
    """Whether a path may be an export: its name says that tables lie there."""
    suffixes = (*TEXTS, *BOOKS, *OTHERS)
    if path.is_file():
        return path.suffix.lower() in (*suffixes, ".zip")
    return any(one.suffix.lower() in (*suffixes, ".zip") for one in path.rglob("*") if one.is_file())


def open_export(path: Path) -> Export:
    """Raises Unreadable where nothing at the path is a table."""
    found = Export([], [])
    files = [path] if path.is_file() else sorted(one for one in path.rglob("*") if one.is_file())
    for file in files:
        name = file.name if path.is_file() else file.relative_to(path).as_posix()
        if not name.startswith("."):
            _take(found, name, partial(_open, file), path.is_file())
    if not found.tables:
        if found.unread:
            raise found.unread[0]
        packed = next((one for one in files if path.is_dir() and one.suffix.lower() == ".zip"), None)
        if packed is not None:
            why = "this zip lay within another zip or a folder, and no table is in it"
            raise Unreadable(packed.name, "", why, "Unpack it, and give what is in it.")
        raise Unreadable(str(path), "", "there is no table here", "Give an export as CSV, XLSX, or a zip of them.")
    return found


def _open(file: Path) -> BinaryIO:
    try:
        return file.open("rb")
    except OSError as refused:
        raise Unreadable(file.name, "", f"it can't be opened: {refused.strerror}", "May you read it?") from refused


def _take(found: Export, name: str, opened: Open, alone: bool) -> None:
    suffix = PurePosixPath(name).suffix.lower()
    try:
        if suffix == ".zip":
            _take_zip(found, name, opened)
        elif suffix in BOOKS:
            _take_book(found, name, opened)
        elif suffix in TEXTS or (alone and suffix == ".txt"):
            found.tables.append(_named_well(text_table(name, PurePosixPath(name).stem, opened)))
        elif suffix in OTHERS:
            why = f"files that end in '{suffix}' are not read"
            raise Unreadable(name, "", why, "Save it as .xlsx or CSV.")
    except Unreadable as error:
        found.unread.append(error)
    except (zipfile.BadZipFile, zlib.error, EOFError) as broken:
        found.unread.append(Unreadable(name, "", f"it is damaged in the zip ({broken})", "Download the zip again."))


def _take_book(found: Export, name: str, opened: Open) -> None:
    with opened() as stream:
        first = stream.read(8)
    if not first.startswith(b"PK"):
        text_table(name, name, opened)  # says what it is, if it is no text
        found.tables.append(_named_well(text_table(name, PurePosixPath(name).stem, opened)))
        return
    sheets = workbook(name, opened())
    if not sheets:
        raise Unreadable(
            name, "", "no sheet of this workbook holds a table", "Put the names of columns in its first row."
        )
    found.tables += [_named_well(sheet) for sheet in sheets]


def _take_zip(found: Export, name: str, opened: Open) -> None:
    try:
        archive = zipfile.ZipFile(opened())
        inside = files_in(archive)
    except zipfile.BadZipFile as broken:
        why = "this zip is damaged or cut off"
        raise Unreadable(name, "", why, "Download it again and see that it is complete.") from broken
    if overfull(inside, MOST_FILES, LARGEST):
        raise Unreadable(
            name, "", "this zip unpacks to more than 8 GB or 2,000 files", "Unpack it, and give the folder."
        )
    for one in inside:
        hidden = PurePosixPath(one.filename).name.startswith(".")
        if is_locked(one):
            error = Unreadable(
                f"{name}/{one.filename}", "", "it is locked by a password", "Unpack it, and give the folder."
            )
            found.unread.append(error)
        elif not hidden and one.filename.lower().endswith(".zip"):
            within = f"{name}/{one.filename}"
            found.unread.append(
                Unreadable(within, "", "it is a zip within a zip", "Unpack it, and give what is in it.")
            )
        elif not hidden:
            _take(found, one.filename, partial(_inside, archive, one, name), alone=False)


def _inside(archive: zipfile.ZipFile, one: zipfile.ZipInfo, name: str) -> BinaryIO:
    book = PurePosixPath(one.filename).suffix.lower() in BOOKS
    if book and (one.file_size > LARGEST_BOOK or is_bomb(one)):  # a workbook is packed already
        why = "this workbook is larger than 256 MB, or packed far smaller than a workbook can be"
        raise Unreadable(f"{name}/{one.filename}", "", why, "Unpack it, and give the folder.")
    try:
        stream = archive.open(one)
        if book:
            return io.BytesIO(stream.read(LARGEST_BOOK))
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError) as broken:
        why = f"it is damaged in the zip ({broken})"
        raise Unreadable(f"{name}/{one.filename}", "", why, "Download the zip again.") from broken
    return cast(BinaryIO, stream)


def _named_well(sheet: Sheet) -> Sheet:
    for name in doubled(sheet.header):
        sheet.remarks.append(f"{sheet.file}: two columns are called '{name}'; the first of them is read.")
    return sheet
