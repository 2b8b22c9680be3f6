"""
## What it looks for
Somebody on the buyer's side is against us or against the whole purchase, or would rather have somebody else. Where they
later came to want it themselves it stays on record, mild.

## Why it matters
Whoever is against something argues harder than whoever is for it, and often for a good reason: their own work, an old
promise, a bad experience. Heard early, it is a requirement; heard late, it is a no.

## Example
"Our head of maintenance thinks it's a toy", in the first call. Nobody goes to see him. In the last meeting he has the
floor.

## What to ask next
What would have to be true for them to be at ease with it, and could we hear it from them? Put it to whoever told us, or
to the person themselves once we have met.

## When it does not apply
Where nobody was said to be against it.
"""

from __future__ import annotations

from premortem.checks.base import Answer, DoesNotApply, Raised, ask, closest_buyer, quotes, refs
from premortem.ledger.deal import Deal, DealFact
from premortem.ledger.entries import Ask, PersonId, Severity
from premortem.ledger.norms import Norms


def check(deal: Deal, norms: Norms) -> Answer:
    told = deal.said("opposition_stated")
    if not told:
        return DoesNotApply("nobody was said to be against it")
    against = _against(deal, told)
    for_us = deal.said("wants_us", "will_fight")
    turned = {one: last for one in against if (last := _turned(one, told, for_us)) is not None}
    left = [one for one in against if one not in turned]
    won_over = against and not left and all(known.fact.person is not None for known in told)
    return Raised(
        severity="low" if won_over else _severity(deal, left),
        says=_says(deal, left, list(turned)),
        ask=_ask(deal, told, left, list(turned)),
        evidence=quotes(*told, *turned.values()),
        touches=tuple(dict.fromkeys(known.fact.touch for known in told)),
    )


def _against(deal: Deal, told: list[DealFact]) -> list[PersonId]:
    """Who is against it, the first named first; some are only spoken of, without a name or title to know them by."""
    people = (known.fact.person for known in told)
    return list(dict.fromkeys(one for one in people if one in deal.people and deal.side(one) != "seller"))


def _turned(one: PersonId, told: list[DealFact], for_us: list[DealFact]) -> DealFact | None:
    """Where they wanted it or spoke up for it after they were last said to be against it."""
    last = max(known.at for known in told if known.fact.person == one)
    mine = (known for known in for_us if (known.fact.person or known.fact.speaker) == one)
    return next((known for known in mine if known.at > last and known.believed), None)


def _severity(deal: Deal, left: list[PersonId]) -> Severity:
    """Grave while one of them was never met, or decides."""
    grave = [one for one in left if deal.people[one].met is None or "economic_buyer" in deal.people[one].roles]
    return "high" if grave else "medium"


def _says(deal: Deal, left: list[PersonId], turned: list[PersonId]) -> str:
    if turned and not left:
        return f"Said to be against it, and came round since: {refs(turned)}."
    unmet = [one for one in left if deal.people[one].met is None]
    told = f"Against it: {refs(left)}" if left else "Somebody inside was said to be against it"
    if unmet:
        told += "; nobody of ours has spoken with them" if unmet == left else f"; never spoken with: {refs(unmet)}"
    return told + (f". Came round since: {refs(turned)}." if turned else ".")


def _ask(deal: Deal, told: list[DealFact], left: list[PersonId], turned: list[PersonId]) -> Ask:
    if not left and turned:
        return ask("What changed your mind, and what would still make you doubt it?", turned[-1])
    who = refs(left[:1]) if left else "them"
    if left and deal.people[left[0]].met is not None and deal.side(left[0]) == "buyer":
        return ask("What would have to be true for you to be at ease with this?", left[0])
    named_by = [known.fact.speaker for known in told if deal.side(known.fact.speaker) == "buyer"]
    to = next((one for one in reversed(named_by) if one not in left), closest_buyer(deal, but=left))
    return ask(f"What would have to be true for {who} to be at ease with this, and could we hear it from them?", to)
