"""A replay as people read it: the deal's touches in turn, then the life of each finding."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from premortem.acts.afterwards.replay import LifeShown, ReplayDocument, StepShown, WaivedShown
from premortem.cli.show_review import quote, show_head
from premortem.cli.terminal import INK


def show_replay(console: Console, document: ReplayDocument) -> None:
    show_head(console, document.deal, document.as_of)
    if not document.steps:
        console.print("\nThere is no call, mail or note in this deal, so there is nothing to replay.")
        return
    for step in document.steps:
        _step(console, step)
    _lives(console, document)
    _factors(console, document)
    for one in document.waived:
        console.print(Text(f"\n{one.on}  {_waived(one)}: {one.because}", style="dim"))
    for failure in document.failed:
        console.print(Text(f"Broken: {failure}", style="red"))


def _step(console: Console, step: StepShown) -> None:
    console.print(Text(f"\n{step.on}  {step.touch}", style="bold"))
    for finding in step.appeared:
        line = Text("  + ", style=INK[finding.severity])
        line.append(finding.check.replace("_", " "), style=INK[finding.severity])
        line.append(f"  {finding.says}")
        console.print(line)
        for cited in [cited for cited in finding.evidence if cited.touch == step.touch][:1]:
            console.print(Padding(quote(cited), (0, 0, 0, 4)))
    for change in step.changed:
        told = f"  ~ {change.check.replace('_', ' ')}: {change.before} before, {change.after} now"
        console.print(Text(told, style=INK[change.after]))
    for check in step.cured:
        console.print(Text(f"  - {check.replace('_', ' ')} no longer stands", style="green"))
    if not (step.appeared or step.changed or step.cured):
        console.print("[dim]  nothing new[/dim]")


def _waived(one: WaivedShown) -> str:
    """'gone quiet was set aside until 2026-03-01'."""
    check = one.check.replace("_", " ")
    if one.taken_back:
        return f"{check} was taken up again"
    return f"{check} was set aside" + (f" until {one.until}" if one.until else "")


def _lives(console: Console, document: ReplayDocument) -> None:
    lives = document.lives
    if not lives:
        console.print("\n[green]No check found anything at any touch.[/green]")
        return
    console.print("\n[bold]When could it be seen, and what was done[/bold]")
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for column in ("finding", "could be seen", "somebody acted", "after"):
        table.add_column(column, no_wrap=column in ("could be seen", "after"))
    for life in lives:
        acted = f"{life.acted_on}: {life.acted_how}" if life.acted_on else "nobody"
        days = f"{life.days_to_act} days" if life.days_to_act is not None else "—"
        cured = f" (until {life.cured_after})" if life.cured_after else ""
        check = Text(life.finding.check.replace("_", " ") + cured, style=INK[life.finding.severity])
        table.add_row(check, life.visible_on, Text(acted, style="" if life.acted_on else "red"), days)
    console.print(Padding(table, (0, 0, 0, 2)))
    last = next((life.last_useful for life in lives if life.last_useful), None)
    if last is not None:
        console.print(Text(f"  {_last_useful(document, lives, last)}", style="dim"))


def _last_useful(document: ReplayDocument, lives: list[LifeShown], last: str) -> str:
    told = (
        f"The deal ended on {document.ended_on}. Settling a finding takes {document.days_to_turn:.0f} days "
        f"({document.days_to_turn_source}), so what was acted on by {last} could have changed the end."
    )
    late = [life.finding.check.replace("_", " ") for life in lives if life.seen_too_late]
    return told + (f" Seen only after that: {', '.join(late)}." if late else "")


def _factors(console: Console, document: ReplayDocument) -> None:
    """The first three; the others are in the table above."""
    if not document.factors:
        return
    console.print("\n[bold]What most probably lost it[/bold]")
    for number, one in enumerate(document.factors[:3], 1):
        line = Text(f"  {number}. {one.finding.check.replace('_', ' ')}", style=INK[one.finding.severity])
        line.append(f"  {one.finding.says}", style="default")
        console.print(line)
        if one.visible_on:
            acted = f"somebody acted on {one.acted_on}" if one.acted_on else "nobody acted"
            console.print(Text(f"     could be seen since {one.visible_on}; {acted}", style="dim"))
