"""
## What it looks for
Good talk of what hurts and how they work that never got to the decision, the people, the timing or the money: nobody
asked and nobody told. It names the calls.

## Why it matters
A conversation among people who enjoy the same subject feels like progress. Nothing in it says whether anything can be
bought, by whom, and when, and the answer to that is often known elsewhere already.

## Example
An hour on sensors, both sides delighted. The director had asked two well-known firms for offers the week before; one
question on who else takes part would have told.

## What to ask next
How does something like this usually get settled with you: who takes part, by when, and from which money? Put it to
whoever carries the talk.

## When it does not apply
Where no call got to how they work and what hurts.
"""

from __future__ import annotations

from premortem.checks.base import Answer, Clear, DoesNotApply, Sign, ask, closest_buyer, counted, ids, on, quotes
from premortem.ledger.areas import GROUNDS, Area, area_of
from premortem.ledger.deal import Deal, DealFact
from premortem.ledger.norms import Norms

TECHNICAL: Area = "use case"
TOLD_BY: dict[str, Area] = {claim: area for area, ground in GROUNDS.items() for claim in ground.told_by}


def check(deal: Deal, norms: Norms) -> Answer:
    reached: dict[Area, DealFact] = {}
    talk: list[DealFact] = []
    for known in deal.facts:
        area = _area(known)
        if area is not None:
            reached.setdefault(area, known)
        if area == TECHNICAL:
            talk.append(known)
    beyond = [area for area in reached if area != TECHNICAL]
    if beyond:
        first = reached[beyond[0]]
        return Clear(f"the talk got to {', '.join(beyond)}, first on {on(first.at)}")
    in_talk = {known.fact.touch for known in talk}
    calls = [touch for touch in deal.touches if touch.type == "call" and touch.id in in_talk]
    if not calls:
        return DoesNotApply("no call got to how they work and what hurts")
    return Sign(
        f"In {counted(len(calls), 'call')}, the last on {on(calls[-1].at)}, the talk was of how they work and what "
        "hurts, and never of the decision, the people in it, the timing or the money.",
        ask(
            "How does something like this usually get settled at your place: who takes part, by when, and from which "
            "money?",
            closest_buyer(deal),
        ),
        quotes(*talk),
        ids(*calls),
    )


def _area(known: DealFact) -> Area | None:
    fact = known.fact
    return area_of(fact.value) if fact.claim == "discovery_question" else TOLD_BY.get(fact.claim)
