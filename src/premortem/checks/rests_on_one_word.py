"""
## What it looks for
A late stage, or a commit in the forecast, of which one word of the buyer's is all the proof: one fact, read and not
confirmed by anybody, out of all that would say yes. Those are that they want us, will argue for us, may sign, have the
money, or gave a day.

## Why it matters
Whoever counts on such a deal counts on one sentence having been heard right, meant, and still true. It may be. But a
plan, or somebody's income, should not hang on it alone.

## Example
"Should be fine from my side", says the deputy on the phone. The row goes to commit the same evening; it is the only
thing any buyer ever said about buying.

## What to ask next
Have that one word confirmed, by the same person in writing or by another one: have I understood rightly that this is
settled, and what is still open?

## When it does not apply
Before negotiation, contract, verbal or commit; where the buyer has said none of it at all, since then it is
`stage_ahead_of_evidence` that speaks; and once it is signed or being delivered.
"""

from __future__ import annotations

from premortem.checks.base import (
    Answer,
    Clear,
    DoesNotApply,
    Sign,
    ask,
    closest_buyer,
    counted,
    late_stage,
    on,
    quotes,
    settled,
    told_by,
)
from premortem.ledger.deal import Deal
from premortem.ledger.norms import Norms

YES = ("wants_us", "will_fight", "authority_claimed", "budget_confirmed", "decision_date_stated")


def check(deal: Deal, norms: Norms) -> Answer:
    counted_on = _counted_on(deal)
    if counted_on is None:
        return DoesNotApply("neither its stage nor a forecast counts on it yet")
    if settled(deal):
        return DoesNotApply("it is signed or being delivered")
    said = deal.said(*YES)
    if not said:
        return DoesNotApply("the buyer has said nothing that it could rest on")
    if len(said) > 1 or said[0].standing != "read":
        return Clear(f"{counted_on} rests on {counted(len(said), 'word')} of the buyer's")
    only = said[0]
    speaker = only.fact.speaker
    return Sign(
        says=f"{counted_on} rests on one thing that {told_by(deal, only)} said on {on(only.at)}, confirmed by nobody.",
        ask=ask(
            f"On {on(only.at)} I understood that this is settled on your side. Did I hear that right, "
            "and what is still open?",
            speaker if deal.side(speaker) == "buyer" else closest_buyer(deal),
        ),
        evidence=quotes(only),
    )


def _counted_on(deal: Deal) -> str | None:
    """What counts on this deal: its stage, or a forecast that commits to it."""
    if late_stage(deal.stage):
        return f"The stage '{deal.stage}'"
    newest = {forecast.method: forecast for _, forecast in deal.forecasts}
    if any(forecast.category == "commit" for forecast in newest.values()):
        return "The commit in the forecast"
    return None
