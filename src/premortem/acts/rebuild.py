"""Rebuild: drop what lists and pages read, and make it anew from the ledger."""

from __future__ import annotations

from msgspec import Struct

from premortem.ledger.store import Ledger


class Rebuilt(Struct, frozen=True):
    """How many deals the read tables were made of, and whether they came out as they were before, byte for byte."""

    deals: int
    as_before: bool
    digest: str


def rebuild_tables(ledger: Ledger) -> Rebuilt:
    """Make them anew, and forget the reviews that were kept.

    Raises ValueError for an entry that can't be read; the tables then stay as they were.
    """
    before = ledger.reading.digest()
    deals = ledger.reading.rebuild()
    ledger.reviews.forget()
    after = ledger.reading.digest()
    return Rebuilt(deals, before == after, after)
