"""The sheet for the next meeting as the terminal shows it."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from premortem.acts.looking.prepare import CoachShown, ConditionShown, PrepareDocument, WhoShown
from premortem.acts.looking.review import UnknownShown
from premortem.acts.witness import Cited
from premortem.cli.show_review import show_ask_next, show_head, state_in_words


def show_prepare(console: Console, sheet: PrepareDocument) -> None:
    """The whole sheet, in the order in which a meeting needs it."""
    show_head(console, sheet.deal, sheet.as_of)
    show_ask_next(console, sheet.questions, why=True)
    _title(console, "Who is who", bool(sheet.people))
    for one in sheet.people:
        _line(console, who_in_words(one), one.evidence[:1])
    if sheet.silent_last_time:
        _line(console, f"Silent last time: {', '.join(sheet.silent_last_time)}", [])
    _title(console, "What we know", bool(sheet.known))
    for known in sheet.known:
        _line(console, known.what, known.evidence)
    _title(console, "What we don't know", bool(sheet.unknown))
    for unknown in sheet.unknown:
        _line(console, unknown_in_words(unknown), unknown.evidence[-1:])
    if sheet.coach is not None:
        _title(console, coach_in_words(sheet.coach), True)
        for condition in sheet.coach.conditions:
            _line(console, condition_in_words(condition), condition.evidence[-1:])
    _title(console, "Promised and still open", bool(sheet.steps))
    for step in sheet.steps:
        _line(console, f"{step.says}{due_in_words(step.due, step.overdue)}", step.evidence)
    _title(console, "Their dates and ours", True)
    _line(console, sheet.dates.says, sheet.dates.theirs)
    _title(console, "Better not", bool(sheet.avoid))
    for avoided in sheet.avoid:
        _line(console, avoided.says, avoided.evidence)
    for left in sheet.left_out:
        console.print(Text(f"Left out: {left.why}", style="red"))


def who_in_words(one: WhoShown) -> str:
    """A person in one line: name, title, part, and how near we are."""
    parts = [one.name or "somebody", one.title or "", " and ".join(one.parts)]
    if one.met is None:
        near = "never met"
    else:
        near = f"last heard {one.last_heard}" if one.last_heard else f"written to, not heard ({one.met})"
    return ", ".join(part for part in (*parts, near) if part)


def unknown_in_words(one: UnknownShown) -> str:
    return f"{one.what}: {state_in_words(one)}"


def coach_in_words(coach: CoachShown) -> str:
    return f"{coach.name or 'Somebody'} as a coach: {'proved' if coach.proved else 'not yet proved'}"


def condition_in_words(one: ConditionShown) -> str:
    """A condition with how it stands, and what to ask where it isn't met."""
    stands = {True: "yes", False: "no", None: "not known"}[one.met]
    asked = f" Ask: “{one.ask.question}”" if one.ask is not None and not one.met else ""
    return f"{one.name}: {stands}. {one.says}.{asked}"


def due_in_words(due: str | None, overdue: bool) -> str:
    return "" if due is None else f", {'was due' if overdue else 'due'} {due}"


def where_in_words(cited: Cited) -> str:
    """Who said it, when, and where it stands."""
    turn = "" if cited.turn is None else f", turn {cited.turn}"
    return f"{cited.speaker or 'somebody'}, {cited.at or ''} ({cited.touch}{turn})"


def _title(console: Console, title: str, there: bool) -> None:
    if there:
        console.print(f"\n[bold]{title}[/bold]")


def _line(console: Console, says: str, evidence: Iterable[Cited]) -> None:
    console.print(Padding(Text(says), (0, 0, 0, 2)))
    for cited in evidence:
        line = Text(f"“{' '.join(cited.quote.split())}” ")
        line.append(where_in_words(cited), style="blue")
        console.print(Padding(line, (0, 0, 0, 4)))
