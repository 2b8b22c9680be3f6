"""Which mail is never read, and whose domain is whose: the file that is named, or the one beside the ledger."""

from __future__ import annotations

import os
from pathlib import Path

from premortem.importing.placing.privacy import NAME, Privacy, read_privacy

NAMED = "PREMORTEM_MAIL"


def mail_settings(place: str, file: Path | None = None) -> Privacy:
    """The settings in `file`, else those that PREMORTEM_MAIL names, else those in mail.toml beside a ledger that is a
    file.

    Raises Unreadable where the file can't be read: then no mail is.
    """
    if file is None and (named := os.environ.get(NAMED)):
        file = Path(named).expanduser()
    if file is not None:
        return read_privacy(file)
    beside = Path(place).parent / NAME
    return read_privacy(beside) if Path(place).is_file() and beside.is_file() else Privacy()
