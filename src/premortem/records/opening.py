"""Opening a ledger: the one place where Django is started, and only when it is called."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from premortem.records.database_url import Database, database
from premortem.records.errors import LedgerError

if TYPE_CHECKING:
    from premortem.records.contents import DatabaseContents
    from premortem.records.reading import ReadTables
    from premortem.records.reviews import DatabaseReviews
    from premortem.records.store import DatabaseStore


@dataclass(frozen=True)
class Ledger:
    """A ledger on a database: its entries, what lies apart from them, and the tables made from them.

    Threads may share it. A process that forks closes it first and opens it anew on either side.
    """

    place: str
    """The file, or the database and its host: never a password."""
    alias: str
    """What Django calls the database."""
    store: DatabaseStore
    contents: DatabaseContents
    reading: ReadTables
    reviews: DatabaseReviews

    def elsewhere(self) -> Callable[[], Ledger]:
        """What opens the same ledger in another process."""
        from django.db import connections

        return partial(_open_again, connections.settings[self.alias])

    def transaction(self) -> AbstractContextManager[None]:
        """What is appended, kept and refreshed within it happens as a whole or, if anything fails, not at all."""
        from premortem.records.locking import whole

        return whole(self.alias)

    def close(self) -> None:
        """Hang up; whatever uses the ledger next connects again."""
        from django.db import connections

        connections[self.alias].close()


def open_ledger(database_url: str | None = None) -> Ledger:
    """The ledger that `database_url` names; without one, that of DATABASE_URL, else the user's own file.

    A ledger that is not there is made, one of an older version brought up to date. Raises LedgerError where the URL
    can't be understood, the database can't be reached, or a newer version has written it.
    """
    wanted = database(database_url)
    place = _place(wanted)
    if _is_sqlite(wanted):
        _make_folder(Path(wanted["NAME"]))
    alias = introduce(wanted, database_url)

    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError

    try:
        _greet(alias)
        return _opened(alias, place)
    except ImproperlyConfigured as missing:
        raise LedgerError(
            "DATABASE_URL names PostgreSQL, whose driver is not installed. Run: pip install 'premortem[postgresql]'"
        ) from missing
    except DatabaseError as refused:
        raise LedgerError(f"the ledger in {place} can't be opened: {_plain(refused)}. {_remedy(wanted)}") from refused


def _greet(alias: str) -> None:
    """Connect. SQLite refuses at once, and does not wait, where another process just turns a new file to WAL."""
    from django.db import OperationalError, connections

    for wait in (0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0):
        try:
            return connections[alias].ensure_connection()
        except OperationalError as busy:
            if "locked" not in str(busy):
                raise
            time.sleep(wait)
    return connections[alias].ensure_connection()


def _opened(alias: str, place: str) -> Ledger:
    from premortem.records import schema
    from premortem.records.contents import DatabaseContents
    from premortem.records.reading import ReadTables
    from premortem.records.reviews import DatabaseReviews
    from premortem.records.store import DatabaseStore

    store = DatabaseStore(alias)
    reading = ReadTables(alias, store)
    if not schema.up_to_date(alias):
        schema.migrate(alias)
        reading.rebuild()
    return Ledger(place, alias, store, DatabaseContents(alias), reading, DatabaseReviews(alias))


def _open_again(settings: dict[str, Any]) -> Ledger:
    """A ledger that another process has opened: nothing is left to be made or brought up to date."""
    wanted: Database = {key: settings[key] for key in DATABASE_KEYS if key in settings}
    return _opened(introduce(wanted, ""), _place(wanted))


DATABASE_KEYS = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")


def start_django() -> None:
    """What makes the tables' models known to Django; once is enough, more does no harm."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "premortem.records.settings")
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()


def introduce(wanted: Database, database_url: str | None) -> str:
    """Tell Django of a database; says what Django calls it."""
    start_django()
    from django.conf import settings
    from django.db import connections

    if database_url is None and all(settings.DATABASES["default"].get(key) == wanted[key] for key in wanted):
        return "default"
    alias = hashlib.sha256(repr(sorted(wanted.items())).encode()).hexdigest()[:12]
    if alias not in connections.settings:
        connections.settings[alias] = connections.configure_settings({"default": wanted})["default"]
    return alias


def _is_sqlite(wanted: Database) -> bool:
    return bool(wanted["ENGINE"].endswith("sqlite3"))


def _place(wanted: Database) -> str:
    if _is_sqlite(wanted):
        return str(wanted["NAME"])
    return f"PostgreSQL's database '{wanted['NAME']}' on {wanted['HOST'] or 'this machine'}"


def _make_folder(file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as refused:
        raise LedgerError(
            f"the folder {file.parent} for the ledger can't be made: {refused.strerror}. "
            "Name another file in PREMORTEM_LEDGER."
        ) from refused


def _plain(refused: Exception) -> str:
    return " ".join(str(refused).split()).rstrip(".")


def _remedy(wanted: Database) -> str:
    if not _is_sqlite(wanted):
        return "See that the server runs and that DATABASE_URL has its host, port, user, password and database."
    file = Path(wanted["NAME"])
    if file.is_dir() or not os.access(file.parent, os.W_OK) or (file.exists() and not os.access(file, os.W_OK)):
        return "See that it is a file that you may write, or name another in PREMORTEM_LEDGER or DATABASE_URL."
    return "Name another file in PREMORTEM_LEDGER or DATABASE_URL, or restore this one from a back-up."
