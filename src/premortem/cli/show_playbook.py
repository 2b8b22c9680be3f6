"""A playbook as people read it, and how a deal stands with a qualification list."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from premortem.acts.playbook import LetterShown, ListShown, PlaybookDocument
from premortem.cli.show_norms import value

STATES = {
    "known": "green",
    "unsure": "yellow",
    "denied": "red",
    "asked": "yellow",
    "unknown": "yellow",
}
IN_WORDS = {"unsure": "they are not sure", "denied": "they say no", "asked": "asked, no answer", "unknown": "not asked"}


def show_playbook(console: Console, document: PlaybookDocument) -> None:
    """What the file sets, then what is wrong in it."""
    if document.file is None:
        console.print("There is no playbook: every check is put, and every threshold is the product's.")
    else:
        console.print(Text(document.file, style="bold"))
    for title, rows in _sections(document):
        if rows:
            console.print(f"\n[bold]{title}[/bold]")
            table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
            for name, told in rows:
                table.add_row(Text(name), Text(told))
            console.print(Padding(table, (0, 0, 0, 2)))
    lists = ", ".join([*document.lists, *document.own_lists])
    shown = ", ".join(document.use) or "none"
    console.print(Text(f"\nLists: {lists}. Shown in every review: {shown}.", style="dim"))
    for mistake in document.mistakes:
        console.print(Text(f"Wrong: {mistake}", style="red"))


def _sections(document: PlaybookDocument) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        ("Thresholds", [(one.name, f"{value(one)} ({one.source})") for one in document.thresholds]),
        ("Switched off", [(one.check, one.because) for one in document.switched_off]),
        ("Checks of our own", [(one.check, one.says) for one in document.checks]),
    ]


def show_list(console: Console, one: ListShown) -> None:
    """A list letter by letter: the state, who or which words show it, or what would settle it."""
    console.print(f"\n[bold]{one.name}[/bold]")
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for letter in one.letters:
        state = Text(IN_WORDS.get(letter.state, letter.state), style=STATES[letter.state])
        table.add_row(Text(letter.letter, style="bold"), Text(letter.name), state, _shown_by(letter))
    console.print(Padding(table, (0, 0, 0, 2)))


def _shown_by(letter: LetterShown) -> Text:
    told = Text(", ".join(letter.who))
    if letter.evidence:
        last = letter.evidence[-1]
        words = " ".join(last.quote.split())
        told.append(f"{': ' if letter.who else ''}“{words}” ", style="")
        told.append(f"({last.speaker or 'somebody'}, {last.at or last.touch})", style="blue")
    if letter.question:
        told.append(("\n" if told else "") + f"“{letter.question}”", style="green")
    if letter.findings:
        checks = ", ".join(check.replace("_", " ") for check in letter.findings)
        told.append(("\n" if told else "") + f"finding: {checks}", style="dim")
    return told
