"""What a reviewed deal shows of the things of which lessons are made."""

from __future__ import annotations

from premortem.checks.review import Review
from premortem.ledger.lessons import Showing


def showing(review: Review) -> Showing:
    """The checks that are raised, and the claims that are believed. A finding that somebody set aside is not raised."""
    return Showing(
        raised=frozenset(one.check for one in review.findings),
        said=frozenset(known.fact.claim for known in review.deal.facts if known.believed),
    )
