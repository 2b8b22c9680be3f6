"""Why did we lose? Five questions over the deals that ended."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from premortem.cli.options import Json, LedgerOption, PlaybookOption
from premortem.cli.place import day_of, now, open_ledger, rules_for

Day = ["%Y-%m-%d"]


def why(
    first: Annotated[datetime | None, typer.Option("--from", formats=Day, help="Ended on this day or later.")] = None,
    last: Annotated[datetime | None, typer.Option("--to", formats=Day, help="Ended on this day or before.")] = None,
    segment: Annotated[
        str, typer.Option("--segment", help="Deals of about one size: '10,000 to 100,000 EUR'.", metavar="NAME")
    ] = "",
    seller: Annotated[
        str, typer.Option("--seller", help="The firm or unit that sold, never a person.", metavar="NAME")
    ] = "",
    ledger: LedgerOption = None,
    playbook: PlaybookOption = None,
    as_json: Json = False,
) -> None:
    """Answer five questions over the deals that ended in a period (else the last year), by how they ended."""
    held = open_ledger(ledger)  # first: what follows reads tables, which are there once a ledger is open
    from premortem.acts.afterwards.replaying import replay_changed
    from premortem.acts.afterwards.why import wanted
    from premortem.acts.afterwards.why import why as answers
    from premortem.cli.show_why import show_why
    from premortem.cli.terminal import progress, show
    from premortem.records.replays import Replays

    asked = wanted(day_of(first), day_of(last), now().date(), segment, seller)
    replays = Replays(held.alias)
    with progress("replaying") as step:
        replay_changed(held, replays, rules_for(held, playbook), step)
    show(answers(replays, asked), show_why, as_json)
