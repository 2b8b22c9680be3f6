"""Tell the firm's CRM what was found, as a table or by its API, into the fields that the user names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any

import typer

from premortem.cli.commands.forecasting import By
from premortem.cli.options import Json, LedgerOption, PlaybookOption
from premortem.cli.place import day_of, now, open_ledger, rules_for, there, user, write_page
from premortem.errors import Unknown

CRMS = ("salesforce", "hubspot", "odoo")


def tell_crm(
    to: Annotated[
        str | None, typer.Option("--to", help="Which CRM to ask and write to.", metavar="|".join(CRMS))
    ] = None,
    fields: Annotated[
        Path | None,
        typer.Option("--fields", help="Which of ours goes into which field of the CRM (TOML).", metavar="FILE"),
    ] = None,
    write: Annotated[
        bool, typer.Option("--write", help="Write it. Without this, only show what stands there and what would.")
    ] = False,
    csv: Annotated[
        Path | None, typer.Option("--csv", help="Write a table for the CRM's own import instead.", metavar="FILE")
    ] = None,
    columns: Annotated[
        str | None, typer.Option("--columns", help="Of --csv: what to tell, commas between.", metavar="A,B")
    ] = None,
    log: Annotated[bool, typer.Option("--log", help="Show what was written into the CRM so far.")] = False,
    by: By = None,
    ledger: LedgerOption = None,
    playbook: PlaybookOption = None,
    as_json: Json = False,
) -> None:
    """Tell the CRM the findings, the next question and the forecast of open deals: only into fields that you name."""
    if log:
        _log(open_ledger(ledger), as_json)
    elif csv is not None:
        if write:
            raise Unknown("a table is never written into the CRM", "Say --to instead of --csv, or leave --write out.")
        _csv(csv, to, fields, columns, open_ledger(ledger), playbook, by)
    elif to is not None and fields is not None:
        _tell(to, there(fields), write, open_ledger(ledger), playbook, by, as_json)
    else:
        raise Unknown("nobody knows where to tell it", "Say --csv FILE, or --to CRM --fields FILE, or --log.")


def _tell(to: str, fields: Path, write: bool, held: Any, playbook: Path | None, by: Any, as_json: bool) -> None:
    from premortem.acts.crm.crm_fields import naming
    from premortem.acts.crm.tell_crm import tell_crm as act
    from premortem.cli.show_tell_crm import show_told
    from premortem.cli.terminal import progress, show
    from premortem.records.told_crm import DatabaseTold

    named = naming(fields, _crm(to))
    crm = _connected(named)
    words = _words(held, playbook, named.fields, named.settings.pages, by)
    with progress("telling") as step:
        document = act(named, crm, words, DatabaseTold(held.alias), user(), now(), write, step)
    show(document, show_told, as_json)
    if document.hung_up:
        typer.echo(f"premortem: {document.hung_up}", err=True)
    if any(line.why for line in document.lines):
        raise typer.Exit(1)


def _csv(
    file: Path, to: str | None, fields: Path | None, columns: str | None, held: Any, playbook: Path | None, by: Any
) -> None:
    from premortem.acts.crm.crm_fields import naming
    from premortem.acts.crm.crm_words import known_words
    from premortem.acts.crm.tell_crm_csv import WITHOUT_WORDS, tell_crm_csv

    if fields is not None and to is None:
        raise Unknown("nobody knows whose fields these are", f"Say --to: {', '.join(CRMS)}.")
    named = naming(there(fields), _crm(to or "")) if fields is not None else None
    told = [one.strip() for one in columns.split(",")] if columns else [*(named.fields if named else WITHOUT_WORDS)]
    if named is not None and (unnamed := [one for one in told if one not in named.fields]):
        raise Unknown(f"'{unnamed[0]}' goes into no field", f"Name one for it in [fields] of {fields}.")
    wanted = known_words(told)
    words = _words(held, playbook, wanted, named.settings.pages if named else "", by)
    write_page(file, tell_crm_csv(words, wanted, named))


def _words(held: Any, playbook: Path | None, wanted: Any, pages: str, by: Any) -> Any:
    from premortem.acts.crm.crm_words import deal_words
    from premortem.cli.terminal import progress

    with progress("reviewing") as step:
        return deal_words(held, rules_for(held, playbook), wanted, now(), pages, day_of(by), step)


def _crm(to: str) -> str:
    if to.casefold() not in CRMS:
        raise Unknown(f"'{to}' is no CRM that can be told", f"There are: {', '.join(CRMS)}; or write a table, --csv.")
    return to.casefold()


def _connected(named: Any) -> Any:
    """The CRM, opened by what the environment holds."""
    settings = named.settings
    try:
        if named.crm == "salesforce":
            if settings.salesforce is None:
                raise Unknown("nobody knows where your Salesforce is", f"Set [salesforce] instance in {named.file}.")
            from premortem.writing_back.salesforce import connect

            return connect(settings.salesforce.instance, os.environ)
        if named.crm == "hubspot":
            from premortem.writing_back.hubspot import connect as connect_hubspot

            return connect_hubspot(os.environ)
    except ModuleNotFoundError as missing:
        raise Unknown(f"{missing.name} is not installed", "Run: pip install 'premortem[crm]'") from missing
    if settings.odoo is None:
        raise Unknown("nobody knows where your Odoo is", f"Set [odoo] url in {named.file}.")
    from premortem.writing_back.odoo import connect as connect_odoo

    return connect_odoo(settings.odoo, os.environ)


def _log(held: Any, as_json: bool) -> None:
    from premortem.cli.show_tell_crm import show_log
    from premortem.cli.terminal import show
    from premortem.records.told_crm import MOST, DatabaseTold

    show(DatabaseTold(held.alias).newest(MOST), show_log, as_json)
