"""Rows of an export that were not taken, written out to be mended and imported again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from premortem.importing.tables.cells import defused
from premortem.importing.tables.mended import BESIDE
from premortem.importing.tables.sheet import NotTaken


def to_mend(left_out: Sequence[NotTaken], headers: dict[str, list[str]]) -> dict[str, list[list[str]]]:
    """The rows that were not taken, table by table, under the table's own header: to be mended and imported again.

    Each row stands once, whatever is wrong with it. What stands behind the last column says where it came from, which
    of its cells are wrong and why, and what to do.
    """
    wrong: dict[tuple[str, int], list[NotTaken]] = {}
    for one in left_out:
        if one.file in headers and one.cells:
            wrong.setdefault((one.file, one.line), []).append(one)
    files: dict[str, list[list[str]]] = {}
    for (file, line), told in wrong.items():
        header, row = headers[file], told[0].cells
        cells = [*row, *[""] * len(header)][: max(len(header), len(row))]
        beside = (
            str(line),
            _all(one.column for one in told),
            _all(one.value for one in told if one.column),
            _all(one.why for one in told),
            _all((one.remedy for one in told), " "),
        )
        files.setdefault(file, [[*header, *BESIDE]]).append([defused(cell) for cell in (*cells, *beside)])
    return files


def _all(said: Iterable[str], between: str = "; ") -> str:
    return between.join(dict.fromkeys(filter(None, said)))
