"""DATABASE_URL → which database keeps the ledger; without it, one SQLite file in the user's own data folder.

Nothing here loads Django.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlsplit

from premortem.records.errors import LedgerError

Database = dict[str, Any]
"""One database as Django's DATABASES wants it."""

FORMS = "sqlite:////folder/ledger.sqlite3 or postgres://user:password@host:5432/database"
SECONDS_TO_WAIT = 60
"""How long a writer on SQLite waits for another to finish before it gives up."""

# WAL lets readers read while one writes. NORMAL loses nothing when the process is killed: what was committed is in the
# operating system's hands by then. Only a loss of power may undo the last moments, whole transactions at a time, and
# never harms the file. FULL would pay for each append with a wait for the disk. `secure_delete` overwrites what is
# erased. IMMEDIATE takes the write lock before a chain's end is read, so that two writers never both build on it.
SQLITE_OPTIONS = {
    "timeout": SECONDS_TO_WAIT,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON",
}


def database(url: str | None = None, environment: Mapping[str, str] = os.environ) -> Database:
    """The database that `url` names; without one, that of DATABASE_URL, else the default file.

    Raises LedgerError for a URL that can't be understood.
    """
    url = url or environment.get("DATABASE_URL")
    if not url:
        return sqlite(default_file(environment))
    try:
        parts = urlsplit(url)
    except ValueError:
        raise wrong("has square brackets that enclose no host") from None
    match parts.scheme:
        case "sqlite":
            return sqlite(_sqlite_file(parts))
        case "postgres" | "postgresql":
            return _postgresql(parts)
        case other:
            raise wrong(f"names a database of the kind '{other}', which premortem can't use")


def sqlite_url(file: Path) -> str:
    """The URL that names this file, whatever letters are in its path."""
    return f"sqlite:///{quote(str(file.absolute()))}"


def sqlite(file: Path) -> Database:
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(file), "OPTIONS": dict(SQLITE_OPTIONS)}


def default_file(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """PREMORTEM_LEDGER if it is set; else `ledger.sqlite3` where this system keeps a user's data."""
    if named := environment.get("PREMORTEM_LEDGER"):
        return Path(named).expanduser().absolute()
    return data_folder(environment, platform) / "premortem" / "ledger.sqlite3"


def data_folder(environment: Mapping[str, str], platform: str) -> Path:
    if platform == "win32":
        return Path(environment.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    return Path(environment.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")


def wrong(why: str) -> LedgerError:
    return LedgerError(f"DATABASE_URL {why}. Write it like {FORMS}, or unset it to keep the ledger in a file.")


def _sqlite_file(parts: SplitResult) -> Path:
    """After three slashes stands a path from here, after four an absolute one, as elsewhere in the Python world."""
    if parts.netloc:
        raise wrong(f"names a host, '{parts.netloc}', where SQLite takes a file: three slashes or four come first")
    path = unquote(parts.path).removeprefix("/")
    if not path or path == ":memory:":
        raise wrong("names no file for SQLite")
    return Path(path).expanduser().absolute()


def _postgresql(parts: SplitResult) -> Database:
    name = unquote(parts.path).removeprefix("/")
    if not name or "/" in name:
        raise wrong("names no database after the host" if not name else f"names a database with a slash, '{name}'")
    try:
        port = parts.port
    except ValueError:
        raise wrong("has a port that is no number from 0 to 65535") from None
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", None) or unquote(parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(port or ""),
        "OPTIONS": options,
    }
