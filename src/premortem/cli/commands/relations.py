"""Rapport and relations, what is open about a customer, and the month's sample."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from premortem.cli.options import DealArgument, Json, LedgerOption
from premortem.cli.place import day_of, now, open_ledger, user
from premortem.errors import Unknown

Day = ["%Y-%m-%d"]
Owner = Annotated[str | None, typer.Option("--owner", help="Whose it is, if not yours.", metavar="NAME")]


def relations(
    deal: DealArgument,
    lunch: Annotated[
        datetime | None, typer.Option("--lunch", formats=Day, help="Plan a lunch at their office on a day.")
    ] = None,
    held: Annotated[datetime | None, typer.Option("--held", formats=Day, help="A lunch was held on a day.")] = None,
    planned: Annotated[
        str | None, typer.Option("--planned", help="Which planned lunch was held, by its id.", metavar="ID")
    ] = None,
    owner: Owner = None,
    ledger: LedgerOption = None,
    as_json: Json = False,
) -> None:
    """Show the three rapports, who of ours knows each decider, and what each buyer did; or enter a lunch."""
    opened = open_ledger(ledger)
    from premortem.acts.buying.relations import held_lunch, plan_lunch
    from premortem.acts.buying.relations import relations as standing
    from premortem.cli.show_relations import show_relations
    from premortem.cli.terminal import show

    if lunch is not None and held is not None:
        raise Unknown("a lunch is planned or held", "Give one of --lunch and --held.")
    if lunch is not None:
        plan_lunch(opened, deal, owner or user(), lunch.date(), user(), now())
    if held is not None:
        held_lunch(opened, deal, held.date(), owner or user(), now(), planned)
    show(standing(opened, deal, now().date()), show_relations, as_json)


def unknowns(
    deal: DealArgument,
    ask: Annotated[str | None, typer.Option("--ask", help="Something to find out.", metavar="TEXT")] = None,
    assume: Annotated[
        str | None, typer.Option("--assume", help="Something assumed until --due, and then looked at.", metavar="TEXT")
    ] = None,
    owner: Owner = None,
    way: Annotated[str, typer.Option("--way", help="In which way it is found out.", metavar="TEXT")] = "",
    due: Annotated[datetime | None, typer.Option("--due", formats=Day, help="By which day.")] = None,
    settle: Annotated[
        str | None, typer.Option("--settle", help="It was found out; which, by its id.", metavar="ID")
    ] = None,
    answer: Annotated[str, typer.Option("--answer", help="What was found out.", metavar="TEXT")] = "",
    drop: Annotated[str | None, typer.Option("--drop", help="It no longer matters.", metavar="ID")] = None,
    ledger: LedgerOption = None,
    as_json: Json = False,
) -> None:
    """Show what is known of a customer and from whom, and what is open: whose it is, how and by when."""
    held = open_ledger(ledger)
    from premortem.acts.buying import visibility
    from premortem.cli.show_relations import show_unknowns
    from premortem.cli.terminal import show

    if sum(one is not None for one in (ask, assume, settle, drop)) > 1:
        raise Unknown("one thing at a time", "Give one of --ask, --assume, --settle and --drop.")
    who, moment = user(), now()
    if ask is not None:
        visibility.ask_for(held, deal, ask, owner or who, way, day_of(due), who, moment)
    elif assume is not None:
        visibility.assume(held, deal, assume, owner or who, day_of(due), who, moment, way)
    elif settle is not None:
        visibility.settle(held, deal, settle, answer, who, moment)
    elif drop is not None:
        visibility.drop(held, deal, drop, who, moment)
    show(visibility.visibility(held, deal, moment.date()), show_unknowns, as_json)


def sample(
    deal: Annotated[str | None, typer.Option("--deal", help="Whose answer it is: the deal.", metavar="DEAL")] = None,
    person: Annotated[str, typer.Option("--person", help="And the person.", metavar="PERSON")] = "",
    how: Annotated[str, typer.Option("--how", help="better, 'the same', worse or 'not sure'.", metavar="WORD")] = "",
    words: Annotated[str, typer.Option("--words", help="What they said.", metavar="TEXT")] = "",
    ledger: LedgerOption = None,
    as_json: Json = False,
) -> None:
    """Show whom to ask this month, drawn by lot, and their answers side by side; or enter an answer."""
    held = open_ledger(ledger)
    from premortem.acts.buying.sample import answered
    from premortem.acts.buying.sample import sample as drawn
    from premortem.cli.show_relations import show_sample
    from premortem.cli.terminal import show
    from premortem.records.pieces import Contacts

    contacts = Contacts(held.alias)
    if deal is not None:
        answered(held, contacts, deal, person, how, words, user(), now())
    show(drawn(held, contacts, now().date()), show_sample, as_json)
