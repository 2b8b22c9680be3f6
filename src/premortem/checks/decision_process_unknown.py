"""
## What it looks for
The buyer says that they don't know how it will be decided, or who has a say in it. Where they found out later, that
stays on record, mild. Where one describes the way and another says nobody knows it, both stand in the finding. That
nobody has described it by the third touch or the proposal is a sign.

## Why it matters
A purchase whose way nobody knows has no day on which it ends. Steps that turn up late, a committee, a legal review,
three bids, come with people whom we have not met. Not knowing is an honest answer, and an early one is worth a lot.

## Example
"It goes to head office, and there it's weather", says the site manager. The offer goes out all the same, and in its
fourth month somebody asks for two further bids.

## What to ask next
How was the last purchase of this size settled, from the first idea to the order, and who could tell us how this one
will be? Put it to whoever said that they don't know.

## When it does not apply
Where nobody has said so, before the third touch or the proposal.
"""

from __future__ import annotations

from premortem.checks.base import (
    Answer,
    Clear,
    Raised,
    Sign,
    ask,
    by_age,
    closest_buyer,
    ids,
    on,
    quotes,
    told_by,
    too_early,
)
from premortem.ledger.deal import Deal, DealFact
from premortem.ledger.entries import Ask
from premortem.ledger.norms import Norms


def check(deal: Deal, norms: Norms) -> Answer:
    told = deal.said("decision_process_described", "decision_process_unknown")
    described = [known for known in told if known.fact.claim == "decision_process_described"]
    where = {known.fact.touch for known in described}
    unsure = [known for known in told if known.fact.touch not in where]
    if unsure:
        return _unsure(deal, norms, unsure, described)
    if described:
        return Clear(f"{told_by(deal, described[-1])} described on {on(described[-1].at)} how it gets decided")
    return too_early(deal, norms) or Sign(
        says="Nobody on the buyer's side has said how this gets decided: which steps, who takes part, in what order.",
        ask=_ask(deal, []),
        touches=ids(*deal.touches),
    )


def _unsure(deal: Deal, norms: Norms, unsure: list[DealFact], described: list[DealFact]) -> Raised:
    since = [known for known in described if known.at > unsure[-1].at]
    says = f"On {on(unsure[-1].at)} {told_by(deal, unsure[-1])} said that nobody there knows how it gets decided"
    if since:
        says += f"; {told_by(deal, since[0])} described it on {on(since[0].at)}."
    elif described:
        says += f", though {told_by(deal, described[-1])} described a way on {on(described[-1].at)}: both stand."
    else:
        says += ", and nobody has described it."
    return Raised(
        severity="low" if since else by_age(deal, norms, "medium", "high"),
        says=says,
        ask=_ask(deal, unsure),
        evidence=quotes(*unsure, *described[-1:]),
    )


def _ask(deal: Deal, unsure: list[DealFact]) -> Ask:
    to = unsure[-1].fact.speaker if unsure else None
    return ask(
        "How was the last purchase of this size settled at your place, from the first idea to the order, "
        "and who could tell us how this one will be?",
        to if deal.side(to) == "buyer" else closest_buyer(deal),
    )
