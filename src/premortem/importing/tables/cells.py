"""Cells of a table that goes out, and comes back: none of them is taken for a formula by a spreadsheet."""

from __future__ import annotations

import re

FORMULAS = ("=", "+", "-", "@", "\t", "\r")
NUMBER = re.compile(r"[-+]?[0-9]+(?:[.,][0-9]+)*")


def defused(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; a plain number, such as -5 or +3.2, stays as it is."""
    return f"'{cell}" if cell.startswith(FORMULAS) and not NUMBER.fullmatch(cell) else cell


def as_typed(cell: str) -> str:
    """A cell as it was before it was defused."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(FORMULAS) else cell
