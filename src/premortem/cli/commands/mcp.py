"""The door for assistants."""

from __future__ import annotations

import os
import sys

import typer

from premortem.cli.options import LedgerOption
from premortem.errors import Unknown


def mcp(ledger: LedgerOption = None) -> None:
    """Let an assistant read deals: the Model Context Protocol over standard input and output. See docs/assistants.md.

    A firm's ledger needs a key, made on the page Settings, in PREMORTEM_TOKEN; it sees what its user may see, and
    changes something only where the key has the scope write. What it reads, it gives to its own language model.
    """
    if ledger is not None:
        from premortem.records.database_url import sqlite_url

        os.environ["DATABASE_URL"] = sqlite_url(ledger)
    try:
        from premortem.assistant.server import serve
    except ImportError as missing:
        if (missing.name or "").partition(".")[0] not in ("mcp", "mcp_types"):
            raise
        raise Unknown("the library for assistants is not installed", "Run: pip install 'premortem[mcp]'") from missing
    if sys.stdin.isatty():
        typer.echo("This speaks with an assistant, not with people: see docs/assistants.md. Ctrl+C ends it.", err=True)
    serve()
