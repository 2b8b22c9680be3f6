"""The buyer's project as the terminal shows it."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from premortem.acts.buying.project import CellShown, ProjectDocument, StepShown
from premortem.cli.show_review import quote

WHOSE = {"buyer": "buyer alone", "joint": "joint", "ours": "ours"}


def show_project(console: Console, document: ProjectDocument) -> None:
    """The steps, what is said of it and what was heard, who agrees, what is missing."""
    console.print(Text(f"\nThe buyer's project: {document.name}", style="bold"))
    their_day = document.their_day.isoformat() if document.their_day else "not set by their own hand"
    console.print(f"Their day for deciding: {their_day}. Seen from {document.as_of}.")
    for why in document.mirrors:
        console.print(Text(f"! This plan looks like ours: {why}", style="bold yellow"))
    for full in document.overfull:
        console.print(Text(f"! {full}", style="bold yellow"))
    for step in document.tasks:
        _step(console, step)
    if not document.tasks:
        _template(console, document)
    heard = {one.part: one.evidence for one in document.heard}
    console.print("\n[bold]What it is about, in their words[/bold]")
    for said in document.shared.sayings:
        console.print(Text(f"  {said.called}: {said.words or 'nobody has said it in the plan'}"))
        for cited in heard.get(said.element, [])[:1]:
            console.print(Padding(quote(cited), (0, 0, 0, 4)))
    console.print("\n[bold]Who agrees on what[/bold]")
    for row in document.agreement:
        told = ", ".join(f"{cell.on} {_agrees(cell)}" for cell in row.cells)
        console.print(Text(f"  {row.name}: {told}"))
    if document.lacks:
        console.print("\n[bold]What the plan does not say yet[/bold]")
        for one in document.lacks:
            console.print(Text(f"  {one}"))


def _step(console: Console, step: StepShown) -> None:
    when = f"done {step.done}" if step.done else f"by {step.due}" if step.due else "no day"
    line = Text("  ✓ " if step.done else "  ! " if step.late else "    ")
    line.append(f"{when:<16}", style="dim")
    line.append(f"{WHOSE[step.whose]:<12}", style="dim")
    line.append(step.title)
    if step.owner_name:
        line.append(f" ({step.owner_name})")
    notes = ["the buyer's own day"] if step.due and step.due_set_by == "buyer" else []
    notes += [] if step.shared else ["the buyer does not see it"]
    line.append(f"  {step.id}" + "".join(f", {note}" for note in notes), style="dim")
    console.print(line)


def _template(console: Console, document: ProjectDocument) -> None:
    of = f"from {document.template_of} won deals of your own" if document.template_of else "a guess, for a beginning"
    console.print(f"No plan yet. --from-template would lay out these steps ({of}):")
    for one in document.template:
        had = f"  ({one.had} of {one.of} had it, {one.stuck} got stuck)" if one.had else ""
        console.print(Text(f"    day {one.days:>3}  {WHOSE[one.whose]:<12}{one.title}{had}"))


def _agrees(cell: CellShown) -> str:
    if not cell.told:
        return "not known"
    return "not sure" if cell.agrees is None else "yes" if cell.agrees else "no"
