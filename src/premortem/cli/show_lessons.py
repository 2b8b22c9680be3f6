"""Lessons as the terminal shows them: the pattern, the open deals that look alike, and the record."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from premortem.acts.afterwards.lessons import Choices
from premortem.acts.afterwards.lessons_shown import EndsShown, LessonsDocument, LessonShown, Watched
from premortem.acts.looking.rules import FiredShown
from premortem.cli.terminal import INK


def show_lessons(console: Console, document: LessonsDocument) -> None:
    """Every lesson, the newest first."""
    if not document.lessons:
        console.print(
            "No lesson yet. After a deal has ended, `premortem lesson DEAL --on DAY` shows what to make it of."
        )
    for one in document.lessons:
        _watched(console, one)


def show_choices(console: Console, document: Choices) -> None:
    """Of what a pattern can be made."""
    console.print(f"\n[bold]What stood on {document.day.isoformat()}[/bold]")
    for check, severity in document.findings:
        console.print(Text.assemble("  ", (f"{severity:7}", INK[severity]), check))
    if not document.findings:
        console.print("  no finding")
    console.print(Text(f"\nSaid by then: {', '.join(document.said) or 'nothing'}"))
    console.print(Text(f"\nNobody had said: {', '.join(document.unsaid) or 'all of it was said'}"))
    console.print("\n[dim]A lesson: --title TEXT with --findings, --claims, --unsaid; all of it has to hold.[/dim]")


def _watched(console: Console, one: Watched) -> None:
    lesson = one.lesson
    console.print(Text.assemble("\n", (lesson.title, "bold"), (f"  {lesson.id}", "dim")))
    console.print(Text(f"  {lesson.name or lesson.deal}: {pattern(lesson)}"))
    console.print(Text(f"  {one.says}", style="bold" if one.alike else ""))
    for deal in one.alike:
        console.print(Text(f"    {deal.deal}  {deal.name}"))
    if one.more:
        console.print(f"    and {one.more} more")
    console.print(Text(f"  Since {lesson.made_on}: {_record(one.since)}"))
    console.print(Text(f"  Before, in sight of which it was made: {_record(one.before)}", style="dim"))


def pattern(lesson: LessonShown) -> str:
    """The pattern as a sentence's part: 'gone_quiet stands; price_objection was said; nobody said budget_confirmed'."""
    parts = [f"{', '.join(lesson.findings)} stood"] * bool(lesson.findings)
    parts += [f"said: {', '.join(lesson.claims)}"] * bool(lesson.claims)
    parts += [f"nobody said: {', '.join(lesson.unsaid)}"] * bool(lesson.unsaid)
    return "; ".join(parts)


def _record(ends: EndsShown) -> str:
    told = [f"{called} {counted(one)}" for called, one in ends.rows if one.of and called != "not won, together"]
    few = "; few, so this says little" if ends.few and told else ""
    return ", ".join(told) + few if told else "no deal ended"


def counted(one: FiredShown) -> str:
    """'3 of 4 (30% to 95%)'."""
    return f"{one.fired} of {one.of} ({one.low:.0%} to {one.high:.0%})"
