"""
## What it looks for
A rival leads, as far as words tell: where the rival comes up, somebody speaks for it or against us, or our own product
keeps failing while the rival is in the house. Each time a buyer says that they want us stands against one such word.

## Why it matters
Buyers rarely announce that they lean away. It shows in whom they praise in passing, whose people sit with their team,
and whose problems they no longer report. While it is early, one can still learn what the other does better.

## Example
"The others had somebody in the yard for a week, and I would lie if I said that our people did not like it." Nobody asks
what they liked.

## What to ask next
What does the other one do better for you, and how much does that weigh? Ask to understand, never to run the rival down,
and put it to whoever leans that way.

## When it does not apply
Where no rival is known; then `no_rival_known` speaks, since that is a gap and no comfort.
"""

from __future__ import annotations

from msgspec import Struct

from premortem.checks.base import (
    Answer,
    Clear,
    DoesNotApply,
    Raised,
    ask,
    by_age,
    counted,
    quotes,
    who_said,
)
from premortem.ledger.deal import Deal, DealFact
from premortem.ledger.entries import Ask
from premortem.ledger.norms import Norms

PROBLEMS_LIKE_A_WORD = 2
"""How many problems with our product weigh like one word for the rival, and they weigh like two at most."""

IN_ONE_BREATH = 2
"""Turns between a rival's name and the words for it: one's own turn, the other's in between, one's next."""


class Standing(Struct, frozen=True):
    """What speaks for the rival and what for us, each fact once."""

    leaning: list[DealFact]
    problems: list[DealFact]
    wanting_us: list[DealFact]

    @property
    def lead(self) -> float:
        problems = min(len(self.problems) / PROBLEMS_LIKE_A_WORD, 2)
        return len({known.fact.touch for known in self.leaning}) + problems - len(self.wanting_us)


def check(deal: Deal, norms: Norms) -> Answer:
    rivals = deal.said("competitor_named")
    if not rivals:
        return DoesNotApply("no rival is known")
    standing = _standing(deal, rivals)
    if standing.lead < 1:
        return Clear(
            f"a rival is known; {counted(len(standing.leaning), 'word')} for it or against us beside its name, "
            f"{counted(len(standing.wanting_us), 'word')} for us"
        )
    return Raised(
        severity=by_age(deal, norms, "medium", "high") if standing.lead < 2 else "high",
        says=_says(standing),
        ask=_ask(deal, standing, rivals),
        evidence=quotes(*standing.leaning, *standing.problems, *rivals[-1:]),
    )


def _standing(deal: Deal, rivals: list[DealFact]) -> Standing:
    """Who speaks against us counts where the rival comes up in the same breath: the same mail, or a few turns off."""
    breath = range(-IN_ONE_BREATH, IN_ONE_BREATH + 1)
    beside = {(known.fact.touch, known.fact.turn + turns) for known in rivals for turns in breath}
    leaning, problems, wanting_us = [], [], []
    for known in deal.said("opposition_stated", "product_problem", "wants_us"):
        fact = known.fact
        if fact.claim == "product_problem":
            problems.append(known)
        elif fact.claim == "wants_us":
            wanting_us.append(known)
        elif (fact.touch, fact.turn) in beside:
            leaning.append(known)
    return Standing(leaning, problems, wanting_us)


def _says(standing: Standing) -> str:
    grounds = []
    if standing.leaning:
        grounds.append(f"somebody spoke for a rival or against us beside its name {_times(len(standing.leaning))}")
    if standing.problems:
        grounds.append(f"our product gave trouble {_times(len(standing.problems))} with a rival in the house")
    said = f"A rival seems to lead: {' and '.join(grounds)}"
    ours = len({known.fact.person for known in standing.wanting_us})
    return (
        f"{said}. For us spoke {counted(ours, 'buyer')}." if ours else f"{said}. No buyer has said that they want us."
    )


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def _ask(deal: Deal, standing: Standing, rivals: list[DealFact]) -> Ask:
    return ask(
        "What does the other one do better for you today, and how much does that weigh in the choice? "
        "I would rather know than guess.",
        who_said(deal, standing.leaning or rivals),
    )
