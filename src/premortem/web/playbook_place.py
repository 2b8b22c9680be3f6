"""Where the firm's playbook lies, and the rules that hold by it."""

from __future__ import annotations

import os
from pathlib import Path

from premortem.acts.playbook import Rules, rules_of
from premortem.playbook.reading import NAME
from premortem.web.ledger import ledger


def place() -> Path | None:
    """The file that PREMORTEM_PLAYBOOK names, else the one beside the ledger's. It need not be there yet; None where
    the ledger is no file and nothing is named."""
    if named := os.environ.get("PREMORTEM_PLAYBOOK"):
        return Path(named).expanduser()
    beside = Path(getattr(ledger(), "place", ""))
    return beside.parent / NAME if beside.is_file() else None


def rules_now() -> Rules:
    """The rules that hold by the playbook as it lies there."""
    file = place()
    return rules_of(ledger(), file if file is not None and file.is_file() else None)
