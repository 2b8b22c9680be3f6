"""
## What it looks for
The CRM's stage says more than the buyer has shown. Four things count: whoever gives the final yes was met, the money is
confirmed, there is a day for the decision, and somebody described how it gets decided. At negotiation, contract, verbal
or commit all four must stand. A proposal that went out with three of them missing raises it until none is. Where a late
stage was entered too soon and the rest came afterwards, it stays on record, mild.

## Why it matters
A stage tells what we have done. The buyer's own doings are what a forecast can stand on, and the two drift apart most
easily right after a good meeting.

## Example
The offer went out on Monday, so the row says negotiation. Nobody has asked for terms, and the one who could has not
heard of us.

## What to ask next
The question for the first of the missing things: who signs, what money it is, by when, how it gets decided. And set the
stage back to what was shown.

## When it does not apply
Before the CRM says proposal or more, and once it is signed or being delivered.
"""

from __future__ import annotations

from datetime import datetime, time

from premortem.checks.base import (
    Answer,
    Clear,
    DoesNotApply,
    Raised,
    ask,
    by_age,
    closest_buyer,
    denials,
    ids,
    late_stage,
    on,
    proposal_reached,
    proposal_stage,
    quotes,
    settled,
)
from premortem.ledger.deal import Deal, DealFact
from premortem.ledger.norms import Norms

THREE = 3
"""Missing things that make even a proposal too early."""

MISSING = {
    "authority": "whoever gives the final yes was not met",
    "money": "no money is confirmed",
    "day": "there is no day for the decision",
    "process": "nobody knows how it gets decided",
}

SHOWN = ("budget_confirmed", "decision_date_stated", "decision_process_described")
DENIED = {"budget_missing": "money", "delay_stated": "day", "decision_process_unknown": "process"}
"""The claims that show three of the four things, and those that deny them."""

QUESTIONS = {
    "authority": "Who gives the final yes on this, and what would they want to hear before we talk about terms?",
    "money": "Is there money for this, in whose plan and from when?",
    "day": "By when do you want this settled, and what sets that date?",
    "process": "What still happens on your side between today and an order, and who takes part in it?",
}


def check(deal: Deal, norms: Norms) -> Answer:
    if not deal.touches or not proposal_reached(deal):
        return DoesNotApply("the CRM puts it at no proposal yet")
    if settled(deal):
        return DoesNotApply("it is signed or being delivered")
    said = deal.said(*DENIED, *SHOWN)
    missing = _missing(deal, said, deal.as_of)
    if late_stage(deal.stage):
        if missing:
            return _raised(deal, norms, said, missing)
        return _too_soon(deal, said) or Clear(f"'{deal.stage}' rests on authority met, money, a day and a known way")
    if proposal_stage(deal.stage) and missing and max(len(missing), len(_missing(deal, said, _entered(deal)))) >= THREE:
        return _raised(deal, norms, said, missing)
    return Clear(f"'{deal.stage}' says no more than the buyer has shown")


def _missing(deal: Deal, said: list[DealFact], until: datetime) -> list[str]:
    """Which of the four things the buyer had not shown by then."""
    by_then = [known for known in said if known.at <= until]
    last = {known.fact.claim: known.at for known in by_then}
    denied = denials(by_then, "budget_missing", but_for="budget_confirmed")
    shown = {
        "authority": _authority_met(deal, until),
        "money": _newer(last.get("budget_confirmed"), denied[-1].at if denied else None),
        "day": _newer(last.get("decision_date_stated"), last.get("delay_stated"), same=True),
        "process": _newer(last.get("decision_process_described"), last.get("decision_process_unknown")),
    }
    return [thing for thing, there in shown.items() if not there]


def _authority_met(deal: Deal, until: datetime) -> bool:
    met = [person.met for person in deal.with_role("economic_buyer") if person.met is not None]
    return any(deal.touch(touch).at <= until for touch in met)


def _newer(shown: datetime | None, denied: datetime | None, same: bool = False) -> bool:
    """Whether something was shown and not denied since (`same`: nor is a denial in the same touch one)."""
    if shown is None or denied is None:
        return shown is not None
    return shown >= denied if same else shown > denied


def _raised(deal: Deal, norms: Norms, said: list[DealFact], missing: list[str]) -> Raised:
    return Raised(
        severity="high" if late_stage(deal.stage) and len(missing) > 1 else by_age(deal, norms, "medium", "high"),
        says=f"The CRM says '{deal.stage}' since {on(deal.stages[-1].at)}: {_and(missing)}.",
        ask=ask(QUESTIONS[missing[0]], closest_buyer(deal)),
        evidence=quotes(*(known for known in said if DENIED.get(known.fact.claim) in missing)),
        touches=ids(deal.touches[-1]),
    )


def _and(missing: list[str]) -> str:
    *others, last = [MISSING[thing] for thing in missing]
    return f"{', '.join(others)} and {last}" if others else last


def _entered(deal: Deal) -> datetime:
    """The end of the day on which it came to its stage."""
    since = deal.stages[-1].at
    return datetime.combine(since.date(), time.max, since.tzinfo)


def _too_soon(deal: Deal, said: list[DealFact]) -> Raised | None:
    """A late stage that was entered before the buyer had shown all of it."""
    entered = next(stage for stage in deal.stages if late_stage(str(stage.value)))
    missing = _missing(deal, said, datetime.combine(entered.at.date(), time.max, entered.at.tzinfo))
    if not missing:
        return None
    return Raised(
        severity="low",
        says=f"The CRM said '{entered.value}' on {on(entered.at)}, when {_and(missing)}; since then all of it came.",
        ask=ask("What still has to happen on your side before an order can go out?", closest_buyer(deal)),
        touches=ids(deal.touches[-1]),
    )
