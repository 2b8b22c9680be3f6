"""The way back of one deal as the terminal shows it."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from premortem.acts.afterwards.comeback_shown import (
    AdvocateShown,
    ChanceShown,
    ComebackDocument,
    ReasonShown,
    StepShown,
)
from premortem.cli.show_review import quote

INK = {"late": "bold yellow", "unanswered": "bold yellow", "silence": "bold red"}
ALARMS = 3
"""Alarms that are told in full; the steps below show their days."""
SIGN = {"for": "+", "against": "-", "neither": "·", "unknown": "?"}


def show_comeback(console: Console, document: ComebackDocument) -> None:
    """Alarms, what to do next, how likely a return is, who leans our way."""
    console.print(Text(f"\n{document.name}", style="bold"))
    rank = f", we finished in place {document.rank}" if document.rank else ""
    to = f" ({document.to})" if document.to else ""
    console.print(f"{document.status.capitalize()}{to} on {document.ended_on}{rank}. Seen from {document.as_of}.")
    if document.returned_on:
        console.print(Text(f"They came back on {document.returned_on}.", style="green"))
    if document.called_us_on:
        console.print(f"Since then they were first heard on {document.called_us_on}.")
    for alarm in document.alarms[:ALARMS]:
        console.print(Text(f"! {alarm.says}", style=INK[alarm.kind]))
    if len(document.alarms) > ALARMS:
        console.print(Text(f"! and {len(document.alarms) - ALARMS} more that are late", style=INK["late"]))
    console.print("\n[bold]What to do[/bold]")
    for step in document.steps:
        _step(console, step, step.id == document.next)
    if document.chance is not None:
        console.print(Text(f"\nA return is {_likely(document.chance.likely)}{_by(document.chance)}", style="bold"))
        for reason in document.chance.reasons:
            _reason(console, reason)
        console.print(Text(f"  Worth: {document.chance.effort}. {document.chance.spent}."))
    _advocates(console, document.advocates)
    console.print()
    for one in document.settings:
        console.print(Text(f"{one.name.replace('_', ' ')}: {one.days:g} ({one.source})", style="dim"))


def _by(chance: ChanceShown) -> str:
    """On how much that rests."""
    return f", by {chance.known} of {len(chance.reasons)} reasons that are known" if chance.known else ""


def _likely(likely: str) -> str:
    return {"unknown": "as likely as anybody's guess: nobody asked", "open": "open: reasons on both sides"}.get(
        likely, likely
    )


def _step(console: Console, step: StepShown, following: bool) -> None:
    line = Text("  → " if following else "    ", style="bold")
    line.append(f"{_when(step):<22}", style="dim")
    line.append(f"{step.id}: ", style="bold" if following else "")
    line.append(step.says + (f" ({', '.join(step.of)})" if step.of else ""))
    console.print(line)
    console.print(Padding(Text(f"so that: {step.use}", style="dim"), (0, 0, 0, 26)))
    for told in step.lines:
        console.print(Padding(Text(f"“{told}”"), (0, 0, 0, 26)))


def _when(step: StepShown) -> str:
    if step.state == "planned":
        return f"by {step.planned_for}"
    return f"{step.state} {step.ended_on or step.asked_on or ''}".strip()


def _reason(console: Console, reason: ReasonShown) -> None:
    console.print(Text(f"  {SIGN[reason.speaks]} {reason.says}"))
    for cited in reason.evidence[-1:]:
        console.print(Padding(quote(cited), (0, 0, 0, 4)))
    if reason.ask:
        console.print(Padding(Text(f"ask: {reason.ask}", style="bold"), (0, 0, 0, 4)))


def _advocates(console: Console, advocates: list[AdvocateShown]) -> None:
    console.print("\n[bold]Who leans our way[/bold]")
    if not advocates:
        console.print("  Nobody has shown a reason of their own, or that they want us.")
    for one in advocates:
        last = f", last heard {one.last_heard}" if one.last_heard else ""
        console.print(Text(f"  {one.name}: {one.met} of {one.of} conditions of a coach{last}"))
        for condition in one.conditions:
            if not condition.met and condition.ask is not None:
                console.print(Padding(Text(f"{condition.name}? {condition.ask.question}", style="dim"), (0, 0, 0, 4)))
