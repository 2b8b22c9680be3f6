"""After an end: the way back of one deal, and the list of all lost ones."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from premortem.cli.options import DealArgument, Json, LedgerOption, PlaybookOption
from premortem.cli.place import day_of, now, open_ledger, rules_for, user
from premortem.errors import Unknown

WHAT = "WHAT"
Asked = Annotated[str | None, typer.Option("--asked", help="We asked for it: documents, criteria, …", metavar=WHAT)]
Got = Annotated[str | None, typer.Option("--got", help="We got it.", metavar=WHAT)]
Refused = Annotated[str | None, typer.Option("--refused", help="They would rather not.", metavar=WHAT)]
Done = Annotated[
    str | None, typer.Option("--done", help="It is done: thanks, check-in, advocate; or returned.", metavar=WHAT)
]
On = Annotated[datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="On which day; else today.")]


def comeback(
    deal: DealArgument,
    asked: Asked = None,
    got: Got = None,
    refused: Refused = None,
    done: Done = None,
    on: On = None,
    words: Annotated[str, typer.Option("--words", help="What they answered.", metavar="TEXT")] = "",
    ledger: LedgerOption = None,
    playbook: PlaybookOption = None,
    as_json: Json = False,
) -> None:
    """After an end: what to ask for and when to call, how likely a return is and why; enter what came of it."""
    from premortem.acts.afterwards.comeback import comeback as way_back
    from premortem.acts.afterwards.comeback import tell_step
    from premortem.cli.show_comeback import show_comeback
    from premortem.cli.terminal import show

    held = open_ledger(ledger)
    norms = rules_for(held, playbook).norms_at().whole
    told = {state: what for state, what in zip(STATES, (asked, got, refused, done), strict=True) if what is not None}
    if len(told) > 1:
        raise Unknown("one step at a time", "Give one of --asked, --got, --refused and --done.")
    if not told and (on is not None or words):
        raise Unknown("a day or words without a step", "Add --asked, --got, --refused or --done.")
    for state, what in told.items():
        tell_step(held, deal, what, state, user(), now(), day_of(on), words, norms)
    show(way_back(held, deal, now().date(), norms), show_comeback, as_json)


STATES = ("asked", "got", "refused", "done")


def second_place(ledger: LedgerOption = None, playbook: PlaybookOption = None, as_json: Json = False) -> None:
    """List the lost deals: what to do next in each, what should not wait, and our record: asked, got, came back."""
    held = open_ledger(ledger)  # first: the list reads tables, which are there once a ledger is open
    from premortem.acts.afterwards.second_place import second_place as pipeline
    from premortem.cli.show_second_place import show_second_place
    from premortem.cli.terminal import show
    from premortem.records.lost_deals import LostDeals

    norms = rules_for(held, playbook).norms_at().whole
    show(pipeline(held, LostDeals(held.alias), now().date(), norms, each=None), show_second_place, as_json)
