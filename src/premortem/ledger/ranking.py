"""Which of two entries counts, where both can't: never the order in which they arrived.

A person's word outranks a reader's or an import's; then the later in happening, then the later in learning. Who
somebody is, how a touch reads and how a deal ended have no before and after: there, the later learned counts. Of two
that are equal in all this, what they say decides; only these are asked for it, as it takes a hash.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import groupby

from premortem.ledger.entries import Entry

Order = Callable[[Entry], tuple[bool | datetime, bool | datetime, bool | datetime]]


def by_rank(entry: Entry) -> tuple[bool, datetime, datetime]:
    return entry.by_a_person, entry.at, entry.learned


def by_learning(entry: Entry) -> tuple[datetime, bool, datetime]:
    return entry.learned, entry.by_a_person, entry.at


def by_day(entry: Entry) -> tuple[datetime, bool, datetime]:
    """In the order of time, of what happened at once the lesser rank first."""
    return entry.at, entry.by_a_person, entry.learned


def by_whose_word(entry: Entry) -> tuple[bool, datetime, datetime]:
    """In the order of learning, but a person's words last."""
    return entry.by_a_person, entry.learned, entry.at


def in_order(entries: Iterable[Entry], order: Order) -> list[Entry]:
    """Each later one outranks those before it. What was heard twice stands once."""
    told: list[Entry] = []
    for _, run in groupby(sorted(entries, key=order), key=order):
        equals = list(run)
        told += equals if len(equals) == 1 else sorted(dict.fromkeys(equals), key=Entry.fingerprint)
    return told


def higher(one: Entry, other: Entry, order: Order) -> Entry:
    """The one of the two that counts."""
    rank, against = order(one), order(other)
    if rank == against:
        return max(one, other, key=Entry.fingerprint)
    return one if rank > against else other
