"""One gate: its answer, the words that show it or their absence, and the question that would settle it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct

from premortem.forecasting.key_facts import quotes
from premortem.ledger.deal import Deal, DealFact
from premortem.ledger.entries import FactId, PersonId, Quote

State = Literal["passed", "failed", "unknown"]
Name = Literal["budget", "category", "money_when", "champion", "two_sources", "fresh", "buyers_date"]


class Gate(Struct, frozen=True):
    """One gate. People stand in `says` and `ask` as `{person-id}`; `ask` goes `to` a buyer, where one is known.

    `evidence` is empty where nobody said anything; `facts` are the ids of the facts that it quotes.
    """

    name: Name
    state: State
    says: str
    evidence: tuple[Quote, ...] = ()
    ask: str | None = None
    facts: tuple[FactId, ...] = ()
    to: PersonId | None = None


class Gates(Struct, frozen=True):
    """All gates of a deal, in the order in which they are asked."""

    gates: tuple[Gate, ...]

    def __iter__(self) -> Iterator[Gate]:
        return iter(self.gates)

    def of(self, name: Name) -> Gate:
        return next(gate for gate in self.gates if gate.name == name)

    def in_state(self, state: State) -> tuple[Gate, ...]:
        return tuple(gate for gate in self.gates if gate.state == state)

    @property
    def facts(self) -> tuple[FactId, ...]:
        """The facts that gates were passed on, each once."""
        return tuple(dict.fromkeys(fact for gate in self.in_state("passed") for fact in gate.facts))


def gate(
    name: Name,
    state: State,
    says: str,
    words: Iterable[DealFact] = (),
    ask: str | None = None,
    to: PersonId | None = None,
) -> Gate:
    """A gate with the words that speak for its answer, in the order of time."""
    shown = quotes(words)
    return Gate(name, state, says, shown, ask, tuple(quote.fact for quote in shown if quote.fact), to)


def closest(deal: Deal, but: Iterable[PersonId] = ()) -> PersonId | None:
    """The buyer whom we hear most, but for these."""
    left_out = set(but)
    return next((one for one in deal.closest_buyers if one not in left_out), None)


def who_said(deal: Deal, known: DealFact) -> PersonId | None:
    """The buyer whose word it is, else the one we hear most: whom a question about it goes to."""
    speaker = known.fact.speaker
    return speaker if deal.side(speaker) == "buyer" else closest(deal)
