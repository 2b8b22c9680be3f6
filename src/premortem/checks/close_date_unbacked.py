"""
## What it looks for
The planned close is earlier than what the buyer said about deciding or signing. A day that they set by their own hand
in the shared plan outranks what was said. Else the latest word counts: where somebody
told how it gets decided, the last day of that telling; after a delay, only days given since. Without any day of the
buyer's it speaks by the third touch or the proposal, and sooner where we asked for one, pressed for ours, or heard only
of an outside event that lies later. It also speaks when the planned close passed a fortnight ago and still stands, and
says when the day was set by our own side.

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
Where no close is planned, and, as long as nothing was said or asked about time, before the third touch or the proposal.
"""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct

from premortem.checks.base import (
    Answer,
    Clear,
    DoesNotApply,
    Raised,
    ask,
    closest_buyer,
    ids,
    on,
    quotes,
    told_by,
    too_early,
)
from premortem.ledger.deal import Deal, DealFact
from premortem.ledger.deciding import day_of_their_own
from premortem.ledger.entries import Ask
from premortem.ledger.norms import Norms

SET_BY = {
    "buyer": "the buyer",
    "rep": "the seller, that is by our own side",
    "manager": "the seller's manager, that is by our own side",
}

GRACE = timedelta(days=14)
"""How long a planned day may be over before it tells that nobody believes in it."""

A_MONTH = timedelta(days=31)
"""'In May' may mean its first day; 'by Easter', said in autumn, means its last weeks."""


class Day(Struct, frozen=True):
    """A day or period that the buyer gave for deciding or signing, and the first day on which they may mean it."""

    said: DealFact
    first: date
    last: date

    @property
    def soonest(self) -> date:
        return max(self.first, self.last - A_MONTH)


def check(deal: Deal, norms: Norms) -> Answer:
    planned = deal.planned_close
    if planned is None:
        return DoesNotApply("no close is planned")
    if deal.planned_closes[-1].set_by == "buyer":
        return Clear(f"the buyer set {on(planned)} as the day")
    theirs = day_of_their_own(deal)
    if theirs is not None and theirs <= planned and deal.as_of.date() <= planned + GRACE:
        return Clear(f"the buyer set {on(theirs)} in the shared plan, which fits {on(planned)}")
    if theirs is not None and theirs > planned:
        says = f"{_plan(deal, planned)}, and the buyer set {on(theirs)} in the shared plan."
        return Raised("high", says, _ask(deal, []))
    days = [day for known in deal.said("decision_date_stated") if (day := _day(known)) is not None]
    if not days:
        return _without_a_day(deal, norms, planned)
    standing = _still_said(deal, days)
    if not standing:
        return _raised(deal, f"{_plan(deal, planned)}; the buyer took back the day they gave, and gave no other.", days)
    ahead = _ahead_of(deal, standing, planned)
    if ahead:
        return _raised(deal, f"{_plan(deal, planned)}, and {_told(deal, standing, ahead, planned)}.", standing)
    if planned + GRACE < deal.as_of.date():
        return _raised(deal, f"{_plan(deal, planned)}; that day has passed, and still stands in the plan.", standing)
    return Clear(f"the buyer gave {_period(standing[-1])} as the time of the decision, which fits {on(planned)}")


def _without_a_day(deal: Deal, norms: Norms, planned: date) -> Answer:
    said = deal.said("decision_date_stated")
    if said:
        return Clear(f"the buyer spoke of a time on {on(said[-1].at)}; no day could be read from the words")
    later = [day for known in deal.said("compelling_event") if (day := _day(known)) and day.soonest > planned]
    asked = any(known.fact.value == "timing" for known in deal.said("discovery_question"))
    early = too_early(deal, norms)
    if early is not None and not (later or asked or deal.said("close_pushed")):
        return early
    says = f"{_plan(deal, planned)}, and the buyer has given no day at all for the decision"
    if later:
        says += f"; the one date they spoke of is an outside event, {_period(later[-1])}"
    return _raised(deal, says + ".", later)


def _day(known: DealFact) -> Day | None:
    first, _, last = (known.fact.value or "").partition("/")
    try:
        return Day(known, date.fromisoformat(first), date.fromisoformat(last or first))
    except ValueError:
        return None


def _still_said(deal: Deal, days: list[Day]) -> list[Day]:
    """The days given since the buyer last spoke of a delay."""
    delays = deal.said("delay_stated")
    return [day for day in days if day.said.at >= delays[-1].at] if delays else days


def _ahead_of(deal: Deal, standing: list[Day], planned: date) -> list[Day]:
    """The days that the plan is ahead of: all of them, or those last given with the steps of the decision."""
    steps = {known.fact.touch for known in deal.said("decision_process_described")}
    of_steps = [day for day in standing if day.said.fact.touch in steps]
    newest = [day for day in of_steps if day.said.at == of_steps[-1].said.at]
    later = [day for day in newest if day.soonest > planned]
    if (later and len(later) == len(newest)) or all(day.soonest > planned for day in standing):
        return later or standing
    return []


def _told(deal: Deal, standing: list[Day], ahead: list[Day], planned: date) -> str:
    """What the buyer said of the time; where two of their days disagree, both."""
    day = min(ahead, key=lambda one: (one.soonest, one.last))
    told = f"{told_by(deal, day.said)} gave {_period(day)} as the time of the decision"
    others = [one for one in standing if one.soonest <= planned]
    if others:
        told += f", {told_by(deal, others[-1].said)} {_period(others[-1])}: both stand"
    return told


def _plan(deal: Deal, planned: date) -> str:
    setter = SET_BY.get(deal.planned_closes[-1].set_by)
    return f"The close is planned for {on(planned)}" + (f", set by {setter}" if setter else "")


def _period(day: Day) -> str:
    return on(day.first) if day.first == day.last else f"{on(day.first)} to {on(day.last)}"


def _raised(deal: Deal, says: str, days: list[Day]) -> Raised:
    delayed = deal.said("delay_stated")
    touches = dict.fromkeys(day.said.fact.touch for day in days)
    return Raised(
        severity="high" if days else "medium",
        says=says,
        ask=_ask(deal, days),
        evidence=quotes(*(day.said for day in days), *delayed),
        touches=ids(*(touch for touch in deal.touches if not days or touch.id in touches)),
    )


def _ask(deal: Deal, days: list[Day]) -> Ask:
    given = [day for day in days if day.said.fact.claim == "decision_date_stated"]
    if not given or given[-1].last < deal.as_of.date():
        question = "By when would you like this settled, and what sets that date for you?"
        return ask(question, closest_buyer(deal))
    spoke = given[-1].said.fact.speaker
    question = (
        f"You spoke of {_period(given[-1])} for the decision. "
        "What has to happen on your side before then, and what could move it?"
    )
    return ask(question, spoke if deal.side(spoke) == "buyer" else closest_buyer(deal))
