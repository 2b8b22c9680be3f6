"""
## What it looks for
By the third touch or the proposal, the buyer has not walked us through how they work today or would work with it; or
they did, and doubts that it fits now come up again and again against it.

## Why it matters
Whoever shows a product before they know the work shows the wrong one. The doubt is then settled without us, by people
who decide that it would have to be bent too far.

## Example
The cook begins to tell how a morning in the kitchen goes, and a slide comes up. Weeks later: "whoever made
this has never peeled a potato."

## What to ask next
Would you walk us through an ordinary day, step by step, and stop where it hurts? Put it to whoever does the work, and
listen before anything else is shown.

## When it does not apply
Before the third touch, unless there is a proposal or the doubts are there already.
"""

from __future__ import annotations

from premortem.checks.base import (
    PERHAPS,
    Answer,
    Clear,
    Raised,
    ask,
    by_age,
    closest_buyer,
    counted,
    hinted,
    ids,
    on,
    quotes,
    too_early,
    who_said,
)
from premortem.ledger.deal import Deal
from premortem.ledger.norms import Norms

DOUBTS = 3
"""Doubts of the fit that make a picture; each of them alone is a question to answer."""

TO_ONE = 2
"""How many doubts stand against one account of the work before the account is to be distrusted."""


def check(deal: Deal, norms: Norms) -> Answer:
    told = deal.said("use_case_described")
    doubts = deal.said("fit_doubt") if told else []
    if len(doubts) >= DOUBTS and len(doubts) >= TO_ONE * len(told):
        return Raised(
            severity=by_age(deal, norms, "medium", "high"),
            says=f"Doubts that it fits came up {counted(len(doubts), 'time')}, against "
            f"{counted(len(told), 'account')} of how they work: we have not understood what they would use it for.",
            ask=ask(
                "Which part of your day did we picture wrongly? Would you take us through it once more, step by step?",
                who_said(deal, doubts),
            ),
            evidence=quotes(*doubts, *told),
        )
    if told:
        return Clear(f"they told how they work on {on(told[0].at)}")
    early = too_early(deal, norms)
    if early is not None:
        return early
    return Clear(PERHAPS) if hinted(deal, "use_case_described") else _never_told(deal, norms)


def _never_told(deal: Deal, norms: Norms) -> Raised:
    asked = [known for known in deal.said("discovery_question") if known.fact.value == "use_case"]
    ours = f"we asked {counted(len(asked), 'time')}" if asked else "we have not asked"
    doubts = deal.said("fit_doubt")
    more = f" Doubts that it fits came up {counted(len(doubts), 'time')}." if doubts else ""
    return Raised(
        severity=by_age(deal, norms, "medium", "high"),
        says=f"Nobody has walked us through how they work today; {ours}.{more}",
        ask=ask(
            "Would you walk us through an ordinary day with this, step by step, and stop wherever it hurts?",
            who_said(deal, deal.said("pain_stated")) if deal.said("pain_stated") else closest_buyer(deal),
        ),
        evidence=quotes(*doubts),
        touches=ids(*deal.touches),
    )
