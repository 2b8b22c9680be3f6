"""The forecast of one deal as people read it: its gates, each method's word, what would move it, how it came there."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from premortem.acts.forecasts.forecast_deal import DealForecast, ReasonShown
from premortem.acts.forecasts.forecast_history import Moment
from premortem.acts.forecasts.forecast_shown import CATEGORY, MethodShown
from premortem.cli.show_forecast import interval, move_told
from premortem.cli.show_gates import show_gates

NEWEST = 12
"""Lines of a deal's history that are shown; --json gives all."""


def show_forecast_deal(console: Console, document: DealForecast) -> None:
    """One open deal, by the end of a day."""
    show_gates(console, document.gates)
    console.print(f"\n[bold]By {document.by}[/bold]")
    for said in document.rests.says:
        console.print(Padding(Text(said), (0, 0, 0, 2)))
    console.print(Padding(_methods(document.numbers.methods), (0, 0, 0, 2)))
    _reasons(console, "Speaks for it", document.speaks_for)
    _reasons(console, "Speaks against it", document.speaks_against)
    _moves(console, document)
    _history(console, document.history)


def _methods(methods: list[MethodShown]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for column in ("", "won", "lost", "no decision"):
        table.add_column(column, justify="left" if not column else "right", no_wrap=True)
    table.add_column("rests on", ratio=1)
    for one in methods:
        won = f"{one.won:.0%} ({interval(one)})" if one.won is not None and one.low is not None else _share(one.won)
        said = CATEGORY[one.category] + ": " + one.says if one.category and one.method == "rep" else one.says
        ink = "" if one.evidence else "dim"
        told = "the category above" if one.method == "gates" and one.won is None else said
        table.add_row(Text(one.called, ink), won, _share(one.lost), _share(one.no_decision), Text(told, ink or "dim"))
    return table


def _share(value: float | None) -> str:
    return f"{value:.0%}" if value is not None else "—"


def _reasons(console: Console, title: str, reasons: list[ReasonShown]) -> None:
    if reasons:
        console.print(f"\n[bold]{title}[/bold]")
        for one in reasons:
            console.print(Padding(Text(f"{one.adds:+.2f}  {one.says}"), (0, 0, 0, 2)))


def _moves(console: Console, document: DealForecast) -> None:
    if document.settled:
        console.print("\n[bold]What would move the number[/bold]")
        for one in document.settled:
            told = f"if {one.says}: {one.if_so:.0%} to win; if not: {one.if_not:.0%}"
            console.print(Padding(Text(told), (0, 0, 0, 2)))
    would = [one for one in document.would_move if {one.if_so, one.if_not} != {one.now}]
    if would:
        console.print("\n[bold]What would move the category[/bold]")
        for each in would:
            console.print(Padding(Text(move_told(each)), (0, 0, 0, 2)))
    elif document.would_move:
        unknown = ", ".join(one.unknown for one in document.would_move)
        console.print(Text(f"\nNo single answer moves its category: too much else is not known ({unknown})."))


def _history(console: Console, history: list[Moment]) -> None:
    if not history:
        return
    console.print("\n[bold]How it came there[/bold]")
    left = len(history) - NEWEST
    if left > 0:
        console.print(Padding(Text(f"{left} earlier; --json shows them", style="dim"), (0, 0, 0, 2)))
    for one in history[-NEWEST:]:
        category = CATEGORY[one.category] if one.category else ""
        won = f"{one.won:.0%} by {one.by}" if one.won is not None else ""
        said = ", ".join(part for part in (category, won) if part)
        by = f"by {one.touch}" if one.touch else f"written down: {one.called}"
        console.print(Padding(Text.assemble(f"{one.on}  {said}  ", (by, "dim")), (0, 0, 0, 2)))
