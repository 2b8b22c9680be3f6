"""What every check is made of: a question put to a deal, and the three answers it can give."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from premortem.ledger.deal import Deal, DealFact, DealTouch
from premortem.ledger.entries import Ask, PersonId, Quote, Severity, TouchId
from premortem.ledger.norms import Norms


class Raised(Struct, frozen=True):
    """The blind spot is there. People stand in `says` and in the question as `{person-id}` (`DealPerson.ref`)."""

    severity: Severity
    says: str
    ask: Ask
    evidence: tuple[Quote, ...] = ()
    touches: tuple[TouchId, ...] = ()


class Clear(Struct, frozen=True):
    """The check looked and found nothing amiss; `because` says what it saw."""

    because: str


class DoesNotApply(Struct, frozen=True):
    """The question can't be put to this deal yet, or not at all, and why."""

    reason: str


Answer = Raised | Clear | DoesNotApply
Check = Callable[[Deal, Norms], Answer]


def ask(question: str, to: PersonId | None = None) -> Ask:
    return Ask(question, to)


def quotes(*facts: DealFact) -> tuple[Quote, ...]:
    """The words that carry these facts, each once, in the order of time."""
    return tuple(dict.fromkeys(fact.quote for fact in sorted(facts, key=lambda known: known.at)))


def ids(*touches: DealTouch) -> tuple[TouchId, ...]:
    return tuple(touch.id for touch in touches)
