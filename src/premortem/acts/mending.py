"""Rows of an export that were not taken, written out to be mended and imported again."""

from __future__ import annotations

from collections.abc import Sequence

from premortem.acts.cells import defused
from premortem.importing.tables.sheet import NotTaken

BESIDE = ("not taken: line", "column", "value", "why", "what to do")


def to_mend(left_out: Sequence[NotTaken], headers: dict[str, list[str]]) -> dict[str, list[list[str]]]:
    """The rows that were not taken, table by table, under the table's own header: to be mended and imported again.

    What stands behind the last column says where each row came from, what is wrong with it, and what to do.
    """
    files: dict[str, list[list[str]]] = {}
    for one in left_out:
        header = headers.get(one.file)
        if header is None or not one.cells:
            continue
        rows = files.setdefault(one.file, [[*header, *BESIDE]])
        cells = [*one.cells, *[""] * len(header)][: max(len(header), len(one.cells))]
        beside = (str(one.line), one.column, one.value if one.column else "", one.why, one.remedy)
        rows.append([defused(cell) for cell in (*cells, *beside)])
    return files
