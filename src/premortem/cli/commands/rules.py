"""The rules, their record, and what a person says of what they found."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from premortem.cli.options import DealArgument, Json, LedgerOption, PlaybookOption
from premortem.cli.place import day_of, now, open_ledger, rules_for, user


def rules(ledger: LedgerOption = None, playbook: PlaybookOption = None, as_json: Json = False) -> None:
    """Show each check's record on your own deals that ended: how often it fired, how early, whether that tells."""
    from premortem.acts.looking.rules import rules as record
    from premortem.cli.show_rules import show_rules
    from premortem.cli.terminal import progress, show

    held = open_ledger(ledger)
    with progress("looking back at") as step:
        document = record(held, rules_for(held, playbook), progress=step)
    show(document, show_rules, as_json)
    if document.failed:
        raise typer.Exit(1)


def explain(check: Annotated[str | None, typer.Argument(help="A check's name, as findings give it.")] = None) -> None:
    """Tell what a check looks for and why it matters; without a name, list them all."""
    from premortem.acts.looking.explain import explain as page_of
    from premortem.cli.show_check import show_check
    from premortem.cli.terminal import show

    show(page_of(check), show_check, as_json=False)


def norms(ledger: LedgerOption = None, playbook: PlaybookOption = None, as_json: Json = False) -> None:
    """Tell what is usual in your firm, by its own closed deals once enough have ended, each figure with its source."""
    from premortem.acts.looking.norms import norms_document
    from premortem.cli.show_norms import show_norms
    from premortem.cli.terminal import show

    held = open_ledger(ledger)
    show(norms_document(rules_for(held, playbook).norms_at()), show_norms, as_json)


def playbook(
    check: Annotated[
        Path | None, typer.Option("--check", help="Read this file instead, and say what is wrong.", metavar="FILE")
    ] = None,
    ledger: LedgerOption = None,
    as_json: Json = False,
) -> None:
    """Show your firm's own rules: thresholds, checks switched off or added, lists; and what is wrong in the file."""
    from premortem.acts.playbook import playbook_document
    from premortem.cli.show_playbook import show_playbook
    from premortem.cli.terminal import show

    rules = rules_for(None if check else open_ledger(ledger), check)
    show(playbook_document(rules), show_playbook, as_json)
    if rules.wrong:
        raise typer.Exit(1)


def waive(
    deal: DealArgument,
    check: Annotated[str, typer.Argument(help="A check's name, as findings give it.")],
    because: Annotated[str | None, typer.Option("--because", help="Why.", metavar="TEXT")] = None,
    until: Annotated[
        datetime | None, typer.Option("--until", formats=["%Y-%m-%d"], help="Through which day; else for good.")
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Take it back: let the check speak again.")] = False,
    ledger: LedgerOption = None,
    playbook: PlaybookOption = None,
) -> None:
    """Set aside what a check finds in a deal, with a reason. It stays to be seen in every review."""
    from premortem.acts.telling.waive import take_back
    from premortem.acts.telling.waive import waive as set_aside

    held = open_ledger(ledger)
    rules = rules_for(held, playbook)
    if undo:
        waiver = take_back(held, rules, deal, check, user(), now(), because)
        typer.echo(f"'{waiver.check}' speaks again in {deal}.")
        return
    waiver = set_aside(held, rules, deal, check, because or "", user(), now(), day_of(until))
    end = f" through {waiver.until.isoformat()}" if waiver.until else ""
    typer.echo(f"'{waiver.check}' is set aside in {deal}{end}; --undo takes that back.")


def judge(
    deal: DealArgument,
    fact: Annotated[str, typer.Argument(help="A fact's id, as the address on its touch's page ends.", metavar="FACT")],
    says: Annotated[str, typer.Argument(help="confirmed or rejected.", metavar="SAYS")],
    ledger: LedgerOption = None,
    playbook: PlaybookOption = None,
) -> None:
    """Say of a fact that it is right or wrong; the deal's findings follow."""
    from premortem.acts.telling.judge import judge as judge_fact

    held = open_ledger(ledger)
    done = judge_fact(held, deal, fact, says, user(), now(), rules=rules_for(held, playbook))
    moved = [f"gone: {', '.join(done.gone)}"] * bool(done.gone) + [f"new: {', '.join(done.come)}"] * bool(done.come)
    told = "; ".join(moved) or "the deal's findings stay as they are"
    typer.echo(f"{done.fact} is {done.says}: {told}." if done.told else "That was said before: nothing changed.")
