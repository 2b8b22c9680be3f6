"""
## What it looks for
One person on the buyer's side carries the whole deal: nobody else there was heard more than once in passing.

## Why it matters
Buying groups count several people, and one contact sees one corner of the house. If they fall ill, change jobs or lose
an argument, the deal goes with them, and we would be the last to hear.

## Example
Nine touches, all with the same analyst. A colleague sat in once, said hello, and nobody followed up. In May the analyst
moves to another department, and the mails stay unanswered.

## What to ask next
Who else feels this in their working day, and whose view on it would you trust? Put it to the one who carries it.

## When it does not apply
Before a buyer was heard in three touches; and where one person decides
alone by their own word and nobody else has come up.
"""

from __future__ import annotations

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
)
from premortem.ledger.deal import Deal
from premortem.ledger.entries import PersonId
from premortem.ledger.norms import Norms

PASSING = 0.2
"""Somebody heard in at most this share of the touches (or in a single one) is there in passing."""


def check(deal: Deal, norms: Norms) -> Answer:
    lead = closest_buyer(deal)
    if lead is None:
        return DoesNotApply("no buyer has been heard yet")
    touches = heard(deal)
    if len(touches) < norms.touches_before_absence_counts.value:
        return DoesNotApply(f"too early to say who carries it: a buyer was heard in {counted(len(touches), 'touch')}")
    others = [person.id for person in deal.buyers if person.id != lead]
    alone = deal.said("authority_claimed")
    if not others and any(known.fact.person == lead for known in alone):
        return DoesNotApply(f"{{{lead}}} decides alone by their own word, and nobody else has come up")
    carrying = [one for one in others if _times_heard(deal, one) > max(1, PASSING * len(touches))]
    if carrying:
        return Clear(f"{1 + len(carrying)} people on the buyer's side carry it")
    passing = [one for one in others if _times_heard(deal, one)]
    if len(passing) > 1 or _times_heard(deal, lead) < len(touches) - len(passing):
        return Clear(f"{1 + len(passing)} people on the buyer's side were heard")
    return Raised(
        severity="medium" if passing else "high",
        says=_says(lead, len(touches), len(passing), len(others)),
        ask=ask("Who else at your place feels this in their working day, and whose view on it would you trust?", lead),
        evidence=quotes(*(known for known in deal.said("person_named") if known.fact.person in others)),
        touches=ids(*touches),
    )


def _times_heard(deal: Deal, person: PersonId) -> int:
    return len(deal.touches_with(person, *VOICES))


def _says(lead: PersonId, touches: int, passing: int, others: int) -> str:
    told = f"Everything runs through {{{lead}}}: of {counted(touches, 'touch')} with the buyer's voice in them, "
    told += f"{counted(passing, 'other person')} was heard in passing" if passing else "nobody else was heard in any"
    return told + (f"; {others} more on the buyer's side came up." if others else ".")
