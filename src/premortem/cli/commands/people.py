"""Who is who: list, merge, split, place, erase."""

from __future__ import annotations

from typing import Annotated

import typer

from premortem.cli.options import DealArgument, Json, LedgerOption
from premortem.cli.place import now, open_ledger, user
from premortem.errors import Unknown


def people(deal: DealArgument, ledger: LedgerOption = None, as_json: Json = False) -> None:
    """List the people of a deal: who they are, whom we met, who might be the same."""
    from premortem.acts.bringing_in.read import read_document
    from premortem.acts.looking.people import deal_in
    from premortem.cli.show_read import show_people
    from premortem.cli.terminal import show

    opened = open_ledger(ledger)
    show(read_document(deal_in(opened, deal), opened.contents, [], []).people, show_people, as_json)


def merge(
    deal: DealArgument,
    one: Annotated[str, typer.Argument(help="Who is folded in: an id, or a name that only one person has.")],
    other: Annotated[str, typer.Argument(help="Who they are.")],
    ledger: LedgerOption = None,
) -> None:
    """Say that two records are one human."""
    from premortem.acts.looking.people import merge_people

    kept = merge_people(open_ledger(ledger), deal, one, other, user(), now())
    typer.echo(f"'{one}' is '{other}' ({kept}) from now on; `premortem split {deal} {kept}` parts them again.")


def split(
    deal: DealArgument,
    one: Annotated[str, typer.Argument(help="The person into whom others were merged.")],
    ledger: LedgerOption = None,
) -> None:
    """Part a person again from those who were merged into them."""
    from premortem.acts.looking.people import split_person

    typer.echo("Now apart again: " + ", ".join(split_person(open_ledger(ledger), deal, one, user(), now())))


def side(
    deal: DealArgument,
    one: Annotated[str, typer.Argument(help="An id, or a name that only one person has.")],
    which: Annotated[str, typer.Argument(help="buyer, seller or outside.")],
    ledger: LedgerOption = None,
) -> None:
    """Say whether somebody is on the buyer's side, the seller's, or outside."""
    from premortem.acts.looking.people import set_side

    if which not in ("buyer", "seller", "outside"):
        raise Unknown(f"'{which}' is no side", "Say buyer, seller or outside.")
    set_side(open_ledger(ledger), deal, one, which, user(), now())  # type: ignore[arg-type]
    typer.echo(f"'{one}' counts as {which} in {deal} from now on.")


def erase(
    deal: DealArgument,
    one: Annotated[str, typer.Argument(help="An id, or a name that only one person has.")],
    ledger: LedgerOption = None,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask whether I am sure.")] = False,
) -> None:
    """Erase a person from a deal for good: their name, their words, and their name in others' words."""
    from premortem.acts.telling.erase import erase_person

    if not yes:
        typer.confirm(f"Erase '{one}' from {deal} for good? This can't be undone.", abort=True)
    gone = erase_person(open_ledger(ledger), deal, one, user(), now())
    typer.echo(f"Erased from {gone.touches} touches; {gone.contents} contents are gone. Back-ups still hold them.")
