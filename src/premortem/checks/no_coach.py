"""
## What it looks for
By the third touch or the proposal, nobody on the buyer's side (or advising them) has both a reason of their own for
this purchase and said that they want us or will speak up for us.

## Why it matters
Choices like this are made in rooms where we are not. Without somebody in there who gains from it and says so, nobody
tells us what is said, and nobody answers when we are doubted. Kindness is not yet help.

## Example
Every call was pleasant. The lab lead answers mails on the day, finds it "quite nice", and would be as happy with the
other one. When the committee meets, nobody speaks for either.

## What to ask next
What would be better for you, yourself, once this runs? Put it to whoever we hear most.

## When it does not apply
Before the third touch, as long as there is no proposal.
"""

from __future__ import annotations

from collections.abc import Mapping

from premortem.checks.base import Answer, Clear, Raised, ask, by_age, closest_buyer, ids, quotes, refs, too_early
from premortem.checks.coach_conditions import FIRST_HAND, REASON, guides, showing
from premortem.ledger.deal import Deal
from premortem.ledger.entries import Ask, PersonId
from premortem.ledger.norms import Norms


def check(deal: Deal, norms: Norms) -> Answer:
    shown = showing(deal)
    coaches = [one for one, claims in shown.items() if guides(claims)]
    if coaches:
        return Clear(f"{refs(coaches)} would gain from it and speaks up for us")
    early = too_early(deal, norms)
    if early is not None:
        return early
    closest = closest_buyer(deal)
    return Raised(
        severity=by_age(deal, norms, "medium", "high"),
        says=_says(shown),
        ask=_ask(shown, closest),
        evidence=quotes(*deal.said(*FIRST_HAND)) if shown else (),
        touches=ids(*deal.touches),
    )


def _says(shown: Mapping[PersonId, set[str]]) -> str:
    gains = [one for one, claims in shown.items() if REASON in claims]
    speaks = [one for one in shown if one not in gains]
    if gains and speaks:
        return (
            f"Whoever would gain ({refs(gains)}) does not speak for us, and who speaks for us ({refs(speaks)}) has "
            "given no reason of their own."
        )
    if gains:
        return f"{refs(gains)} would gain from it, and has not said that they want us or would speak up for us."
    if speaks:
        return f"{refs(speaks)} would rather have us, and has given no reason of their own that would make it last."
    return "Nobody on the buyer's side has given a reason of their own, or said that they want us."


def _ask(shown: Mapping[PersonId, set[str]], closest: PersonId | None) -> Ask:
    gains = [one for one, claims in shown.items() if REASON in claims]
    if gains:
        return ask("When this is talked over without us, what would you say about it?", gains[0])
    to = next(iter(shown), closest)
    return ask("What would be better for you, yourself, once this runs? And what if it never comes?", to)
