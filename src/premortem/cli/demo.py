"""The demo: the sample company in a ledger of its own, an overview, and one deal reviewed in full."""

from __future__ import annotations

import os
import shutil
import sys
from datetime import datetime
from pathlib import Path

import typer
from msgspec import Struct
from rich.console import Console
from rich.text import Text

from premortem.acts.bringing_in.bring_in import BroughtIn, bring_in
from premortem.acts.looking.overview import Line, overview
from premortem.acts.looking.review import ReviewDocument, review
from premortem.acts.looking.verify import Verified, verify_ledger
from premortem.cli.show_ledger import show_verified
from premortem.cli.show_overview import show_overview
from premortem.cli.show_review import show_review
from premortem.cli.terminal import progress, show
from premortem.errors import Unknown
from premortem.records.database_url import default_file, sqlite_url
from premortem.records.opening import open_ledger
from premortem.sample.place import DEALS, TOLD_IN_FULL


class DemoDocument(Struct, frozen=True):
    """What the demo did and found. `schema` changes when a field's meaning does."""

    ledger: str
    brought_in: list[BroughtIn]
    deals: list[Line]
    review: ReviewDocument
    verified: Verified
    schema: str = "premortem.demo/1"


def run_demo(ledger: Path | None, now: datetime) -> DemoDocument:
    """Build the demo's ledger anew each time; it is never the user's own."""
    file = _own_file(ledger)
    _make_room(file, given=ledger is not None)
    opened = open_ledger(sqlite_url(file))
    with progress("reading") as step:
        brought = bring_in(opened, DEALS, now, progress=step)
    told = review(opened.store.read(TOLD_IN_FULL), opened.contents)
    demo = DemoDocument(str(file), brought, overview(opened), told, verify_ledger(opened))
    opened.close()
    return demo


def run_and_serve(ledger: Path | None, now: datetime, port: int) -> None:
    """The demo, and then its pages, with the sample company's own people as members."""
    file = _own_file(ledger)
    os.environ["DATABASE_URL"] = sqlite_url(file)
    from premortem.web import serving  # says which settings Django starts with, so it comes before a ledger is opened

    show(run_demo(ledger, now), show_demo, as_json=False)
    from premortem.web.sample_firm import hire

    typer.echo("\nNow in the browser. Gerrit Vos leads sales at Larkspur Cloud; the link signs you in as him.")
    serving.serve("127.0.0.1", port, worker=True, workers=None, say=typer.echo, hire=hire)


def show_demo(console: Console, demo: DemoDocument) -> None:
    """The sample company at a glance, one deal in full, and what to try next."""
    brought = demo.brought_in
    touches, turns = sum(one.touches for one in brought), sum(one.turns for one in brought)
    facts = sum(one.facts for one in brought)
    console.print(
        f"\n[bold]Larkspur Cloud[/bold], a made-up hosting firm: {len(brought)} deals, {touches} calls, mails and "
        f"notes, {turns} turns read, {facts} facts found, each with its quote."
    )
    show_overview(console, demo.deals)
    show_review(console, demo.review)
    console.print()
    show_verified(console, demo.verified)
    _farewell(console, demo.ledger)


def _own_file(ledger: Path | None) -> Path:
    return (ledger or default_file().with_name("premortem-demo.sqlite3")).absolute()


def _make_room(file: Path, given: bool) -> None:
    """The demo's own file is built anew; a file that the user names, or works with, must not be there yet."""
    if (given or file == default_file().absolute()) and file.exists():
        raise Unknown(f"{file} is there already", "Name a file that is not: the demo makes a ledger of its own.")
    for one in (file, *(file.with_name(file.name + tail) for tail in ("-wal", "-shm"))):
        one.unlink(missing_ok=True)


def _farewell(out: Console, file: str) -> None:
    out.print("\n[bold]Go on with[/bold]")
    me = called_as()
    for command in (
        f"{me} review lark-02 --ledger {file}",
        f"{me} replay {TOLD_IN_FULL} --ledger {file}",
        f"{me} explain",
        f"{me} review FOLDER    (a deal folder of your own, without any set-up)",
    ):
        out.print(Text(f"  {command}"), soft_wrap=True)


def called_as() -> str:
    """How to call the command from here: by its name where the shell finds it, else by its path."""
    me = Path(sys.argv[0]).absolute()
    if shutil.which(me.name) is not None:
        return me.name
    return str(me.relative_to(Path.cwd())) if me.is_relative_to(Path.cwd()) else str(me)
