"""All deals at a glance."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from premortem.acts.looking.overview import Line
from premortem.cli.terminal import INK


def show_overview(console: Console, lines: list[Line]) -> None:
    if not lines:
        console.print("There is no deal in this ledger yet: premortem import PATH brings some in.")
        return
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", expand=True)
    table.add_column("deal", no_wrap=True, min_width=7)
    table.add_column("name", no_wrap=True, overflow="ellipsis", ratio=1)
    table.add_column("stage, end", no_wrap=True, min_width=11)
    table.add_column("last word", no_wrap=True, min_width=10)
    table.add_column("high, mid, low", justify="right", no_wrap=True)
    table.add_column("weighs most", no_wrap=True, overflow="ellipsis", min_width=22)
    for line in lines:
        deal = line.deal
        end = Text(deal.outcome.replace("_", " "), style="dim") if deal.outcome else Text(deal.stage or "")
        counts = Text("  ").join(
            Text(str(count) if count else "·", style=INK[severity] if count else "dim")
            for severity, count in (("high", line.high), ("medium", line.medium), ("low", line.low))
        )
        gravest = (line.gravest or "").replace("_", " ")
        table.add_row(deal.id, Text(deal.name), end, deal.last_word_from_the_buyer or "—", counts, gravest)
    console.print(table)
