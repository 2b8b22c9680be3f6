"""A review as people read it: what could lose the deal, the words that show it, what to ask."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from premortem.acts.looking.review import (
    DealShown,
    FindingShown,
    NextQuestionShown,
    Reasoned,
    ReviewDocument,
    SignShown,
    UnknownShown,
)
from premortem.acts.witness import Cited
from premortem.cli.show_playbook import show_list
from premortem.cli.terminal import INK

CONTEXT = 70
"""Characters of the turn that are shown on each side of a quote."""

QUOTES = 3
"""Quotes that are shown under a finding; --json gives them all."""


def show_review(console: Console, document: ReviewDocument, everything: bool = False) -> None:
    """The whole review; `everything` adds what is clear and what does not apply."""
    show_head(console, document.deal, document.as_of)
    _cause(console, document)
    show_ask_next(console, document.next_questions)
    _findings(console, document)
    _signs(console, document.signs)
    _unknowns(console, document.unknowns)
    for one_list in document.lists:
        show_list(console, one_list)
    _reasons(console, "Begun with something missing", document.trials_begun_without)
    _reasons(console, "Set aside by somebody", document.waived)
    if everything:
        _rest(console, document)
    else:
        counts = f"{len(document.clear)} clear, {len(document.does_not_apply)} not applicable"
        console.print(f"\n[dim]Other checks: {counts} (--all tells why).[/dim]")
    for one in document.failed:
        console.print(Text(f"Broken: {one.why}", style="red"))
    for left in document.left_out:
        console.print(Text(f"Left out: {left.why}", style="red"))


def show_head(console: Console, deal: DealShown, as_of: str) -> None:
    console.print(Text(f"\n{deal.name}", style="bold"))
    amount = f"{deal.amount:,.0f} {deal.currency or ''}".strip() if deal.amount is not None else None
    close = f"planned close {deal.planned_close}" if deal.planned_close else "no planned close"
    stage = f"stage {deal.stage}" if deal.stage else None
    console.print(Text(" · ".join(part for part in (deal.id, amount, stage, close) if part), style="dim"))
    ended = f" It ended: {deal.outcome.replace('_', ' ')}." if deal.outcome else ""
    met = (
        f"{deal.buyers_met} of {deal.buyers} people on their side met" if deal.buyers else "nobody on their side known"
    )
    last = f"; last word from them {deal.last_word_from_the_buyer}" if deal.last_word_from_the_buyer else ""
    console.print(Text(f"Seen from {as_of}: {_count(deal.touches, 'touch', 'touches')}, {met}{last}.{ended}"))


def _findings(console: Console, document: ReviewDocument) -> None:
    if not document.deal.touches:
        console.print("\nThere is no call, mail or note in this deal yet, so there is nothing to find.")
        return
    if not document.findings:
        console.print("\n[green]No check found a blind spot.[/green]")
        return
    console.print(f"\n[bold]What could lose this deal[/bold] ({_count(len(document.findings), 'finding', 'findings')})")
    for finding in document.findings:
        show_finding(console, finding)


def _cause(console: Console, document: ReviewDocument) -> None:
    if document.likely_cause is None:
        return
    told = Text("\nIf it were lost today, it would most likely be over ")
    told.append(document.likely_cause.check.replace("_", " "), style="bold")
    others = [one.check.replace("_", " ") for one in document.next_causes]
    told.append(f"; next to it, {' and '.join(others)}." if others else ".")
    console.print(told)
    console.print(Padding(Text(document.likely_cause.why, style="dim"), (0, 0, 0, 2)))


def show_ask_next(console: Console, questions: list[NextQuestionShown], why: bool = False) -> None:
    """The few questions worth asking next, with what each would settle, or `why` now."""
    if not questions:
        return
    console.print("\n[bold]Ask next[/bold]")
    for number, one in enumerate(questions, 1):
        line = Text(f"{number}. ")
        line.append(f"{one.to}{f', through {one.through}' if one.through else ''}: " if one.to else "")
        line.append(f"“{one.question}”", style="green")
        console.print(Padding(line, (0, 0, 0, 2)))
        settles = "settles: " + ", ".join(settled.what.replace("_", " ") for settled in one.settles)
        console.print(Padding(Text(one.why_now if why else settles, style="dim"), (0, 0, 0, 5)))


def show_finding(console: Console, finding: FindingShown) -> None:
    """One finding: how grave, what, since when, the words, and the question."""
    head = Text("\n")
    head.append(f"{finding.severity.upper():<7}", style=INK[finding.severity])
    head.append(finding.check.replace("_", " "), style="bold")
    if finding.first_visible:
        head.append(f"   visible since {finding.first_visible}", style="dim")
    console.print(head)
    console.print(Padding(Text(finding.says), (0, 0, 0, 7)))
    for cited in finding.evidence[:QUOTES]:
        console.print(Padding(quote(cited), (0, 0, 0, 7)))
    if len(finding.evidence) > QUOTES:
        console.print(Padding(f"[dim]and {len(finding.evidence) - QUOTES} more (--json)[/dim]", (0, 0, 0, 9)))
    ask = Text("Ask ", style="green")
    ask.append(f"{finding.ask.to}: " if finding.ask.to else "")
    ask.append(f"“{finding.ask.question}”", style="italic green")
    console.print(Padding(ask, (0, 0, 0, 7)))


def quote(cited: Cited) -> Text:
    """The words in their place: what stands around them dimmed, who said it, and where."""
    line = Text()
    line.append("│ ", style="blue")
    line.append(_tail(cited.before), style="dim")
    line.append(_flat(cited.quote), style="bold")
    line.append(_head(cited.after), style="dim")
    where = cited.touch if cited.turn is None else f"{cited.touch}, turn {cited.turn}"
    line.append(f"\n│ {cited.speaker or 'somebody'}, {cited.at or ''} ({where})", style="blue")
    return line


def _tail(words: str) -> str:
    flat = _flat(words)
    return flat if len(flat) <= CONTEXT else "… " + flat[-CONTEXT:].partition(" ")[2]


def _head(words: str) -> str:
    flat = _flat(words)
    return flat if len(flat) <= CONTEXT else flat[:CONTEXT].rpartition(" ")[0] + " …"


def _flat(words: str) -> str:
    """On one line, spaces at the ends kept."""
    lead, trail = words[:1].isspace(), words[-1:].isspace()
    return " " * lead + " ".join(words.split()) + " " * (trail and bool(words.strip()))


def _signs(console: Console, signs: list[SignShown]) -> None:
    if not signs:
        return
    console.print("\n[bold]Worth keeping in mind[/bold]")
    for one in signs:
        console.print(Padding(Text(one.says), (0, 0, 0, 2)))
        for cited in one.evidence[:1]:
            console.print(Padding(quote(cited), (0, 0, 0, 4)))


def _unknowns(console: Console, unknowns: list[UnknownShown]) -> None:
    open_ones = [one for one in unknowns if one.state != "known"]
    if not open_ones:
        return
    console.print("\n[bold]What nobody knows yet[/bold]")
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for one in open_ones:
        to = f"{one.ask.to}: " if one.ask.to else ""
        table.add_row(
            Text(one.what), Text(state_in_words(one), style="yellow"), Text(f"{to}“{one.ask.question}”", style="green")
        )
    console.print(Padding(table, (0, 0, 0, 2)))


def state_in_words(one: UnknownShown) -> str:
    """How we stand with something that matters."""
    return {
        "unknown": "not asked",
        "asked": "asked, no answer",
        "unsure": "they are not sure",
        "denied": "they say there is none",
    }[one.state]


def _rest(console: Console, document: ReviewDocument) -> None:
    _reasons(console, "Looked at and clear", document.clear)
    _reasons(console, "Does not apply", document.does_not_apply)


def _reasons(console: Console, title: str, reasoned: list[Reasoned]) -> None:
    if not reasoned:
        return
    console.print(f"\n[bold]{title}[/bold]")
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for one in reasoned:
        table.add_row(one.check.replace("_", " "), Text(one.why, style="dim"))
    console.print(Padding(table, (0, 0, 0, 2)))


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
