"""The key that signs sessions: PREMORTEM_SECRET_KEY, else one made once and kept beside the ledger."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from premortem.records.database_url import default_file


def secret_key() -> str:
    given = os.environ.get("PREMORTEM_SECRET_KEY")
    if given:
        return given
    return kept_in(default_file().with_name("secret.key"))


def kept_in(file: Path) -> str:
    """The key in this file, which only its owner may read; made where it is not there."""
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as made:
            made.write(secrets.token_urlsafe(64))
    except FileExistsError:
        pass  # somebody made it before us: theirs is the key
    return file.read_text(encoding="ascii").strip()
