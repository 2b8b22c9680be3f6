"""
## What it looks for
Two buyers, or one buyer at two times, say things that can't both be true: there is money and there is none; one signs
alone and another says who really signs; two name different people as the one who decides; somebody wanted us and later
speaks against us. What was settled since stays on record, mild. Days for the decision that differ from buyer to buyer
are only a sign, since plans move.

## Why it matters
Where two answers differ, one of them is wrong, and mostly it is the one we liked. Who knew better is worth more than
either answer: it tells whom to ask next time.

## Example
"The money is in this year's plan", says the plant engineer in May. In June the controller, on the same call: "nothing
has been put aside for that." The talk goes on, and nobody asks.

## What to ask next
We have heard it both ways: which of the two holds, and who would know for certain? Put it to whoever spoke last of it.

## When it does not apply
Where nobody on the buyer's side has yet spoken of money, of who decides, of the day, or for or against us.
"""

from __future__ import annotations

from datetime import date, timedelta

from premortem.checks.base import Answer, Clear, DoesNotApply, Raised, Sign, ask, last_day, on, quotes, refs
from premortem.checks.conflicts import Conflict, compared, found_in
from premortem.ledger.deal import Deal, DealFact
from premortem.ledger.entries import Ask, PersonId
from premortem.ledger.norms import Norms

APART = timedelta(days=21)
"""Days of decision this far apart are no longer the same plan told twice."""


def check(deal: Deal, norms: Norms) -> Answer:
    said = compared(deal)
    if not said:
        return DoesNotApply("no buyer has spoken of money, of who decides, of the day, or for or against us")
    found = found_in(deal, said)
    if found:
        return _raised(found)
    return _days_apart(deal, said["decision_date_stated"]) or Clear("what the buyers said so far fits together")


def _raised(found: list[Conflict]) -> Raised:
    standing = [one for one in found if one.settled is None]
    shown = standing or found
    about = list(dict.fromkeys(one.about for one in shown))
    settled = "" if standing else " It has been settled since."
    facts = [fact for one in shown for fact in (one.first, one.against, one.settled) if fact is not None]
    return Raised(
        severity="high" if standing else "low",
        says=f"Two answers on {' and on '.join(about)} that can't both be true: {_told(shown[0])}.{settled}",
        ask=_ask(about[0], shown),
        evidence=quotes(*facts),
        touches=tuple(dict.fromkeys(fact.fact.touch for fact in facts)),
    )


def _told(one: Conflict) -> str:
    first, against = one.first.fact.speaker, one.against.fact.speaker
    who = refs([first]) if first is not None else "somebody"
    if first is not None and first == against:
        return f"{who} said one thing on {on(one.first.at)} and another on {on(one.against.at)}"
    other = refs([against]) if against is not None else "somebody else"
    return f"what {who} said on {on(one.first.at)} is contradicted by {other} on {on(one.against.at)}"


def _ask(about: str, shown: list[Conflict]) -> Ask:
    last = max(shown, key=lambda one: one.against.at)
    if last.settled is not None:
        return ask(
            f"We had heard it both ways on {about}: what cleared it up, and who knew?", last.settled.fact.speaker
        )
    return ask(f"We have heard it both ways on {about}: which holds now, and who would know for certain?")


def _days_apart(deal: Deal, stated: list[DealFact]) -> Sign | None:
    """The newest days that two buyers gave, both still to come, weeks apart."""
    newest: dict[PersonId, tuple[date, DealFact]] = {}
    for known in stated:
        day, who = last_day(known.fact.value), known.fact.speaker
        if day is not None and who is not None and day >= deal.as_of.date() and deal.side(who) == "buyer":
            newest[who] = day, known
    if len(newest) < 2:
        return None
    (sooner, one), (later, other) = (pick(newest.values(), key=lambda told: told[0]) for pick in (min, max))
    if later - sooner <= APART:
        return None
    return Sign(
        says=f"Two buyers gave different days: {on(sooner)} and {on(later)}. They may speak of different steps.",
        ask=ask(f"What happens on {on(sooner)}, and what on {on(later)}?", other.fact.speaker),
        evidence=quotes(one, other),
    )
