"""
## What it looks for
Our way in, whose word does not carry: what they told us of the money or of who decides was contradicted, and that still
stands; or they vouch for things, keep us from the others, and have neither a reason of their own nor ever said that
they want us.

## Why it matters
One friendly voice feels like a map. If it is wrong, every plan drawn on it is wrong too, and nobody notices as long as
the voice stays friendly. Most mean well: they know less than they let on, or would rather not say so.

## Example
"The money is there, and the board just nods it through." A month later the treasurer joins: there is no money, and the
board has never heard of it.

## What to ask next
We heard it differently from somebody else: what has changed? And who would know first-hand? Put it to them kindly, and
check the rest of what they told us with a second person.

## When it does not apply
Where no buyer has been heard yet whom one could take for a coach; whoever signs is none.
"""

from __future__ import annotations

from premortem.checks.base import Answer, Clear, DoesNotApply, Raised, ask, closest_buyer, quotes, refs
from premortem.checks.coach_conditions import guides, showing
from premortem.checks.conflicts import DECIDER, Conflict, conflicts
from premortem.ledger.deal import Deal, DealFact
from premortem.ledger.entries import PersonId
from premortem.ledger.norms import Norms

GUIDING = ("inside_information", "introduction_agreed", "introduction_refused")
VOUCHING = frozenset({"budget_confirmed", "authority_claimed"})
SHIELDING = VOUCHING | {"inside_information", "introduction_refused"}
TIES = {"wants_us", "personal_stake"}
"""Without either of these, nothing ties somebody to us."""


def check(deal: Deal, norms: Norms) -> Answer:
    contact = _contacts(deal)
    if not contact:
        return DoesNotApply("no buyer has been heard yet whom we could take for a coach")
    shown = showing(deal)
    coaches = {one for one, claims in shown.items() if guides(claims)}
    wrong = _contradicted(deal, coaches & contact if coaches else contact, coaches)
    if wrong:
        return _proved_wrong(wrong)
    if not coaches:
        for one in sorted(contact):
            if not shown.get(one, set()) & TIES and (facts := _shielding(deal, one)):
                return _shields(one, facts)
    return Clear("nothing that our contacts told us of the house was contradicted")


def _contacts(deal: Deal) -> set[PersonId]:
    """Whom one would take for a coach: the buyer we hear most, and those we began with; not the one who signs."""
    closest = closest_buyer(deal)
    known = {one.id for one in deal.buyers if one.in_crm and one.met is not None}
    people = known | {closest} if closest is not None else known
    return {one for one in people if "economic_buyer" not in deal.people[one].roles}


def _contradicted(deal: Deal, relied_on: set[PersonId], coaches: set[PersonId]) -> list[Conflict]:
    """What they told us that others, or they themselves later, contradicted, and still stands. They must be our way in:
    of one who meets the conditions of a coach, inside information, or word of their own authority."""
    wrong = [one for one in conflicts(deal) if one.settled is None and one.first.fact.speaker in relied_on]
    if not wrong:
        return wrong
    claims = ("inside_information",) if coaches else GUIDING
    guiding = {known.fact.speaker for known in deal.said(*claims)}
    return [one for one in wrong if one.first.fact.speaker in guiding or (coaches and one.about == DECIDER)]


def _proved_wrong(wrong: list[Conflict]) -> Raised:
    who = wrong[0].first.fact.speaker or ""
    mine = [one for one in wrong if one.first.fact.speaker == who]
    against = [one.against.fact.speaker for one in mine]
    others = list(dict.fromkeys(one for one in against if one is not None and one != who))
    by = refs(others) if others else "their own later words"
    facts = [fact for one in mine for fact in (one.first, one.against)]
    about = " and ".join(dict.fromkeys(one.about for one in mine))
    return Raised(
        severity="high",
        says=f"We rely on {refs([who])}, and what they told us about {about} was contradicted by {by}.",
        ask=ask(f"I heard it differently about {about}: what has changed, and who would know first-hand?", who),
        evidence=quotes(*facts),
        touches=tuple(dict.fromkeys(fact.fact.touch for fact in facts)),
    )


def _shielding(deal: Deal, one: PersonId) -> list[DealFact]:
    """Their vouching, their inside information and their refusals, where there are all three."""
    facts = [known for known in deal.facts if known.fact.speaker == one and known.fact.claim in SHIELDING]
    facts = [known for known in facts if known.believed]
    claims = {known.fact.claim for known in facts}
    return facts if claims & VOUCHING and {"inside_information", "introduction_refused"} <= claims else []


def _shields(who: PersonId, facts: list[DealFact]) -> Raised:
    return Raised(
        severity="medium",
        says=f"{refs([who])} vouches for things and keeps us from the others, and has neither given a reason of their "
        "own nor said that they want us.",
        ask=ask("What would be better for you, yourself, once this runs? And whose view differs most from yours?", who),
        evidence=quotes(*facts),
        touches=tuple(dict.fromkeys(known.fact.touch for known in facts)),
    )
