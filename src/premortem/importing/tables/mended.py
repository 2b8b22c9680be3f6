"""Tables of rows that an import did not take, given back to be mended: they count before the export's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from premortem.importing.tables.cells import as_typed
from premortem.importing.tables.sheet import Row, Sheet, Told

BESIDE = ("not taken: line", "column", "value", "why", "what to do")
"""What stands behind the last column of such a table."""


def is_mended(sheet: Sheet) -> bool:
    return all(sheet.place(name) is not None for name in BESIDE)


def mended_first(sheets: Sequence[Sheet]) -> list[Sheet]:
    """All tables, those that were given back first, with their cells as they were before they went out."""
    return [_as_typed(sheet) if is_mended(sheet) else sheet for sheet in sorted(sheets, key=is_mended, reverse=True)]


def _as_typed(sheet: Sheet) -> Sheet:
    def rows(told: Told) -> Iterator[Row]:
        return ((line, [as_typed(cell) for cell in cells]) for line, cells in sheet.rows(told))

    return replace(sheet, rows=rows)
