"""Problems as the terminal shows them."""

from __future__ import annotations

import typer
from rich.console import Console

from premortem.acts.buying.deal_problems import DealProblems, ProblemShown
from premortem.acts.buying.problems_shown import ExposedShown, ProblemsDocument, RankedShown
from premortem.acts.buying.tracker import Heard


def show_problems(console: Console, document: ProblemsDocument) -> None:
    """All problems, those to mend first on top, each factor beside them."""
    unsolved = [one for one in document.problems if one.unsolved]
    console.print(f"\n[bold]Problems[/bold]: {len(unsolved)} open; that break trust: {document.breaking_trust}")
    if not document.problems:
        console.print("  None was entered. Enter one where it was met: premortem problem DEAL --words TEXT --met DAY.")
    for number, one in enumerate(unsolved, 1):
        _ranked(console, number, one)
    console.print(f"\n  waiting too long: {document.waiting_too_long}")
    console.print(f"  known to us before a buyer met them: {document.known}; shown to us by buyers: {document.unknown}")
    console.print(f"  days to an answer: {_days(document.days_to_answer)}; to closing: {_days(document.days_to_close)}")
    for told in document.assumptions:
        console.print(f"  [dim]{told}[/dim]")


def _ranked(console: Console, number: int, one: RankedShown) -> None:
    factors = one.factors
    told = "told" if factors.likelihood_told else "assumed"
    trust = ", breaks trust" if one.breaks_trust else ""
    console.print(f"\n  {number}. {one.words} ({one.id}{trust})", highlight=False, markup=False)
    console.print(
        f"     {factors.weight:.3f} = likely {factors.likelihood:.2f} ({told}) × trust {factors.damage:.2f} × "
        f"money {factors.money:.2f}; {'; '.join(map(_exposed, one.exposed)) or 'no open deal is exposed'}",
        highlight=False,
    )
    for known in one.deals:
        late = (
            f", {known.clock.late} days late" if known.clock and known.clock.late and not known.clock.answered else ""
        )
        day = f"met {known.met}" if known.met else f"told of {known.disclosed}" if known.disclosed else "not met"
        console.print(f"     {known.deal}: {known.state}, {day}{late}", highlight=False)


def _exposed(one: ExposedShown) -> str:
    without = f", {one.without_amount} without an amount" if one.without_amount else ""
    return f"{one.amount:,.0f} {one.currency or 'of no currency'} in {one.deals} deals{without}"


def _days(days: float | None) -> str:
    return "none yet" if days is None else f"{days:g} (median)"


def show_deal_problems(console: Console, document: DealProblems) -> None:
    """One deal's problems with their clocks."""
    console.print(f"\n[bold]Problems[/bold]: {document.name}", highlight=False)
    if not document.problems:
        console.print("  None was entered.")
    for one in document.problems:
        _problem(console, one)


def _problem(console: Console, one: ProblemShown) -> None:
    who = f" by {one.met_by}" if one.met_by else ""
    met = f"met {one.met}{who}, {one.moment}" if one.met else "not met"
    console.print(f"\n  {one.id} {one.state}: {one.words}", highlight=False, markup=False)
    told = [met, "breaks trust" if one.breaks_trust else "", f"ticket {one.ticket}" if one.ticket else ""]
    told.append(f"told beforehand {one.disclosed}; to try later: {one.area}" if one.disclosed else "")
    told.append(f"closed {one.closed} by {one.closed_by}" if one.closed else "")
    console.print(f"    {'; '.join(filter(None, told))}", highlight=False, markup=False)
    if one.clock and not one.clock.answered:
        late = f", {one.clock.late} days late" if one.clock.late else ""
        console.print(f"    an answer is due {one.clock.due}{late}", highlight=False)
    if one.ask:
        console.print(f"    ask: {one.ask}", highlight=False)


def show_heard(heard: Heard) -> None:
    """What came of a tracker's word."""
    typer.echo(
        f"{heard.bound} bound, {heard.answered} answered, {heard.opened} opened again, {heard.same} as they were."
    )
    for one in heard.not_understood:
        typer.echo(f"Left out: {one}.", err=True)
