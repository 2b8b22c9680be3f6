"""A deal as a story to train others with, names changed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from premortem.cli.options import DealArgument, Json, LedgerOption, PlaybookOption
from premortem.cli.place import open_ledger, rules_for, write_page
from premortem.errors import Unknown


def story(
    deal: DealArgument,
    to: Annotated[
        Path | None, typer.Option("--to", help="Write it to this file: FILE.md, or FILE.html to print.", metavar="FILE")
    ] = None,
    ledger: LedgerOption = None,
    playbook: PlaybookOption = None,
    as_json: Json = False,
) -> None:
    """Tell a deal as a story for training: people, firms, amounts and dates changed, and checked that none is left."""
    import sys

    from premortem.acts.afterwards.story import story as told_story
    from premortem.acts.afterwards.story_written import story_markdown, story_page

    if to is not None and to.suffix.lower() not in (".md", ".html", ".htm"):
        raise Unknown(f"a story can't be written as '{to.suffix or to.name}'", "Name a file that ends in .md or .html.")
    held = open_ledger(ledger)
    document = told_story(held, deal, rules_for(held, playbook))
    if to is not None:
        write_page(to, story_markdown(document) if to.suffix.lower() == ".md" else story_page(document))
    elif as_json:
        from premortem.cli.terminal import show

        show(document, lambda _console, _document: None, as_json)
    else:
        sys.stdout.write(story_markdown(document))
