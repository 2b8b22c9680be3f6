"""What a look at a watched folder found, and what became of a calendar."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from premortem.acts.bringing_in.bring_in_calendar import CalendarDocument, MeetingLine
from premortem.acts.bringing_in.watch_folder import WatchDocument

SHOWN = 40
WAITING = 10
"""Meetings without a call that are shown, the newest: their transcripts may still be found."""
_INK = {"asked": "yellow", "left_out": "red"}
_CAME = {
    "spoke": "spoke",
    "silent": "invited and silent",
    "absent": "invited and absent",
    "unknown": "invited; nothing tells whether they came",
}


def show_watch(console: Console, told: WatchDocument) -> None:
    counts = told.counts
    console.print(
        f"{len(told.files):,} files: {counts['placed']:,} placed, {counts['known']:,} there already, "
        f"{counts['asked']:,} asked about, {counts['left_out']:,} left out."
    )
    for one in told.files:
        if one.became == "placed":
            console.print(Text(f"{one.deal}: {one.file} ({one.why}; {one.facts} facts)"))
        elif one.became in _INK:
            label = "Asked" if one.became == "asked" else "Left out"
            why = one.why if one.why.startswith(one.file) else f"{one.file}: {one.why}"
            console.print(Text(f"{label}: {why}", style=_INK[one.became]))
            for candidate in one.candidates:
                console.print(Text(f"  {candidate.deal}: {candidate.why}"))
    if told.waiting:
        console.print(f"{told.waiting:,} are still being written, and wait for the next look.")


def show_calendar(console: Console, told: CalendarDocument) -> None:
    counts = told.counts
    console.print(
        f"{len(told.meetings):,} meetings: {counts['joined']:,} joined with their call, {counts['known']:,} known "
        f"already, {counts['asked']:,} asked about, {counts['no_call']:,} without a call, "
        f"{counts['left_out']:,} left out."
    )
    if told.preview:
        console.print("A preview: nothing was kept.")
    for one in [one for one in told.meetings if one.became in ("joined", "asked") or _of_note(one)][:SHOWN]:
        _meeting(console, one)
    waiting = sorted((one for one in told.meetings if one.became == "no_call"), key=lambda one: one.on)
    for one in waiting[-WAITING:]:
        console.print(Text(f"Without a call: {one.on} {one.subject}"))
    if len(waiting) > WAITING:
        console.print(f"And {len(waiting) - WAITING:,} earlier ones without a call.")
    for why, number in _reasons(told):
        console.print(Text(f"Left out {number:,}: {why}"))
    for remark in told.remarks:
        console.print(Text(f"Note: {remark}", style="yellow"))


def _of_note(one: MeetingLine) -> bool:
    """Whether a meeting that is known already tells who was silent or stayed away."""
    return one.became == "known" and any(invited.came in ("silent", "absent") for invited in one.invited)


def _meeting(console: Console, one: MeetingLine) -> None:
    if one.became == "asked":
        console.print(Text(f"Asked: {one.on} {one.subject}: {one.why}", style="yellow"))
        return
    console.print(Text(f"{one.deal}: {one.on} {one.subject}: {one.why}"))
    for invited in one.invited:
        console.print(Text(f"  {invited.called}: {_CAME[invited.came]}"))


def _reasons(told: CalendarDocument) -> list[tuple[str, int]]:
    reasons: dict[str, int] = {}
    for one in told.meetings:
        if one.became == "left_out":
            reasons[one.why] = reasons.get(one.why, 0) + 1
    return sorted(reasons.items(), key=lambda one: (-one[1], one[0]))
