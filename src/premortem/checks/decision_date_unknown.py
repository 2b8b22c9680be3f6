"""
## What it looks for
The buyer has given no day or period for deciding: not by the third touch or the proposal, or, where we asked for it,
not in the answer. Also where the day that they gave has gone by after a delay, and none took its place. A day ahead
that they set by their own hand in the shared plan settles it.

## Why it matters
A purchase without a day competes with everything that has one. "As soon as possible" is what people say who have not
put it in a calendar.

## Example
Asked when they would like to have it running, the head of the lab laughs: "yesterday, ideally". Nobody asks what sets
the date, and nothing does.

## What to ask next
By what date do you want this settled, and what sets that date? If nothing does: what would have to happen first? Put it
to whoever carries the deal.

## When it does not apply
Before the third touch or the proposal, as long as we have not asked. And once it is won, or the CRM's stage says signed
or delivered and the buyer gave a day for it.
"""

from __future__ import annotations

from premortem.checks.base import (
    PERHAPS,
    Answer,
    Clear,
    DoesNotApply,
    Raised,
    ask,
    by_age,
    closest_buyer,
    hinted,
    ids,
    last_day,
    on,
    quotes,
    settled,
    told_by,
    too_early,
)
from premortem.ledger.deal import Deal
from premortem.ledger.deciding import day_of_their_own
from premortem.ledger.entries import Ask
from premortem.ledger.norms import Norms


def check(deal: Deal, norms: Norms) -> Answer:
    theirs = day_of_their_own(deal)
    if theirs is not None and theirs >= deal.as_of.date():
        return Clear(f"the buyer set {on(theirs)} in the shared plan")
    given = deal.said("decision_date_stated")
    if not given:
        return Clear(PERHAPS) if hinted(deal, "decision_date_stated") else _never(deal, norms)
    if settled(deal):
        return DoesNotApply("it is signed or being delivered")
    day = last_day(given[-1].fact.value)
    delays = [known for known in deal.said("delay_stated") if known.at > given[-1].at]
    if day is None or day >= deal.as_of.date() or not delays:
        return Clear(f"{told_by(deal, given[-1])} gave a time for the decision on {on(given[-1].at)}")
    return Raised(
        severity=by_age(deal, norms, "medium", "high"),
        says=(
            f"The time that {told_by(deal, given[-1])} gave for the decision, up to {on(day)}, has gone by; "
            f"{told_by(deal, delays[-1])} spoke of a delay on {on(delays[-1].at)}, and no other day took its place."
        ),
        ask=_ask(deal),
        evidence=quotes(given[-1], *delays),
    )


def _never(deal: Deal, norms: Norms) -> Answer:
    asked = [known for known in deal.said("discovery_question") if known.fact.value == "timing"]
    if not asked and (early := too_early(deal, norms)) is not None:
        return early
    vague = deal.said("delay_stated")
    says = "No buyer has given a day or a period for deciding"
    if asked:
        says += f", though we asked on {on(asked[-1].at)}"
    if vague:
        says += f"; {told_by(deal, vague[-1])} spoke only of a delay, on {on(vague[-1].at)}"
    return Raised(
        severity=by_age(deal, norms, "medium", "high"),
        says=says + ".",
        ask=_ask(deal),
        evidence=quotes(*asked, *vague[-1:]),
        touches=() if asked or vague else ids(*deal.touches),
    )


def _ask(deal: Deal) -> Ask:
    return ask(
        "By what date do you want this settled, and what sets that date? If nothing does, what has to happen first?",
        closest_buyer(deal),
    )
