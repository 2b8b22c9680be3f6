"""Coaching as people read it: call by call, then what is usual beside it."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from premortem.acts.looking.call_shown import CallShown, QuestionsShown, Stretch
from premortem.acts.looking.coaching import DealCoaching
from premortem.acts.looking.coaching_over_time import Month, PersonCoaching
from premortem.acts.looking.yardsticks import MedianShown, OwnFigure, Yardsticks

REACHED = {"asked": "", "told": " (told unasked)"}


def show_deal_coaching(console: Console, document: DealCoaching) -> None:
    """Each call of a deal, what all of them tell, and what stands beside them."""
    console.print(Text(f"\n{document.name}", style="bold"))
    for call in document.calls:
        _call(console, call)
    if document.says or (document.calls and document.never_reached):
        console.print()
    for sentence in document.says:
        console.print(Text(sentence))
    if document.calls and document.never_reached:
        never = ", ".join(document.never_reached)
        console.print(Text(f"No call, mail or note of this deal got to: {never}.", style="yellow"))
    if document.calls:
        _yardsticks(console, document.yardsticks)


def show_person_coaching(console: Console, document: PersonCoaching) -> None:
    """Somebody's calls one after the other, by month, what they asked about, and what stands beside them."""
    console.print(Text(f"\n{document.person}", style="bold"))
    if document.calls:
        _calls_over_time(console, document)
        _months(console, document.months)
        asked = ", ".join(f"{one.area} {one.asked}" for one in document.areas)
        console.print(Text(f"\nAsked about, in {len(document.calls)} calls: {asked}."))
    for sentence in document.says:
        console.print(Text(sentence))
    if document.calls:
        _yardsticks(console, document.yardsticks)


def _call(console: Console, call: CallShown) -> None:
    console.print(Text(f"\n{call.on}  {call.touch}", style="bold"))
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column()
    if call.by is not None:
        table.add_row("talk", _talk(call))
        table.add_row("questions", _questions(call.questions))
        told = [one.area + REACHED[one.reached] for one in call.areas if one.reached != "never"]
        table.add_row("reached", ", ".join(told) or "none of the five areas")
        if call.never_reached:
            table.add_row("not reached", Text(", ".join(call.never_reached), style="yellow"))
        table.add_row("longest", f"ours {_stretch(call.our_longest)}; theirs {_stretch(call.their_longest)}")
    if call.asked_nothing:
        table.add_row("asked nothing", Text(", ".join(call.asked_nothing), style="yellow"))
    console.print(Padding(table, (0, 0, 0, 2)))
    for remark in call.remarks:
        console.print(Padding(Text(remark, style="dim"), (0, 0, 0, 2)))


def _talk(call: CallShown) -> str:
    parts = [f"ours {_part(call.our_share)}", f"theirs {_part(call.their_share)}"]
    if call.unknown_share and call.unknown_share >= 0.005:
        parts.append(f"unknown {_part(call.unknown_share)}")
    people = ", ".join(f"{one.speaker or 'somebody'} {one.share:.0%}" for one in call.shares)
    return f"{', '.join(parts)}, by {call.by}: {people}"


def _questions(asked: QuestionsShown) -> str:
    if not asked.all:
        return "none of ours"
    kinds = f"{asked.decision} on the decision, {asked.technical} technical, {asked.other} other"
    return f"{asked.all} of ours, {asked.open} open: {kinds}; {asked.follow_ups} took up what was just said"


def _stretch(stretch: Stretch | None) -> str:
    if stretch is None:
        return "none"
    return f"{_length(stretch.length, stretch.unit)} ({stretch.speaker or 'somebody'})"


def _length(length: float, unit: str) -> str:
    if unit == "words":
        return f"{length:.0f} words"
    minutes, seconds = divmod(round(length), 60)
    return f"{minutes} min {seconds} s" if minutes else f"{seconds} s"


def _part(share: float | None) -> str:
    return "—" if share is None else f"{share:.0%}"


def _calls_over_time(console: Console, document: PersonCoaching) -> None:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for column in ("day", "deal", "own talk", "questions", "decision", "technical", "follow-ups", "longest"):
        table.add_column(column, no_wrap=True, overflow="ellipsis")
    table.add_column("asked about")
    for one in document.calls:
        unit = "seconds" if one.call.by == "time" else "words"
        table.add_row(
            one.call.on,
            one.deal,
            _part(one.share),
            str(one.questions.all),
            str(one.questions.decision),
            str(one.questions.technical),
            str(one.questions.follow_ups),
            _length(one.longest, unit) if one.longest is not None else "—",
            ", ".join(one.asked_about) or "—",
        )
    console.print(Padding(table, (1, 0, 0, 2)))


def _months(console: Console, months: list[Month]) -> None:
    console.print("\n[bold]By month[/bold] [dim](medians)[/dim]")
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for column in ("month", "calls", "own talk", "our side", "questions", "decision", "technical", "follow-ups"):
        table.add_column(column, no_wrap=True)
    table.add_column("longest")
    for one in months:
        table.add_row(
            one.month,
            str(one.calls),
            *(_median(one_of, "share") for one_of in (one.share, one.our_share)),
            *(
                _median(one_of, "count")
                for one_of in (one.questions, one.decision_questions, one.technical_questions, one.follow_ups)
            ),
            _median(one.longest_seconds, "seconds") if one.longest_seconds else _median(one.longest_words, "words"),
        )
    console.print(Padding(table, (0, 0, 0, 2)))


def _yardsticks(console: Console, beside: Yardsticks) -> None:
    console.print("\n[bold]What stands beside it[/bold]")
    console.print(Padding(Text(beside.says, style="dim"), (0, 0, 0, 2)))
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", show_header=bool(beside.own))
    if beside.own:
        for column in ("", "won (calls)", "lost (calls)"):
            table.add_column(column)
        for figure in beside.own:
            table.add_row(figure.called, _with_calls(figure, figure.won), _with_calls(figure, figure.lost))
    else:
        for other in beside.others:
            table.add_row(other.called, Text(f"{other.says} ({other.source})"))
    console.print(Padding(table, (0, 0, 0, 2)))


def _with_calls(figure: OwnFigure, one: MedianShown | None) -> str:
    return f"{_median(one, figure.unit)} ({one.calls})" if one is not None else "no call yet"


def _median(one: MedianShown | None, unit: str) -> str:
    if one is None:
        return "—"
    if unit == "share":
        return f"{one.value:.0%}"
    return f"{one.value:g}" if unit == "count" else _length(one.value, unit)
