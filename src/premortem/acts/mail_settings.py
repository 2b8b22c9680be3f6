"""Which mail is never read, and whose domain is whose: the file that is named, or the one beside the ledger."""

from __future__ import annotations

import os
from pathlib import Path

from premortem.importing.placing.privacy import NAME, Privacy, read_privacy

NAMED = "PREMORTEM_MAIL"


def mail_settings(place: str) -> Privacy:
    """The settings that PREMORTEM_MAIL names, else those in mail.toml beside a ledger that is a file.

    Raises Unreadable where the file can't be read: then no mail is.
    """
    if named := os.environ.get(NAMED):
        return read_privacy(Path(named).expanduser())
    beside = Path(place).parent / NAME
    return read_privacy(beside) if Path(place).is_file() and beside.is_file() else Privacy()
