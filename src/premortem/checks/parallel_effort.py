"""
## What it looks for
Somebody else in the buyer's organisation looks for, runs or builds another answer to the same problem: what a colleague
builds, a trial of a rival's, another site's purchase. It stays on record when it ends, since it may come back.

## Why it matters
Our contact often hears of it late and thinks little of it. Whoever works on it has a plan of their own, a reason to
defend it, and perhaps the ear of the person who signs. Two answers to one problem rarely both get bought.

## Example
"Somebody in the warehouse has made a little something with a spreadsheet, I would not worry." By summer it has a name,
a sponsor and a stand at the works fair.

## What to ask next
Who works on it, what is it meant to show, and would it help to bring the two together? Put it to whoever spoke of it,
and then to whoever runs it.

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
from premortem.ledger.entries import Severity
from premortem.ledger.norms import Norms


def check(deal: Deal, norms: Norms) -> Answer:
    told = deal.said("parallel_effort")
    if told:
        return Raised(
            severity=_severity(deal, norms, told),
            says=_says(told),
            ask=ask(
                "Who is working on the other way of solving this, and what is it meant to show? "
                "Could we sit down with them, so that nobody does the work twice?",
                who_said(deal, told),
            ),
            evidence=quotes(*told),
        )
    if not heard(deal):
        return DoesNotApply("no buyer has been heard yet")
    if any(known.fact.value == "competition" for known in deal.said("discovery_question")):
        return Clear("we asked what else is being looked at, and heard of no other effort inside")
    return Clear("nobody spoke of another effort inside; we have not asked either")


def _severity(deal: Deal, norms: Norms, told: list[DealFact]) -> Severity:
    """Grave once it has come up again and the deal has used half its time: it is alive, and nobody settled it."""
    again = len({known.fact.touch for known in told}) > 1
    return by_age(deal, norms, "medium", "high") if again else "medium"


def _says(told: list[DealFact]) -> str:
    touches = len({known.fact.touch for known in told})
    said = f"Somebody else on the buyer's side works on the same problem: first heard on {on(told[0].at)}"
    return f"{said}, and in {counted(touches, 'touch')} in all." if touches > 1 else f"{said}."
