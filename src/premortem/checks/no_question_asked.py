"""
## What it looks for
A call in which our side spoke and asked nobody anything. It stands for the last call of which that is true, as long as
no later call was better.

## Why it matters
Each contact is a chance to hear something that we don't know. A call without a question leaves us as wise as before,
and tells the other side that we weren't curious.

## Example
Half an hour of new functions, "thanks everybody, I'll send the slides". Two people from the depot had come for the
first time. Nobody learned why.

## What to ask next
What would you have liked to get to that we didn't? Put it to whoever got least room.

## When it does not apply
Where no call was measured in which both we and a buyer took part.
"""

from __future__ import annotations

from premortem.checks.base import Answer, Clear, DoesNotApply, Sign, ask, closest_buyer, ids, on
from premortem.ledger.deal import Deal, DealTouch
from premortem.ledger.norms import Norms

ENOUGH_WORDS = 150
"""Words of a call of about a minute: who says hello and hangs up need not ask."""


def check(deal: Deal, norms: Norms) -> Answer:
    calls = [touch for touch in deal.touches if touch.type == "call" and _both_there(deal, touch)]
    if not calls:
        return DoesNotApply("no measured call with both sides in it")
    asked = {known.fact.touch for known in deal.said("discovery_question")}
    without = [touch for touch in calls if touch.id not in asked and not _asked(deal, touch)]
    if not without or without[-1] is not calls[-1]:
        return Clear("we asked something in the last call")
    return Sign(
        f"In the call of {on(without[-1].at)} our side asked nobody anything.",
        ask("What would you have liked to get to that we didn't when we last spoke?", _least_heard(deal, without[-1])),
        touches=ids(*without),
    )


def _both_there(deal: Deal, touch: DealTouch) -> bool:
    measures = touch.measures
    if measures is None or sum(voice.words for voice in measures.voices) < ENOUGH_WORDS:
        return False
    sides = {deal.side(one) for one in (*(voice.person for voice in measures.voices), *measures.silent)}
    return sides >= {"seller", "buyer"} and any(deal.side(voice.person) == "seller" for voice in measures.voices)


def _asked(deal: Deal, touch: DealTouch) -> bool:
    """Whether any question of ours was heard, of whatever kind."""
    voices = touch.measures.voices if touch.measures is not None else ()
    return any(voice.questions and deal.side(voice.person) == "seller" for voice in voices) or any(
        deal.side(question.person) == "seller" for question in touch.questions
    )


def _least_heard(deal: Deal, touch: DealTouch) -> str | None:
    voices = touch.measures.voices if touch.measures is not None else ()
    theirs = [voice for voice in voices if deal.side(voice.person) == "buyer"]
    return min(theirs, key=lambda voice: (voice.share, voice.person)).person if theirs else closest_buyer(deal)
