"""A file of text → a table: what parts its cells, where its header is, and each row's line.

A row that does not fit the header is told with what seems to have happened to it; the others go on.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from functools import partial
from itertools import chain, islice

from msgspec import Struct

from premortem.errors import Unreadable
from premortem.importing.tables.bytes_of_text import Open, lines_of, look_through
from premortem.importing.tables.sheet import NotTaken, Row, Sheet, Told, bare

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
LOOKED_AT = 300
MOST_LINES = 400
"""Lines that one row may span: a long description does, a quote that is never closed spans the rest of the file."""
NUMBER = re.compile(r"[-+$€£]?[\d.,' /:-]+(?:[T ].*)?%?$")

Raw = tuple[int, str]
"""A line's number, and the text of a record that begins there."""


class _Kept(Struct, frozen=True):
    """What is known of a file when its rows are read."""

    file: str
    opened: Open
    encoding: str
    separator: str
    header: list[str]
    starts: int
    whole_lines: bool


def text_table(file: str, name: str, opened: Open) -> Sheet:
    """Raises Unreadable where the file is no table."""
    text = look_through(file, opened)
    first = list(islice(lines_of(opened, text.encoding), LOOKED_AT))
    told = re.match(r'"?sep=(.)"?\s*$', first[0], re.IGNORECASE) if first else None
    skipped = 1 if told else 0
    separator = told[1] if told and told[1] in SEPARATORS else _separator(file, first[skipped:])
    at, header = _header(file, list(_records(iter(first), separator)), separator, skipped)
    kept = _Kept(file, opened, text.encoding, separator, header, at, text.whole_lines)
    remarks = list(text.remarks)
    if at > skipped + 1:
        remarks.append(f"{file}: the header stands on line {at}; what is above it was passed over.")
    encoding = "utf-8" if text.encoding == "utf-8-sig" else text.encoding
    return Sheet(file, name, header, partial(_rows, kept), encoding, SEPARATORS[separator], text.lines, remarks)


def _separator(file: str, lines: list[str]) -> str:
    """The one that parts most lines into most cells, the same number of them."""
    best, most = "", 0.0
    for separator in SEPARATORS:
        counts = Counter(len(cells) for _, cells, _ in _records(iter(lines), separator) if any(cells))
        if not counts:
            continue
        cells, many = max(counts.items(), key=lambda one: (one[1] * (one[0] > 1), one[0]))
        fit = many / counts.total() * (cells - 1) ** 0.5
        if fit > most:
            best, most = separator, fit
    if not best:
        why = "no comma, semicolon, tab or bar parts its lines into columns"
        raise Unreadable(file, "line 1", why, "Export it as CSV.")
    return best


def _records(lines: Iterator[str], separator: str, width: int = 0) -> Iterator[tuple[int, list[str], str]]:
    """Each record with the line on which it begins and its text; quotes may hold line ends.

    Where a quote is opened and never closed, or a row of the right `width` holds a stray one, its line stands alone.
    """
    number, waiting = 1, list[str]()
    while True:
        line = waiting.pop(0) if waiting else next(lines, None)
        if line is None:
            return
        begins, text, taken = number, line, [line]
        if line.count('"') % 2:
            while text.count('"') % 2 and len(taken) <= MOST_LINES:
                more = waiting.pop(0) if waiting else next(lines, None)
                if more is None:
                    break
                taken.append(more)
                text += more
            alone = _cells(line, separator)
            if text.count('"') % 2 or (width and len(alone) == width and len(_cells(text, separator)) != width):
                waiting[:0] = taken[1:]
                text, taken = line, [line]
        number += len(taken)
        yield begins, _cells(text, separator), text


def _cells(text: str, separator: str) -> list[str]:
    if '"' not in text:
        return text.rstrip("\r\n").split(separator)
    try:
        return next(csv.reader(text.splitlines(keepends=True), delimiter=separator), [])
    except csv.Error:
        return [text]


