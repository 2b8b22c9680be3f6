"""
## What it looks for
The last two touches both ended without a step that the buyer accepted with a day to it, and none agreed earlier is
still to come. A day that the buyer gave for deciding or signing counts as one, a mere month does not.

## Why it matters
A buyer who wants something gives it a day. "Soon" and "I'll get back to you" cost nothing, and two of them in a row
mean that the deal now waits for somebody who is not waiting for us.

## Example
The demo ended with "let me take this back to the team". The mail after it: "still digesting, will revert". The day of
the next talk stands nowhere.

## What to ask next
What has to happen on your side next, who does it, and when shall we speak once it is done? Put it to whoever carries
the deal.

## When it does not apply
Before the second touch: one talk that ends openly is no pattern yet. And once it is won, or
the CRM's stage says signed or delivered and the buyer gave a day for it.
"""

from __future__ import annotations

from premortem.checks.base import (
    Answer,
    Clear,
    DoesNotApply,
    Raised,
    agreed_day,
    ask,
    closest_buyer,
    ids,
    last_day,
    on,
    settled,
)
from premortem.ledger.deal import Deal, DealFact, DealTouch
from premortem.ledger.norms import Norms


def check(deal: Deal, norms: Norms) -> Answer:
    if len(deal.touches) < 2:
        return DoesNotApply("fewer than two touches")
    if settled(deal):
        return DoesNotApply("it is signed or being delivered, and delivery has steps of its own")
    steps = deal.said("next_step_agreed")
    dated = [*steps, *(day for day in deal.said("decision_date_stated") if _still_ahead(day))]
    for touch in reversed(deal.touches[-2:]):
        agreed = [step for step in dated if _covers(step, touch)]
        if agreed:
            return Clear(f"the touch of {on(touch.at)} had a day before it: a next step or a decision")
    loose = list(deal.touches[-2:])
    return Raised(
        severity="medium",
        says=_says(deal, steps, loose),
        ask=ask(
            "What has to happen on your side next, who does it, and when shall we speak once it is done?",
            closest_buyer(deal),
        ),
        touches=ids(*loose),
    )


def _still_ahead(day: DealFact) -> bool:
    """Whether a day given for deciding lay ahead when it was said."""
    last = agreed_day(day.fact.value)
    return last is not None and last > day.at.date()


def _covers(step: DealFact, touch: DealTouch) -> bool:
    """Agreed in this very touch, or earlier for a day that was still to come."""
    if step.fact.touch == touch.id:
        return True
    day = last_day(step.fact.value)
    return step.at <= touch.at and day is not None and day > touch.at.date()


def _says(deal: Deal, steps: list[DealFact], loose: list[DealTouch]) -> str:
    days = " and ".join(on(touch.at) for touch in loose)
    told = f"The touches of {days} both ended without a next step with a day to it"
    if not steps:
        return told + "; nor did any before them."
    return told + f"; the last one that had a day was agreed on {on(steps[-1].at)}."
