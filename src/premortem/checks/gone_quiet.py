"""
## What it looks for
The buyer has said nothing for longer than the norm while we wrote and called, or nobody on either side has said
anything for that long and no agreed day lies ahead. A silence that the buyer ended stays on record where we reached out
at least twice in vain, or once when it had lasted twice the norm already: it is mild, and says when it ended. A
touch of ours in which a next step was agreed is no cry into silence.

## Why it matters
Silence is an answer, mostly to a question that was put somewhere else: another favourite, another priority, a freeze.
Every further mail of the same kind makes it longer.

## Example
Last word from the buyer on 3 April: "we'll look at it after the holidays". Mails on 28 April, 12 May and 2 June, each
asking whether there are any questions.

## What to ask next
It has been quiet since that day: has something changed on your side? Say that a no is a good answer too, and put it to
whoever spoke last, or to somebody else in the house.

## When it does not apply
Where no buyer has been heard yet, and once it is won, or the CRM's stage says signed or delivered and the buyer gave a
day for it.
"""

from __future__ import annotations

from msgspec import Struct

from premortem.checks.base import (
    VOICES,
    Answer,
    Clear,
    DoesNotApply,
    Raised,
    agreed_day,
    ask,
    counted,
    heard,
    ids,
    last_day,
    on,
    settled,
)
from premortem.ledger.deal import Deal, DealTouch
from premortem.ledger.entries import PersonId, Severity
from premortem.ledger.norms import Norms

IN_VAIN = 2
"""Touches of ours without an answer before a silence is grave, and before one that the buyer ended is worth telling."""


TWICE = 2
"""Norms of silence after which one mail or call of ours that gets no answer is worth telling."""


class Silence(Struct, frozen=True):
    """A stretch without the buyer's word: what was said last, our touches since, and what ended it (None: nothing)."""

    after: DealTouch
    unanswered: tuple[DealTouch, ...]
    ended_by: DealTouch | None
    days: int


def check(deal: Deal, norms: Norms) -> Answer:
    answered = heard(deal)
    if not answered:
        return DoesNotApply("no buyer has been heard yet")
    if settled(deal):
        return DoesNotApply("it is signed or being delivered, and delivery has its own pace")
    silences = _silences(deal, answered)
    now = silences[-1]
    if deal.buyer_acted and (deal.as_of - deal.buyer_acted[-1]).days <= norms.silence_days.value:
        return Clear(f"the buyer worked on the shared plan on {on(deal.buyer_acted[-1])}")
    long = [silence for silence in silences if silence.days > norms.silence_days.value]
    if now in long and (now.unanswered or not _day_ahead(deal)):
        return _raised(deal, now)
    past = [silence for silence in long if silence is not now and _in_vain(silence, norms)]
    if past:
        return _raised(deal, past[-1])
    return Clear(f"the buyer was last heard on {on(now.after.at)}, {counted(now.days, 'day')} ago")


def _in_vain(silence: Silence, norms: Norms) -> bool:
    """Whether a silence that the buyer ended is worth telling."""
    after = TWICE * norms.silence_days.value
    chased = [touch for touch in silence.unanswered if touch.type != "note"]
    late = any((touch.at - silence.after.at).days > after for touch in chased)
    return late or len(silence.unanswered) >= IN_VAIN


def _silences(deal: Deal, answered: list[DealTouch]) -> list[Silence]:
    """Every stretch between two words of the buyer, and the one since the last."""
    silences = []
    agreed = {step.fact.touch for step in deal.said("next_step_agreed")}
    for after, ended_by in zip(answered, [*answered[1:], None], strict=True):
        until = ended_by.at if ended_by is not None else deal.as_of
        between = deal.touches[deal.touches.index(after) + 1 :]
        until_then = [touch for touch in between if ended_by is None or touch.at < ended_by.at]
        ours = tuple(touch for touch in until_then if touch.id not in agreed)
        silences.append(Silence(after, ours, ended_by, (until.date() - after.at.date()).days))
    return silences


def _day_ahead(deal: Deal) -> bool:
    """Whether a next step, or the decision, was agreed for a day that is still to come."""
    days = [last_day(step.fact.value) for step in deal.said("next_step_agreed")]
    days += [agreed_day(known.fact.value) for known in deal.said("decision_date_stated")]
    return any(day >= deal.as_of.date() for day in days if day is not None)


def _raised(deal: Deal, silence: Silence) -> Raised:
    return Raised(
        severity=_severity(silence),
        says=_says(silence),
        ask=ask(
            f"It has been quiet between us since {on(silence.after.at)}. Has something changed on your side? "
            "A no helps me as much as a yes."
            if silence.ended_by is None
            else f"We heard little from each other after {on(silence.after.at)}. What was going on at your end then?",
            _last_voice(deal, silence.ended_by or silence.after),
        ),
        touches=ids(silence.after, *silence.unanswered),
    )


def _severity(silence: Silence) -> Severity:
    if silence.ended_by is not None:
        return "low"
    return "high" if len(silence.unanswered) >= IN_VAIN else "medium"


def _says(silence: Silence) -> str:
    told = (
        f"The buyer was last heard on {on(silence.after.at)}"
        if silence.ended_by is None
        else (f"After {on(silence.after.at)} the buyer said nothing")
    )
    told += (
        f", {counted(silence.days, 'day')} ago"
        if silence.ended_by is None
        else (f" for {counted(silence.days, 'day')}, until {on(silence.ended_by.at)}")
    )
    if not silence.unanswered:
        return told + "; nobody of ours has reached out since, and no day is agreed."
    return told + f"; {counted(len(silence.unanswered), 'touch')} of ours stayed without an answer."


def _last_voice(deal: Deal, touch: DealTouch) -> PersonId | None:
    return next((one for one in touch.people(*VOICES) if deal.side(one) == "buyer"), None)
