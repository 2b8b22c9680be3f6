"""
## What it looks for
By the third touch or the proposal, no rival was named, nobody else inside is known to work on it, and nobody spoke of
staying as they are. That is a gap in what we know, not a comfort.

## Why it matters
There is always another way: a vendor that somebody met at a fair, a colleague's own build, one more year with what
exists. If we know none, we know only half of the choice, and can't tell what we are compared with.

## Example
Six weeks of friendly talks, and not one other name. The order goes to a firm that had been in the house since spring.

## What to ask next
Which other ways of solving this have you looked at, including leaving it alone, and what speaks for each of them?

## When it does not apply
Before the third touch, unless there is a proposal.
"""

from __future__ import annotations

from premortem.checks.base import Answer, Clear, Sign, ask, closest_buyer, ids, on, too_early
from premortem.ledger.deal import Deal
from premortem.ledger.norms import Norms

OTHER_WAYS = ("competitor_named", "parallel_effort", "status_quo_option")


def check(deal: Deal, norms: Norms) -> Answer:
    known = deal.said(*OTHER_WAYS)
    if known:
        return Clear(f"another way of solving it was spoken of on {on(known[0].at)}")
    early = too_early(deal, norms)
    if early is not None:
        return early
    asked = any(question.fact.value == "competition" for question in deal.said("discovery_question"))
    return Sign(
        says="No rival is known, nor any other way of solving it, nor that they might leave it alone; "
        + ("we asked, and got no answer that tells." if asked else "we have not asked.")
        + " That is a gap, not a comfort.",
        ask=ask(
            "Which other ways of solving this have you looked at, including leaving it alone? What speaks for each?",
            closest_buyer(deal),
        ),
        touches=ids(*deal.touches),
    )
