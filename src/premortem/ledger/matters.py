"""The matters that every purchase turns on, and how the ledger stands with each: known, unsure, denied, asked, unknown.

Budget, need, time and authority stay apart: somebody who wants it badly and has the money may still not be the one who
says yes, so what settles one of them never settles another.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Literal, NamedTuple

from premortem.ledger.claims import Topic
from premortem.ledger.deal import DealFact

State = Literal["unknown", "asked", "unsure", "denied", "known"]
"""`unknown`: nobody asked and nobody said. `asked`: a question on it was put, and no answer read. `unsure`: the buyer
says that they don't know, or took back what they said. `denied`: they say that it isn't there, which is an answer."""


class Matter(NamedTuple):
    """What settles a thing, what unsettles or denies it (the newest word counts), and the question that opens it."""

    what: str
    settles: Sequence[str]
    unsettles: Sequence[str]
    topic: Topic
    question: str
    denies: Sequence[str] = ()


MATTERS = (
    Matter(
        "who signs",
        ("decision_maker_named", "authority_claimed"),
        ("decision_process_unknown",),
        "authority",
        "When something of this size gets bought at your place, whose signature is the last one on it?",
    ),
    Matter(
        "how it gets decided",
        ("decision_process_described",),
        ("decision_process_unknown",),
        "process",
        "How did the last purchase of this kind get settled at your place, from the first idea to the order?",
    ),
    Matter(
        "by when",
        ("decision_date_stated",),
        ("delay_stated",),
        "timing",
        "By when would you like this settled, and what sets that date for you?",
    ),
    Matter(
        "the budget",
        ("budget_confirmed",),
        (),
        "budget",
        "Is there money set aside for this, and if not, what would it take to get it into the plan?",
        denies=("budget_missing",),
    ),
    Matter(
        "the need",
        ("pain_stated",),
        (),
        "pain",
        "What made you look into this at all, and what happens if it stays as it is?",
    ),
    Matter(
        "what the problem costs",
        ("impact_quantified",),
        (),
        "impact",
        "If you put a number on it, in hours or in money, what does this cost you in a month?",
    ),
    Matter(
        "who else is looking",
        ("competitor_named", "parallel_effort", "status_quo_option"),
        (),
        "competition",
        "Who else in your house is looking at this, and what else are you weighing, leaving it as it is included?",
    ),
)


def state_of(matter: Matter, words: Sequence[DealFact], asked: Collection[object]) -> State:
    """How a matter stands by the words on it, in the order of time, and by the questions that were put on it."""
    if words and words[-1].fact.claim in matter.denies:
        return "denied"
    if words:
        return "known" if words[-1].fact.claim in matter.settles else "unsure"
    return "asked" if asked else "unknown"


def denials(told: Collection[DealFact], claim: str, but_for: str) -> list[DealFact]:
    """Those of these words that deny something, but for somebody's who affirmed it in the same touch.

    'I have sixty, and nothing beyond it' tells how far a yes goes, and is no no.
    """
    affirmed = {(known.fact.touch, known.fact.speaker) for known in told if known.fact.claim == but_for}
    denied = [known for known in told if known.fact.claim == claim]
    return [known for known in denied if (known.fact.touch, known.fact.speaker) not in affirmed]


RATHER = 0.5


def likely(told: Iterable[DealFact], least: float = RATHER) -> bool:
    """Whether at least one of these facts is rather right than wrong."""
    all_wrong = 1.0
    for known in told:
        all_wrong *= 1.0 - (known.fact.confidence if known.standing == "read" else 1.0)
    return 1.0 - all_wrong >= least
