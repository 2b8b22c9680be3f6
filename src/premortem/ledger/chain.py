"""The hash chain: each entry's hash covers the entry and the hash of the one before it in its deal.

A ledger is stored as rows of text, and a row's hash covers every character of it, so any single changed byte is found.
Each deal has a chain of its own: deals can be written side by side. `head` sums up all chains in one hash, which a firm
may note elsewhere, so that even a chain cut short at its end is noticed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import NamedTuple

import msgspec

from premortem.ledger.entries import Entry, decode_body, encode_body

GENESIS = "0" * 64
"""What stands before the first entry of a deal."""


class Row(NamedTuple):
    """An entry as it is stored: text in every column, `hash` over all of them and the hash before."""

    deal: str
    seq: int
    kind: str
    at: str
    learned: str
    author: str
    body: str
    hash: str


class Break(NamedTuple):
    """A place where a chain does not hold, and why."""

    deal: str
    seq: int
    why: str


def write_time(moment: datetime) -> str:
    """UTC to the microsecond in one fixed form, so that texts sort as times do. Raises ValueError without a zone."""
    if moment.tzinfo is None:
        raise ValueError(f"a time without a zone cannot enter the ledger: {moment.isoformat()}")
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def read_time(text: str) -> datetime:
    """The moment that `write_time` wrote. Raises ValueError for any other text."""
    return datetime.fromisoformat(text)


def link(row: Row, before: str) -> str:
    """The hash of a row that follows one whose hash is `before`."""
    told = (before, row.deal, str(row.seq), row.kind, row.at, row.learned, row.author, row.body)
    return hashlib.sha256(msgspec.json.encode(told)).hexdigest()


def seal(entries: Sequence[Entry], after: int = 0, before: str = GENESIS) -> list[Row]:
    """Entries of one deal as rows that follow sequence number `after`, whose hash is `before`."""
    rows = []
    for seq, entry in enumerate(entries, after + 1):
        at, learned = write_time(entry.at), write_time(entry.learned)
        row = Row(entry.deal, seq, entry.kind, at, learned, entry.author, encode_body(entry.body), "")
        before = link(row, before)
        rows.append(row._replace(hash=before))
    return rows


def open_row(row: Row) -> Entry:
    """The entry in a row. Raises ValueError (msgspec.ValidationError is one) where the row can't be read."""
    return Entry(row.deal, read_time(row.at), read_time(row.learned), row.author, decode_body(row.body))


def verify(rows: Iterable[Row]) -> Iterator[Break]:
    """Every place where a chain does not hold. Rows come ordered by deal and sequence number."""
    for deal, chain in groupby(rows, key=lambda row: row.deal):
        before = GENESIS
        for expected, row in enumerate(chain, 1):
            if row.seq != expected:
                yield Break(deal, row.seq, f"entry {expected} is missing")
                break
            if row.hash != link(row, before):
                yield Break(deal, row.seq, "its hash does not match what it says")
                break
            if f'"kind":"{row.kind}"' not in row.body:
                yield Break(deal, row.seq, f"it is filed as '{row.kind}' and says otherwise")
                break
            before = row.hash


def head(last_of_each: Iterable[tuple[str, str]]) -> str:
    """One hash for a whole ledger, from (deal, hash of its last entry), in any order."""
    whole = hashlib.sha256()
    for pair in sorted(last_of_each):
        whole.update(msgspec.json.encode(pair))
    return whole.hexdigest()
