"""The record of each method as people read it: on past days (backtest), or as it was written down (track)."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from premortem.acts.forecasts.backtest import BacktestDocument
from premortem.acts.forecasts.forecast_record import ForecastRecord, RecordShown
from premortem.acts.forecasts.forecast_shown import CATEGORY
from premortem.forecasting.track_record import ENOUGH_DEALS, PeriodError
from premortem.ledger.saying import counted

LEGEND = (
    "Brier and log loss: lower is better; each deal weighs one. 'Said' is the mean chance, 'came' the share won, with "
    "its 90% interval. Sums: above 0% it promised too much."
)


def show_backtest(console: Console, document: BacktestDocument) -> None:
    """Every method on the same days and deals."""
    days = f"{counted(len(document.days), 'day')}, {document.first} to {document.last}, one each {document.every}"
    console.print(Text(f"{days}: who wins within {counted(document.weeks, 'week')}?", style="bold"))
    for said in document.says:
        console.print(Text(said))
    _records(console, document.methods)
    silent = [one for one in document.methods if one.waiting]
    for one in silent:
        what = "call" if one.name == "rep" else "number"
        console.print(
            Text(f"{one.called}: no {what} in {counted(one.waiting, 'case')}, a deal on a day each.", style="dim")
        )


def show_track(console: Console, document: ForecastRecord) -> None:
    """The forecasts that were written down, held against the end."""
    console.print(Text(f"Forecasts written down, held against what came by {document.day}", style="bold"))
    if not document.methods:
        console.print("None was written down yet: premortem forecast --record writes down today's.")
        return
    _records(console, document.methods)
    for title, records in (("Reps' own calls", document.reps), ("Teams' own calls", document.teams)):
        if records:
            console.print(f"\n[bold]{title}[/bold]")
            _records(console, records, legend=False)
    if document.categories:
        console.print("\n[bold]Categories[/bold]")
        for one in document.categories:
            won = one.won
            share = f"{won.value:.0%} of {counted(won.of, 'deal')} won ({won.low * 100:.0f}–{won.high * 100:.0f})"
            console.print(Padding(Text(f"{CATEGORY[one.category]}, by {one.method}: {share}"), (0, 0, 0, 2)))
    waiting = sum(one.waiting for one in document.methods)
    if waiting:
        console.print(Text(f"\n{counted(waiting, 'forecast')} not due yet.", style="dim"))


def _records(console: Console, records: Sequence[RecordShown], legend: bool = True) -> None:
    known = [(one, one.record) for one in records if one.record is not None]
    if not known:
        console.print("No number has come due yet.")
        return
    beside = any(one.base_brier is not None for one, _ in known)
    columns = ("", "deals", "Brier", *(("base rate's",) if beside else ()), "log loss", "calibration", "said", "came")
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for column in columns:
        table.add_column(column, justify="left" if not column else "right", no_wrap=True)
    for one, record in known:
        base = [f"{one.base_brier:.3f}" if one.base_brier is not None else "—"] if beside else []
        figures = (f"{record.brier:.3f}", *base, f"{record.log_loss:.3f}", f"{record.calibration_error:.3f}")
        came = f"{record.came:.0%} ({record.came_low * 100:.0f}–{record.came_high * 100:.0f})"
        name = one.called + ("" if one.enough else " (few)")
        table.add_row(name, str(record.deals), *figures, f"{record.promised:.0%}", came)
    console.print()
    console.print(table)
    for one, record in known:
        for total in record.totals:
            _sums(console, one.called, total)
    if legend:
        few = any(not one.enough for one, _ in known)
        console.print(Text(LEGEND + (f" Few: under {ENOUGH_DEALS} deals, mostly luck." if few else ""), style="dim"))


def _sums(console: Console, called: str, total: PeriodError) -> None:
    """Currency by currency: sums are never added over them."""
    if total.mape is None or total.bias is None:
        return
    held = total.periods - total.without
    off = f"off by {total.mape:.0%} of what came, {total.bias:+.0%} on average ({counted(held, 'period')})"
    console.print(Padding(Text(f"sums in {total.currency}, {called}: {off}", style="dim"), (0, 0, 0, 2)))
