"""The ledger's Contents on a database."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterator

from django.db import connections, transaction
from django.db.models import QuerySet

from premortem.ledger.contents import digest, random_nonce
from premortem.ledger.entries import Hash
from premortem.records import models
from premortem.records.errors import LedgerError

PACKING = 6
"""zlib's level: transcripts shrink to a third; more effort gains nothing, less gives up a tenth."""


AT_ONCE = 500
"""Hashes asked for in one query: what every database takes."""


class DatabaseContents:
    """Names and words in the database that Django knows as `alias`."""

    def __init__(self, alias: str) -> None:
        self._alias = alias

    def keep(self, data: bytes) -> Hash:
        key = digest(data)
        if not self._kept.filter(hash=key).exists():
            packed = models.Content(hash=key, data=zlib.compress(data, PACKING))
            self._kept.bulk_create([packed], ignore_conflicts=True)  # another process may have been faster
        return key

    def keep_each(self, many: Collection[bytes]) -> None:
        packed = [models.Content(hash=digest(data), data=zlib.compress(data, PACKING)) for data in many]
        self._kept.bulk_create(packed, batch_size=AT_ONCE, ignore_conflicts=True)  # what is kept, or erased, stays so

    def get(self, key: Hash) -> bytes | None:
        """As the protocol says. Raises LedgerError where the bytes are no longer those that were kept."""
        found = self._kept.filter(hash=key).values_list("data", flat=True)[:1]
        for packed in found:
            return None if packed is None else unpacked(key, bytes(packed))
        raise KeyError(key)

    def get_each(self, keys: Collection[Hash]) -> dict[Hash, bytes | None]:
        """As the protocol says. Raises LedgerError where some bytes are no longer those that were kept."""
        wanted, found = sorted(set(keys)), dict[Hash, bytes | None]()
        for start in range(0, len(wanted), AT_ONCE):
            rows = self._kept.filter(hash__in=wanted[start : start + AT_ONCE]).values_list("hash", "data")
            found |= {key: None if packed is None else unpacked(key, bytes(packed)) for key, packed in rows}
        if len(found) < len(wanted):
            raise KeyError(next(key for key in wanted if key not in found))
        return found

    def erase(self, key: Hash) -> None:
        """As the protocol says. SQLite overwrites the bytes in its file, and in its log as soon as nobody reads it."""
        if not self._kept.filter(hash=key).update(data=None):
            raise KeyError(key)
        if connections[self._alias].vendor == "sqlite":
            transaction.on_commit(self._empty_log, using=self._alias)

    def nonce(self) -> str:
        return random_nonce()

    def damaged(self) -> Iterator[Hash]:
        """The keys whose bytes are no longer those that were kept."""
        for key, packed in self._kept.order_by("hash").values_list("hash", "data").iterator(chunk_size=50):
            try:
                if packed is not None:
                    unpacked(key, bytes(packed))
            except LedgerError:
                yield key

    def _empty_log(self) -> None:
        with connections[self._alias].cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @property
    def _kept(self) -> QuerySet[models.Content]:
        return models.Content.objects.using(self._alias)


def unpacked(key: Hash, packed: bytes) -> bytes:
    """The bytes of a row. Raises LedgerError where they are no longer those that were kept."""
    try:
        data = zlib.decompress(packed)
    except zlib.error:
        data = b""
    if digest(data) != key:
        raise LedgerError(
            f"what is kept under {key} is not what was once kept there. Restore the ledger from a back-up."
        )
    return data
