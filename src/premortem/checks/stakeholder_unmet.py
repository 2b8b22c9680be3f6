"""
## What it looks for
Somebody on the buyer's side has weight in this deal, and nobody of ours has spoken with them: they judge the fit, look
at contracts or purchasing, will use it, can stop it, were said to be against it, were asked for, or come up in touch
after touch. The one who most probably signs has a page of their own.

## Why it matters
People who were never asked can't be convinced, and are rarely on our side by accident. One who can veto, or whose daily
work changes, speaks when we are not in the room.

## Example
"Our head of security has to wave it through", in February. In April again: "she has her doubts." Nobody has called her.

## What to ask next
What matters most to her in this, and would you mind if I asked her myself? Put it to the person who named her.

## When it does not apply
Where nobody on the buyer's side is known who carries weight besides the one who signs.
"""

from __future__ import annotations

from collections import defaultdict

from premortem.checks.base import Answer, Clear, DoesNotApply, Raised, ask, closest_buyer, ids, quotes, refs
from premortem.ledger.deal import Deal, DealFact
from premortem.ledger.entries import Ask, PersonId, Severity
from premortem.ledger.norms import Norms
from premortem.ledger.people import DealPerson

WEIGHTY_ROLES = {
    "blocker": "is against it",
    "technical_buyer": "judges the fit",
    "legal": "looks at the contract",
    "procurement": "handles the purchase",
    "user_buyer": "would use it",
    "influencer": "has influence",
    "coach": "guides us",
}
"""Roles that make somebody worth meeting, the gravest first, each as a sentence tells it."""

WEIGHTY = frozenset(WEIGHTY_ROLES)
GRAVE = {"is against it", "can stop it"}
RANKED = ("is against it", "can stop it", *WEIGHTY_ROLES.values(), "was asked for")
NAMED_OFTEN = 3
"""Touches in which somebody is spoken of before that alone gives them weight."""


def check(deal: Deal, norms: Norms) -> Answer:
    said = _said_of(deal)
    signs = _signs(deal)
    others = (person for person in deal.buyers if person.id != signs)
    weights = {person.id: why for person in others if (why := _weight(person, said[person.id])) is not None}
    if not weights:
        return DoesNotApply("nobody with weight is known on the buyer's side besides the one who signs")
    unmet = [one for one in weights if deal.people[one].met is None]
    if not unmet:
        return Clear(f"everybody known to matter has been met: {refs(weights)}")
    unmet.sort(key=lambda one: (_rank(weights[one]), one))
    seen = {fact.fact.touch for one in unmet for fact in said[one]} | {deal.people[one].first_named for one in unmet}
    touches = [touch for touch in deal.touches if touch.id in seen]
    if not touches:
        return DoesNotApply("whoever matters here is known from the CRM alone; no touch speaks of them yet")
    return Raised(
        severity=_severity(deal, said, weights, unmet),
        says="Never spoken with: " + "; ".join(f"{refs([one])}, who {weights[one]}" for one in unmet) + ".",
        ask=_ask(deal, unmet[0], said[unmet[0]]),
        evidence=quotes(*(fact for one in unmet for fact in said[one])),
        touches=ids(*touches),
    )


def _said_of(deal: Deal) -> dict[PersonId, list[DealFact]]:
    said: dict[PersonId, list[DealFact]] = defaultdict(list)
    for known in deal.facts:
        if known.fact.person is not None and known.believed:
            said[known.fact.person].append(known)
    return said


def _signs(deal: Deal) -> PersonId | None:
    """The one who most probably signs: they have a check of their own, and whoever decides besides them has not."""
    signers = [one for one in deal.buyers if "economic_buyer" in one.roles]
    return max(signers, key=_likelihood).id if signers else None


def _likelihood(person: DealPerson) -> tuple[bool, int]:
    points = (shown.points for shown in person.shown if shown.role == "economic_buyer")
    return "economic_buyer" in person.declared, max(points, default=0)


def _weight(person: DealPerson, said: list[DealFact]) -> str | None:
    """Why they matter, as a clause after 'who'; None where nothing says so."""
    claims = {known.fact.claim for known in said}
    if "opposition_stated" in claims:
        return "is against it"
    if "decision_maker_named" in claims:
        return "can stop it"
    weighty = person.roles & WEIGHTY
    if weighty and (weighty := weighty & person.proven):
        return next(why for role, why in WEIGHTY_ROLES.items() if role in weighty)
    if claims & {"introduction_asked", "introduction_refused"}:
        return "was asked for"
    if len({known.fact.touch for known in said}) >= NAMED_OFTEN:
        return "comes up again and again"
    return None


def _rank(why: str) -> int:
    return RANKED.index(why) if why in RANKED else len(RANKED)


def _severity(
    deal: Deal, said: dict[PersonId, list[DealFact]], weights: dict[PersonId, str], unmet: list[PersonId]
) -> Severity:
    if any(weights[one] in GRAVE for one in unmet):
        return "high"
    promised = all(any(fact.fact.claim == "introduction_agreed" for fact in said[one]) for one in unmet)
    return "low" if promised else "medium"


def _ask(deal: Deal, unmet: PersonId, said: list[DealFact]) -> Ask:
    named_by = [fact.fact.speaker for fact in said if deal.side(fact.fact.speaker) == "buyer"]
    question = f"What matters most to {refs([unmet])} in this, and would you mind if I asked them myself?"
    return ask(question, named_by[-1] if named_by else closest_buyer(deal, but=(unmet,)))
