"""The ledger's Store on a database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import groupby
from operator import itemgetter

from django.db import DatabaseError, connections
from django.db.models import QuerySet

from premortem.ledger.chain import GENESIS, Row, head, open_row, read_time, seal
from premortem.ledger.entries import Entry, decode_body
from premortem.ledger.store import MovedOn, one_deal
from premortem.records import models
from premortem.records.errors import LedgerError
from premortem.records.inserting import insert
from premortem.records.locking import writing

ROWS_AT_ONCE = 2_000
WITHDRAWN = """
    SELECT gone.deal FROM records_entry AS gone WHERE gone.kind = 'withdrawn' AND NOT EXISTS (
        SELECT 1 FROM records_entry AS later WHERE later.deal = gone.deal AND later.learned > gone.learned
        AND later.kind IN ('opened', 'withdrawn'))
"""
"""The deals whose opening was taken back and that nobody opened anew: very few, found by an index of their own."""
LAST_OF_EACH = """
    SELECT deal, hash FROM records_entry
    JOIN (SELECT deal AS of_deal, MAX(seq) AS last FROM records_entry GROUP BY deal) AS lasts
    ON deal = of_deal AND seq = last
"""


def withdrawn(alias: str) -> set[str]:
    """The deals that were withdrawn."""
    with connections[alias].cursor() as cursor:
        cursor.execute(WITHDRAWN)
        return {deal for (deal,) in cursor.fetchall()}


class DatabaseStore:
    """Entries in the database that Django knows as `alias`. Threads and processes may share one ledger."""

    def __init__(self, alias: str) -> None:
        self._alias = alias

    def append(self, entries: Sequence[Entry], after: int | None = None) -> None:
        if not entries:
            return
        deal = one_deal(entries)
        with writing(self._alias, deal):
            seq, before = self._last(deal)
            if after is not None and after != seq:
                raise MovedOn(deal)
            insert(self._alias, models.Entry, [row._asdict() for row in seal(entries, seq, before)])

    def append_each(self, told: Sequence[tuple[Sequence[Entry], int]]) -> None:
        if not told:
            return
        by_deal = sorted((one_deal(entries), entries, after) for entries, after in told if entries)
        rows: list[dict[str, object]] = []
        with ExitStack() as held:
            for deal, _, _ in by_deal[: None if self._locks_deals else 1]:
                held.enter_context(writing(self._alias, deal))
            lasts = self._lasts([deal for deal, _, _ in by_deal])
            for deal, entries, after in by_deal:
                seq, before = lasts.get(deal, (0, GENESIS))
                if after != seq:
                    raise MovedOn(deal)
                rows += [row._asdict() for row in seal(entries, seq, before)]
            insert(self._alias, models.Entry, rows)

    def read(self, deal: str) -> list[Entry]:
        return [open_row(Row._make(columns)) for columns in self._columns().filter(deal=deal).order_by("seq")]

    def read_each(self, deals: Sequence[str]) -> Iterator[tuple[str, list[Entry]]]:
        """As the protocol says; all in one go, straight from the driver."""
        if not deals:
            return
        wanted = ", ".join(["%s"] * len(deals))
        with connections[self._alias].cursor() as cursor:
            cursor.execute(
                "SELECT deal, at, learned, author, body FROM records_entry"
                f" WHERE deal IN ({wanted}) ORDER BY deal, seq",
                list(deals),
            )
            for deal, rows in groupby(cursor, key=itemgetter(0)):
                yield (
                    deal,
                    [
                        Entry(deal, read_time(at), read_time(learned), author, decode_body(body))
                        for _, at, learned, author, body in rows
                    ],
                )

    def deals(self) -> list[str]:
        there = set(self._entries.values_list("deal", flat=True).distinct())
        return sorted(there - withdrawn(self._alias))

    def rows(self) -> Iterator[Row]:
        """All entries as they are stored, a few at a time, so that memory stays flat.

        Raises LedgerError where the database itself is damaged.
        """
        ordered = self._columns().order_by("deal", "seq")
        try:
            with self._any_bytes():
                for columns in ordered.iterator(chunk_size=ROWS_AT_ONCE):
                    yield Row._make(columns)
        except DatabaseError as damage:
            place = connections[self._alias].settings_dict["NAME"]
            raise LedgerError(
                f"the ledger in {place} is damaged and can't be read on: {damage}. Restore it from a back-up."
            ) from damage

    def head(self) -> str:
        """One hash for the whole ledger, see `ledger.chain.head`."""
        with connections[self._alias].cursor() as cursor:
            cursor.execute(LAST_OF_EACH)
            return head(cursor.fetchall())

    @property
    def _entries(self) -> QuerySet[models.Entry]:
        return models.Entry.objects.using(self._alias)

    def _columns(self) -> QuerySet[models.Entry, tuple[object, ...]]:
        return self._entries.values_list(*Row._fields)

    @property
    def _locks_deals(self) -> bool:
        """Whether each deal has a lock of its own; where not, one transaction keeps all others from writing."""
        return bool(connections[self._alias].vendor == "postgresql")

    def _lasts(self, deals: Sequence[str]) -> dict[str, tuple[int, str]]:
        """Of each of these deals that is there, how many entries it has and the hash of its last one."""
        wanted = ", ".join(["%s"] * len(deals))
        with connections[self._alias].cursor() as cursor:
            cursor.execute(
                "SELECT records_entry.deal, seq, hash FROM records_entry JOIN"
                " (SELECT deal AS of_deal, MAX(seq) AS last"
                f" FROM records_entry WHERE deal IN ({wanted}) GROUP BY deal) AS lasts"
                " ON deal = of_deal AND seq = last",
                list(deals),
            )
            return {deal: (seq, hash) for deal, seq, hash in cursor.fetchall()}

    def _last(self, deal: str) -> tuple[int, str]:
        last = self._entries.filter(deal=deal).order_by("-seq").values_list("seq", "hash").first()
        return last or (0, GENESIS)

    @contextmanager
    def _any_bytes(self) -> Iterator[None]:
        """Let SQLite hand over text that is no valid UTF-8, so that a changed byte is a finding and not a crash.

        No two texts of bytes read alike: what is invalid is written out as `\\xNN`, which makes the text longer.
        """
        connection = connections[self._alias]
        connection.ensure_connection()
        raw = connection.connection
        if not isinstance(raw, sqlite3.Connection):
            yield
            return
        raw.text_factory = lambda text: text.decode("utf-8", "backslashreplace")
        try:
            yield
        finally:
            raw.text_factory = str
