"""Take files in, or read one without a ledger."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from premortem.cli.options import Json, LedgerOption, LlmModel, LlmUrl, ReaderOption, Sure
from premortem.cli.place import now, open_ledger, rules_for, there


def import_(
    path: Annotated[
        Path,
        typer.Argument(
            help="A deal folder, a folder of them, a CRM's export (folder, zip, CSV or XLSX), or with --deal touches."
        ),
    ],
    deal: Annotated[
        str | None, typer.Option("--deal", help="The deal in the ledger that these files belong to.")
    ] = None,
    preview: Annotated[
        bool, typer.Option("--preview", help="Of a CRM's export: say how it is read and what would be written.")
    ] = False,
    mapping: Annotated[
        Path | None,
        typer.Option(
            "--mapping", help="Which column tells what (TOML). With --preview a file that is not there is written."
        ),
    ] = None,
    mend: Annotated[
        Path | None, typer.Option("--mend", help="A folder for the rows that are not taken, as CSV, to be mended.")
    ] = None,
    ledger: LedgerOption = None,
    reader: ReaderOption = None,
    llm_url: LlmUrl = None,
    llm_model: LlmModel = None,
    sure: Sure = None,
    as_json: Json = False,
) -> None:
    """Take deals into the ledger: the CRM's row, calls, mails and notes. The same file twice adds nothing."""
    from premortem.acts.bringing_in.bring_in import bring_in
    from premortem.acts.looking.reviewing import review_changed
    from premortem.cli.readers import readers_asked_for
    from premortem.cli.show_import import show_import
    from premortem.cli.terminal import progress, show
    from premortem.importing.deal_folder.reading import deal_folders
    from premortem.importing.tables.folder import is_table

    path = there(path)
    asked = preview or mapping is not None or mend is not None
    if deal is None and (asked or (is_table(path) and not (path.is_dir() and deal_folders(path)))):
        from premortem.cli.export_import import import_export

        import_export(path, open_ledger(ledger), now(), preview, mapping, mend, as_json)
        return
    readers = readers_asked_for(reader, llm_url, llm_model, sure)
    held = open_ledger(ledger)
    with progress("reading") as step:
        brought = bring_in(held, path, now(), deal, step, readers)
    with progress("reviewing") as step:
        review_changed(held, rules_for(held, None), now().date(), [one.deal for one in brought], step)
    show(brought, show_import, as_json)
    if any(one.left_out for one in brought):
        raise typer.Exit(1)


def read(
    path: Annotated[Path, typer.Argument(help="A deal folder, or a single transcript, mail or note.")],
    reader: ReaderOption = None,
    llm_url: LlmUrl = None,
    llm_model: LlmModel = None,
    sure: Sure = None,
    as_json: Json = False,
) -> None:
    """Show what is heard in a deal or in one file, each fact with its quote. Keeps nothing."""
    from premortem.acts.bringing_in.read import read as read_path
    from premortem.cli.readers import readers_asked_for
    from premortem.cli.show_read import show_read
    from premortem.cli.terminal import progress, show

    path = there(path)
    readers = readers_asked_for(reader, llm_url, llm_model, sure)
    with progress("reading") as step:
        document = read_path(path, now(), step, readers)
    show(document, show_read, as_json)
    if document.left_out:
        raise typer.Exit(1)
