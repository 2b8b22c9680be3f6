"""What became of a mailbox: how many mails each deal got, what is asked, and why the rest was left out."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from premortem.acts.bringing_in.bring_in_mail import MailDocument, MailLine

SHOWN = 20
"""Lines of each kind; all of them are in the JSON and in the table that --asked writes."""


def show_mail(console: Console, told: MailDocument) -> None:
    counts = told.counts
    total = len(told.mails)
    console.print(
        f"{total:,} mails: {counts['placed']:,} placed, {counts['asked']:,} asked about, "
        f"{counts['left_out']:,} left out."
    )
    if told.preview:
        console.print("A preview: nothing was read or kept.")
    else:
        console.print(f"Read now {told.read:,}, there already {told.known:,}; {told.facts:,} facts were heard.")
    _deals(console, told)
    _asked(console, told.of("asked"))
    _left_out(console, told)
    for remark in told.remarks[:SHOWN]:
        console.print(Text(f"Note: {remark}", style="yellow"))


def _deals(console: Console, told: MailDocument) -> None:
    if not told.deals:
        return
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("deal")
    table.add_column("mails", justify="right")
    most = sorted(told.deals.items(), key=lambda one: (-one[1], one[0]))
    for deal, number in most[:SHOWN]:
        table.add_row(Text(deal), f"{number:,}")
    console.print(table)
    if len(most) > SHOWN:
        console.print(f"… and {len(most) - SHOWN:,} more deals.")


def _asked(console: Console, asked: list[MailLine]) -> None:
    for one in asked[:SHOWN]:
        console.print(Text(f"Asked: {one.on} {one.sender}: {one.subject} ({one.why})", style="yellow"))
        for candidate in one.candidates:
            console.print(Text(f"  {candidate.deal}: {candidate.why}"))
    if len(asked) > SHOWN:
        console.print(f"… and {len(asked) - SHOWN:,} more.")
    if asked:
        console.print("To answer, let --asked FILE.csv write them, and put a deal or 'never' in the last column.")


def _left_out(console: Console, told: MailDocument) -> None:
    if not told.reasons:
        return
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("left out", justify="right")
    table.add_column("because")
    for why, number in sorted(told.reasons.items(), key=lambda one: (-one[1], one[0]))[:SHOWN]:
        table.add_row(f"{number:,}", Text(why))
    console.print(table)
