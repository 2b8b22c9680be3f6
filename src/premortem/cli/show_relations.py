"""Rapport and relations, what is open about a customer, and the month's sample, as the terminal shows them."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from premortem.acts.buying.relations import ClimbShown, LunchShown, RelationsDocument, TieShown
from premortem.acts.buying.sample import AnswersShown, SampleDocument
from premortem.acts.buying.visibility import MatterShown, VisibilityDocument
from premortem.cli.show_content import quoted

INK = {"overdue": "bold red", "due soon": "bold yellow", "settled": "dim"}


def show_relations(console: Console, document: RelationsDocument) -> None:
    """The bonds, the ties, the ladder, and the lunches."""
    console.print(Text(f"\nHow we stand with {document.name}", style="bold"))
    for bond in document.bonds:
        console.print(Text(f"  {bond.kind}: {'there' if bond.there else f'missing, {bond.missing}'}"))
        for cited in (*bond.evidence[:2], *bond.doubts):
            console.print(Text("    " + quoted(cited), style="dim"))
        if bond.ask:
            console.print(Text("    Ask: " + bond.ask))
    if document.alone:
        console.print("  Liking without fit carries nothing.")
    console.print("\n[bold]Deciders, and who of ours knows them[/bold]")
    for tie in document.ties:
        console.print(Text("  " + _tie(tie)))
    if not document.ties:
        console.print("  Nobody is known to decide: ask whose signature is the last one on it.")
    console.print("\n[bold]What each of them did[/bold]")
    for climb in document.ladder:
        _climb(console, climb)
    console.print("\n[bold]Lunch at their office[/bold]")
    for line in document.play if not document.lunches else ():
        console.print(Text("  " + line))
    for lunch in document.lunches:
        console.print(Text("  " + _lunch(lunch)))
    elsewhere = f"  Elsewhere: {document.met_elsewhere} new people in {document.touches_elsewhere} touches with them."
    console.print(Text(elsewhere))


def _tie(one: TieShown) -> str:
    if one.ours is None:
        return f"{one.decider}: nobody of ours has had a talk with them"
    return f"{one.decider}: {one.ours}, {one.talks} talks, last on {one.last}, {one.days} days ago"


def _climb(console: Console, one: ClimbShown) -> None:
    console.print(Text(f"  {one.person}: {one.rung or 'nothing yet'} ({one.highest} of 4)"))
    for step in one.steps:
        shown = "; ".join([*map(quoted, step.quotes[:2]), *step.touches[:3]])
        plan = f"{step.steps} steps of the plan" if step.steps else ""
        console.print(Text(f"    {step.rung}: {'; '.join(part for part in (shown, plan) if part)}", style="dim"))
    for cited in one.promised:
        console.print(Text(f"    promised, not made yet: {quoted(cited)}", style="dim"))


def _lunch(one: LunchShown) -> str:
    if one.held is None:
        return f"{one.id}: planned for {one.due}, {one.owner}"
    if one.met is None:
        return f"{one.id}: held on {one.held}; no call or note of that day is in the ledger, so nobody can count"
    return f"{one.id}: held on {one.held}, {len(one.met)} new people: {', '.join(one.met) or 'none'}"


def show_unknowns(console: Console, document: VisibilityDocument) -> None:
    """What is known and from whom, what is open, and what nobody is to find out."""
    console.print(Text(f"\nWhat we see of {document.name}", style="bold"))
    for subject in document.subjects:
        console.print(Text(f"  {subject.what}"))
        for cited in subject.quotes[:2]:
            console.print(Text("    " + quoted(cited), style="dim"))
        if not subject.quotes:
            console.print(Text("    not known. Ask: " + subject.question))
        elif subject.one_voice:
            console.print(Text(f"    All of it is {subject.people[0]}'s word alone: ask somebody else too."))
    console.print(Text(f"\nOpen matters: {document.overdue} overdue", style="bold"))
    for one in document.matters:
        console.print(Text("  " + _matter(one), style=INK.get(one.standing, "")))
    if not document.matters:
        console.print("  None: --ask TEXT --way TEXT --due DAY makes one.")
    for gap in document.gaps:
        console.print(Text(f"  nobody is to find out: {gap.what}. Ask: {gap.question}"))


def _matter(one: MatterShown) -> str:
    kind = "assumed" if one.type == "assumption" else "to find out"
    if one.settled:
        return f"{one.id} settled {one.settled}: {one.words} → {one.answer or 'held'}"
    late = f", {one.late} days overdue" if one.late else ""
    lacks = f"; lacks {', '.join(one.lacks)}" if one.lacks else ""
    return f"{one.id} {kind}: {one.words} ({one.owner}, {one.way}, by {one.due}{late}{lacks})"


def show_sample(console: Console, document: SampleDocument) -> None:
    """Whom to ask, and the answers side by side."""
    console.print(f"\n[bold]To ask in {document.month}[/bold]: {document.drawn} of {document.of} contacts, by lot")
    if not document.of:
        console.print("There is no contact yet whom we met in an open deal.")
        return
    console.print(Text(document.question))
    for one in document.asked:
        said = f"{one.how}: {one.words}" if one.how else "not asked yet"
        console.print(Text(f"  {one.person} ({one.deal}): {said}"))
    console.print(Text(f"Answers: {_tally(document.answers)}. The month before: {_tally(document.before)}."))


def _tally(told: list[AnswersShown]) -> str:
    return ", ".join(f"{one.number} {one.how}" for one in told) or "none"
