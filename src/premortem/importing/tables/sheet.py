"""A table of an export, and what is said of a row, or of a cell, that can't be taken."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct


class NotTaken(Struct, frozen=True):
    """A row that is not taken (`whole`), or one cell of it: where it stands, why not, and what to do about it.

    `line` is the line of the file, or the row of a worksheet, counted from 1. `cells` is the row, to be mended.
    """

    file: str
    line: int
    column: str
    value: str
    why: str
    remedy: str
    whole: bool = True
    cells: tuple[str, ...] = ()

    def __str__(self) -> str:
        where = f"{self.file}, line {self.line}" if self.line else self.file
        column = f", column '{self.column}'" if self.column else ""
        value = f" ('{shortened(self.value)}')" if self.value else ""
        return f"{where}{column}: {self.why}{value}. {self.remedy}".rstrip()


Told = Callable[[NotTaken], None]
"""Called with each row or cell that is not taken."""
Row = tuple[int, list[str]]
"""The line on which a row begins, and its cells, as many as the header has."""


class Sheet(Struct):
    """One table: a file of text, or a worksheet. `name` is what it is called without its suffix.

    `rows` reads it anew each time, and tells `NotTaken` of the rows that don't fit the header.
    `remarks` say what was found out about it: the encoding, what parts its cells.
    """

    file: str
    name: str
    header: list[str]
    rows: Callable[[Told], Iterator[Row]]
    encoding: str = ""
    separator: str = ""
    lines: int = 0
    remarks: list[str] = []

    def place(self, column: str) -> int | None:
        """Where a column stands; its name counts whatever its case, blanks and dashes."""
        return self.places.get(bare(column))

    @property
    def places(self) -> dict[str, int]:
        return {bare(name): number for number, name in reversed(list(enumerate(self.header)))}


def nobody(_: NotTaken) -> None:
    """Told by whoever reads a table a second time."""


def bare(name: str) -> str:
    """A header as it is compared: 'Close Date', 'close_date' and 'CloseDate' are one."""
    return re.sub(r"[\W_]+", "", name).casefold()


def shortened(value: str, most: int = 60) -> str:
    plain = " ".join(value.split())
    return plain if len(plain) <= most else plain[: most - 1] + "…"


def doubled(header: Sequence[str]) -> list[str]:
    """The names that stand twice in a header."""
    counts = Counter(bare(name) for name in header if name)
    return list({bare(name): name for name in header if counts[bare(name)] > 1}.values())
