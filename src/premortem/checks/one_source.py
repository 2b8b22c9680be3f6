"""
## What it looks for
All that we know of who signs, how and by when it gets decided, the money and what the problem costs rests on the word
of one person.

## Why it matters
No one sees everything in their own house, the one at the top included. A fact that only one person has told is right as
often as that person is; a second voice costs one question.

## Example
Budget, date and signature, all from the plant engineer, all in good faith. The date was the old one, and the signature
had moved to the group in spring.

## What to ask next
Ask somebody else the plainest of these facts, as if it were open: who has the last word on something of this size? Put
it to another buyer whom we have met.

## When it does not apply
Where fewer than three of the five are known.
"""

from __future__ import annotations

from premortem.checks.base import (
    KEY_FACTS,
    VOICES,
    Answer,
    Clear,
    DoesNotApply,
    Sign,
    ask,
    closest_buyer,
    counted,
    quotes,
    refs,
)
from premortem.ledger.deal import Deal, DealFact
from premortem.ledger.entries import PersonId
from premortem.ledger.norms import Norms

ENOUGH = 3
"""Facts known before their having one source means something."""

WHAT = {claim: what for what, claims in KEY_FACTS.items() for claim in claims}


def check(deal: Deal, norms: Norms) -> Answer:
    told = deal.said(*WHAT)
    what = dict.fromkeys(WHAT[known.fact.claim] for known in told)
    if len(what) < ENOUGH:
        return DoesNotApply(f"{counted(len(what), 'key fact')} known so far")
    sources = {source for known in told for source in _sources(deal, known)}
    if len(sources) != 1:
        return Clear(f"the key facts rest on the words of {len(sources)} people" if sources else "nobody to name")
    one = sources.pop()
    return Sign(
        says=f"What we know of {_list(what)} rests on the word of {refs([one])} alone.",
        ask=ask(
            "We have heard one side of it so far: who has the last word on something of this size, and by when?",
            closest_buyer(deal, but=(one,)) or one,
        ),
        evidence=quotes(*told),
    )


def _sources(deal: Deal, known: DealFact) -> list[PersonId]:
    """Whose word it is: the buyer who said it, else whom the note met that reports it."""
    speaker = known.fact.speaker
    if speaker is not None and deal.side(speaker) == "buyer":
        return [speaker]
    return [one for one in deal.touch(known.fact.touch).people(*VOICES) if deal.side(one) == "buyer"]


def _list(what: dict[str, None]) -> str:
    *others, last = what
    return f"{', '.join(others)} and {last}"
