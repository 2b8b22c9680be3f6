"""Verify: does the ledger still say what it said when it was written?"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from premortem.ledger.chain import Break, Row, head, verify
from premortem.ledger.store import Ledger


class Verified(Struct, frozen=True):
    """How many entries of how many deals were verified, where a chain breaks, and the ledger's head.

    `damaged` are the hashes of names and words that are no longer what was kept under them.

    Two ledgers with one head hold the same entries: a firm that notes the head elsewhere also finds out when a chain
    was cut short at its end.
    """

    entries: int
    deals: int
    breaks: list[Break]
    damaged: list[str]
    head: str


def verify_ledger(ledger: Ledger) -> Verified:
    """Read every entry once, in constant memory."""
    last: dict[str, str] = {}
    count = 0

    def counted() -> Iterator[Row]:
        nonlocal count
        for row in ledger.store.rows():
            count += 1
            last[row.deal] = row.hash
            yield row

    breaks = list(verify(counted()))
    return Verified(count, len(last), breaks, list(ledger.contents.damaged()), head(last.items()))
