"""Waive: set what a check finds in a deal aside, with a reason and, if one likes, until a day; or take that back.

A waiver is an entry like any other. It holds from the moment from which the deal is looked at, its last touch, so that
a review of today sees it; it was learned now, so a replay 'as we knew it' does not see it sooner.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from premortem.acts.playbook import Rules
from premortem.checks.review import moment_of, waiver_of
from premortem.errors import Unknown
from premortem.ledger.contents import keep_text
from premortem.ledger.entries import Entry, Waiver
from premortem.ledger.fold import deal_as_of
from premortem.ledger.store import Ledger
from premortem.playbook.mistakes import meant

TAKEN_BACK = "taken back"
"""The reason that stands where somebody takes a waiver back and gives none."""


def waive(
    ledger: Ledger, rules: Rules, deal: str, check: str, because: str, by: str, now: datetime, until: date | None = None
) -> Waiver:
    """Set a check aside in a deal, through the day `until` or for good. A newer waiver takes an older one's place.

    Raises Unknown for a deal or a check that is not there, for no reason at all, and for a day that is past.
    """
    entries = _entries(ledger, deal)
    name = _check_called(check, rules.playbook.put)
    if not because.strip():
        raise Unknown(f"'{name}' can't be set aside without a reason", 'Say why: --because "…".')
    if until is not None and until < now.date():
        raise Unknown(f"{until.isoformat()} is past", "Name a day to come, or none to set it aside for good.")
    return _tell(ledger, entries, Waiver(name, keep_text(ledger.contents, because.strip()), until), by, now)


def take_back(
    ledger: Ledger, rules: Rules, deal: str, check: str, by: str, now: datetime, because: str | None = None
) -> Waiver:
    """Let a check speak again. The waiver stays in the ledger, and this beside it: one that ended before it began.

    Raises Unknown where the check is not set aside.
    """
    entries = _entries(ledger, deal)
    name = _check_called(check, rules.playbook.put)
    view = deal_as_of(entries, _holds_from(entries, now))
    if waiver_of(view, name, now.date()) is None:
        raise Unknown(f"'{name}' is not set aside in {deal}", "There is nothing to take back.")
    reason = keep_text(ledger.contents, (because or "").strip() or TAKEN_BACK)
    over = _holds_from(entries, now).date() - timedelta(days=1)
    return _tell(ledger, entries, Waiver(name, reason, over), by, now)


def _entries(ledger: Ledger, deal: str) -> list[Entry]:
    entries = ledger.store.read(deal)
    if not entries:
        raise Unknown(f"there is no deal '{deal}' in the ledger", "`premortem deals` lists what is there.")
    return entries


def _check_called(check: str, known: Collection[str]) -> str:
    name = check.strip().replace(" ", "_").replace("-", "_")
    if name not in known:
        raise Unknown(f"there is no check '{check}'", meant(name, known))
    return name


def _holds_from(entries: Sequence[Entry], now: datetime) -> datetime:
    return min(now, moment_of(entries))


def _tell(ledger: Ledger, entries: Sequence[Entry], waiver: Waiver, by: str, now: datetime) -> Waiver:
    entry = Entry(entries[0].deal, _holds_from(entries, now), now, f"user:{by}", waiver)
    ledger.store.append([entry])
    ledger.reading.refresh(entry.deal)
    return waiver
