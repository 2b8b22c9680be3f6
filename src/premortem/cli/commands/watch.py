"""What comes in by itself: calendars that tell who was invited, and a folder into which transcripts drop."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from premortem.cli.commands.mail import AskedOption, PreviewOption, SettingsOption, privacy_for
from premortem.cli.options import Json, LedgerOption
from premortem.cli.place import now, open_ledger, rules_for, there
from premortem.errors import Unknown

DAYS = 90
"""How far back a server's calendar is read, unless somebody says since when."""


def calendar(
    file_or_url: Annotated[
        str,
        typer.Argument(
            help="A calendar's file (.ics), or the address of a CalDAV server (https://…).", metavar="FILE or URL"
        ),
    ],
    zone: Annotated[
        str | None,
        typer.Option("--zone", help="The time zone of times that name none, like Europe/Amsterdam.", metavar="ZONE"),
    ] = None,
    since: Annotated[
        datetime | None,
        typer.Option(
            "--since", formats=["%Y-%m-%d"], help="Only meetings of this day and later. On a server: else 90 days."
        ),
    ] = None,
    server_user: Annotated[
        str | None,
        typer.Option(
            "--user",
            help="Who logs in on the server, with PREMORTEM_CALDAV_PASSWORD. Without it, PREMORTEM_CALDAV_TOKEN does.",
            metavar="NAME",
        ),
    ] = None,
    preview: PreviewOption = False,
    settings: SettingsOption = None,
    ledger: LedgerOption = None,
    as_json: Json = False,
) -> None:
    """Bring in a calendar: meetings find their calls, which learn who was invited and silent, or invited and absent."""
    from premortem.acts.bringing_in.bring_in_calendar import bring_in_calendar
    from premortem.acts.looking.reviewing import review_changed
    from premortem.cli.show_watch import show_calendar
    from premortem.cli.terminal import progress, show

    meetings, remarks = _meetings(file_or_url, zone, since, server_user)
    held = open_ledger(ledger)
    document = bring_in_calendar(held, meetings, now(), privacy_for(held, settings), preview, remarks)
    changed = sorted({one.deal for one in document.meetings if one.became == "joined" and one.deal is not None})
    if changed and not preview:
        with progress("reviewing") as step:
            review_changed(held, rules_for(held, None), now().date(), changed, step)
    show(document, show_calendar, as_json)


def _meetings(told: str, zone: str | None, since: datetime | None, user: str | None) -> tuple[list[Any], list[str]]:
    """The meetings of a file or a server, and what is to be said of them."""
    first = since.replace(tzinfo=UTC) if since is not None else None
    if "://" in told:
        from premortem.importing.calendar.caldav import Server

        fetched = Server(told, user, os.environ).fetch(first or now() - timedelta(days=DAYS), now(), zone)
        return fetched.meetings, fetched.remarks
    if user is not None:
        raise Unknown("--user is for a server", "Name its address: premortem calendar https://host/ --user NAME.")
    from premortem.importing.calendar.reading import read_calendar

    meetings = read_calendar(there(Path(told)), zone)
    return [one for one in meetings if first is None or one.start is None or one.start >= first], []


def watch(
    folder: Annotated[Path, typer.Argument(help="The folder into which transcripts drop.")],
    once: Annotated[bool, typer.Option("--once", help="Look once and stop.")] = False,
    every: Annotated[float, typer.Option("--every", min=1, help="Seconds from one look to the next.")] = 30,
    asked: AskedOption = None,
    settings: SettingsOption = None,
    ledger: LedgerOption = None,
    as_json: Json = False,
) -> None:
    """Watch a folder: transcripts find their deals by names, people and time; what fits none or two is asked."""
    from premortem.acts.bringing_in.watch_folder import Watch
    from premortem.acts.looking.reviewing import review_changed
    from premortem.cli.show_watch import show_watch
    from premortem.cli.terminal import progress, show
    from premortem.importing.placing.answers import answers_in, write_questions

    if not there(folder).is_dir():
        raise Unknown(f"{folder} is no folder", "Name the folder itself.")
    held = open_ledger(ledger)
    watched = Watch(held, folder, privacy_for(held, settings))
    while True:
        answers = answers_in(asked) if asked is not None else {}
        with progress("reading") as step:
            document = watched.look(now(), answers, step)
        if asked is not None and document.counts["asked"]:
            write_questions(asked, (one.question for one in document.files if one.became == "asked"), answers)
        placed = sorted({one.deal for one in document.files if one.became == "placed" and one.deal is not None})
        if placed:
            review_changed(held, rules_for(held, None), now().date(), placed)
        if once or document.files:
            show(document, show_watch, as_json)
        if once:
            return
        time.sleep(every)


def mail_door(
    folder: Annotated[Path, typer.Argument(help="Where the mails are kept: a Maildir for `premortem mail FOLDER`.")],
    domain: Annotated[
        list[str] | None,
        typer.Option("--domain", help="A domain of our own; may be told several times. Else `own` in mail.toml."),
    ] = None,
    host: Annotated[str, typer.Option("--host", help="Where it listens.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="On which port.")] = 2525,
    settings: SettingsOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Open a door for mail that our own people send it in Bcc (SMTP); it is open until you stop it."""
    import asyncio

    from premortem.importing.mailbox.door import Door

    domains = domain or privacy_for(open_ledger(ledger), settings).own
    if not domains:
        raise Unknown("nobody knows whose mail may come in", "Say --domain, or set `own` in mail.toml.")

    async def stand_open() -> None:
        opened = await Door(folder, domains).open(host, port)
        typer.echo(f"Open on {host}:{port} for {', '.join(domains)}; mails go to {folder}. Ctrl+C closes it.", err=True)
        async with opened:
            await opened.serve_forever()

    try:
        asyncio.run(stand_open())
    except OSError as refused:
        raise Unknown(f"{host}:{port} can't be opened: {refused.strerror}", "Take another --port.") from refused
