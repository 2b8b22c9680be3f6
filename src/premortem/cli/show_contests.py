"""Contests as the terminal shows them."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from premortem.acts.contests.contests_shown import (
    BookingsDocument,
    CheckDocument,
    ContestsDocument,
    ContestShown,
    PlaceShown,
    StandingsDocument,
)

SHOWN = 25
STATES = {
    "draft": "a draft: nobody was told",
    "announced": "announced, and locked",
    "running": "running",
    "over": "over: the award is owed",
    "awarded": "awarded",
}


def show_check(console: Console, told: CheckDocument) -> None:
    """Why it can't be kept, or what it says and what is worth a second thought."""
    for one in told.objections:
        words = f" '{one.words}'" if one.words else ""
        console.print(Text(f"Refused: {one.where}{words}", style="bold red"))
        console.print(Text(f"  {one.why}.\n  {one.remedy}"))
    for warning in told.warnings:
        console.print(Text.assemble(("Think twice: ", "bold yellow"), warning))
    if told.contest is not None:
        show_contest(console, told.contest)
    if told.standings:
        console.print("\n[bold]So it would have stood[/bold]")
        _places(console, told.standings[:SHOWN])
    _left_out(console, told.left_out)


def show_contest(console: Console, one: ContestShown) -> None:
    """What a contest says, and what it waits for."""
    console.print(f"\n[bold]{escape(one.name)}[/bold] ({one.id}): {STATES[one.state]}")
    console.print(Text(f"{one.sentence}\nPrize: {one.prize}"))
    if one.note:
        console.print(Text(one.note))
    if one.needs_approval and one.state == "draft":
        said = f"approved by {one.approved_by}" if one.approved_by else f"needs approval: {one.needs_approval}"
        console.print(Text(f"Budget {said}.", style="" if one.approved_by else "yellow"))


def show_standings(console: Console, told: StandingsDocument) -> None:
    """The first places, one's own, and what did not count."""
    show_contest(console, told.contest)
    if told.award is not None:
        names = ", ".join(one.name for one in told.award.winners)
        console.print(Text(f"\nAwarded on {told.award.given_on}: {names}", style="bold green"))
    counted = f"{told.counted:,} deal{'' if told.counted == 1 else 's'} counted"
    console.print(f"\nAs of {told.as_of}, {counted}; {told.competitors:,} take part")
    _places(console, told.places[:SHOWN])
    if len(told.places) > SHOWN:
        console.print(f"  and {len(told.places) - SHOWN:,} more; --json has them all")
    if told.mine is not None:
        behind = f", {told.mine.behind} behind the one before" if told.mine.behind else ""
        console.print(Text(f"You: place {told.mine.place}, {told.mine.shown}{behind}", style="bold"))
    _left_out(console, told.left_out)


def show_contests(console: Console, told: ContestsDocument) -> None:
    """A line each."""
    if not told.contests:
        console.print("There is no contest yet. Write one in a file, and try it: premortem contest check FILE.toml")
        return
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for column in ("contest", "days", "state", "prize", "won by"):
        table.add_column(column)
    for one in told.contests:
        won = ", ".join(place.name for place in one.winners[:3])
        days = f"{one.contest.first} to {one.contest.last}"
        table.add_row(*map(Text, (one.contest.id, days, STATES[one.contest.state], one.contest.prize, won)))
    console.print(table)


def show_bookings(console: Console, told: BookingsDocument) -> None:
    """How many came in, and which lines did not."""
    console.print(f"{told.read:,} bookings read: {told.new:,} new, {told.changed:,} changed.")
    for wrong in told.wrong:
        console.print(Text(f"  left out, {wrong}", style="yellow"))
    if told.left_out > len(told.wrong):
        console.print(f"  and {told.left_out - len(told.wrong):,} more lines left out")


def _places(console: Console, places: Sequence[PlaceShown]) -> None:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for column in ("place", "who", "team", "has", "behind the one before"):
        table.add_column(column, justify="right" if column in ("place", "has") else "left")
    for one in places:
        place = f"{one.place}{'=' if one.shared else ''}"
        team = "" if one.team == one.name else one.team
        row = (place, one.name, team, one.shown, one.behind or "")
        table.add_row(*map(Text, row), style="bold green" if one.wins else "")
    console.print(table)


def _left_out(console: Console, left_out: Sequence[str]) -> None:
    for one in left_out:
        console.print(Text(f"Not counted: {one}.", style="yellow"))
