"""What an import did, deal by deal, and what it left out."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from premortem.acts.bringing_in.bring_in import BroughtIn


def show_import(console: Console, brought: list[BroughtIn]) -> None:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("deal")
    table.add_column("name")
    for column in ("new touches", "known already", "turns", "facts", "left out"):
        table.add_column(column, justify="right")
    for one in brought:
        counts = (one.touches, one.known_already, one.turns, one.facts, len(one.left_out))
        table.add_row(one.deal, Text(one.name), *(str(count) for count in counts))
    console.print(table)
    for one in brought:
        for remark in one.remarks:
            console.print(Text(f"Note: {remark}", style="yellow"))
        for left in one.left_out:
            console.print(Text(f"Left out: {left.why}", style="red"))
