"""
## What it looks for
By the third touch or the proposal, nobody on the buyer's side has put a number on the problem or on what solving it
would be worth.

## Why it matters
Without a number of their own, a buyer can't weigh the price against anything, can't defend it to whoever holds the
money, and loses nothing by waiting. A figure that we bring is not theirs.

## Example
"A nuisance, a terrible nuisance", says the office manager, three times. When money is shared out, the nuisance stands
beside a leaking roof, and the roof has a price.

## What to ask next
How often does it happen, how long does it take each time, and who pays for it? A rough count made together is worth
more than an exact one of ours.

## When it does not apply
Before the third touch, unless there is a proposal.
"""

from __future__ import annotations

from premortem.checks.base import (
    PERHAPS,
    Answer,
    Clear,
    Raised,
    ask,
    by_age,
    counted,
    hinted,
    ids,
    on,
    too_early,
    who_said,
)
from premortem.ledger.deal import Deal
from premortem.ledger.norms import Norms


def check(deal: Deal, norms: Norms) -> Answer:
    told = deal.said("impact_quantified")
    if told:
        return Clear(f"a number was put on it on {on(told[0].at)}")
    early = too_early(deal, norms)
    if early is not None:
        return early
    if hinted(deal, "impact_quantified"):
        return Clear(PERHAPS)
    pains = deal.said("pain_stated")
    asked = [known for known in deal.said("discovery_question") if known.fact.value == "impact"]
    return Raised(
        severity=by_age(deal, norms, "medium", "high"),
        says=_says(len(pains), len(asked)),
        ask=ask(
            "Could we count it together, even roughly: how often does it happen, how long does it take, "
            "and who feels it at the end of the year?",
            who_said(deal, pains),
        ),
        touches=ids(*deal.touches),
    )


def _says(pains: int, asked: int) -> str:
    said = "Nobody has put a number on the problem or on what solving it is worth"
    if pains:
        said += f", though it was spoken of {counted(pains, 'time')}"
    return f"{said}; we asked {counted(asked, 'time')}." if asked else f"{said}; we have not asked for one."
