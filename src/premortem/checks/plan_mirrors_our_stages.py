"""
## What it looks for
A plan that calls itself the buyer's and is ours: every step still in it is one that our side does; or the steps that
are done, three or more of them, were all done on the days on which our own stage moved.

## Why it matters
The buyer works on a change in their house, not on our stages. A step that only we can do proves nothing about them, and
a plan made of such steps runs smoothly until the day on which somebody should sign.

## Example
Demo given, offer sent, terms sent: three ticks in four weeks. What the buyer did in those weeks stands nowhere, since
nobody asked.

## What to ask next
What has to happen on your side, with or without us, before this can start? Who does it, and by when? Put it to whoever
carries the deal, and let them change the plan.

## When it does not apply
Where there is no plan, or one with fewer than three steps.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from premortem.checks.base import Answer, Clear, DoesNotApply, Sign, ask, closest_buyer, counted, ids
from premortem.ledger.deal import Deal
from premortem.ledger.entries import Milestone
from premortem.ledger.norms import Norms

ENOUGH = 3
"""Steps before a plan can be told from a few notes."""


def check(deal: Deal, norms: Norms) -> Answer:
    plan = [step for step in deal.milestones.values() if not step.dropped]
    if len(plan) < ENOUGH:
        return DoesNotApply(f"the plan has {counted(len(plan), 'step')}")
    theirs = [step for step in plan if step.whose != "ours"]
    if not theirs:
        return _sign(deal, f"All {counted(len(plan), 'step')} of the plan are our own doings; none is the buyer's.")
    days = _days_of_stages(deal)
    done = [step for step in plan if step.done is not None]
    if len(done) >= ENOUGH and all(step.done in days for step in done):
        return _sign(
            deal,
            f"The {counted(len(done), 'step')} of the plan that are done were all done on days on which our own "
            "stage moved: the plan follows our stages.",
        )
    return Clear(f"{counted(len(theirs), 'step')} of {len(plan)} in the plan {_are(theirs)} the buyer's or joint")


def _are(theirs: Sequence[Milestone]) -> str:
    return "is" if len(theirs) == 1 else "are"


def _days_of_stages(deal: Deal) -> set[date]:
    return {stage.at.date() for stage in deal.stages}


def _sign(deal: Deal, says: str) -> Sign:
    return Sign(
        says=says,
        ask=ask(
            "What has to happen on your side, with or without us, before this can start? Who does it, and by when?",
            closest_buyer(deal),
        ),
        touches=ids(*deal.touches[-1:]),
    )
