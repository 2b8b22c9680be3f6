"""Enter what a user tells of a trial or a problem, so that a review of today sees it.

A review looks at a deal from its last touch. What is told of an open deal therefore holds from then, as a waiver does;
on which day something happened stands in the entry itself. It was learned now, so a replay 'as we knew it' does not see
it sooner.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from premortem.checks.review import moment_of
from premortem.errors import Unknown
from premortem.ledger.contents import keep_text
from premortem.ledger.deal import Deal
from premortem.ledger.entries import Entry, Hash, Problem, Trial
from premortem.ledger.fold import deal_as_of, ending
from premortem.ledger.store import Contents, Ledger

LONGEST = 2_000
"""Characters of somebody's own words."""
NEXT, ROOM = timedelta(microseconds=1), timedelta(minutes=1)
"""A word stands just after the one before it, and all of them before the moment from which a review looks."""


def read_deal(ledger: Ledger, deal: str) -> tuple[list[Entry], Deal]:
    """A deal's entries, and the deal with all of them in view. Raises Unknown where it is not there."""
    entries = ledger.store.read(deal)
    if not entries:
        raise Unknown(f"there is no deal '{deal}' in the ledger", "`premortem deals` lists what is there.")
    return entries, deal_as_of(entries)


def enter(ledger: Ledger, entries: Sequence[Entry], told: Sequence[Trial | Problem], by: str, now: datetime) -> None:
    """Append what was told. A newer word on the same thing never stands before an older one.

    Raises LedgerError where another process wrote of this deal meanwhile.
    """
    deal = entries[0].deal
    holds = now if ending(entries).ended is not None else min(now, moment_of(entries) - ROOM)
    before = [entry.at + NEXT for entry in entries if isinstance(entry.body, Trial | Problem)]
    at = max([holds, *before])
    ledger.store.append([Entry(deal, at, now, f"user:{by}", body) for body in told], after=len(entries))
    ledger.reading.refresh(deal)


def kept(contents: Contents, words: str) -> Hash | None:
    """Where words are kept; None where there are none."""
    told = words.strip()[:LONGEST]
    return keep_text(contents, told) if told else None