def _header(
    file: str, records: list[tuple[int, list[str], str]], separator: str, skipped: int
) -> tuple[int, list[str]]:
    """The line of the header and its names: the first row that is as wide as most, and whose cells are names."""
    wide = Counter(len(cells) for _, cells, _ in records if len(cells) > 1)
    if not wide:
        raise Unreadable(file, "line 1", "its rows have a single column", "Export it with all columns, as CSV.")
    most = max(wide.items(), key=lambda one: (one[1], one[0]))[0]
    for line, cells, _ in records[skipped : skipped + 40]:
        names = [cell.strip().lstrip("\ufeff") for cell in cells]
        filled = [name for name in names if name]
        if len(cells) < most or len(filled) < max(2, 0.6 * len(cells)):
            continue
        if sum(bool(NUMBER.match(name)) for name in filled) > 0.2 * len(filled):
            break
        return line, names
    why = "no line names the columns: the file seems to begin with a record"
    raise Unreadable(
        file, f"line {records[skipped][0]}", why, "Export it with its header, or write the names above it."
    )


def _rows(kept: _Kept, told: Told) -> Iterator[Row]:
    width = len(kept.header)
    plain = [bare(name) for name in kept.header]
    lines = lines_of(kept.opened, kept.encoding)
    records = _records(lines, kept.separator, width)
    held: tuple[int, list[str], str] | None = None
    for record in chain(records, [None]):  # one behind, to know which is the last
        if held is not None and held[0] > kept.starts:
            cells = _fitted(kept, held, record is None, plain, told)
            if cells is not None:
                yield held[0], cells
        held = record


def _fitted(
    kept: _Kept, record: tuple[int, list[str], str], last: bool, plain: list[str], told: Told
) -> list[str] | None:
    """The cells of a row, or None where it is no row or can't be taken, which is told."""
    line, cells, text = record
    width = len(kept.header)
    if len(cells) != width and not any(cells[width:]) and len(cells) > width:
        cells = cells[:width]
    if not any(cell.strip() for cell in cells):
        return None
    if len(cells) == width:
        again = bare(cells[0]) == plain[0] if cells[0][:1].casefold() == kept.header[0][:1].casefold() else False
        if again and sum(bare(cell) == name for cell, name in zip(cells, plain, strict=True)) >= max(2, 0.8 * width):
            return None  # the header once more: exports that were put one below the other
        return cells
    odd = _why(kept, cells, text, last)
    if odd is not None:
        why, remedy, mended = odd
        told(NotTaken(kept.file, line, "", text.strip(), why, remedy, True, tuple(mended)))
    return None


def _why(kept: _Kept, cells: list[str], text: str, last: bool) -> tuple[str, str, list[str]] | None:
    """Why a row has another number of cells than the header, what to do, and its cells as well as they can be told.

    None for a title, a total or a note, which stand alone in their line.
    """
    width = len(kept.header)
    for other, called in SEPARATORS.items():
        if other != kept.separator and len(parted := _cells(text, other)) == width:
            told = f"its cells are parted by a {called}, those of the other rows by a {SEPARATORS[kept.separator]}"
            return told, "Put the same between all cells.", parted
    if last and not kept.whole_lines:
        return "the file is cut off within this row", "Export it again: rows after this one are missing too.", cells
    if text.count('"') % 2:
        return "a quote is opened and never closed", "Close it, or take it out.", cells
    if sum(bool(cell.strip()) for cell in cells) <= 1 and width > 3:
        return None
    if len(cells) > width:
        told = (
            f"it has {len(cells)} cells and the header {width}: a {SEPARATORS[kept.separator]} inside a cell, perhaps"
        )
        return told, "Put the cell that holds it in quotes, or take the extra cell out.", cells
    told = f"it has {len(cells)} cells and the header {width}: a cell is missing, so the others are shifted"
    return told, "Put the missing cell, or an empty one, where it belongs.", cells
