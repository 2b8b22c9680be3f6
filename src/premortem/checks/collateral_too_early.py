"""
## What it looks for
References, documents, a price list or a comparison were asked for before a word had been said about the need or the
work. It stays on record; it is mild once the need was told after all.

## Why it matters
Early papers serve somebody's purpose, and it may not be a purchase: learning for free, filling a column of a table that
is already decided, or doing what a superior asked for. The deal is not dead. But whoever sends everything first has
nothing left to exchange for a talk.

## Example
"Could you mail me the price list and three references?", says the first mail. All of it goes out the same day. The
comparison has a winner already, and we are its third column.

## What to ask next
What will these papers be used for, and who will read them? One fitting piece against half an hour with that reader is a
fair exchange.

## When it does not apply
Where nothing was asked for.
"""

from __future__ import annotations

from itertools import takewhile

from premortem.checks.base import (
    Answer,
    Clear,
    DoesNotApply,
    Raised,
    ask,
    counted,
    on,
    quotes,
    who_said,
)
from premortem.ledger.deal import Deal, DealFact
from premortem.ledger.norms import Norms

NEED = ("pain_stated", "use_case_described", "impact_quantified")


def check(deal: Deal, norms: Norms) -> Answer:
    requests = deal.said("collateral_requested")
    if not requests:
        return DoesNotApply("no references or documents were asked for")
    early = _before_the_need(deal)
    if not early:
        return Clear(f"the need was spoken of before anything was asked for on {on(requests[0].at)}")
    told = deal.said(*NEED)
    return Raised(
        severity="low" if told else "medium",
        says=_says(early, told),
        ask=ask(
            "What will these papers be used for, and who will read them? "
            "With half an hour on how you work today we could send the one that fits.",
            who_said(deal, early),
        ),
        evidence=quotes(*early),
    )


def _before_the_need(deal: Deal) -> list[DealFact]:
    """The requests that came before any word on the need."""
    told = deal.said("collateral_requested", *NEED)
    return list(takewhile(lambda known: known.fact.claim == "collateral_requested", told))


def _says(early: list[DealFact], told: list[DealFact]) -> str:
    said = f"Papers were asked for ({counted(len(early), 'request')}, first on {on(early[0].at)}) before"
    if not told:
        return f"{said} a word on the need; nobody has spoken of it since."
    return f"{said} a word on the need, which was told on {on(told[0].at)}."
