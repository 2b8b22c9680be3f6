"""Trials as the terminal shows them."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from premortem.acts.buying.trials_overview import Compared, TrialsOverview
from premortem.acts.buying.trials_shown import CriterionShown, TrialsDocument, TrialShown


def show_trials(console: Console, document: TrialsDocument) -> None:
    """The trials of a deal, what is missing first."""
    console.print(f"\n[bold]Trials[/bold]: {document.name}", highlight=False)
    for one in document.blocked_by:
        console.print(f"  [red]blocked[/red] by an open problem that breaks trust, {one.problem}: {one.words}")
    if not document.trials:
        console.print("  No trial is planned. Begin with what it should lead to: --goal TEXT.")
        for question in document.before_it_starts:
            console.print(f"  before one starts: {question}")
    for trial in document.trials:
        _trial(console, trial)


def _trial(console: Console, one: TrialShown) -> None:
    console.print(f"\n  [bold]{one.id}[/bold] {one.state}: {one.goal or 'no goal'}", highlight=False)
    for number, criterion in enumerate(one.criteria, 1):
        console.print(f"    {number}. {_criterion(criterion)}", highlight=False, markup=False)
    hours = " and ".join(f"{told:g} h of {whose}" for told, whose in _hours(one) if told)
    read_out = f"{one.read_out} with {', '.join(one.read_out_with) or 'nobody yet'}" if one.read_out else None
    for what, told in (
        ("helper", one.helper),
        ("effort", hours or None),
        ("read-out", read_out),
        ("if it succeeds", one.next_step),
        ("began", one.began),
        ("began with something missing", one.override),
        ("ended", one.ended),
    ):
        if told:
            console.print(f"    {what}: {told}", highlight=False, markup=False)
    for week in one.weeks:
        console.print(f"    week of {week.began}: {week.words}", highlight=False, markup=False)
    for verdict in one.verdicts:
        console.print(f"    {verdict.person}: “{verdict.words}”", highlight=False, markup=False)
    for lack in one.missing:
        console.print(f"    missing: {lack.says}. {lack.ask}", highlight=False, markup=False, style="yellow")


def _hours(one: TrialShown) -> tuple[tuple[float | None, str], ...]:
    return (one.our_effort, "ours"), (one.their_effort, "theirs")


def _criterion(one: CriterionShown) -> str:
    judged = "" if one.met is None else " — met" if one.met else " — not met"
    agreed = f"agreed {one.agreed}" if one.agreed else "not agreed"
    return f"{one.measure}: {one.target} (judge {one.judge or 'nobody'}, by {one.by or 'no day'}, {agreed}){judged}"


def show_overview(console: Console, document: TrialsOverview) -> None:
    """The trials of all deals that go on, and the comparison."""
    console.print(f"\n[bold]Trials[/bold]: {len(document.going_on)} planned or running")
    if document.going_on:
        table = Table("deal", "trial", "state", "helper", "read-out", "", box=None, padding=(0, 2, 0, 0))
        for one in document.going_on:
            care = "began with something missing" if one.overridden else "" if one.supported else "not supported"
            late = " (past)" if one.late else ""
            table.add_row(
                one.deal, one.trial, one.state, one.helper or "nobody", f"{one.read_out or 'no day'}{late}", care
            )
        console.print(table)
    console.print(f"\n  won, of ended deals with supported trials:   {_compared(document.supported)}")
    console.print(f"  won, of ended deals with unsupported trials: {_compared(document.unsupported)}")
    console.print(f"  {document.says}")


def _compared(one: Compared) -> str:
    if one.share is None:
        return "none yet"
    few = "; few, so this says little" if one.few else ""
    return f"{one.won} of {one.of} ({one.share.value:.0%}, between {one.share.low:.0%} and {one.share.high:.0%}{few})"
