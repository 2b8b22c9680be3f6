"""Transactions: whole or not at all, and one writer a deal at a time, on either database."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connections, transaction

from premortem.records.database_url import SECONDS_TO_WAIT
from premortem.records.errors import LedgerError


@contextmanager
def whole(alias: str) -> Iterator[None]:
    """A transaction; within another one it is part of that.

    Raises LedgerError where others kept a file locked for longer than anybody should wait.
    """
    try:
        with transaction.atomic(using=alias):
            yield
    except OperationalError as failed:
        if "locked" not in str(failed):
            raise
        raise LedgerError(
            f"the ledger in {connections[alias].settings_dict['NAME']} was busy for {SECONDS_TO_WAIT} seconds: "
            "another premortem writes to it. Wait for that one, and run this again."
        ) from failed


@contextmanager
def writing(alias: str, deal: str) -> Iterator[None]:
    """A transaction in which nobody else writes to this deal.

    On SQLite a transaction holds the one write lock from its start (see `transaction_mode`). PostgreSQL locks the deal
    alone: its id, hashed to the 64 bits that an advisory lock takes, freed when the transaction ends.
    """
    with whole(alias):
        connection = connections[alias]
        if connection.vendor == "postgresql":
            key = int.from_bytes(hashlib.sha256(deal.encode()).digest()[:8], "big", signed=True)
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])
        yield
