"""The buyer's project: show it, begin it from a template, add and tick steps, take it along; and mail reminders."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from premortem.cli.options import DealArgument, Json, LedgerOption
from premortem.cli.place import day_of, now, open_ledger, user, write_page

Day = ["%Y-%m-%d"]
WHOSE = {"buyer": "the buyer's alone", "joint": "joint", "ours": "ours"}


def project(
    deal: DealArgument,
    from_template: Annotated[
        bool, typer.Option("--from-template", help="Begin a plan: from your own won deals, else from a guess.")
    ] = False,
    start: Annotated[datetime | None, typer.Option("--start", formats=Day, help="When that plan begins.")] = None,
    add: Annotated[str | None, typer.Option("--add", help="Add a step that both sides see.", metavar="TEXT")] = None,
    whose: Annotated[str, typer.Option("--whose", help="Whose step it is: buyer, joint or ours.")] = "joint",
    owner: Annotated[str | None, typer.Option("--owner", help="Who does it.", metavar="PERSON")] = None,
    due: Annotated[datetime | None, typer.Option("--due", formats=Day, help="By which day: a proposal.")] = None,
    hours: Annotated[float | None, typer.Option("--hours", help="How many hours it takes.", min=0)] = None,
    private: Annotated[bool, typer.Option("--private", help="With --add: the buyer does not see it.")] = False,
    done: Annotated[str | None, typer.Option("--done", help="This step is done.", metavar="STEP")] = None,
    on: Annotated[datetime | None, typer.Option("--on", formats=Day, help="With --done: on which day.")] = None,
    ics: Annotated[Path | None, typer.Option("--ics", help="Write its days as a calendar.", metavar="FILE")] = None,
    csv: Annotated[Path | None, typer.Option("--csv", help="Write it as a table.", metavar="FILE")] = None,
    pdf: Annotated[Path | None, typer.Option("--pdf", help="Write it as a page to hand round.", metavar="FILE")] = None,
    ledger: LedgerOption = None,
    as_json: Json = False,
) -> None:
    """The buyer's own project: what they do, by when, who agrees, what the plan does not say yet."""
    held = open_ledger(ledger)
    from premortem.acts.buying.project import project as project_of
    from premortem.cli.show_project import show_project
    from premortem.cli.terminal import show

    if from_template:
        from premortem.acts.buying.project_template import begin

        begun = begin(held, deal, user(), day_of(start) or now().date(), now())
        typer.echo(f"{len(begun.steps)} steps laid out, from {begun.of or 'no'} won deals of your own.", err=True)
    if add is not None:
        _add(held, deal, add, whose, owner, day_of(due), hours, not private)
    if done is not None:
        _done(held, deal, done, day_of(on))
    document = project_of(held, deal, now().date())
    if ics is not None or csv is not None:
        _take_along(document, ics, csv)
    if pdf is not None:
        from premortem.acts.buying.room_paper import paper
        from premortem.errors import Unknown

        try:
            pdf.write_bytes(paper(document.shared, "We", now().date()))
        except OSError as error:
            raise Unknown(
                f"{pdf} can't be written: {error.strerror}", "Name a file in a folder that is there."
            ) from error
    show(document, show_project, as_json)


def remind(ledger: LedgerOption = None, as_json: Json = False) -> None:
    """Mail those buyers who asked for it that a step of theirs is near. Run it once a day; docs/room.md says how."""
    import os

    import msgspec

    if ledger is not None:
        from premortem.records.database_url import sqlite_url

        os.environ["DATABASE_URL"] = sqlite_url(ledger)
    from premortem.web import reminding

    sent = reminding.remind_all(reminding.opened(), now().date())
    typer.echo(msgspec.json.encode({"sent": sent}).decode() if as_json else f"Reminders sent: {sent}.")


def _add(
    held: Any, deal: str, words: str, whose: str, owner: str | None, due: Any, hours: float | None, shared: bool
) -> None:
    from premortem.acts.buying.project_change import Hand
    from premortem.acts.buying.project_change import add as add_step
    from premortem.acts.looking.people import deal_in, person_called

    person = person_called(held, deal_in(held, deal), owner) if owner else None
    wanted = {"title": words, "whose": whose, "owner": person, "due": due, "effort": hours}
    add_step(held, deal, Hand.ours(user()), wanted, now(), shared=shared)  # type: ignore[arg-type]


def _done(held: Any, deal: str, called: str, on: Any) -> None:
    from premortem.acts.buying.project import project as project_of
    from premortem.acts.buying.project_change import Hand, change
    from premortem.errors import Unknown

    tasks = project_of(held, deal, now().date()).tasks
    found = [one for one in tasks if one.id == called] or [
        one for one in tasks if called.casefold() in one.title.casefold()
    ]
    if len(found) != 1:
        why = f"several steps are called '{called}'" if found else f"there is no step '{called}'"
        known = "; ".join(f"{one.title} ({one.id})" for one in found or tasks) or "the plan has none yet"
        raise Unknown(f"in {deal} {why}", f"Name one of: {known}.")
    change(held, deal, Hand.ours(user()), found[0].id, {"done": on or now().date()}, found[0].version, now())


def _take_along(document: Any, ics: Path | None, csv: Path | None) -> None:
    from premortem.acts.buying.room import lines
    from premortem.buying.calendar import as_csv, as_ics

    told = lines(document.shared, WHOSE)
    if ics is not None:
        write_page(ics, as_ics(told, "Our plan", now()))
    if csv is not None:
        write_page(csv, as_csv(told))
