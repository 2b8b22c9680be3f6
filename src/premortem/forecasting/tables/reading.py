"""A file of rows → a table: its encoding, what parts its cells, where its header is, and each row's line."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from charset_normalizer import from_bytes

from premortem.errors import Unreadable

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
SUFFIXES = (".csv", ".tsv", ".txt", ".tab", ".psv")
"""Files that are taken for tables."""
NOTHING = frozenset({"", "-", "--", "n/a", "na", "nan", "null", "none", "nil", "#n/a", "nat", "(blank)", "(leer)"})
"""Cells that hold nothing; 'unknown' is something that somebody said."""
LOOKED_AT = 200


class Table(NamedTuple):
    """The file's rows in their order. `lines` says on which line of the file each row begins."""

    file: str
    encoding: str
    delimiter: str
    header: list[str]
    rows: list[list[str]]
    lines: list[int]

    def column(self, name: str) -> list[str]:
        """A column's cells; what holds nothing is ''."""
        at = self.header.index(name)
        return [row[at] for row in self.rows]


def read_table(path: Path) -> Table:
    """Read a table. Raises Unreadable where it is none."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise Unreadable(path.name, "", f"it can't be opened: {error.strerror}", "Is the path right?") from None
    if raw[:4] == b"PK\x03\x04":
        raise Unreadable(path.name, "", "this is a workbook, not text", "Save it as CSV and name that file.")
    encoding, text = _decoded(path.name, raw)
    if not text.strip():
        raise Unreadable(path.name, "", "it is empty", "Export your deals as CSV.")
    delimiter, text, skipped = _told(text)
    delimiter = delimiter or _delimiter(path.name, text)
    found = _rows(path.name, text, delimiter, skipped)
    at = _header_at([cells for _, cells in found])
    header = _named(found[at][1])
    rows, lines = [], []
    for line, cells in found[at + 1 :]:
        rows.append(_fitted(path.name, line, cells, len(header)))
        lines.append(line)
    if not rows:
        raise Unreadable(path.name, f"line {found[at][0]}", "there is no row below the header", "Export it with deals.")
    return Table(path.name, encoding, DELIMITERS[delimiter], header, rows, lines)


def _decoded(file: str, raw: bytes) -> tuple[str, str]:
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16", raw.decode("utf-16", errors="replace")
    try:
        return "utf-8", raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        best = from_bytes(raw[:200_000], cp_isolation=["cp1252", "cp1250", "cp1251", "mac_roman", "cp932"]).best()
    if best is None or b"\x00" in raw:
        raise Unreadable(file, "", "its text is in no known encoding", "Save it as CSV in UTF-8.")
    return best.encoding, raw.decode(best.encoding, errors="replace")


def _told(text: str) -> tuple[str | None, str, int]:
    """Excel may say in a first line which delimiter it used."""
    first, _, rest = text.partition("\n")
    told = first.strip().strip('"')
    if told.lower().startswith("sep=") and told[4:5] in DELIMITERS:
        return told[4], rest, 1
    return None, text, 0


def _delimiter(file: str, text: str) -> str:
    """The one that parts most lines into most cells, the same number of them."""
    best, most, broken = "", 0.0, None
    for delimiter in DELIMITERS:
        counts, line = Counter[int](), 0
        try:
            for begins, cells in _cut(text, delimiter, LOOKED_AT):
                line = begins
                counts[len(cells)] += bool(cells)
        except csv.Error as error:
            broken = broken or _uncut(file, line, error)
            continue
        counts = +counts
        if not counts:
            continue
        wide, lines = max(counts.items(), key=lambda one: (one[1] * (one[0] > 1), one[0]))
        fit = lines / counts.total() * (wide - 1) ** 0.5
        if fit > most:
            best, most = delimiter, fit
    if not best and broken:
        raise broken
    if not best:
        raise Unreadable(
            file, "line 1", "no comma, semicolon, tab or bar parts its lines into columns", "Export it as CSV."
        )
    return best


def _cut(text: str, delimiter: str, most: int | None = None) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line on which it begins."""
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter, skipinitialspace=True)
    begins = 1
    for number, cells in enumerate(reader):
        if most is not None and number >= most:
            return
        yield begins, cells
        begins = reader.line_num + 1


def _rows(file: str, text: str, delimiter: str, skipped: int) -> list[tuple[int, list[str]]]:
    line = skipped
    found: list[tuple[int, list[str]]] = []
    try:
        for line, cells in _cut(text, delimiter):
            clean = [" ".join(cell.replace("\ufeff", "").replace("\u00a0", " ").split()) for cell in cells]
            if any(clean):
                found.append((line + skipped, ["" if cell.lower() in NOTHING else cell for cell in clean]))
    except csv.Error as error:
        raise _uncut(file, line, error) from None
    if not found:
        raise Unreadable(file, "", "it is empty", "Export your deals as CSV.")
    return found


def _uncut(file: str, line: int, error: csv.Error) -> Unreadable:
    remedy = "Close its quotation marks, or leave its longest column out."
    return Unreadable(file, f"after line {line}", f"it can't be cut into cells ({error})", remedy)


def _header_at(rows: list[list[str]]) -> int:
    """The first row as wide as most are: a title or two may stand above it."""
    usual = Counter(len(cells) for cells in rows[:LOOKED_AT]).most_common(1)[0][0]
    for at, cells in enumerate(rows):
        if len(cells) >= usual and sum(map(bool, cells)) >= max(2, usual // 2):
            return at
    return 0


def _named(cells: list[str]) -> list[str]:
    """Each column's name, one to each: a missing name is its number, a repeated one is numbered."""
    names: list[str] = []
    for number, cell in enumerate(cells, 1):
        name, again = cell or f"column {number}", 2
        while name in names:
            name, again = f"{cell or 'column'} ({again})", again + 1
        names.append(name)
    return names


def _fitted(file: str, line: int, cells: list[str], wide: int) -> list[str]:
    if len(cells) > wide and any(cells[wide:]):
        why = f"this row has {len(cells)} cells, and the header {wide}"
        raise Unreadable(file, f"line {line}", why, "Put a cell that holds the delimiter in quotation marks.")
    return (cells + [""] * wide)[:wide]
