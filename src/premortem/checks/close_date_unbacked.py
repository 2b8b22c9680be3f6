"""
## What it looks for
The planned close is earlier than any day or period that the buyer last gave for deciding or signing; or, by the third
touch or the proposal, the buyer has given no such day. It also speaks when the planned close has passed and still
stands in the plan.

## Why it matters
A date that only we believe in turns into pressure as it comes near, and pressure sends buyers elsewhere. The buyer's
own day is the date; ours is a wish.

## Example
The plan says 31 March, the end of our year. "The board sits in June", says the buyer. In the last week of March the
discounts begin.

## What to ask next
By when do you want this settled, and what sets that date? Put it to whoever spoke of dates, else to whoever carries the
deal.

## When it does not apply
Where no close is planned, and, as long as the buyer has given no day, before the third touch or the proposal.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from premortem.checks.base import Answer, Clear, DoesNotApply, Raised, ask, closest_buyer, ids, on, quotes, too_early
from premortem.ledger.deal import Deal, DealFact
from premortem.ledger.entries import Ask, Severity
from premortem.ledger.norms import Norms

SET_BY = {"buyer": "the buyer", "rep": "the seller", "manager": "the seller's manager"}


class Day(Struct, frozen=True):
    """A day or period that the buyer gave for deciding or signing."""

    said: DealFact
    first: date
    last: date


def check(deal: Deal, norms: Norms) -> Answer:
    planned = deal.planned_close
    if planned is None:
        return DoesNotApply("no close is planned")
    if deal.planned_closes[-1].set_by == "buyer":
        return Clear(f"the buyer set {on(planned)} as the day")
    days = [day for known in deal.said("decision_date_stated") if (day := _day(known)) is not None]
    if not days:
        return _without_a_day(deal, norms, planned)
    standing = _still_said(deal, days)
    backing = [day for day in standing if day.first <= planned]
    if not backing:
        earliest = min(standing, key=lambda day: (day.first, day.last))
        return _raised(
            deal,
            f"{_plan(deal, planned)}, and the buyer gave {_period(earliest)} as the time of the decision.",
            standing,
        )
    if planned < deal.as_of.date():
        return _raised(deal, f"{_plan(deal, planned)}; that day has passed, and still stands in the plan.", standing)
    return Clear(f"the buyer gave {_period(backing[-1])} as the time of the decision, which fits {on(planned)}")


def _without_a_day(deal: Deal, norms: Norms, planned: date) -> Answer:
    said = deal.said("decision_date_stated")
    if said:
        return Clear(f"the buyer spoke of a time on {on(said[-1].at)}; no day could be read from the words")
    early = too_early(deal, norms)
    if early is not None:
        return early
    return _raised(deal, f"{_plan(deal, planned)}, and the buyer has given no day at all for the decision.", [])


def _day(known: DealFact) -> Day | None:
    first, _, last = (known.fact.value or "").partition("/")
    try:
        return Day(known, date.fromisoformat(first), date.fromisoformat(last or first))
    except ValueError:
        return None


def _still_said(deal: Deal, days: list[Day]) -> list[Day]:
    """The days given since the buyer last spoke of a delay, where any were given since; else all of them."""
    delays = deal.said("delay_stated")
    if not delays:
        return days
    since = [day for day in days if day.said.at >= delays[-1].at]
    return since or days


def _plan(deal: Deal, planned: date) -> str:
    setter = SET_BY.get(deal.planned_closes[-1].set_by)
    return f"The close is planned for {on(planned)}" + (f", set by {setter}" if setter else "")


def _period(day: Day) -> str:
    return on(day.first) if day.first == day.last else f"{on(day.first)} to {on(day.last)}"


def _raised(deal: Deal, says: str, days: list[Day]) -> Raised:
    delayed = deal.said("delay_stated")
    touches = dict.fromkeys(day.said.fact.touch for day in days)
    return Raised(
        severity=_severity(days),
        says=says,
        ask=_ask(deal, days),
        evidence=quotes(*(day.said for day in days), *delayed),
        touches=ids(*(touch for touch in deal.touches if not days or touch.id in touches)),
    )


def _severity(days: list[Day]) -> Severity:
    return "high" if days else "medium"


def _ask(deal: Deal, days: list[Day]) -> Ask:
    if not days or days[-1].last < deal.as_of.date():
        question = "By when would you like this settled, and what sets that date for you?"
        return ask(question, closest_buyer(deal))
    spoke = days[-1].said.fact.speaker
    question = (
        f"You spoke of {_period(days[-1])} for the decision. "
        "What has to happen on your side before then, and what could move it?"
    )
    return ask(question, spoke if deal.side(spoke) == "buyer" else closest_buyer(deal))
