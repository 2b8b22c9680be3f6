"""
## What it looks for
The buyer fears the change (the switch itself, the blame, picking wrong) and wavers: it slips, it waits for something,
staying put is weighed, or nobody knows how to decide; and no day of the buyer's own stands against it. Two fears and
two delays are enough by themselves.

## Why it matters
Such a deal is seldom lost to somebody. Whoever fears to err gets more afraid when pushed, and more reasons to buy only
make the choice bigger. What helps is less to risk and less to choose.

## Example
"If it goes wrong in harvest, it was me who signed." In May it is after harvest, in autumn after the audit, and in
winter nobody picks up.

## What to ask next
What is the smallest step that would be safe even if we are wrong? Offer to take a risk away: one site first, a way
back, somebody who has done it. Narrow the choice to one or two, and leave the time to them.

## When it does not apply
Where nobody has spoken of a fear or a risk of the change.
"""

from __future__ import annotations

from premortem.checks.base import (
    Answer,
    Clear,
    DoesNotApply,
    Raised,
    ask,
    by_age,
    counted,
    likely,
    quotes,
    who_said,
)
from premortem.ledger.deal import Deal, DealFact
from premortem.ledger.norms import Norms

WAVERING = ("delay_stated", "status_quo_option", "decision_process_unknown")
OFTEN = 2
"""Fears, and delays, that make a pattern."""


def check(deal: Deal, norms: Norms) -> Answer:
    fears = deal.said("change_risk")
    if not fears:
        return DoesNotApply("nobody spoke of a fear or a risk of the change")
    wavering = deal.said(*WAVERING)
    if not wavering:
        return Clear("the change is feared, and nothing slips or waits")
    delays = [known for known in wavering if known.fact.claim == "delay_stated"]
    days = deal.said("decision_date_stated")
    if not (_wanders(fears, delays) or _no_day_stands(fears, delays, days)):
        return Clear("the change is feared, and the buyer has a day of their own for deciding")
    return Raised(
        severity="high" if _wanders(fears, delays) else by_age(deal, norms, "medium", "high"),
        says=_says(fears, wavering, delays),
        ask=ask(
            "What would make this safe to begin, even if it turned out wrong: one site first, a way back, "
            "a talk with somebody who has done it? And which part could we leave out for now?",
            who_said(deal, fears),
        ),
        evidence=quotes(*fears, *wavering),
    )


def _wanders(fears: list[DealFact], delays: list[DealFact]) -> bool:
    return len(fears) >= OFTEN and len(delays) >= OFTEN


def _no_day_stands(fears: list[DealFact], delays: list[DealFact], days: list[DealFact]) -> bool:
    """Whether the buyer never named a day; or, where fear was spoken of more than once, took the last one back."""
    if not days:
        return True
    return len(fears) >= OFTEN and likely(delays) and delays[-1].at >= days[-1].at


def _says(fears: list[DealFact], wavering: list[DealFact], delays: list[DealFact]) -> str:
    said = f"The buyer fears the change (spoken of {counted(len(fears), 'time')}) and wavers: "
    ways = [f"{counted(len(delays), 'delay')}"] if delays else []
    if any(known.fact.claim == "status_quo_option" for known in wavering):
        ways.append("staying put is weighed")
    if any(known.fact.claim == "decision_process_unknown" for known in wavering):
        ways.append("they don't know how to decide")
    return f"{said}{', '.join(ways)}. Less to risk and less to choose helps here; pushing does not."
