"""A post-mortem and a buyer's interview as people read them in a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from premortem.acts.afterwards.interview import InterviewDocument
from premortem.acts.afterwards.post_mortem_shown import ActionShown, FactorShown, PostMortemDocument, ReplayFactor
from premortem.cli.show_review import quote
from premortem.cli.terminal import INK


def show_post_mortem(console: Console, document: PostMortemDocument) -> None:
    """The end, who takes part, three reasons side by side, factors with their actions, and what else could be seen."""
    deal = document.deal
    console.print(Text(f"{deal.name}", style="bold"), Text(f"{deal.account}, ended {document.ended_on or 'not yet'}"))
    console.print(Text(document.outcome_said))
    console.print(Text(_table(document), style="green" if document.joint else "dim"))
    console.print("\n[bold]Why, by whom[/bold]")
    for reason in document.reasons:
        console.print(Text(f"  {reason.whose}: {'; '.join(reason.said) or 'gave none'}"))
    for told in document.disagreements:
        console.print(Text(f"  {told}", style="yellow"))
    console.print("\n[bold]What contributed[/bold]")
    for factor in document.factors:
        _factor(console, factor)
    if not document.factors:
        console.print("  Nobody has named anything yet: --wish TEXT, or --tick CHECK.")
    for action in document.actions:
        _action(console, action)
    _further(console, document)


def _table(document: PostMortemDocument) -> str:
    here = "; ".join(f"{one.team}: {', '.join(one.people)}" for one in document.teams) or "nobody has taken part yet"
    if document.joint:
        return f"A joint post-mortem ({here})."
    return f"Not joint yet; still to take part: {' and '.join(document.missing)} ({here})."


def _factor(console: Console, factor: FactorShown) -> None:
    line = Text(f"  {factor.id}  ", style="dim")
    line.append(factor.finding.says if factor.finding else factor.words, style="default")
    line.append(f"  named by {', '.join(factor.teams)}", style="dim")
    console.print(line)
    for one in factor.wording:
        console.print(Text(f"      ‘{one.words}’: {one.why} Rather write {one.instead}", style="yellow"))
    for cited in factor.finding.evidence[:1] if factor.finding else ():
        console.print(Padding(quote(cited), (0, 0, 0, 6)))
    for action in factor.actions:
        _action(console, action)
    if not factor.actions:
        console.print(
            Text("      nothing follows from it yet: conclude --action TEXT --about " + factor.id, style="dim")
        )


def _action(console: Console, action: ActionShown) -> None:
    state = f"done {action.done}" if action.done else f"due {action.due}{', late' if action.late else ''}"
    console.print(Text(f"      → {action.id}  {action.words} ({action.owner or 'nobody'}, {state})"))
    for one in action.recurred:
        again = "It happened again" if one.again else "It has not happened again"
        console.print(Text(f"        {one.on}: {again}. {one.words}"))
    if action.ask:
        console.print(
            Text("        Did it happen again? conclude --recurred yes|no --about " + action.id, style="yellow")
        )


def _further(console: Console, document: PostMortemDocument) -> None:
    left = [one for one in document.offered if not one.named_by]
    if left:
        console.print("\n[bold]What else could be seen before the end[/bold]")
    for one in left:
        console.print(_line(one))
    for failure in document.failed:
        console.print(Text(f"Broken: {failure}", style="red"))


def _line(one: ReplayFactor) -> Text:
    line = Text(f"  {one.check.replace('_', ' ')}", style=INK[one.severity])
    since = f"since {one.visible_on}" if one.visible_on else "since when is not known"
    line.append(f"  {one.says} ({since}, {one.days_blind} days blind)", style="default")
    return line


def show_interview(console: Console, document: InterviewDocument) -> None:
    """The guide: each question with its key and why it is asked."""
    console.print(Text(f"{document.deal.name}: what to ask the buyer", style="bold"))
    console.print(Text(document.outcome_said))
    for number, one in enumerate(document.questions, 1):
        console.print(Text(f"\n{number}. {one.question}"))
        console.print(Text(f"   {one.key}: {'; '.join(one.why)}", style="dim"))
    met = ", ".join(one.name for one in document.buyers if one.met) or "nobody whom we met"
    console.print(Text(f"\nWhom to ask: {met}. Take answers in with --with NAME --answer KEY=TEXT.", style="dim"))
