"""Where a command works: the ledger it was pointed to, the rules that hold there, the file it writes, who and when."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import typer

from premortem.errors import Unknown
from premortem.ledger.case_safe import case_safe


def open_ledger(ledger: Path | None) -> Any:
    from premortem.records.database_url import sqlite_url
    from premortem.records.opening import open_ledger as at

    return at(sqlite_url(ledger) if ledger else None)


def rules_for(held: Any, file: Path | None) -> Any:
    """By which rules deals are looked at: a playbook named here, in the environment, or lying beside the ledger."""
    import os

    from premortem.acts.playbook import rules_of
    from premortem.playbook.reading import NAME

    if file is None and (named := os.environ.get("PREMORTEM_PLAYBOOK")):
        file = Path(named).expanduser()
    beside = Path(getattr(held, "place", "")).parent / NAME if Path(getattr(held, "place", "")).is_file() else None
    return rules_of(held, file or (beside if beside is not None and beside.is_file() else None))


def ledger_at(path_or_deal: str, ledger: Path | None, facts: Path | None = None) -> tuple[Any, str, Any, Any]:
    """The ledger that has a deal and the deal's id, what was left out and remarks; a folder gets one in memory."""
    path = Path(path_or_deal)
    if path.exists():
        from premortem.acts.bringing_in.read import hear_folder
        from premortem.cli.readers import facts_given
        from premortem.cli.terminal import progress

        with progress("reading") as step:
            held, done = hear_folder(path, now(), step, facts_given(facts))
        return held, done.deal, done.left_out, done.remarks
    if "/" in path_or_deal or "\\" in path_or_deal:
        there(path)
    if facts is not None:
        raise Unknown("facts can be given for a deal folder, not for a deal in the ledger", "Give the deal's folder.")
    opened = open_ledger(ledger)
    deal = next((one for one in (path_or_deal, case_safe(path_or_deal)) if opened.store.read(one)), None)
    if deal is None:
        remedy = "Give a folder that is there, or an id that `premortem deals` lists."
        raise Unknown(f"'{path_or_deal}' is neither a folder nor a deal in the ledger", remedy)
    return opened, deal, [], []


def there(path: Path) -> Path:
    if not path.exists():
        raise Unknown(f"there is no file or folder {path}", "Check the path.")
    return path


def write_page(file: Path, page: str) -> None:
    try:
        file.write_text(page, encoding="utf-8")
    except OSError as error:
        raise Unknown(f"{file} can't be written: {error.strerror}", "Name a file in a folder that is there.") from error
    typer.echo(f"Written to {file}.", err=True)


def now() -> datetime:
    return datetime.now(UTC)


def day_of(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def user() -> str:
    import getpass

    return getpass.getuser()
