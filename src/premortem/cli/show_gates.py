"""Gates as people read them: where a deal stands on the forecast, the words that show it, and what to ask."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from premortem.acts.forecasts.gates import (
    CadenceShown,
    EntryShown,
    GatesDocument,
    GateShown,
    GatesLine,
    OpenDealsDocument,
)
from premortem.cli.show_review import show_head
from premortem.ledger.saying import counted

MARK = {"passed": ("passed ", "green"), "failed": ("failed ", "bold red"), "unknown": ("unknown", "yellow")}
QUOTES = 2
"""Quotes that are shown under a gate; --json gives them all."""


def show_gates(console: Console, document: GatesDocument) -> None:
    """One deal: its category, its entry, gate by gate."""
    show_head(console, document.deal, document.as_of)
    console.print()
    console.print(Text.assemble((document.called.capitalize(), "bold"), f": {document.because}."))
    if document.task:
        console.print(Text(f"What there is to do: {document.task}.", style="bold"))
    if document.entry is not None:
        _entry(console, document.entry)
    console.print("\n[bold]Gates[/bold]")
    for gate in document.gates:
        _gate(console, gate)
    console.print(
        Text(
            f"\n{_cadence(document.cadence)} {document.owner or 'Its owner'} is next asked on {document.ask_owner_on}."
        )
    )


def show_gates_of_open_deals(console: Console, document: OpenDealsDocument) -> None:
    """All open deals, a line each, and the one question that comes first."""
    if not document.deals:
        console.print("There is no open deal in this ledger.")
        return
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", expand=True)
    table.add_column("category", no_wrap=True)
    table.add_column("deal", no_wrap=True, overflow="ellipsis", ratio=2)
    table.add_column("amount", justify="right", no_wrap=True)
    table.add_column("window", no_wrap=True)
    table.add_column("gates passed, why not more", ratio=3)
    for line in document.deals:
        table.add_row(line.called, Text(line.name), _amount(line.amount, line.currency), _window(line), _why(line))
    console.print(table)
    console.print(Text("~ marks a window from the usual cycle: an assumption, no day of the buyer's.", style="dim"))
    console.print(Text(_cadence(document.cadence), style="dim"))


def _gate(console: Console, gate: GateShown) -> None:
    mark, ink = MARK[gate.state]
    console.print(Padding(Text.assemble((mark, ink), f"  {gate.called}: {gate.says}"), (0, 0, 0, 2)))
    for cited in gate.evidence[:QUOTES]:
        who = f"{cited.speaker}: " if cited.speaker else ""
        when = f" ({cited.at})" if cited.at else ""
        console.print(Padding(Text(f"{who}“{cited.quote}”{when}", style="dim"), (0, 0, 0, 11)))
    if len(gate.evidence) > QUOTES:
        console.print(Padding(Text(f"and {len(gate.evidence) - QUOTES} more", style="dim"), (0, 0, 0, 11)))
    if gate.ask is not None:
        to = f"Ask {gate.ask.to}: " if gate.ask.to else "Ask: "
        console.print(Padding(Text(f"{to}{gate.ask.question}", style="cyan"), (0, 0, 0, 11)))


def _entry(console: Console, entry: EntryShown) -> None:
    theirs = "by the buyer's own word" if entry.window_by_the_buyer else "an assumption"
    if not entry.window_by_the_buyer and entry.buyers_day_passed:
        theirs += f": their day, {entry.buyers_day_passed}, has passed; since then none"
    amount, rests_on = _amount(entry.amount, entry.currency), counted(len(entry.evidence), "quote")
    days = (
        str(entry.window_from) if entry.window_from == entry.window_to else f"{entry.window_from} to {entry.window_to}"
    )
    console.print(Text(f"{amount}, {days} ({theirs}), on {rests_on}."))
    if entry.assumptions:
        console.print("\n[bold]Assumed, and known by nobody[/bold]")
        for assumption in entry.assumptions:
            console.print(Padding(Text(f"· {assumption}"), (0, 0, 0, 2)))


def _amount(amount: float | None, currency: str | None) -> str:
    return "no amount" if amount is None else f"{amount:,.0f} {currency or ''}".strip()


def _window(line: GatesLine) -> str:
    if line.window_from is None or line.window_to is None:
        return "—"
    days = str(line.window_from) if line.window_from == line.window_to else f"{line.window_from} to {line.window_to}"
    return f"{'' if line.window_by_the_buyer else '~'}{days}"


def _why(line: GatesLine) -> str:
    return f"{line.passed}; {line.task or line.because}"


def _cadence(cadence: CadenceShown) -> str:
    every = f"each owner is asked every {cadence.asked_every_days} days"
    return f"A {cadence.name} cadence: evidence is fresh for {cadence.fresh_days:g} days, {every}."
