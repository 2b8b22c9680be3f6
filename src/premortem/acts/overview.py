"""Overview: every deal with what is open in it, the gravest first."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct

from premortem.acts.review import DealShown, deal_shown
from premortem.checks.review import review
from premortem.ledger.fold import deal_as_of
from premortem.ledger.store import Ledger


class Line(Struct, frozen=True):
    """A deal in one line: its head, how many findings of each severity, and the check that weighs most."""

    deal: DealShown
    high: int
    medium: int
    low: int
    gravest: str | None
    failed: int


def overview(ledger: Ledger) -> list[Line]:
    """All deals of a ledger, open ones first, then by the gravity of what is open in them."""
    lines = []
    for deal in ledger.store.deals():
        entries = ledger.store.read(deal)
        found = review(entries)
        counted = Counter(finding.severity for finding in found.findings)
        gravest = found.likely_cause[0] if found.likely_cause else None
        head = deal_shown(found.deal, deal_as_of(entries))
        lines.append(Line(head, counted["high"], counted["medium"], counted["low"], gravest, len(found.failed)))
    return sorted(lines, key=lambda one: (one.deal.outcome is not None, -one.high, -one.medium, one.deal.id))
