"""Look at deals: reviewed, prepared for, replayed, coached, listed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from premortem.cli.options import AsOf, FactsOption, Json, LedgerOption, PathOrDeal, PlaybookOption
from premortem.cli.place import day_of, ledger_at, now, open_ledger, rules_for, write_page
from premortem.errors import Unknown


def review(
    path_or_deal: PathOrDeal,
    as_of: AsOf = None,
    ledger: LedgerOption = None,
    facts: FactsOption = None,
    as_json: Json = False,
    everything: Annotated[bool, typer.Option("--all", help="Also show what is clear and what does not apply.")] = False,
    lists: Annotated[
        list[str] | None,
        typer.Option("--list", help="Also show a qualification list: bant, meddicc, meddpicc, spiced, or your own."),
    ] = None,
    playbook: PlaybookOption = None,
) -> None:
    """Say what nobody knows about a deal, the words that show it, and what to ask next."""
    from functools import partial

    from premortem.acts.looking.review import review as review_entries
    from premortem.cli.show_review import show_review
    from premortem.cli.terminal import show

    held, deal, left_out, remarks = ledger_at(path_or_deal, ledger, facts)
    entries, rules, today = held.store.read(deal), rules_for(held, playbook), day_of(as_of) or now().date()
    document = review_entries(entries, held.contents, day_of(as_of), None, left_out, remarks, rules, lists or (), today)
    show(document, partial(show_review, everything=everything), as_json)
    if document.left_out or document.failed:
        raise typer.Exit(1)


def prepare(
    path_or_deal: PathOrDeal,
    html: Annotated[
        Path | None, typer.Option("--html", help="Write it to this file, to print on one page.", metavar="FILE")
    ] = None,
    as_of: AsOf = None,
    ledger: LedgerOption = None,
    facts: FactsOption = None,
    playbook: PlaybookOption = None,
    as_json: Json = False,
) -> None:
    """Make the sheet for the next meeting: who is who, what we know, what to ask, what is promised, what better not."""
    from premortem.acts.looking.prepare import prepare as prepare_entries
    from premortem.cli.call_sheet_page import call_sheet_page
    from premortem.cli.show_prepare import show_prepare
    from premortem.cli.terminal import show

    held, deal, left_out, remarks = ledger_at(path_or_deal, ledger, facts)
    rules, today = rules_for(held, playbook), day_of(as_of) or now().date()
    sheet = prepare_entries(held.store.read(deal), held.contents, day_of(as_of), None, left_out, remarks, rules, today)
    if html is not None:
        write_page(html, call_sheet_page(sheet))
    if html is None or as_json:
        show(sheet, show_prepare, as_json)
    if left_out:
        raise typer.Exit(1)


def replay(
    path_or_deal: PathOrDeal, ledger: LedgerOption = None, playbook: PlaybookOption = None, as_json: Json = False
) -> None:
    """Go through a deal touch by touch: when each sign could first be seen, and when anybody did something about it."""
    from premortem.acts.afterwards.replay import replay as replay_entries
    from premortem.cli.show_replay import show_replay
    from premortem.cli.terminal import show

    held, deal, left_out, _ = ledger_at(path_or_deal, ledger)
    rules = rules_for(held, playbook)
    show(replay_entries(held.store.read(deal), held.contents, rules=rules), show_replay, as_json)
    if left_out:
        raise typer.Exit(1)


def coach(
    path_or_deal: Annotated[str | None, typer.Argument(help="A deal folder, or a deal in the ledger.")] = None,
    person: Annotated[
        str | None, typer.Option("--person", help="One of your side, over all deals of the ledger.", metavar="NAME")
    ] = None,
    ledger: LedgerOption = None,
    as_json: Json = False,
) -> None:
    """Look at conversations: talk, questions, what was never reached; each call of a deal, or one of us over time."""
    from premortem.cli.terminal import show

    if (path_or_deal is None) == (person is None):
        raise Unknown("say what to look at", "Name either a deal or folder, or --person NAME.")
    if person is not None:
        from premortem.acts.looking.coaching_over_time import coach_person
        from premortem.cli.show_coaching import show_person_coaching

        show(coach_person(open_ledger(ledger), person), show_person_coaching, as_json)
        return
    from premortem.acts.looking.coaching import coach_deal
    from premortem.cli.show_coaching import show_deal_coaching

    held, deal, left_out, _ = ledger_at(str(path_or_deal), ledger)
    show(coach_deal(held, deal), show_deal_coaching, as_json)
    for left in left_out:
        typer.echo(f"Left out: {left.why}", err=True)
    if left_out:
        raise typer.Exit(1)


def deals(ledger: LedgerOption = None, playbook: PlaybookOption = None, as_json: Json = False) -> None:
    """List the deals in the ledger with what is open in each."""
    from premortem.acts.looking.overview import overview
    from premortem.cli.show_overview import show_overview
    from premortem.cli.terminal import progress, show

    held = open_ledger(ledger)
    with progress("reviewing") as step:
        lines = overview(held, rules_for(held, playbook), now().date(), step)
    show(lines, show_overview, as_json)
