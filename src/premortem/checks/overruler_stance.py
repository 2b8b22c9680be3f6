"""
## What it looks for
The person who can overrule the others: nobody knows who that is, or nobody of ours has met them, or they have not said
anything for us, or they are against it.

## Why it matters
Some hold that in every choice one person can overrule all the others, and that only their view counts in the end.
Others find that a group decides today and that one person's word no longer settles it. Both agree on this: whoever can
stop it must be known, met and at ease.

## Example
Four of five are for it. The fifth, whom nobody had called because he "stays out of these things", says at the end that
he would rather wait.

## What to ask next
If the others differ, whose view stands? And how would this person like to hear of it? Put it to whoever we hear most.

## When it does not apply
Before the third touch, as long as there is no proposal and nobody was named.
"""

from __future__ import annotations

from collections.abc import Iterable

from premortem.checks.base import Answer, Clear, Sign, ask, closest_buyer, ids, likely, quotes, too_early
from premortem.ledger.deal import Deal, DealFact
from premortem.ledger.entries import Ask, PersonId
from premortem.ledger.norms import Norms
from premortem.ledger.people import DealPerson

FOR_US = frozenset({"wants_us", "will_fight"})
DECIDING = frozenset({"decision_maker_named", "authority_claimed"})
BOTH = "Some hold that one person overrules the rest, others that the group decides: ask for both."


def check(deal: Deal, norms: Norms) -> Answer:
    overruler = _overruler(deal)
    if overruler is None:
        return too_early(deal, norms) or _unknown(deal)
    stance, grounds = _stance(deal, overruler)
    if stance is None:
        return Clear(f"{overruler.ref} can overrule the others, and speaks for us")
    deciding = [known for known in deal.facts if known.fact.claim in DECIDING and known.believed]
    mine = [known for known in deciding if known.fact.person == overruler.id]
    return Sign(
        says=f"{overruler.ref}, who can probably overrule the others, {stance}.{_group(deciding)}",
        ask=_question(deal, overruler, grounds),
        evidence=quotes(*mine, *grounds),
        touches=() if mine or grounds else ids(*deal.touches),
    )


def _overruler(deal: Deal) -> DealPerson | None:
    """The one whom most shows to have the final yes."""
    signers = [one for one in deal.buyers if "economic_buyer" in one.roles and "economic_buyer" in one.proven]
    return max(signers, key=lambda one: ("economic_buyer" in one.declared, _points(one)), default=None)


def _points(person: DealPerson) -> int:
    return max((shown.points for shown in person.shown if shown.role == "economic_buyer"), default=0)


def _stance(deal: Deal, one: DealPerson) -> tuple[str | None, list[DealFact]]:
    """How they stand, as a clause, with the words that show it; None where they are for us."""
    against, for_us = [], []
    for known in deal.facts:
        fact = known.fact
        if fact.claim == "opposition_stated" and fact.person == one.id:
            against.append(known)
        elif fact.claim in FOR_US and (fact.person or fact.speaker) == one.id:
            for_us.append(known)
    if likely(against) and not (likely(for_us) and for_us[-1].at > against[-1].at):
        return "was said to be against it" + (
            "" if one.met is not None else ", and nobody of ours has met them"
        ), against
    if one.met is None:
        return "was never met, so how they stand is hearsay", []
    return (None, for_us) if likely(for_us) else ("has said nothing for us or against us", [])


def _unknown(deal: Deal) -> Sign:
    return Sign(
        says=f"Nobody has said who can overrule the others. {BOTH}",
        ask=ask("If opinions differ in the end, whose view stands? And who decides with them?", closest_buyer(deal)),
        touches=ids(*deal.touches),
    )


def _group(deciding: Iterable[DealFact]) -> str:
    """Where several were named, both views of it: one overrules, or the group decides."""
    named: set[PersonId] = {known.fact.person for known in deciding if known.fact.person is not None}
    return f" {len(named)} people were named as having the last word. {BOTH}" if len(named) > 1 else f" {BOTH}"


def _question(deal: Deal, one: DealPerson, grounds: list[DealFact]) -> Ask:
    if one.met is not None and not grounds:
        return ask("How do you see this yourself, and what would you want to be sure of first?", one.id)
    if one.met is not None:
        return ask("What would have to be true for you to be at ease with this?", one.id)
    question = f"How does {one.ref} see this, as far as you know, and how would they like to hear of it from us?"
    return ask(question, closest_buyer(deal, but=(one.id,)))
