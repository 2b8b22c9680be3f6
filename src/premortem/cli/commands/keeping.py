"""The ledger itself: verified, and its read tables made anew."""

from __future__ import annotations

from typing import Annotated

import typer

from premortem.cli.options import Json, LedgerOption
from premortem.cli.place import now, open_ledger, rules_for


def verify(
    ledger: LedgerOption = None,
    expect: Annotated[str | None, typer.Option("--head", help="The head that you noted: is it still the same?")] = None,
    as_json: Json = False,
) -> None:
    """Prove that no entry of the ledger was changed, removed or put in later."""
    from premortem.acts.looking.verify import verify_ledger
    from premortem.cli.show_ledger import show_verified
    from premortem.cli.terminal import show

    verified = verify_ledger(open_ledger(ledger))
    show(verified, show_verified, as_json)
    if expect is not None and expect != verified.head:
        typer.echo(f"The head was {expect} when you noted it: entries were added or cut off since.", err=True)
        raise typer.Exit(1)
    if verified.breaks or verified.damaged:
        raise typer.Exit(1)


def rebuild(ledger: LedgerOption = None, as_json: Json = False) -> None:
    """Drop what lists and pages read, and make it anew from the ledger."""
    from premortem.acts.looking.reviewing import review_changed
    from premortem.acts.rebuild import rebuild_tables
    from premortem.cli.show_ledger import show_rebuilt
    from premortem.cli.terminal import progress, show

    held = open_ledger(ledger)
    with progress("rebuilding"):
        rebuilt = rebuild_tables(held)
    with progress("reviewing") as step:
        review_changed(held, rules_for(held, None), now().date(), progress=step)
    show(rebuilt, show_rebuilt, as_json)
