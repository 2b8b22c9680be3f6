"""Bring in what lies in mailboxes and calendars."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from premortem.cli.options import Json, LedgerOption
from premortem.cli.place import day_of, now, open_ledger, rules_for, there
from premortem.errors import Unknown

SettingsOption = Annotated[
    Path | None,
    typer.Option(
        "--settings",
        help="What is never read, and whose is which domain (TOML). Else PREMORTEM_MAIL, or mail.toml by the ledger.",
        metavar="FILE",
    ),
]
AskedOption = Annotated[
    Path | None,
    typer.Option(
        "--asked",
        help="A table of what fits no deal or two: it is written there, and your answers are read from it.",
        metavar="FILE.csv",
    ),
]
PreviewOption = Annotated[bool, typer.Option("--preview", help="Show where everything would go; write nothing.")]


def mail(
    path: Annotated[
        Path | None,
        typer.Argument(help="A mailbox: an mbox file, a Maildir, a folder of .eml files. Left out: --imap."),
    ] = None,
    since: Annotated[
        datetime | None, typer.Option("--since", formats=["%Y-%m-%d"], help="Only mails of this day and later.")
    ] = None,
    preview: PreviewOption = False,
    imap: Annotated[
        bool, typer.Option("--imap", help="Read the mailbox on the server that the settings name.")
    ] = False,
    asked: AskedOption = None,
    settings: SettingsOption = None,
    ledger: LedgerOption = None,
    as_json: Json = False,
) -> None:
    """Bring in a mailbox: mails find their deals by people, account, thread and time; private mail stays out."""
    from premortem.acts.bringing_in.bring_in_mail import bring_in_mail
    from premortem.acts.looking.reviewing import review_changed
    from premortem.cli.show_mail import show_mail
    from premortem.cli.terminal import progress, show
    from premortem.importing.placing.answers import answers_in, write_questions

    held = open_ledger(ledger)
    privacy = privacy_for(held, settings)
    answers = answers_in(asked) if asked is not None else {}
    letters = _letters(path, imap, privacy, day_of(since))
    with progress("mails") as step:
        document = bring_in_mail(held, letters, now(), privacy, answers, day_of(since), preview, step)
    if asked is not None:
        write_questions(asked, (one.question for one in document.of("asked")), answers)
    if document.read:
        with progress("reviewing") as step:
            review_changed(held, rules_for(held, None), now().date(), list(document.deals), step)
    show(document, show_mail, as_json)


def _letters(path: Path | None, imap: bool, privacy: Any, since: Any) -> Iterator[Any]:
    if imap == (path is not None):
        raise Unknown("nobody knows which mailbox is meant", "Name a file or folder, or say --imap.")
    if path is not None:
        from premortem.importing.mailbox.opening import letters

        return letters(there(path))
    if privacy.imap is None:
        raise Unknown("no server is set", "Write [imap] with host, user and folders into mail.toml.")
    from premortem.importing.mailbox.imap import connect, letters_on

    client = connect(privacy.imap, os.environ)
    return letters_on(client, privacy.imap.folders, since, privacy.never_folders)


def privacy_for(held: Any, file: Path | None) -> Any:
    """What is never read, from the file named here, in the environment, or lying beside the ledger."""
    from premortem.acts.bringing_in.mail_settings import mail_settings

    return mail_settings(held.place, there(file) if file is not None else None)
