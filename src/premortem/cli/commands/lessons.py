"""What a deal that ended taught: lessons, and the open deals that look the same."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from premortem.cli.options import DealArgument, Json, LedgerOption, PlaybookOption
from premortem.cli.place import day_of, now, open_ledger, rules_for, user
from premortem.errors import Unknown


def lesson(
    deal: DealArgument,
    day: Annotated[
        datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="What it looked like on this day.")
    ] = None,
    title: Annotated[str, typer.Option("--title", help="What it warns of, without names.", metavar="TEXT")] = "",
    findings: Annotated[str | None, typer.Option("--findings", help="Findings that stood then.", metavar="A,B")] = None,
    claims: Annotated[str | None, typer.Option("--claims", help="What had been said.", metavar="A,B")] = None,
    unsaid: Annotated[str | None, typer.Option("--unsaid", help="What nobody had said.", metavar="A,B")] = None,
    drop: Annotated[str | None, typer.Option("--drop", help="Take this lesson back.", metavar="LESSON")] = None,
    ledger: LedgerOption = None,
    playbook: PlaybookOption = None,
    as_json: Json = False,
) -> None:
    """Make a lesson of a deal that ended, and see which open deals look the same; without --title, see the choices."""
    held = open_ledger(ledger)  # first: what follows reads tables, which are there once a ledger is open
    from premortem.acts.afterwards import lessons as acts
    from premortem.acts.afterwards.post_mortem import entries_of
    from premortem.acts.looking.reviewing import review_changed
    from premortem.cli.show_lessons import show_choices, show_lessons
    from premortem.cli.terminal import progress, show

    rules = rules_for(held, playbook)
    if drop is not None:
        acts.drop(held, deal, drop, user(), now())
        typer.echo(f"{drop} is watched no longer.")
        return
    on = day_of(day)
    if on is None:
        raise Unknown("a lesson is made of what a deal looked like on a day", "Name it: --on YYYY-MM-DD.")
    if not title:
        show(acts.choices(entries_of(held, deal), on, rules), show_choices, as_json)
        return
    stood, said, not_said = (_names(one) for one in (findings, claims, unsaid))
    made = acts.make(held, rules, deal, on, title, user(), now(), stood, said, not_said)
    with progress("reviewing") as step:
        review_changed(held, rules, now().date(), progress=step)

    from premortem.acts.afterwards.lessons_shown import lessons as shown
    from premortem.records.resembling import Resembling

    show(shown(held, Resembling(held.alias), made.lesson), show_lessons, as_json)


def lessons(ledger: LedgerOption = None, playbook: PlaybookOption = None, as_json: Json = False) -> None:
    """List the lessons: which open deals look like a deal that ended did, and how often each told lost from won."""
    held = open_ledger(ledger)  # first: what follows reads tables, which are there once a ledger is open
    from premortem.acts.afterwards.lessons_shown import lessons as shown
    from premortem.acts.looking.reviewing import review_changed
    from premortem.cli.show_lessons import show_lessons
    from premortem.cli.terminal import progress, show
    from premortem.records.resembling import Resembling

    with progress("reviewing") as step:
        review_changed(held, rules_for(held, playbook), now().date(), progress=step)
    show(shown(held, Resembling(held.alias)), show_lessons, as_json)


def _names(given: str | None) -> tuple[str, ...]:
    return tuple(one for one in (given or "").split(",") if one.strip())
