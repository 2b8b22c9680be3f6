"""
## What it looks for
Our side presses for a signature by a day of our own, or for reasons of our own: the quarter, the target, the manager.
It weighs more where the deal is young against the firm's cycle, or where a lower price hangs on that day. As long as
nobody presses, a close planned for the last day of a quarter, early in the cycle and without a day of the buyer's, is a
sign.

## Why it matters
Our calendar is nothing to the buyer. Who is pressed before having decided takes fright, or learns that waiting brings a
better price. The one thing a day of ours can do is to reward a decision that has already been made.

## Example
"If the order is in by the thirtieth I can take a tenth off, that's our year", in the third week of talks that usually
take eight months. The buyer says she will think about it, and begins to call others.

## What to ask next
Leave our day aside. What is your own calendar for this, and what would have to be true by when? Put it to whoever
carries the deal.

## When it does not apply
Where nobody pressed and no close is planned.
"""

from __future__ import annotations

from datetime import date, timedelta

from premortem.checks.base import (
    Answer,
    Clear,
    DoesNotApply,
    Raised,
    Sign,
    ask,
    closest_buyer,
    counted,
    ids,
    lateness,
    on,
    quotes,
)
from premortem.ledger.deal import Change, Deal, DealFact
from premortem.ledger.entries import Ask, Severity
from premortem.ledger.norms import Norms

EARLY = 0.5
"""The part of the firm's cycle before which a date of ours comes too soon."""

QUARTERS = (3, 6, 9, 12)


def check(deal: Deal, norms: Norms) -> Answer:
    pushed = deal.said("close_pushed")
    if pushed:
        return _pushed(deal, norms, pushed)
    if deal.planned_close is None:
        return DoesNotApply("nobody pressed, and no close is planned")
    plan = deal.planned_closes[-1]
    if plan.set_by != "buyer" and _quarter_end(deal.planned_close) and _soon(deal, norms, deal.planned_close):
        return _sign(deal, deal.planned_close)
    return Clear("nobody pressed for a day of ours")


def _pushed(deal: Deal, norms: Norms, pushed: list[DealFact]) -> Raised:
    touches = {known.fact.touch for known in pushed}
    cheaper = [known for known in deal.said("discount_offered") if known.fact.touch in touches]
    moved = _moved_since(deal, pushed[-1])
    says = f"Our side pressed for a signature by our own day on {on(pushed[0].at)}"
    if len(pushed) > 1:
        says += f", {counted(len(pushed), 'time')} up to {on(pushed[-1].at)}"
    if cheaper:
        says += "; a better price was tied to it"
    if moved is not None:
        says += f". The plan was moved on {on(moved.at)}"
    return Raised(
        severity=_severity(deal, norms, pushed, cheaper, moved),
        says=says + ".",
        ask=_ask(deal),
        evidence=quotes(*pushed, *cheaper),
    )


def _severity(
    deal: Deal, norms: Norms, pushed: list[DealFact], cheaper: list[DealFact], moved: Change | None
) -> Severity:
    if moved is not None:
        return "low"
    return "high" if lateness(deal, norms) < EARLY and (cheaper or len(pushed) > 1) else "medium"


def _moved_since(deal: Deal, last: DealFact) -> Change | None:
    later = [change for change in deal.planned_closes[1:] if change.at > last.at]
    return later[-1] if later else None


def _quarter_end(day: date) -> bool:
    return day.month in QUARTERS and (day + timedelta(days=1)).day == 1


def _soon(deal: Deal, norms: Norms, planned: date) -> bool:
    """Whether the planned day lies early in the firm's cycle and no buyer has spoken of any day."""
    began = deal.created or (deal.touches[0].at if deal.touches else None)
    if began is None or not deal.touches or deal.said("decision_date_stated"):
        return False
    return (planned - began.date()).days < EARLY * norms.cycle_days.value


def _sign(deal: Deal, planned: date) -> Sign:
    return Sign(
        says=(
            f"The close is planned for {on(planned)}, the last day of a quarter and early for a deal of this age; "
            "no buyer has spoken of a day."
        ),
        ask=_ask(deal),
        touches=ids(deal.touches[-1]),
    )


def _ask(deal: Deal) -> Ask:
    return ask(
        "Leaving our own calendar aside: what is yours for this, and what would have to be true by when?",
        closest_buyer(deal),
    )
