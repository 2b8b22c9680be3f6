"""
## What it looks for
Somebody of the buyer's side was in a call, never said a word, and no question was put to them. It stands even when they
speak up later: then it is mild, and says when.

## Why it matters
In a room of equals silence is rarely rank; it is doubt, boredom or another favourite. Whoever said nothing to us will
say something about us afterwards.

## Example
The network lead sat through the demo on mute. Nobody asked him anything. It was he who had tested the rival.

## What to ask next
We didn't get to hear you: how does this look from where you sit? Put it to them, alone or at the start of the next
call.

## When it does not apply
Where no call tells who was there without speaking.
"""

from __future__ import annotations

from typing import NamedTuple

from premortem.checks.base import Answer, Clear, DoesNotApply, Raised, ask, ids, on, refs
from premortem.ledger.deal import MET, Deal, DealTouch
from premortem.ledger.entries import PersonId, Severity
from premortem.ledger.norms import Norms


class Silence(NamedTuple):
    """Somebody who sat through a call unasked, and the first later touch in which they were heard or reached."""

    person: PersonId
    touch: DealTouch
    cured: DealTouch | None


def check(deal: Deal, norms: Norms) -> Answer:
    asked = {(known.fact.touch, known.fact.person) for known in deal.said("discovery_question")}
    calls = [touch for touch in deal.touches if touch.type == "call"]
    silent = [(touch, one) for touch in calls for one in _silent(deal, touch)]
    unasked = [
        Silence(one, touch, _heard_later(deal, one, touch)) for touch, one in silent if (touch.id, one) not in asked
    ]
    if unasked:
        return _raised(deal, unasked)
    if silent:
        return Clear(f"whoever was silent was asked something: {refs(dict.fromkeys(one for _, one in silent))}")
    if any(_tells_who_was_there(touch) for touch in calls):
        return Clear("everybody who was known to be in a call was heard in it")
    return DoesNotApply("no call on record tells who was there")


def _tells_who_was_there(touch: DealTouch) -> bool:
    return touch.measures is not None or bool(touch.people("listed"))


def _silent(deal: Deal, touch: DealTouch) -> list[PersonId]:
    """The buyer's people who were there and were not heard."""
    voices = {voice.person for voice in touch.measures.voices} if touch.measures is not None else set()
    heard = voices | set(touch.people("spoke"))
    there = [*(touch.measures.silent if touch.measures is not None else ()), *touch.people("listed")]
    return [one for one in dict.fromkeys(there) if deal.side(one) == "buyer" and one not in heard]


def _heard_later(deal: Deal, person: PersonId, touch: DealTouch) -> DealTouch | None:
    later = deal.touches[deal.touches.index(touch) + 1 :]
    return next((one for one in later if person in one.people(*MET)), None)


def _raised(deal: Deal, unasked: list[Silence]) -> Raised:
    still = [silence for silence in unasked if silence.cured is None]
    last = (still or unasked)[-1]
    return Raised(
        severity=_severity(deal, still),
        says=" ".join(_says(silence) for silence in unasked),
        ask=ask("We didn't get to hear you when we last met. How does this look from where you sit?", last.person),
        touches=ids(*dict.fromkeys(silence.touch for silence in unasked)),
    )


WEIGHTY = frozenset({"economic_buyer", "technical_buyer", "blocker"})
"""Whoever plays one of these can end the deal alone."""


def _severity(deal: Deal, still: list[Silence]) -> Severity:
    """Grave where somebody was never heard since though they could end it, or sat through more than one call."""
    people = [silence.person for silence in still]
    if any(deal.people[one].proven & WEIGHTY or people.count(one) > 1 for one in people):
        return "high"
    return "medium" if still else "low"


def _says(silence: Silence) -> str:
    told = f"{{{silence.person}}} sat through the call of {on(silence.touch.at)}, said nothing and was asked nothing"
    return told + (f"; heard on {on(silence.cured.at)} after all." if silence.cured is not None else ".")
