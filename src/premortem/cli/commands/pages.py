"""The pages, and the sample company in them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from premortem.cli.options import Json, LedgerOption
from premortem.cli.place import now


def serve(
    host: Annotated[str, typer.Option("--host", help="On which address to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="On which port.")] = 8000,
    worker: Annotated[bool, typer.Option(help="Start the worker for long tasks beside it.")] = True,
    workers: Annotated[
        int | None, typer.Option("--workers", help="Processes that answer; else one a core, four at most.", min=1)
    ] = None,
    new_link: Annotated[
        str | None,
        typer.Option(
            "--new-link",
            metavar="USER",
            help="Serve nothing: print a one-time link for this admin, and take a lost second factor off.",
        ),
    ] = None,
    ledger: LedgerOption = None,
) -> None:
    """Open the pages: what to ask this week, deals, people, imports, rules. Stop with Ctrl+C."""
    from premortem.cli.serve import serve as serve_pages

    serve_pages(ledger, host, port, worker, workers, new_link)


def demo(
    ledger: Annotated[
        Path | None, typer.Option("--ledger", help="Where to build it; else a file of its own in your data folder.")
    ] = None,
    serve: Annotated[
        bool | None, typer.Option("--serve/--no-serve", help="End by opening its pages; so it does in a terminal.")
    ] = None,
    port: Annotated[int, typer.Option("--port", help="On which port the pages are.")] = 8000,
    as_json: Json = False,
) -> None:
    """Load the sample company, forty deals, into a ledger of its own, review one of them, and open its pages."""
    from premortem.cli.demo import run_and_serve, run_demo, show_demo
    from premortem.cli.terminal import show

    if not as_json and (sys.stdout.isatty() if serve is None else serve):
        run_and_serve(ledger, now(), port)
        return
    show(run_demo(ledger, now()), show_demo, as_json)
