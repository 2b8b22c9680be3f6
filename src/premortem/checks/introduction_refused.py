"""
## What it looks for
We asked to meet somebody, or a meeting suggested itself, and the buyer declined, deflected or put it off. It stands
even when the door opens later: then it is mild, and says when.

## Why it matters
An unwilling guide has a reason: a weak standing, a fear of losing face, another favourite, or a wish to keep the talk
private. Whatever it is, it sits between us and the decision, and asking about it kindly is worth more than asking for
the same meeting a third time.

## Example
"Let me handle that side, no need to bother him yet." It sounds like help. Two months later "that side" has bought
elsewhere.

## What to ask next
What would have to be true before a short talk with him feels right to you? Put it to the person who declined.

## When it does not apply
Where no introduction was asked for and none refused.
"""

from __future__ import annotations

from premortem.checks.base import Answer, Clear, DoesNotApply, Raised, ask, closest_buyer, counted, ids, on, quotes
from premortem.ledger.deal import MET, Deal, DealFact, DealTouch
from premortem.ledger.entries import Ask, Severity
from premortem.ledger.norms import Norms


def check(deal: Deal, norms: Norms) -> Answer:
    refused = deal.said("introduction_refused")
    if not refused:
        asked = deal.said("introduction_asked")
        if not asked:
            return DoesNotApply("no introduction was asked for")
        return Clear(f"{counted(len(asked), 'introduction')} asked for and none refused")
    cures = [_cured_by(deal, fact) for fact in refused]
    open_still = [fact for fact, cure in zip(refused, cures, strict=True) if cure is None]
    touches = [deal.touch(one) for one in dict.fromkeys(fact.fact.touch for fact in refused)]
    return Raised(
        severity=_severity(refused, open_still),
        says=_says(refused, cures, open_still),
        ask=_ask(deal, (open_still or refused)[-1], bool(open_still)),
        evidence=quotes(*refused),
        touches=ids(*touches, *(cure for cure in dict.fromkeys(cures) if cure is not None and cure not in touches)),
    )


def _cured_by(deal: Deal, refusal: DealFact) -> DealTouch | None:
    """The first touch from the refusal on in which the person took part after all."""
    person = refusal.fact.person
    if person is None:
        return None
    later = [touch for touch in deal.touches if touch.at >= refusal.at and touch.id != refusal.fact.touch]
    return next((touch for touch in later if person in touch.people(*MET)), None)


def _severity(refused: list[DealFact], open_still: list[DealFact]) -> Severity:
    if not open_still:
        return "low"
    return "high" if len(refused) > 1 else "medium"


def _says(refused: list[DealFact], cures: list[DealTouch | None], open_still: list[DealFact]) -> str:
    told = []
    for person in dict.fromkeys(fact.fact.person for fact in refused):
        days = [on(fact.at) for fact in refused if fact.fact.person == person]
        cure = next((cure for fact, cure in zip(refused, cures, strict=True) if fact.fact.person == person), None)
        whom = f"to {{{person}}}" if person else "to somebody further"
        after = f"; they were met on {on(cure.at)} after all" if cure is not None else ""
        told.append(f"An introduction {whom} was refused on {', '.join(dict.fromkeys(days))}{after}.")
    return " ".join(told)


def _ask(deal: Deal, refusal: DealFact, open_still: bool) -> Ask:
    fact = refusal.fact
    to = fact.speaker if deal.side(fact.speaker) == "buyer" else closest_buyer(deal, but=(fact.person or "",))
    whom = f"{{{fact.person}}}" if fact.person else "the others"
    if open_still:
        return ask(f"What would have to be true before a short talk with {whom} feels right to you?", to)
    return ask(f"At first it seemed too soon to bring {whom} in. What has changed since, for you and for them?", to)
