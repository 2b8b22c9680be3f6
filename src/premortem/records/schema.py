"""Bring a database up to this version's tables: all the way or not at all, and only one process at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connections, transaction

from premortem.records.errors import LedgerError

LOCK = 7_370_215_401
"""An arbitrary number that only this program's migrations lock on PostgreSQL."""
OURS = frozenset(file.stem for file in (Path(__file__).parent / "migrations").glob("[0-9]*.py"))


def up_to_date(alias: str) -> bool:
    """Whether a database has this version's tables, without loading what migrates them.

    Raises LedgerError where a newer premortem has written the ledger.
    """
    applied = _applied(alias)
    if applied - OURS:
        raise LedgerError(
            f"the ledger was written by a newer premortem (it has the tables of '{max(applied)}'). Update this one."
        )
    return applied == OURS


def migrate(alias: str) -> None:
    """Apply what is missing. Whoever comes second waits, and finds it done."""
    from django.db.migrations.executor import MigrationExecutor

    connection = connections[alias]
    connection.disable_constraint_checking()  # SQLite alters tables in a transaction only without it
    try:
        with transaction.atomic(using=alias):
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            executor = MigrationExecutor(connection)
            executor.migrate(executor.loader.graph.leaf_nodes("records"))
    finally:
        connection.enable_constraint_checking()


@contextmanager
def alone(alias: str) -> Iterator[None]:
    """While it lasts, no other process changes the tables of a PostgreSQL database: whoever comes second waits."""
    connection = connections[alias]
    if connection.vendor != "postgresql":  # SQLite locks its file by itself
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _applied(alias: str) -> frozenset[str]:
    connection = connections[alias]
    with connection.cursor() as cursor:
        if "django_migrations" not in connection.introspection.table_names(cursor):
            return frozenset()
        cursor.execute("SELECT name FROM django_migrations WHERE app = 'records'")
        return frozenset(name for (name,) in cursor.fetchall())
