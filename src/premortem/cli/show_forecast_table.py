"""What a table says, for a terminal: found, left out, how well it predicts, and the open deals."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from premortem.acts.forecasts.forecast_table import OpenDeal, Share, TableForecast

SHOWN = 15
"""Open deals in the terminal; --json and --html have them all."""


def show_forecast_table(console: Console, document: TableForecast) -> None:
    """From what was found to what follows from it."""
    console.print(Text(document.file, style="bold"))
    console.print(Text(found_in_words(document), style="dim"))
    _lines(console, "Base rate", [("", base_rate_in_words(document.base_rate))])
    _lines(
        console,
        "Leaks: known only after the end, and not learned from",
        [(one.column, one.reason) for one in document.leaks],
    )
    _lines(console, "Learned from", [("", ", ".join(document.used) or "no column")])
    _lines(console, "Not learned from", [(one.column, one.reason) for one in document.not_used])
    _lines(console, "How well it predicts", [*trial_in_words(document)])
    style = "green" if document.signal else "yellow"
    console.print(Text(f"\n{verdict_in_words(document)}", style=style))
    if document.forecasts:
        _deals(console, document)


def found_in_words(document: TableForecast) -> str:
    """How the file was read, which column tells the outcome, and how many ended how."""
    told = document.outcome
    ends = f"won: {', '.join(told.won)}; lost: {', '.join(told.lost)}"
    still = f"; still open: {', '.join(value or '(empty)' for value in told.open)}" if told.open else ""
    dates = f" Began: '{document.start}'." if document.start else " No column says when a deal began."
    ended = f" Ended: '{document.end}'." if document.end else ""
    since = f" Learned from deals since {document.learned_since}: before, the share won was another altogether."
    return (
        f"{document.rows:,} rows ({document.encoding}, parted by {document.delimiter}): {document.won:,} won, "
        f"{document.lost:,} lost, {document.open:,} open. Outcome: '{told.column}' ({ends}{still}).{dates}{ended}"
        + (since if document.learned_since else "")
    )


def base_rate_in_words(share: Share) -> str:
    """The share won, its interval, and of how many."""
    return f"{share.value:.1%} were won ({share.low:.1%} to {share.high:.1%}, of {share.of:,} that ended)"


def trial_in_words(document: TableForecast) -> list[tuple[str, str]]:
    """The figures on deals held back, each beside the base rate's; nothing where none could be tried."""
    if document.split is None or document.brier is None or document.log_loss is None:
        return []
    by = "a split in time" if document.split == "time" else "a split by group"
    found = [
        (by, f"{document.split_says}; {document.predicted:,} deals predicted"),
        ("Brier", f"{document.brier:.3f} (base rate {document.base_rate_brier:.3f}; lower is better)"),
        ("log loss", f"{document.log_loss:.3f} (base rate {document.base_rate_log_loss:.3f})"),
    ]
    if document.auc is not None:
        found.append(("AUC", f"{document.auc:.3f} (.5 is chance)"))
    return [*found, ("calibration error", f"{document.calibration_error:.3f}")]


def verdict_in_words(document: TableForecast) -> str:
    """Whether single deals get a chance of their own, and why."""
    why = document.why[:1].upper() + document.why[1:]
    return why + ("." if document.signal else ". No chance is given for a single deal: go by the base rate.")


def chance_in_words(one: OpenDeal) -> str:
    """A deal's chance and its interval."""
    return f"{one.won:.0%} ({one.low:.0%} to {one.high:.0%})"


def reasons_in_words(one: OpenDeal) -> str:
    """What moves the deal most, up or down."""
    return "; ".join(f"{'+' if why.log_odds > 0 else '−'} {why.column}: {why.value}" for why in one.reasons)


def _lines(console: Console, title: str, rows: list[tuple[str, str]]) -> None:
    if not rows:
        return
    console.print(f"\n[bold]{title}[/bold]")
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for name, told in rows:
        table.add_row(*([Text(name)] if name else []), Text(told))
    console.print(Padding(table, (0, 0, 0, 2)))


def _deals(console: Console, document: TableForecast) -> None:
    ranked = sorted(document.forecasts, key=lambda one: -one.won)
    console.print(f"\n[bold]Open deals[/bold] ({len(ranked):,}, the likeliest first)")
    table = Table(box=None, padding=(0, 2, 0, 0))
    for heading in ("deal", "chance, 9 of 10 times between", "what moves it"):
        table.add_column(heading)
    for one in ranked[:SHOWN]:
        table.add_row(Text(one.id or f"line {one.line}"), Text(chance_in_words(one)), Text(reasons_in_words(one)))
    console.print(Padding(table, (0, 0, 0, 2)))
    if len(ranked) > SHOWN:
        console.print(Text(f"  and {len(ranked) - SHOWN:,} more: --json or --html has them all", style="dim"))
