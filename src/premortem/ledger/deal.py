"""The deal as seen from a moment: its people, touches, facts, plan and outcome. `fold.py` makes it from entries."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from premortem.ledger.entries import (
    Conclusion,
    Fact,
    Finding,
    Forecast,
    Hash,
    Measures,
    Milestone,
    Opened,
    Outcome,
    Part,
    PersonId,
    Question,
    Quote,
    TouchId,
    TouchKind,
    Waiver,
)
from premortem.ledger.people import DealPerson

MET = frozenset({"spoke", "wrote", "to", "reported"})
PRESENT = frozenset({"cc", "listed"})


class Change(Struct, frozen=True):
    """A value that the CRM's row took on, and when."""

    at: datetime
    learned: datetime
    value: str | float | None
    set_by: str = "unknown"


class DealTouch(Struct, frozen=True):
    """A touch as a deal knows it: people are humans, merges applied."""

    id: TouchId
    type: TouchKind
    at: datetime
    learned: datetime
    raw: Hash
    words: Hash
    turns: int
    reading: str
    parts: tuple[Part, ...] = ()
    speakers: tuple[PersonId | None, ...] = ()
    """Who speaks each turn; None where nobody can tell."""
    measures: Measures | None = None
    questions: tuple[Question, ...] = ()

    def people(self, *how: str) -> list[PersonId]:
        """Who took part in one of these ways; in any way but being spoken of, if none is given."""
        wanted = frozenset(how) if how else MET | PRESENT
        return list(dict.fromkeys(part.person for part in self.parts if part.how in wanted))


class DealFact(Struct, frozen=True):
    """A fact that stands, when it was said and learned, and whose word it rests on: a reader's or a person's."""

    fact: Fact
    at: datetime
    learned: datetime
    standing: Literal["read", "confirmed", "corrected", "added"]
    words: Hash
    """The words that it quotes: those of the reading that gave it."""

    @property
    def believed(self) -> bool:
        """Whether more follows from it: a person's word, or a reading that is rather right than wrong."""
        return self.standing != "read" or self.fact.confidence >= 0.5

    @property
    def quote(self) -> Quote:
        fact = self.fact
        return Quote(fact.touch, fact.turn, fact.start, fact.end, fact.fact)


class Deal(Struct, frozen=True):
    """All that is known of a deal from where we look. Lists are in the order of time."""

    id: str
    as_of: datetime
    opened: Opened | None = None
    created: datetime | None = None
    stages: tuple[Change, ...] = ()
    amounts: tuple[Change, ...] = ()
    planned_closes: tuple[Change, ...] = ()
    names: tuple[Change, ...] = ()
    owners: tuple[Change, ...] = ()
    people: dict[PersonId, DealPerson] = {}
    touches: tuple[DealTouch, ...] = ()
    facts: tuple[DealFact, ...] = ()
    milestones: dict[str, Milestone] = {}
    findings: tuple[tuple[datetime, Finding], ...] = ()
    forecasts: tuple[tuple[datetime, Forecast], ...] = ()
    conclusions: tuple[tuple[datetime, Conclusion], ...] = ()
    waivers: tuple[tuple[datetime, Waiver], ...] = ()
    outcome: tuple[datetime, Outcome] | None = None
    erased: frozenset[Hash] = frozenset()
    human: dict[PersonId, PersonId] = {}
    """Which id stands for which human, after merges."""

    @property
    def name(self) -> str:
        if self.names:
            return str(self.names[-1].value)
        return self.opened.name if self.opened else self.id

    @property
    def stage(self) -> str | None:
        return str(self.stages[-1].value) if self.stages and self.stages[-1].value else None

    @property
    def amount(self) -> float | None:
        value = self.amounts[-1].value if self.amounts else None
        return float(value) if value is not None else None

    @property
    def planned_close(self) -> date | None:
        value = self.planned_closes[-1].value if self.planned_closes else None
        return date.fromisoformat(str(value)) if value else None

    def side(self, person: PersonId | None) -> str:
        known = self.people.get(person) if person else None
        return known.side if known else "unknown"

    def of_side(self, side: str) -> list[DealPerson]:
        return [person for person in self.people.values() if person.side == side]

    @property
    def buyers(self) -> list[DealPerson]:
        return self.of_side("buyer")

    def with_role(self, role: str) -> list[DealPerson]:
        return [person for person in self.buyers if role in person.roles]

    def said(self, *claims: str) -> list[DealFact]:
        """The facts that carry one of these claims, in the order of time."""
        return [known for known in self.facts if known.fact.claim in claims]

    def touch(self, touch: TouchId) -> DealTouch:
        """Raises KeyError for a touch that is not in view."""
        for one in self.touches:
            if one.id == touch:
                return one
        raise KeyError(touch)

    def touches_with(self, person: PersonId, *how: str) -> list[DealTouch]:
        return [touch for touch in self.touches if person in touch.people(*how)]

    def last_word_from(self, side: str) -> DealTouch | None:
        """The last touch in which somebody of this side spoke, wrote, or was reached by a note's word."""
        for touch in reversed(self.touches):
            if any(self.side(person) == side for person in touch.people("spoke", "wrote", "reported")):
                return touch
        return None
