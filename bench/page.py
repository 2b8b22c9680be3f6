"""The table in docs/listening.md: rows in, Markdown between the page's two markers out; the rest of it stays."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
NOTHING = "–"
"""Stands where a reader doesn't do what is asked."""


class NoMarkers(ValueError):
    """A page that doesn't say where its table goes."""


class Row(NamedTuple):
    """One question: what was asked, on what and how much of it, and each reader's figure by the reader's name."""

    asked: str
    on: str
    n: str
    figures: dict[str, str]


def table(rows: Sequence[Row], readers: Sequence[str]) -> str:
    """The rows as a Markdown table, one column a reader."""
    head = ["", "measured on", "n", *readers]
    lines = [_line(head), _line(["---"] * len(head))]
    for row in rows:
        lines.append(_line([row.asked, row.on, row.n, *(row.figures.get(reader, NOTHING) for reader in readers)]))
    return "\n".join(lines)


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def with_measured(page: str, measured: str) -> str:
    """The page with what stands between its markers replaced. Raises NoMarkers where they don't stand there once."""
    if page.count(BEGIN) != 1 or page.count(END) != 1 or page.index(BEGIN) > page.index(END):
        raise NoMarkers(f"The page needs one line '{BEGIN}' and, below it, one line '{END}': put them where it goes.")
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{measured.strip()}\n\n{END}{after}"


def write_measured(path: Path, measured: str) -> None:
    """Replace a file's table. Raises NoMarkers, naming the file, and leaves it as it was."""
    try:
        page = with_measured(path.read_text(encoding="utf-8"), measured)
    except NoMarkers as error:
        raise NoMarkers(f"{path.name}: {error}") from None
    path.write_text(page, encoding="utf-8")
