"""What is usual, with where each figure comes from."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from premortem.acts.looking.norms import NormsDocument, NormShown


def show_norms(console: Console, document: NormsDocument) -> None:
    """Every norm, then each segment of deals that has some of its own."""
    console.print(Text(document.says))
    console.print()
    console.print(_table(document.norms))
    for one in document.segments:
        if one.norms:
            console.print(f"\n[bold]Deals of {one.segment}[/bold] ({one.ended} ended)")
            console.print(Padding(_table(one.norms), (0, 0, 0, 2)))
    few = [f"{one.segment} ({one.ended})" for one in document.segments if not one.norms]
    if few and document.ended >= document.needed:
        console.print(Text(f"\nToo few ended for norms of their own: {'; '.join(few)}.", style="dim"))


def _table(norms: list[NormShown]) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for one in norms:
        table.add_row(Text(one.called), Text(value(one), style="bold"), Text(one.source, style="dim"))
    return table


def value(norm: NormShown) -> str:
    """'43%', '274 days', '2.5 touches'."""
    if norm.unit == "share":
        return f"{norm.value:.0%}"
    return f"{norm.value:g} {norm.unit or ''}".strip()
