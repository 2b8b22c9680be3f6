"""The forecast of all open deals as people read it: its base, the period's total, each deal, what would move it."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, log10

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from premortem.acts.forecasts.forecast_shown import (
    CATEGORY,
    DealNumbers,
    ForecastDocument,
    MethodShown,
    TotalShown,
    WouldChange,
)
from premortem.acts.forecasts.record_forecasts import Recorded
from premortem.ledger.entries import Forecast
from premortem.ledger.saying import counted

INK = {"commit": "bold green", "best_case": "green", "pipeline": "yellow", "not_on_forecast": "dim"}

FEW = 3
"""Deals below which a table of weeks tells no more than the line above it."""


def show_forecast(console: Console, document: ForecastDocument) -> None:
    """All open deals, by the end of a day."""
    head = f"{counted(document.open, 'open deal')}, from {document.day} to {document.by}"
    console.print(Text(head, style="bold"))
    for said in document.rests.says:
        console.print(Text(said))
    if not document.open:
        return
    for total in document.totals:
        _total(console, document, total)
    _deals(console, document)
    _would_change(console, document.would_change_most)
    _changed(console, document)
    _slipped(console, document)
    together = f"Deals are taken to be won together with a correlation of {document.rests.correlation:g}"
    console.print(Text(f"\n{together} ({document.rests.correlation_source}).", style="dim"))


def _total(console: Console, document: ForecastDocument, total: TotalShown) -> None:
    console.print()
    held = f"{money(total.open_amount, total.currency)} open in {counted(total.deals, 'deal')} on the forecast"
    left = f"; {money(total.left_out, total.currency)} is not on it" if total.left_out else ""
    console.print(Text.assemble((f"{total.currency}: ", "bold"), f"{held}{left}."))
    body: list[str] = []
    if total.without_amount:
        body.append(f"{counted(total.without_amount, 'deal')} of these without an amount: counted as nothing.")
    if (end := total.end) is not None:
        half = f"half of the time {about(end.half_low)} to {about(end.half_high)}"
        middle = half if end.half_high else "most of the time nothing"
        sure = f"nine times in ten {about(end.low)} to {about(end.high)}"
        body.append(f"By {document.by}: {about(end.expected)} {total.currency} on average; {middle}, {sure}.")
    body.append(_backed(total))
    for line in body:
        console.print(Padding(Text(line), (0, 0, 0, 2)))
    if total.fan and total.deals >= FEW:
        console.print(Padding(_fan(total), (0, 0, 0, 2)))
    console.print(Padding(Text(_at_stake(total), style="dim"), (0, 0, 0, 2)))


def _backed(total: TotalShown) -> str:
    backed, whole = about(total.rests_on_evidence), money(total.open_amount, total.currency)
    told = f"By gates passed, {backed} {total.currency} of {whole} rests on evidence; that is no forecast."
    if total.wanted is None or total.coverage is None:
        return told
    return f"{told} It is {total.coverage:.1f} times the {money(total.wanted, total.currency)} wanted."


def _fan(total: TotalShown) -> Table:
    """At most six of the weeks: a line for each would hide the shape."""
    step = max(1, -(-len(total.fan) // 6))
    weeks = total.fan[::-1][::step][::-1]
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for column in ("won by", "average", "1 in 20 below", "middle", "1 in 20 above"):
        table.add_column(column, justify="left" if column == "won by" else "right", no_wrap=True)
    for week in weeks:
        table.add_row(week.on.isoformat(), *map(about, (week.expected, week.low, week.middle, week.high)))
    return table


def _at_stake(total: TotalShown) -> str:
    told = [
        f"{one.called} {about(one.expected)}" + (f" (on {one.deals} of {one.of} deals)" if one.deals < one.of else "")
        for one in total.at_stake
        if one.expected is not None
    ]
    return f"Expected by each method: {'; '.join(told)}." if told else "No method gives a sum."


def _deals(console: Console, document: ForecastDocument) -> None:
    numbered = any(deal.stands for deal in document.deals)
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", expand=True)
    table.add_column("category", no_wrap=True)
    table.add_column("deal", no_wrap=True)
    table.add_column("name", no_wrap=True, overflow="ellipsis", ratio=1)
    table.add_column("amount", justify="right", no_wrap=True)
    table.add_column("gates", justify="right", no_wrap=True)
    if numbered:
        table.add_column("won by then", justify="right", no_wrap=True)
    table.add_column("rep", justify="right", no_wrap=True)
    table.add_column("stage*", justify="right", no_wrap=True)
    for deal in document.deals:
        category = Text(CATEGORY[deal.category], style=INK[deal.category])
        gates = f"{deal.gates_passed} of {deal.gates_passed + deal.gates_failed + deal.gates_unknown}"
        won = [_won(deal)] if numbered else []
        rep, stage = (_percent(_of(deal, method)) for method in ("rep", "stage"))
        amount = money(deal.amount, deal.currency)
        table.add_row(category, deal.id, Text(deal.name), amount, gates, *won, rep, stage)
    console.print()
    console.print(table)
    says = "* won ever, of those that ended after this stage: no evidence of this deal, and in none of our numbers."
    console.print(Text(says, "dim"))


def _of(deal: DealNumbers, method: str) -> MethodShown:
    return next(one for one in deal.methods if one.method == method)


def _won(deal: DealNumbers) -> str:
    if deal.stands is None:
        return "—"
    told = _of(deal, deal.stands)
    return f"{_percent(told)} ({interval(told)})" if told.low is not None else _percent(told)


def _percent(one: MethodShown) -> str:
    return f"{one.won:.0%}" if one.won is not None else "—"


def interval(one: MethodShown) -> str:
    """'25–57'."""
    return f"{one.low * 100:.0f}–{one.high * 100:.0f}" if one.low is not None and one.high is not None else ""


def _would_change(console: Console, found: Sequence[WouldChange]) -> None:
    if not found:
        return
    console.print("\n[bold]What would change it most[/bold]")
    for one in found:
        console.print(Padding(Text(f"{one.deal} {one.name}, {money(one.amount, one.currency)}"), (0, 0, 0, 2)))
        console.print(Padding(Text(move_told(one)), (0, 0, 0, 4)))
        if one.ask:
            console.print(Padding(Text(f"Ask {one.to}: {one.ask}" if one.to else one.ask, style="cyan"), (0, 0, 0, 4)))


def move_told(one: WouldChange) -> str:
    """'there is a budget: nobody knows. If so, best case; if not, not on the forecast.'"""
    so, no = (CATEGORY[name] if name != one.now else f"still {CATEGORY[name]}" for name in (one.if_so, one.if_not))
    return f"Not known: {one.unknown}. If it is so: {so}; if not: {no}."


def _changed(console: Console, document: ForecastDocument) -> None:
    if not document.changed:
        return
    console.print("\n[bold]Changed within a week[/bold]")
    for one in document.changed:
        by = f" ({', '.join(one.touches)})" if one.touches else " (no touch: time alone)"
        told = f"{one.deal} {one.name}: {CATEGORY[one.before]} → {CATEGORY[one.now]}{by}"
        console.print(Padding(Text(told), (0, 0, 0, 2)))


def _slipped(console: Console, document: ForecastDocument) -> None:
    slipped = document.slipped
    if slipped.times:
        told = (
            f"Slipped: in {counted(slipped.deals, 'deal')} our close was moved later, {counted(slipped.times, 'time')}."
        )
        console.print(Text(f"\n{told}"))
    if slipped.unchanged:
        still = f"Nothing in the row changed for {slipped.unchanged_for_days} days or more: "
        console.print(Text(still + ", ".join(slipped.unchanged) + "."))


def show_recorded(console: Console, done: Recorded) -> None:
    """What was written down."""
    told = f"{counted(done.written, 'forecast')} of {counted(done.deals, 'open deal')} written down, by {done.by}."
    again = f" {done.before} were written today already." if done.before else ""
    console.print(Text(told + again + " They are held against the end: premortem forecast --track."))


def show_call(console: Console, said: Forecast) -> None:
    """A call that was entered."""
    won = f"{said.won:.0%} to be won" if said.won is not None else ""
    category = CATEGORY[said.category] if said.category else ""
    console.print(Text(f"Entered: {', '.join(one for one in (won, category) if one)}, by {said.by}."))


def about(amount: float) -> str:
    """An amount that nobody knows to the penny: two digits tell all there is."""
    if not amount:
        return "0"
    step = 10 ** max(0, floor(log10(abs(amount))) - 1)
    return f"{round(amount / step) * step:,.0f}"


def money(amount: float | None, currency: str | None) -> str:
    """'74,000 GBP'."""
    return "no amount" if amount is None else f"{amount:,.0f} {currency or ''}".strip()
