"""
## What it looks for
A call in which our side talks as much as the norm or more, and asks few of the questions that open something: need,
people, process, time, money. It stands for every such call; when later calls are shared better, it is mild and says so.

## Why it matters
What we say we know already. The less the other side speaks, the less we can learn about the problem, the people and
the way it gets decided, and the sooner they are bored.

## Example
Forty minutes, of which thirty are slides. Twice the buyer starts a sentence with "what we really". Nobody lets her
finish it.

## What to ask next
I talked a good deal last time: what did we not get to that matters to you? Put it to the one who got least room.

## When it does not apply
Where there is no call whose talk was measured with a buyer's voice or ear in it.
"""

from __future__ import annotations

from collections import Counter

from msgspec import Struct

from premortem.checks.base import Answer, Clear, DoesNotApply, Raised, ask, closest_buyer, counted, ids, on
from premortem.ledger.deal import Deal, DealTouch
from premortem.ledger.entries import Measures, Severity
from premortem.ledger.norms import Norms

ENOUGH_WORDS = 150
"""Words in a call of about a minute: below that its shares tell nothing."""


class Talk(Struct, frozen=True):
    """How a call was shared: our part of the talk in 0..1, and the questions of ours that opened something."""

    touch: DealTouch
    ours: float
    questions: int


def check(deal: Deal, norms: Norms) -> Answer:
    asked = Counter(known.fact.touch for known in deal.said("discovery_question"))
    calls = [talk for touch in deal.touches if (talk := _talk(deal, touch, asked[touch.id])) is not None]
    if not calls:
        return DoesNotApply("no call whose talk was measured")
    lopsided = [talk for talk in calls if _dominated(talk, norms)]
    if not lopsided:
        most = max(talk.ours for talk in calls)
        return Clear(f"our side talked at most {most:.0%} of a call, or asked enough for it")
    last = lopsided[-1]
    better = calls[calls.index(last) + 1 :]
    return Raised(
        severity=_severity(lopsided, better, norms),
        says=" ".join([*map(_says, lopsided), _yardstick(norms), *_cured(better)]),
        ask=ask(
            "I talked a good deal when we last spoke. What did we not get to that matters to you?",
            _least_heard(deal, last.touch) or closest_buyer(deal),
        ),
        touches=ids(*(talk.touch for talk in lopsided)),
    )


def _talk(deal: Deal, touch: DealTouch, questions: int) -> Talk | None:
    measures = touch.measures
    if touch.type != "call" or measures is None or not _with_buyer(deal, touch, measures):
        return None
    ours = [voice for voice in measures.voices if deal.side(voice.person) == "seller"]
    if not ours or sum(voice.words for voice in measures.voices) < ENOUGH_WORDS:
        return None
    return Talk(touch, sum(voice.share for voice in ours), questions)


def _with_buyer(deal: Deal, touch: DealTouch, measures: Measures) -> bool:
    there = {*touch.people(), *(voice.person for voice in measures.voices), *measures.silent}
    return any(deal.side(one) == "buyer" for one in there)


def _dominated(talk: Talk, norms: Norms) -> bool:
    return talk.ours >= norms.seller_share_caution.value and talk.questions < norms.questions_per_first_call.value


def _severity(lopsided: list[Talk], better: list[Talk], norms: Norms) -> Severity:
    if better:
        return "low"
    return "high" if max(talk.ours for talk in lopsided) > norms.seller_share_warning.value else "medium"


def _says(talk: Talk) -> str:
    asked = f"{counted(talk.questions, 'question')} that opened something"
    return f"On {on(talk.touch.at)} our side talked {talk.ours:.0%} of the call and asked {asked}."


def _yardstick(norms: Norms) -> str:
    share = norms.seller_share_caution
    return f"The yardstick is {share.value:.0%} ({share.source})."


def _cured(better: list[Talk]) -> list[str]:
    if not better:
        return []
    return [f"The call on {on(better[-1].touch.at)} was shared better: {better[-1].ours:.0%} of the talk was ours."]


def _least_heard(deal: Deal, touch: DealTouch) -> str | None:
    voices = touch.measures.voices if touch.measures is not None else ()
    theirs = [voice for voice in voices if deal.side(voice.person) == "buyer"]
    return min(theirs, key=lambda voice: (voice.share, voice.person)).person if theirs else None
