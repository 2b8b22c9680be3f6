"""Contests: check one, keep it, announce it, see who stands where, give the award."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import Annotated, Any

import typer

from premortem.cli.options import Json, LedgerOption
from premortem.cli.place import now, open_ledger, there, user
from premortem.errors import Unknown

contest = typer.Typer(
    name="contest",
    help="Contests among sellers that somebody always wins: check, announce, who stands where, award.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
ContestArgument = Annotated[str, typer.Argument(help="What `contest list` calls it.", metavar="CONTEST")]
FileArgument = Annotated[Path, typer.Argument(help="The contest's file (TOML).", metavar="FILE.toml")]
BookingsOption = Annotated[
    Path | None,
    typer.Option("--bookings", help="Won deals (CSV: deal, owner, day, amount[, currency]).", metavar="FILE"),
]


@contest.command()
def check(file: FileArgument, bookings: BookingsOption = None, as_json: Json = False) -> None:
    """May this contest be kept, and why not? With --bookings: how would it have stood?"""
    from premortem.records.opening import start_django

    start_django()  # the act knows tables, though this asks none
    from premortem.acts.contests.contests import check as may_be_kept
    from premortem.cli.show_contests import show_check
    from premortem.cli.terminal import show

    text, people = _texts(file)
    with _lines(bookings) if bookings else nullcontext() as lines:
        told = may_be_kept(text, people, lines)
    show(told, show_check, as_json)
    if told.objections:
        raise typer.Exit(1)


@contest.command()
def new(file: FileArgument, ledger: LedgerOption = None, as_json: Json = False) -> None:
    """Keep a contest as a draft; an older draft of that name goes."""
    kept = _kept(ledger)
    from premortem.acts.contests.contests import new as keep
    from premortem.cli.show_contests import show_contest
    from premortem.cli.terminal import show

    show(keep(kept, *_texts(file), user(), now()), show_contest, as_json)


@contest.command()
def approve(
    contest: ContestArgument,
    by: Annotated[str | None, typer.Option("--by", help="Who has the budget; else you.", metavar="NAME")] = None,
    ledger: LedgerOption = None,
    as_json: Json = False,
) -> None:
    """Agree to the cost of a draft: needed where it is more than small, or makes somebody uneasy."""
    kept = _kept(ledger)
    from premortem.acts.contests.contests import approve as agree
    from premortem.cli.show_contests import show_contest
    from premortem.cli.terminal import show

    show(agree(kept, contest, (by or "").strip() or user(), now()), show_contest, as_json)


@contest.command()
def announce(contest: ContestArgument, ledger: LedgerOption = None, as_json: Json = False) -> None:
    """Announce a draft. From then on it is owed, and nobody can change it."""
    kept = _kept(ledger)
    from premortem.acts.contests.contests import announce as tell
    from premortem.cli.show_contests import show_contest
    from premortem.cli.terminal import show

    show(tell(kept, contest, user(), now()), show_contest, as_json)


@contest.command()
def standings(
    contest: ContestArgument,
    me: Annotated[str | None, typer.Option("--me", help="Whose place to show; else yours.", metavar="NAME")] = None,
    ledger: LedgerOption = None,
    as_json: Json = False,
) -> None:
    """Who stands where, at any time."""
    kept = _kept(ledger)
    from premortem.acts.contests.contests import standings as stand
    from premortem.cli.show_contests import show_standings
    from premortem.cli.terminal import show

    show(stand(kept, contest, now().date(), [me or user()], each=None), show_standings, as_json)


@contest.command()
def award(contest: ContestArgument, ledger: LedgerOption = None, as_json: Json = False) -> None:
    """Give the award of a contest that is over: computed, recorded, never changed after."""
    kept = _kept(ledger)
    from premortem.acts.contests.contests import award as give
    from premortem.cli.show_contests import show_standings
    from premortem.cli.terminal import show

    show(give(kept, contest, user(), now()), show_standings, as_json)


@contest.command("list")
def list_(ledger: LedgerOption = None, as_json: Json = False) -> None:
    """All contests, the one that ends last first."""
    kept = _kept(ledger)
    from premortem.acts.contests.contests import contests
    from premortem.cli.show_contests import show_contests
    from premortem.cli.terminal import show

    show(contests(kept, now().date()), show_contests, as_json)


@contest.command()
def bookings(
    file: Annotated[Path, typer.Argument(help="Won deals (CSV).", metavar="FILE.csv")],
    ledger: LedgerOption = None,
    as_json: Json = False,
) -> None:
    """Bring in won deals from a CSV; the ledger's own count without."""
    kept = _kept(ledger)
    from premortem.acts.contests.contests import bookings as bring_in
    from premortem.cli.show_contests import show_bookings
    from premortem.cli.terminal import show

    with _lines(file) as lines:
        told = bring_in(kept, lines)
    show(told, show_bookings, as_json)
    if told.left_out:
        raise typer.Exit(1)


def _kept(ledger: Path | None) -> Any:
    held = open_ledger(ledger)  # first: the tables are there once a ledger is open
    from premortem.records.contests import DatabaseContests

    return DatabaseContests(held.alias)


def _texts(file: Path) -> tuple[str, str | None]:
    """What a contest's file says, and the file of people beside it that it names."""
    from premortem.contests.reading import people_file

    text = _text(file)
    named = people_file(text)
    return text, _text(file.parent / named) if named else None


def _text(file: Path) -> str:
    try:
        return there(file).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Unknown(f"{file} can't be read: {error}", "Give a text file in UTF-8.") from error


def _lines(file: Path) -> Any:
    try:
        return there(file).open(encoding="utf-8-sig", newline="")
    except OSError as error:
        raise Unknown(f"{file} can't be read: {error.strerror}", "Give a CSV file.") from error
