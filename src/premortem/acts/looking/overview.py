"""Overview: every deal with what is open in it, the gravest first."""

from __future__ import annotations

from datetime import date

import msgspec
from msgspec import Struct

from premortem.acts.looking.review import DealShown
from premortem.acts.looking.reviewing import Progress, review_changed
from premortem.acts.playbook import Rules
from premortem.ledger.store import Ledger, Reviewed


class Line(Struct, frozen=True):
    """A deal in one line: its head, how many findings of each severity, and the check that weighs most."""

    deal: DealShown
    high: int
    medium: int
    low: int
    gravest: str | None
    failed: int


def overview(
    ledger: Ledger, rules: Rules | None = None, today: date | None = None, progress: Progress | None = None
) -> list[Line]:
    """All deals of a ledger, open ones first, then by the gravity of what is open in them.

    They are looked at by `rules`, or by what the ledger alone says; a waiver that was over by `today` no longer holds.
    Only what changed since the last time is reviewed again.
    """
    review_changed(ledger, rules, today, progress=progress)
    lines = [_line(one) for one in ledger.reviews.all()]
    return sorted(lines, key=lambda one: (one.deal.outcome is not None, -one.high, -one.medium, one.deal.id))


def _line(one: Reviewed) -> Line:
    head = msgspec.json.decode(one.head, type=DealShown)
    return Line(head, one.high, one.medium, one.low, one.gravest, one.failed)
