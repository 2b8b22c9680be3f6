"""What nobody knows yet about a deal: the things that every post-mortem asks first, each a matter of its own.

Budget, need, time and authority stay apart: somebody who wants it badly and has the money may still not be the one who
says yes, so what settles one of them never settles another.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from msgspec import Struct

from premortem.checks.base import ask, closest_buyer, quotes
from premortem.checks.deciding import doubted
from premortem.ledger.claims import Topic
from premortem.ledger.deal import Deal, DealFact
from premortem.ledger.entries import Ask, Quote, TouchId

State = Literal["unknown", "asked", "unsure", "denied", "known"]


class Unknown(Struct, frozen=True):
    """One of those things, and how we stand with it.

    `unknown`: nobody asked and nobody said. `asked`: a question on it was put, in the touches of `asked_in`, and no
    answer read. `unsure`: the buyer says that they don't know, or took back what they said. `denied`: they say that it
    isn't there, which is an answer, and not a gap. `evidence` are the words that make it known, unsure or denied.
    """

    what: str
    state: State
    ask: Ask
    evidence: tuple[Quote, ...] = ()
    asked_in: tuple[TouchId, ...] = ()


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


def unknowns(deal: Deal) -> tuple[Unknown, ...]:
    """All of them, what is known among them."""
    return tuple(_stand(deal, matter) for matter in MATTERS)


def _stand(deal: Deal, matter: Matter) -> Unknown:
    words = deal.said(*matter.settles, *matter.unsettles, *matter.denies)
    put = [known for known in deal.said("discovery_question") if known.fact.value == matter.topic]
    asked_in = tuple(dict.fromkeys(known.fact.touch for known in put))
    question = ask(matter.question, closest_buyer(deal))
    state = _who_signs(deal, words, asked_in) if matter.topic == "authority" else _state(matter, words, asked_in)
    return Unknown(matter.what, state, question, quotes(*words[-1:]), asked_in)


def _who_signs(deal: Deal, words: list[DealFact], asked_in: tuple[TouchId, ...]) -> State:
    """As the check on it says: a name that the buyer's own people mostly doubt is not known."""
    if doubted(deal):
        return "unsure"
    if deal.with_role("economic_buyer"):
        return "known"
    return _state(MATTERS[0], words, asked_in)


def _state(matter: Matter, words: list[DealFact], asked_in: tuple[TouchId, ...]) -> State:
    if words and words[-1].fact.claim in matter.denies:
        return "denied"
    if words:
        return "known" if words[-1].fact.claim in matter.settles else "unsure"
    return "asked" if asked_in else "unknown"
