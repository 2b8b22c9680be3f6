"""What nobody knows yet about a deal: the things that every post-mortem asks first, each a matter of its own.

Budget, need, time and authority stay apart: somebody who wants it badly and has the money may still not be the one who
says yes, so what settles one of them never settles another.
"""

from __future__ import annotations

from msgspec import Struct

from premortem.checks.base import ask, closest_buyer, quotes
from premortem.ledger.deal import Deal, DealFact
from premortem.ledger.deciding import day_of_their_own, doubted
from premortem.ledger.entries import Ask, Quote, TouchId
from premortem.ledger.matters import MATTERS, Matter, State, state_of


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


def unknowns(deal: Deal) -> tuple[Unknown, ...]:
    """All of them, what is known among them."""
    return tuple(_stand(deal, matter) for matter in MATTERS)


def _stand(deal: Deal, matter: Matter) -> Unknown:
    words = deal.said(*matter.settles, *matter.unsettles, *matter.denies)
    put = [known for known in deal.said("discovery_question") if known.fact.value == matter.topic]
    asked_in = tuple(dict.fromkeys(known.fact.touch for known in put))
    question = ask(matter.question, closest_buyer(deal))
    state = _who_signs(deal, words, asked_in) if matter.topic == "authority" else state_of(matter, words, asked_in)
    if matter.topic == "timing" and day_of_their_own(deal) is not None:
        state = "known"
    return Unknown(matter.what, state, question, quotes(*words[-1:]), asked_in)


def _who_signs(deal: Deal, words: list[DealFact], asked_in: tuple[TouchId, ...]) -> State:
    """As the check on it says: a name that the buyer's own people mostly doubt is not known."""
    if doubted(deal):
        return "unsure"
    if deal.with_role("economic_buyer"):
        return "known"
    return state_of(MATTERS[0], words, asked_in)
