"""
## What it looks for
A rival holds the account: one is known, somebody inside speaks against us or for it, every wish to meet further people
was refused, and no buyer has said that they want us.

## Why it matters
Some accounts can't be won in any reasonable time, and telling oneself that they treat all vendors alike costs a year.
To walk away early, in friendship, is worth a thought: it frees time for a buyer who opens doors, and may leave us the
first to be called when the other one fails.

## Example
Third request to see the plant, third "not this month". The rival's people have badges. "We like to keep you in the
race", says purchasing.

## What to ask next
Is there a way in which we could still be chosen, and what would have to happen for it? A frank no is a good answer.

## When it does not apply
Where no rival is known, or it is signed.
"""

from __future__ import annotations

from premortem.checks.base import (
    Answer,
    Clear,
    DoesNotApply,
    Sign,
    ask,
    counted,
    quotes,
    settled,
    who_said,
)
from premortem.ledger.deal import Deal
from premortem.ledger.norms import Norms

CHANGE_OUR_MIND = (
    "What would change our mind: a meeting with whoever decides, a buyer who says that they want us, "
    "or a reason why the rival has to go."
)


def check(deal: Deal, norms: Norms) -> Answer:
    rivals = deal.said("competitor_named")
    if not rivals:
        return DoesNotApply("no rival is known")
    if settled(deal):
        return DoesNotApply("it is signed or being delivered")
    refused = deal.said("introduction_refused")
    against = deal.said("opposition_stated")
    loosens = _loosens(deal)
    if loosens is not None or not (refused and against):
        return Clear(loosens or "doors were not all closed, or nobody speaks against us")
    return Sign(
        says=f"A rival holds this account: access was refused {counted(len(refused), 'time')} and never granted, "
        f"{counted(len(against), 'word')} against us or for the rival, and no buyer wants us. Walking away is worth a "
        f"thought. {CHANGE_OUR_MIND}",
        ask=ask(
            "Is there a way in which we could still be chosen here, and what would have to happen for it? "
            "A frank no is a good answer too.",
            who_said(deal, refused),
        ),
        evidence=quotes(*refused, *against, *rivals[-1:]),
    )


def _loosens(deal: Deal) -> str | None:
    """What shows that the grip is not closed; None where nothing does."""
    if deal.said("wants_us"):
        return "a buyer said that they want us"
    if deal.said("introduction_agreed"):
        return "a door was opened to somebody else inside"
    return None
