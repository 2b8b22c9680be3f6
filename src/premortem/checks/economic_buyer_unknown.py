"""
## What it looks for
Nobody has said who gives the final yes and releases the money; or somebody was named, and the buyer's own people are
more in doubt about it than sure. It is raised from the third touch or the proposal on, and at once when a buyer says
that they don't know how it gets decided.

## Why it matters
A deal can run well for months between people who like it, and then stop at a desk that nobody thought of. An unknown
decider is among the most common reasons why a complex sale is lost, and among the cheapest to settle: it takes one
question.

## Example
Two calls and a trial with the warehouse team. In the third call the seller asks who signs, and hears: "good question,
it used to be the site manager". Nobody asks again.

## What to ask next
When something of this size gets bought, whose signature is the last one? Put it to whoever knows the house best, and
take "I'm not sure" as an answer: then ask who would know.

## When it does not apply
Before the third touch, as long as there is no proposal and no buyer has said that they don't know how it gets decided.
"""

from __future__ import annotations

from premortem.checks.base import (
    Answer,
    Clear,
    Raised,
    ask,
    closest_buyer,
    counted,
    heard,
    ids,
    proposal_reached,
    quotes,
    refs,
    too_early,
)
from premortem.ledger.deal import Deal, DealFact
from premortem.ledger.deciding import doubted
from premortem.ledger.entries import Ask, PersonId
from premortem.ledger.norms import Norms


def check(deal: Deal, norms: Norms) -> Answer:
    known = [] if doubted(deal) else [person.id for person in deal.with_role("economic_buyer")] or _claims_it(deal)
    if known:
        return Clear(f"the final yes is with {refs(known)}")
    unsure = deal.said("decision_process_unknown")
    early = too_early(deal, norms)
    if early is not None and not unsure:
        return early
    return Raised(
        severity="high" if proposal_reached(deal) or (unsure and early is None) else "medium",
        says=_says(deal, unsure),
        ask=_ask(deal, unsure),
        evidence=quotes(*unsure, *deal.said("decision_maker_named")),
        touches=ids(*(heard(deal) or deal.touches)),
    )


def _claims_it(deal: Deal) -> list[PersonId]:
    """Whoever says that the yes is theirs, other than the contact that the deal began with: that one says it easily."""
    claimed = [known.fact.person or known.fact.speaker for known in deal.said("authority_claimed")]
    others = {person.id for person in deal.buyers if not person.in_crm}
    return list(dict.fromkeys(one for one in claimed if one is not None and one in others))


def _says(deal: Deal, unsure: list[DealFact]) -> str:
    if unsure and doubted(deal) and deal.with_role("economic_buyer"):
        named = refs(person.id for person in deal.with_role("economic_buyer"))
        return f"The final yes may be with {named}, but the buyer's side more often said that it doesn't know."
    if unsure:
        return "Nothing heard says who gives the final yes, and the buyer's side doesn't know how it gets decided."
    if deal.said("decision_maker_named", "authority_claimed"):
        return "The buyer spoke of a final yes, but nothing tells which person gives it."
    return f"Nothing heard in {counted(len(deal.touches), 'touch')} says who gives the final yes."


def _ask(deal: Deal, unsure: list[DealFact]) -> Ask:
    if unsure:
        return ask(
            "It isn't clear yet how this gets decided, and who gives the final yes. Who in your house would know, "
            "and could the two of us ask them?",
            unsure[-1].fact.speaker if deal.side(unsure[-1].fact.speaker) == "buyer" else closest_buyer(deal),
        )
    return ask(
        "When something of this size gets bought at your place, whose signature is the last one on it?",
        closest_buyer(deal),
    )
