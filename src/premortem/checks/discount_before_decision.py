"""
## What it looks for
Our side offered a lower price or better terms before whoever gives the final yes has said that they want this. Whether
a buyer had called it too dear before is said along with it.

## Why it matters
A lower price rewards a decision; it makes none. Given before anybody has decided, it tells the buyer that the first
price was not meant, and leaves nothing to give when the last question really is the price.

## Example
A fifth off in the second mail, to the person who tests. The managing director, who decides, hears of the price for the
first time, and asks what else is in it.

## What to ask next
If the price were no question, would you choose this? What else would have to be true? Put it to whoever gives the final
yes, else to whoever carries the deal.

## When it does not apply
Where no lower price and no better terms were offered.
"""

from __future__ import annotations

from premortem.checks.base import (
    Answer,
    Clear,
    DoesNotApply,
    Sign,
    ask,
    closest_buyer,
    counted,
    on,
    quotes,
    refs,
)
from premortem.ledger.deal import Deal, DealFact
from premortem.ledger.norms import Norms


def check(deal: Deal, norms: Norms) -> Answer:
    offered = deal.said("discount_offered")
    if not offered:
        return DoesNotApply("no lower price was offered")
    deciders = {person.id: person for person in deal.with_role("economic_buyer")}
    decided = [known for known in deal.said("wants_us") if known.fact.person in deciders]
    first = decided[0] if decided else None
    early = [offer for offer in offered if first is None or offer.at < first.at]
    if first is not None and not early:
        return Clear(f"{refs([str(first.fact.person)])} wanted this before any better price was offered")
    too_dear = [known for known in deal.said("price_objection") if known.at <= early[0].at]
    met = next((person.id for person in deciders.values() if person.met is not None), None)
    return Sign(
        says=_says(early, too_dear),
        ask=ask(
            "If the price were no question, would you choose this? What else would have to be true?",
            met or closest_buyer(deal),
        ),
        evidence=quotes(*too_dear[-1:], *early),
    )


def _says(early: list[DealFact], too_dear: list[DealFact]) -> str:
    told = f"A better price was offered on {on(early[0].at)}"
    if len(early) > 1:
        told += f" and again, {counted(len(early), 'time')} up to {on(early[-1].at)}"
    told += ", before whoever gives the final yes had said that they want this"
    if too_dear:
        return told + f"; a buyer had called it too dear on {on(too_dear[-1].at)}."
    return told + "; no buyer had called it too dear."
