"""
## What it looks for
Doing nothing, staying with what they have, waiting for something, or building it themselves was named as a real choice.

## Why it matters
Far more deals end in nothing than sellers expect. What exists is paid for, nobody is blamed for it, and it asks for no
meeting. It is beaten by the buyer's own figures on what staying costs, seldom by more reasons for us.

## Example
"We can always patch it through one more season", says the head of the yard, as if in passing. They patch it through one
more season.

## What to ask next
Suppose nothing is done for a year: what would that cost, whom would it hurt, and for whom would it be fine? Take the
answer seriously, also when it is "little".

## When it does not apply
Before anybody of the buyer's side was heard.
"""

from __future__ import annotations

from premortem.checks.base import (
    Answer,
    Clear,
    DoesNotApply,
    Raised,
    ask,
    by_age,
    counted,
    heard,
    on,
    quotes,
    who_said,
)
from premortem.ledger.deal import Deal, DealFact
from premortem.ledger.norms import Norms


def check(deal: Deal, norms: Norms) -> Answer:
    told = deal.said("status_quo_option")
    if told:
        cost_known = bool(deal.said("impact_quantified"))
        touches = len({known.fact.touch for known in told})
        return Raised(
            severity=by_age(deal, norms, "medium", "high") if touches > 1 or not cost_known else "medium",
            says=_says(told, touches, cost_known),
            ask=ask(
                "Suppose things stay as they are for a year. What would that cost, and whom would it bother least?",
                who_said(deal, told),
            ),
            evidence=quotes(*told),
        )
    if not heard(deal):
        return DoesNotApply("no buyer has been heard yet")
    return Clear("nobody spoke of staying as they are, waiting or building it themselves")


def _says(told: list[DealFact], touches: int, cost_known: bool) -> str:
    said = f"Staying as they are, waiting or building it themselves is a live choice, named on {on(told[0].at)}"
    said += f" and in {counted(touches, 'touch')} in all" if touches > 1 else ""
    return f"{said}." if cost_known else f"{said}; nobody has put a number on what staying costs."
