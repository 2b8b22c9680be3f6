"""
## What it looks for
One person on the buyer's side carries the whole deal: by the third touch or the proposal nobody else there was heard
more than once in passing, and nobody who decides was heard at all.

## Why it matters
Buying groups count several people, and one contact sees one corner of the house. If they fall ill, change jobs or lose
an argument, the deal goes with them, and we would be the last to hear.

## Example
Nine touches, all with the same analyst. A colleague sat in once, said hello, and nobody followed up. In May the analyst
moves to another department, and the mails stay unanswered.

## What to ask next
Who else feels this in their working day, and whose view on it would you trust? Put it to the one who carries it.

## When it does not apply
Before the third touch, as long as there is no proposal; while a buyer was heard in a single touch; and where one person
decides alone by their own word and nobody else has come up.
"""

from __future__ import annotations

from collections import Counter

from premortem.checks.base import (
    VOICES,
    Answer,
    Clear,
    DoesNotApply,
    Raised,
    ask,
    closest_buyer,
    counted,
    heard,
    ids,
    quotes,
    too_early,
)
from premortem.ledger.deal import Deal
from premortem.ledger.entries import PersonId
from premortem.ledger.norms import Norms

PASSING = 1
"""Others who were heard in this many touches were there in passing."""


def check(deal: Deal, norms: Norms) -> Answer:
    lead = closest_buyer(deal)
    if lead is None:
        return DoesNotApply("no buyer has been heard yet")
    early = too_early(deal, norms)
    if early is not None:
        return early
    voices = Counter(one for touch in deal.touches for one in touch.people(*VOICES))
    if voices[lead] <= PASSING:
        return DoesNotApply("too early to say who carries it: a buyer was heard in a single touch")
    others = [person.id for person in deal.buyers if person.id != lead]
    if not others and any(known.fact.person == lead for known in deal.said("authority_claimed")):
        return DoesNotApply(f"{{{lead}}} decides alone by their own word, and nobody else has come up")
    passing = [one for one in others if voices[one]]
    if any(voices[one] > PASSING or "economic_buyer" in deal.people[one].roles for one in passing):
        return Clear(f"{1 + len(passing)} people on the buyer's side were heard")
    touches = heard(deal)
    once = [touch for touch in touches if any(one in passing for one in touch.people(*VOICES))]
    if len(once) > PASSING or voices[lead] < len(touches) - PASSING:
        return Clear(f"{1 + len(passing)} people on the buyer's side were heard, in turn")
    return Raised(
        severity="medium" if passing else "high",
        says=_says(lead, len(touches), len(passing), len(others)),
        ask=ask("Who else at your place feels this in their working day, and whose view on it would you trust?", lead),
        evidence=quotes(*(known for known in deal.said("person_named") if known.fact.person in others)),
        touches=ids(*touches),
    )


def _says(lead: PersonId, touches: int, passing: int, others: int) -> str:
    told = f"Everything runs through {{{lead}}}: of {counted(touches, 'touch')} with the buyer's voice in them, "
    told += "others were heard in a single one" if passing else "nobody else was heard in any"
    return told + (f"; {others} more on the buyer's side came up." if others else ".")
