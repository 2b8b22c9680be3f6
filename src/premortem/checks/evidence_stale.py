"""
## What it looks for
Something that the sale rests on, who signs, how and by when it gets decided, the money, what the problem costs, was
last said longer ago than evidence holds. How long that is, is a setting: longer in quiet times, a week in hard ones.

## Why it matters
What was fine in spring was fine in spring. Budgets are swept, people move, and nobody writes to the sellers about it.

## Example
"Sixty is in the plan", said in January. The offer of June still leans on it; the plan was closed in March.

## What to ask next
The oldest of these once more, as news: is that still so, and what has changed since? Put it to whoever said it.

## When it does not apply
Where none of it was ever said, and once it is signed or being delivered.
"""

from __future__ import annotations

from premortem.checks.base import (
    KEY_FACTS,
    Answer,
    Clear,
    DoesNotApply,
    Sign,
    ask,
    closest_buyer,
    counted,
    on,
    quotes,
    settled,
)
from premortem.ledger.deal import Deal, DealFact
from premortem.ledger.entries import Ask
from premortem.ledger.norms import Norms

WHAT = {claim: what for what, claims in KEY_FACTS.items() for claim in claims}


def check(deal: Deal, norms: Norms) -> Answer:
    newest = {WHAT[known.fact.claim]: known for known in deal.said(*WHAT)}
    if not newest:
        return DoesNotApply("nothing of what a sale rests on was said yet")
    if settled(deal):
        return DoesNotApply("it is signed or being delivered")
    stale = {what: known for what, known in newest.items() if (deal.as_of - known.at).days > norms.fresh_days.value}
    if not stale:
        return Clear(f"all that is known was said in the last {counted(int(norms.fresh_days.value), 'day')}")
    return Sign(
        says="Not said again for " + "; ".join(_age(deal, what, known) for what, known in _oldest_first(stale)) + ".",
        ask=_ask(deal, *_oldest_first(stale)[0]),
        evidence=quotes(*stale.values()),
    )


def _oldest_first(stale: dict[str, DealFact]) -> list[tuple[str, DealFact]]:
    return sorted(stale.items(), key=lambda one: (one[1].at, one[0]))


def _age(deal: Deal, what: str, known: DealFact) -> str:
    return f"{counted((deal.as_of - known.at).days, 'day')}: {what}, since {on(known.at)}"


def _ask(deal: Deal, what: str, known: DealFact) -> Ask:
    speaker = known.fact.speaker
    return ask(
        f"On {on(known.at)} we spoke about {what}: is that still so, and what has changed since?",
        speaker if deal.side(speaker) == "buyer" else closest_buyer(deal),
    )
