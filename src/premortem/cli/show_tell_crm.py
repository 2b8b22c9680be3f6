"""What was told to the CRM, or would be: old and new of each field, and what was refused, with what to do."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from premortem.acts.crm.tell_crm import TellDocument, TellLine
from premortem.records.told_crm import MOST, ToldOnce

SHOWN = 50
"""Deals that are shown; all of them are in the JSON."""


def show_told(console: Console, told: TellDocument) -> None:
    counts = told.counts
    changed = counts["told"] if told.written else counts["would be told"]
    verb = "were written" if told.written else "would be written"
    console.print(
        f"{told.called}: of {len(told.lines):,} open deals {changed:,} {verb}, "
        f"{counts['same']:,} say so already, {counts['refused']:,} refused"
        + (f", {counts['left']:,} not reached." if counts["left"] else ".")
    )
    if told.quoting and not (told.written and not changed):
        fields = ", ".join(f"{word} in {told.fields[word]}" for word in told.quoting)
        verb = "left" if told.written else "would leave"
        console.print(Text(f"Names and words {verb} this machine, for you named a field: {fields}.", style="yellow"))
    for line in [line for line in told.lines if line.changes and line.became != "refused"][:SHOWN]:
        _changed(console, line)
    _refused(console, [line for line in told.lines if line.why])
    for remark in told.remarks:
        console.print(Text(f"Note: {remark}", style="dim"))
    if not told.written and changed:
        console.print("A dry run: nothing was written. Say --write to write it.")


def _changed(console: Console, line: TellLine) -> None:
    console.print(Text(f"{line.name} ({line.record}): {line.became}", style="bold"))
    for change in line.changes:
        console.print(Text(f"  {change.field}: {_value(change.old)} → {_value(change.new)}"))


def _refused(console: Console, lines: Sequence[TellLine]) -> None:
    for line in lines[:SHOWN]:
        left = "not reached" if line.became == "left" else "refused"
        console.print(Text(f"{line.name} ({line.record or line.deal}): {left}, {line.why}. {line.remedy}", style="red"))
    if len(lines) > SHOWN:
        console.print(f"… and {len(lines) - SHOWN:,} more.")


def _value(value: object) -> str:
    return "empty" if value in (None, "") else str(value)


def show_log(console: Console, told: Sequence[ToldOnce]) -> None:
    if not told:
        console.print("Nothing was written into a CRM yet.")
        return
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for column in ("when (UTC)", "by", "CRM", "deal", "field", "old", "new"):
        table.add_column(column)
    for one in told:
        when = f"{one.at:%Y-%m-%d %H:%M}"
        old, new = (one.old, one.new) if one.new else ("(words)", "(words)")
        table.add_row(when, *(Text(cell) for cell in (one.by, one.crm, one.deal, one.field, old, new)))
    console.print(table)
    if len(told) == MOST:
        console.print(f"The last {MOST:,} are shown.")
