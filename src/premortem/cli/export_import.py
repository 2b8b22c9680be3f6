"""`import` of a CRM's export: what it is read as, what it adds, what is not taken and what to do about it."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.text import Text

from premortem.cli.place import rules_for, write_page
from premortem.cli.terminal import progress, show
from premortem.ledger.saying import counted

if TYPE_CHECKING:
    from premortem.acts.bringing_in.activities import ActivitiesBrought
    from premortem.acts.bringing_in.bring_in_export import ExportBrought
    from premortem.acts.bringing_in.propose_mapping import ExportPreview

SHOWN = 20
"""Rows not taken that are shown; `--mend` and `--json` have all."""


def import_export(
    path: Path, held: Any, now: datetime, preview: bool, mapping: Path | None, mend: Path | None, as_json: bool
) -> None:
    """Import an export, or preview it. Exits with 1 where a row was not taken."""
    from premortem.acts.bringing_in.bring_in_export import bring_in_export
    from premortem.acts.bringing_in.propose_mapping import preview_export
    from premortem.acts.looking.reviewing import review_changed
    from premortem.cli.commands.mail import privacy_for
    from premortem.importing.mapped.mapping import read_mapping

    if preview:
        known = mapping if mapping is not None and mapping.is_file() else None
        with progress("reading") as step:
            document = preview_export(held, path, now, known, step, privacy_for(held, None))
        show(document, show_preview, as_json)
        if mapping is not None and known is None:
            write_page(mapping, document.mapping)
        done = document.would
    else:
        with progress("reading") as step:
            known_as = read_mapping(mapping) if mapping else None
            done = bring_in_export(held, path, now, known_as, step, privacy=privacy_for(held, None))
        with progress("reviewing") as step:
            review_changed(held, rules_for(held, None), now.date(), done.touched, step)
        show(done, show_brought, as_json)
    if mend is not None:
        _write_to_mend(done, mend)
    if done.rows_left_out:
        raise typer.Exit(1)


def show_preview(console: Console, document: ExportPreview) -> None:
    would = document.would
    _title(console, f"This looks like an export of {would.called}. Nothing is written yet.")
    for file in would.files:
        console.print(Text(f"  {file}"))
    for style in would.styles:
        console.print(Text(f"  {style.file}, {style.column}: {style.style} (as in {style.example})"))
        if style.asks:
            console.print(Text(f"    Asked: {style.asks}", style="yellow"))
    _counted(console, "currencies", would.currencies)
    _values(console, would)
    _summary(console, would, "would be")
    _title(console, "The mapping; keep it with --mapping FILE, change it, and name it when you import:")
    console.print(Text(document.mapping))


def show_brought(console: Console, done: ExportBrought) -> None:
    _summary(console, done, "were")
    _values(console, done)


def _summary(console: Console, done: ExportBrought, verb: str) -> None:
    same = done.deals - done.new - done.changed
    _title(
        console,
        f"{counted(done.deals, 'deal')} of {done.called}: {done.new:,} new, {done.changed:,} changed, {same:,} known.",
    )
    _counted(console, "how they ended", done.outcomes)
    _counted(console, f"entries that {verb} written", done.written)
    for remark in done.remarks:
        console.print(Text(f"Note: {remark}", style="yellow"))
    for one in done.misspelled:
        console.print(Text(f"Likely misspelled: {one}", style="yellow"))
    for one in done.asked:
        console.print(Text(f"Asked: {one}", style="yellow"))
    if done.activities is not None:
        _activities(console, done.activities, verb)
    for left in done.left_out[:SHOWN]:
        console.print(Text(f"Not taken: {left}", style="red"))
    if done.rows_left_out or done.cells_left_out:
        told = f"{done.rows_left_out:,} rows and {done.cells_left_out:,} single values were not taken."
        console.print(Text(f"{told} --mend FOLDER writes them as CSV, to be mended and imported again.", style="red"))


def _activities(console: Console, told: ActivitiesBrought, verb: str) -> None:
    rows = f"{told.rows:,} calls, mails and meetings: {told.placed:,} belong to deals, "
    rows += f"{told.rows - told.placed:,} {verb} left out."
    read = f" Read now {told.read:,}, there already {told.known:,}; {told.facts:,} facts were heard."
    _title(console, rows + (read if verb == "were" else ""))
    for why, number in told.reasons.items():
        console.print(Text(f"  {number:,}: {why}"))
    for left in told.left_out[:SHOWN]:
        console.print(Text(f"Not taken: {left}", style="yellow"))
    for remark in told.remarks[:SHOWN]:
        console.print(Text(f"Note: {remark}", style="yellow"))


def _values(console: Console, done: ExportBrought) -> None:
    for one in done.stages:
        console.print(Text(f"  '{one.value}' is taken as {one.taken_for} ({counted(one.deals, 'deal')})"))
    for one in done.reasons:
        meant = one.taken_for or "what the stage says"
        console.print(Text(f"  lost because of '{one.value}' is taken as {meant} ({counted(one.deals, 'deal')})"))


def _counted(console: Console, what: str, counts: dict[str, int]) -> None:
    told = ", ".join(f"{name} {count:,}" for name, count in counts.items()) or "none"
    console.print(Text(f"  {what}: {told}"))


def _title(console: Console, words: str) -> None:
    console.print(f"[bold]{escape(words)}[/bold]")


def _write_to_mend(done: ExportBrought, folder: Path) -> None:
    from premortem.acts.bringing_in.mending import to_mend

    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in to_mend(done.left_out, done.headers).items():
        stem = "".join(one if one.isalnum() else "-" for one in Path(name).with_suffix("").as_posix())
        file = folder / f"{stem}-to-mend.csv"
        with file.open("w", encoding="utf-8-sig", newline="") as stream:
            csv.writer(stream).writerows(rows)
        typer.echo(f"Written to {file}: mend the rows and import it together with the other tables.", err=True)
