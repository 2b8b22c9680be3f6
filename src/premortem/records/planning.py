"""How a database plans what it is asked: by what it knows of the tables' sizes and of what their columns hold."""

from __future__ import annotations

from django.db import connections

from premortem.records.locking import whole

LOOKED_AT = 400
"""Rows of each index that SQLite looks at, as its documentation advises: milliseconds for tables of any size."""


def know_the_tables(alias: str) -> None:
    """Let SQLite learn how its tables look by now, since it does so only when it is told to; PostgreSQL does by itself.

    Without it, a list of one's own fifty deals walks along the index of all open ones.
    """
    connection = connections[alias]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA analysis_limit = {LOOKED_AT}")
        with whole(alias), connection.cursor() as cursor:
            cursor.execute("ANALYZE")
