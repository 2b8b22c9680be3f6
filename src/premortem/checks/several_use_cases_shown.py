"""
## What it looks for
We offered more than one piece of material or example, and after the second a buyer doubted that it fits them. Which
use each piece shows the ledger does not know; that is for a person to look at.

## Why it matters
Examples of several uses make a buyer wonder which of them is meant for them, and whether the product was made for any.
One use, the one that answers the pain they named, is easier to believe and to retell.

## Example
A brewery hears of an airport, a theatre and a printing house. "I suppose one could saw it to our size", says the master
brewer.

## What to ask next
Of what you have seen from us, what was closest to your own day, and what was furthest from it?

## When it does not apply
Where we have offered one piece at most.
"""

from __future__ import annotations

from premortem.checks.base import Answer, Clear, DoesNotApply, Sign, ask, counted, quotes, who_said
from premortem.ledger.deal import Deal
from premortem.ledger.norms import Norms


def check(deal: Deal, norms: Norms) -> Answer:
    pieces = [known for known in deal.said("content_offered") if deal.side(known.fact.speaker) != "buyer"]
    if len(pieces) < 2:
        return DoesNotApply("we have offered one piece of material at most")
    doubts = [known for known in deal.said("fit_doubt") if known.at >= pieces[1].at]
    if not doubts:
        return Clear(f"{counted(len(pieces), 'piece')} offered, and nobody doubted the fit after the second")
    return Sign(
        says=f"We offered {counted(len(pieces), 'piece')} of material, and {counted(len(doubts), 'doubt')} of the fit "
        "came after the second: they may show more uses than the one that matters here.",
        ask=ask(
            "Of what you have seen from us, what came closest to your own day, and what was furthest from it?",
            who_said(deal, doubts),
        ),
        evidence=quotes(*pieces, *doubts),
    )
