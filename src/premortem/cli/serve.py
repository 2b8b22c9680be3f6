"""The command that serves the pages: says where they are, and starts them on the ledger that was named."""

from __future__ import annotations

import os
from pathlib import Path

import typer

from premortem.records.database_url import sqlite_url


def serve(
    ledger: Path | None, host: str, port: int, worker: bool, workers: int | None, new_link: str | None = None
) -> None:
    """With `new_link`, an admin's user name or mail address, no page is served: it says a link for them and ends."""
    if ledger is not None:
        os.environ["DATABASE_URL"] = sqlite_url(ledger)
    from premortem.web import serving

    if new_link is not None:
        serving.let_in(new_link, host, port, typer.echo)
        return
    serving.serve(host, port, worker, workers, typer.echo)
