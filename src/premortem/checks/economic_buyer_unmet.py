"""
## What it looks for
Whoever gives the final yes is known, and nobody of ours has spoken with them: no word in a call, no mail to or from
them, no meeting by a note's word. Silent in the room or in copy is not met.

## Why it matters
The person who signs weighs other things than the people who use: familiarity, risk, what else the money could do. As
long as they are only talked about, the deal rests on somebody else's wish to have it. An early meeting also tells
whether there can be a sale at all.

## Example
"Anything over fifty goes to her, she signs it off", says the plant lead in the first call. Five touches later the offer
is out, and she is still a name in somebody else's sentence.

## What to ask next
What would she want to be sure of before she says yes, and could we hear that from her together? Put it to the person
who named her.

## When it does not apply
As long as nobody is known to give the final yes, or the buyer's own people doubt it: then it is
`economic_buyer_unknown` that speaks. Once somebody whom we met says that the yes is theirs, no one named before counts.
"""

from __future__ import annotations

from premortem.checks.base import (
    Answer,
    Clear,
    DoesNotApply,
    Raised,
    ask,
    closest_buyer,
    counted,
    ids,
    on,
    quotes,
    refs,
    too_early,
)
from premortem.ledger.deal import Deal, DealFact
from premortem.ledger.deciding import doubted
from premortem.ledger.entries import Ask, Severity
from premortem.ledger.norms import Norms
from premortem.ledger.people import DealPerson


def check(deal: Deal, norms: Norms) -> Answer:
    known = deal.with_role("economic_buyer")
    if not known:
        return DoesNotApply("nobody is known to give the final yes")
    if doubted(deal):
        return DoesNotApply("the buyer's own people doubt who gives the final yes")
    if not deal.touches:
        return DoesNotApply("no touch yet in which anybody could have been met")
    unmet = [person for person in known if person.met is None]
    if not unmet or _taken_over(deal, known, unmet):
        return Clear(_met(deal, known))
    about = [known for known in deal.facts if known.fact.person in {person.id for person in unmet}]
    evidence = [fact for fact in about if fact.fact.claim in ("decision_maker_named", "authority_claimed")]
    named = [person.first_named for person in unmet if person.first_named is not None]
    return Raised(
        severity=_severity(deal, norms, about),
        says=_says(deal, unmet, about),
        ask=_ask(deal, unmet[0], about),
        evidence=quotes(*evidence),
        touches=ids(*(deal.touch(touch) for touch in dict.fromkeys(named))) or ids(deal.touches[-1]),
    )


def _taken_over(deal: Deal, known: list[DealPerson], unmet: list[DealPerson]) -> bool:
    """Whether one of them whom we met said that the yes is theirs, and nobody named the others since."""
    met = {person.id for person in known if person.met is not None}
    claimed = [told.at for told in deal.said("authority_claimed") if told.fact.person in met]
    others = {person.id for person in unmet}
    named = [told.at for told in deal.said("decision_maker_named") if told.fact.person in others]
    return bool(claimed) and all(at < claimed[-1] for at in named) and not any(one.declared for one in unmet)


def _met(deal: Deal, known: list[DealPerson]) -> str:
    met = [person for person in known if person.met is not None]
    days = [f"{person.ref} was met on {on(deal.touch(person.met or '').at)}" for person in met]
    return "; ".join(days)


def _severity(deal: Deal, norms: Norms, about: list[DealFact]) -> Severity:
    """Grave once there was time to meet them; less so while it is fresh, or while an introduction is promised."""
    promises = [fact for fact in about if fact.fact.claim in ("introduction_agreed", "introduction_refused")]
    promised = bool(promises) and promises[-1].fact.claim == "introduction_agreed"
    return "medium" if promised or too_early(deal, norms) is not None else "high"


def _says(deal: Deal, unmet: list[DealPerson], about: list[DealFact]) -> str:
    who = refs(person.id for person in unmet)
    verb = "gives" if len(unmet) == 1 else "give"
    told = f"{who} {verb} the final yes, and nobody of ours has spoken with them"
    first = next((person.first_named for person in unmet if person.first_named is not None), None)
    if first is not None:
        days = (deal.as_of - deal.touch(first).at).days
        told += f", {counted(days, 'day')} after they were first named" if days else ", named only now"
    refused = sum(fact.fact.claim == "introduction_refused" for fact in about)
    return told + (f". An introduction was refused {_times(refused)}." if refused else ".")


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def _ask(deal: Deal, unmet: DealPerson, about: list[DealFact]) -> Ask:
    named_by = [fact.fact.speaker for fact in about if deal.side(fact.fact.speaker) == "buyer"]
    to = named_by[-1] if named_by else closest_buyer(deal, but=(unmet.id,))
    if any(fact.fact.claim == "introduction_refused" for fact in about):
        question = f"What would you need in your hands first, so that half an hour with {unmet.ref} is worth it?"
    else:
        question = f"What would {unmet.ref} want to be sure of before saying yes? Could we hear it from them together?"
    return ask(question, to)
