"""After the end: the post-mortem, what follows from it, and the buyer's interview."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import typer

from premortem.cli.options import DealArgument, Json, LedgerOption, PlaybookOption
from premortem.cli.place import day_of, now, open_ledger, rules_for, user
from premortem.errors import Unknown

By = Annotated[str | None, typer.Option("--by", help="Whose words these are, if not your own.", metavar="NAME")]
TeamOption = Annotated[str, typer.Option("--team", help="Who speaks: sales or marketing.", metavar="TEAM")]
Day = ["%Y-%m-%d"]


def postmortem(
    deal: DealArgument,
    outcome: Annotated[
        str | None,
        typer.Option("--outcome", help="How it ended: won, lost (to a rival), other_way, no_decision or unknown."),
    ] = None,
    to: Annotated[str | None, typer.Option("--to", help="Who got it.", metavar="NAME")] = None,
    rank: Annotated[
        int | None, typer.Option("--rank", help="Which place we finished in: 2 is next to the winner.")
    ] = None,
    because: Annotated[str | None, typer.Option("--because", help="The reason that they gave.", metavar="TEXT")] = None,
    wish: Annotated[
        str | None, typer.Option("--wish", help="What you wish you had reacted to earlier.", metavar="TEXT")
    ] = None,
    tick: Annotated[
        list[str] | None, typer.Option("--tick", help="The same by a check's name; may be told several times.")
    ] = None,
    ended: Annotated[datetime | None, typer.Option("--ended", formats=Day, help="On which day it ended.")] = None,
    team: TeamOption = "sales",
    by: By = None,
    ledger: LedgerOption = None,
    playbook: PlaybookOption = None,
    as_json: Json = False,
) -> None:
    """Hold a deal's post-mortem: show all accounts beside what the evidence says, or add yours."""
    from premortem.acts.afterwards.post_mortem import Account, give_account
    from premortem.acts.afterwards.post_mortem_shown import post_mortem
    from premortem.cli.show_post_mortem import show_post_mortem
    from premortem.cli.terminal import show

    held = open_ledger(ledger)
    rules = rules_for(held, playbook)
    if any(one is not None for one in (outcome, to, rank, because, wish, tick, ended)):
        checks = tuple(one.strip().replace(" ", "_").replace("-", "_") for one in tick or ())
        account = Account(_team(team), outcome, to, rank, because, checks, wish, day_of(ended))  # type: ignore[arg-type]
        _point_out(give_account(held, rules, deal, account, by or user(), now()))
    entries = _entries(held, deal)
    show(post_mortem(entries, held.contents, rules, now().date()), show_post_mortem, as_json)


def conclude(
    deal: DealArgument,
    factor: Annotated[
        str | None, typer.Option("--factor", help="What contributed, in your words.", metavar="TEXT")
    ] = None,
    action: Annotated[str | None, typer.Option("--action", help="What is to be done.", metavar="TEXT")] = None,
    owner: Annotated[str, typer.Option("--owner", help="Who will do it.", metavar="NAME")] = "",
    due: Annotated[datetime | None, typer.Option("--due", formats=Day, help="By which day.")] = None,
    done: Annotated[bool, typer.Option("--done", help="The action named by --about was done.")] = False,
    recurred: Annotated[
        str | None,
        typer.Option("--recurred", help="Whether it happened again after the action named by --about: yes, no."),
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Take back the factor or action named by --about.")] = False,
    about: Annotated[
        str | None, typer.Option("--about", help="The factor or action meant, by the id that is shown.", metavar="ID")
    ] = None,
    because: Annotated[str, typer.Option("--because", help="What you saw, for --recurred.", metavar="TEXT")] = "",
    team: TeamOption = "sales",
    by: By = None,
    ledger: LedgerOption = None,
) -> None:
    """Draw a conclusion: what contributed, what to do about it by when, and later whether it happened again."""
    from premortem.acts.afterwards import conclude as concluding

    if sum((factor is not None, action is not None, done, recurred is not None, undo)) != 1:
        raise Unknown("say one thing at a time", "One of --factor, --action, --done, --recurred or --undo.")
    held, who, moment = open_ledger(ledger), by or user(), now()
    if factor is not None:
        told, wording = concluding.add_factor(held, deal, factor, _team(team), who, moment)
        typer.echo(
            f"{told.conclusion} is kept. It asks for an action: --action TEXT --owner NAME --due DAY --about "
            f"{told.conclusion}"
        )
        _point_out(wording)
    elif action is not None:
        if due is None:
            raise Unknown("an action needs a day", "Say by when: --due YYYY-MM-DD.")
        told, wording = concluding.add_action(held, deal, action, owner, due.date(), who, moment, about)
        typer.echo(f"{told.conclusion}: {told.owner} by {told.due}.")
        _point_out(wording)
    else:
        if about is None:
            raise Unknown(
                "nobody knows which one is meant", f"Name it: --about ID; `premortem postmortem {deal}` shows them."
            )
        if done:
            typer.echo(f"{about} was done on {concluding.done(held, deal, about, who, moment).done}.")
        elif undo:
            concluding.take_back(held, deal, about, who, moment)
            typer.echo(f"{about} is taken back.")
        else:
            if recurred not in ("yes", "no"):
                raise Unknown(f"'{recurred}' is no answer", "Say --recurred yes or --recurred no.")
            concluding.recurred(held, deal, about, recurred == "yes", who, moment, because)
            typer.echo("Kept: it happened again." if recurred == "yes" else "Kept: it has not happened again.")


def interview(
    deal: DealArgument,
    with_: Annotated[
        str | None, typer.Option("--with", help="Whom of the buyer's side you asked.", metavar="NAME")
    ] = None,
    answer: Annotated[
        list[str] | None,
        typer.Option(
            "--answer", help="What they said to a question, by its key; may be told several times.", metavar="KEY=TEXT"
        ),
    ] = None,
    by: By = None,
    ledger: LedgerOption = None,
    playbook: PlaybookOption = None,
    as_json: Json = False,
) -> None:
    """Show what to ask the buyer after the end, or take in what they answered."""
    from premortem.acts.afterwards.interview import interview as guide
    from premortem.acts.afterwards.interview import record_interview
    from premortem.cli.show_post_mortem import show_interview
    from premortem.cli.terminal import show

    held = open_ledger(ledger)
    if answer:
        if with_ is None:
            raise Unknown("nobody knows who answered", "Say whom you asked: --with NAME.")
        done = record_interview(held, deal, _answers(answer), with_, by or user(), now())
        typer.echo(f"Taken in as a note: {done.facts} facts were heard in it.")
        return
    document = guide(_entries(held, deal), held.contents, rules_for(held, playbook))
    show(document, show_interview, as_json)


def _entries(held: Any, deal: str) -> Any:
    from premortem.acts.afterwards.post_mortem import entries_of

    return entries_of(held, deal)


def _team(team: str) -> Any:
    if team not in ("sales", "marketing", "other"):
        raise Unknown(f"'{team}' is no team that takes part", "Say sales, marketing or other.")
    return team


def _answers(told: list[str]) -> dict[str, str]:
    from premortem.learning.interview import QUESTIONS
    from premortem.playbook.mistakes import meant

    answers = {}
    for one in told:
        key, _, words = one.partition("=")
        if key not in QUESTIONS:
            raise Unknown(f"there is no question '{key}'", meant(key, QUESTIONS))
        answers[key] = words
    return answers


def _point_out(wording: Any) -> None:
    for one in wording:
        typer.echo(f"Kept as you wrote it. ‘{one.words}’: {one.why} Rather write {one.instead}", err=True)
