"""What was heard, as people read it: touch by touch, each fact with its quote."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from premortem.acts.bringing_in.read import FactShown, PersonShown, ReadDocument, TouchShown


def show_read(console: Console, document: ReadDocument) -> None:
    """People, then each touch with its measures and facts, then what was left out."""
    console.print(Text(f"\n{document.name}", style="bold"))
    show_people(console, document.people)
    for touch in document.touches:
        _touch(console, touch, [fact for fact in document.facts if fact.touch == touch.touch])
    for remark in document.remarks:
        console.print(Text(f"Note: {remark}", style="yellow"))
    for left in document.left_out:
        console.print(Text(f"Left out: {left.why}", style="red"))


def show_people(console: Console, people: list[PersonShown]) -> None:
    if not people:
        console.print("[dim]Nobody is known here yet.[/dim]")
        return
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for column in ("who", "title", "side", "roles", "met", "id"):
        table.add_column(column)
    for one in people:
        met = "—" if one.side == "seller" else one.met or "not met"
        name = one.name or "(no name yet)"
        if one.unsure:
            name += f" (perhaps {' or '.join(one.unsure)})"
        roles = ", ".join(role.replace("_", " ") for role in one.roles)
        table.add_row(name, one.title or "", one.side, roles, met, one.id)
    console.print(Padding(table, (0, 0, 0, 2)))


def _touch(console: Console, touch: TouchShown, facts: list[FactShown]) -> None:
    console.print(Text(f"\n{touch.touch}", style="bold"), Text(f"{touch.kind}, {touch.at[:10]}", style="dim"))
    measures = touch.measures
    if measures is not None:
        shares = ", ".join(f"{v.speaker} {v.share:.0%} ({v.questions} questions)" for v in measures.voices)
        console.print(Padding(Text(f"{shares}; by {measures.by}", style="dim"), (0, 0, 0, 2)))
        if measures.silent:
            console.print(Padding(Text("never spoke: " + ", ".join(measures.silent), style="yellow"), (0, 0, 0, 2)))
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    for fact in facts:
        about = " ".join(part for part in (fact.person, f"[{fact.value}]" if fact.value else None) if part)
        quote = Text(f"“{' '.join(fact.quote.split())}”")
        quote.append(f"  {fact.speaker or 'somebody'}", style="dim")
        table.add_row(fact.claim.replace("_", " "), Text(about, style="cyan"), quote, f"{fact.confidence:.0%}")
    console.print(Padding(table, (0, 0, 0, 2)))
