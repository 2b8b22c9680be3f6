"""What the buyers of a deal named that a piece of content could answer: pains and concerns, each with who named it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from msgspec import Struct

from premortem.ledger.deal import Deal, DealFact
from premortem.ledger.entries import PersonId

PAIN = ("pain_stated", "impact_quantified", "use_case_described")
"""Claims in which somebody tells of a pain, a number on it, or the work in which it hurts."""
CONCERNS = {
    "risk": "change_risk",
    "fit": "fit_doubt",
    "price": "price_objection",
    "status quo": "status_quo_option",
    "fault": "product_problem",
    "trust": "collateral_requested",
}
"""Concerns that a piece may be tagged with, and the claim by which a buyer names each."""
NAMED_BY = (*PAIN, *CONCERNS.values())

_WORD = re.compile(r"[^\W\d_]{3,}|\d+")
_EMPTY = frozenset(
    {"the", "and", "for", "with", "from", "that", "this", "are", "our", "your", "their", "too", "not", "into", "out"}
)
_ENDINGS = ("ings", "ing", "ies", "ed", "es", "s", "e", "y")


class Need(Struct, frozen=True):
    """Something that a buyer named. `words` are the stems of what they said there."""

    fact: DealFact
    person: PersonId
    words: frozenset[str]

    @property
    def claim(self) -> str:
        return self.fact.fact.claim


def needs(deal: Deal, said: Callable[[DealFact], str]) -> list[Need]:
    """Every pain and concern that somebody of the buyer's side named, in the order of time.

    `said` gives the words that a fact quotes.
    """
    found = []
    for known in deal.said(*NAMED_BY):
        person = known.fact.speaker
        if person is not None and deal.side(person) == "buyer":
            found.append(Need(known, person, stems(said(known))))
    return found


def stems(text: str) -> frozenset[str]:
    """The words of a text without their endings, so that 'prints' is what 'printing' is."""
    return frozenset(_stem(word) for word in _WORD.findall(text.casefold()) if word not in _EMPTY)


def phrases(text: str) -> list[frozenset[str]]:
    """The phrases of a tag, told with commas or semicolons between, each as its stems."""
    return [found for one in re.split(r"[,;\n]", text) if (found := stems(one))]


def named_in(tag: str, words: Collection[str]) -> int:
    """How many phrases of a tag stand whole in these words."""
    return sum(one <= set(words) for one in phrases(tag))


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
