"""The deal as seen from a moment: its people, touches, facts, plan and outcome. `fold.py` makes it from entries."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from functools import cached_property
from itertools import chain
from typing import Literal

from msgspec import Struct

from premortem.ledger.entries import (
    Agreement,
    Comeback,
    Conclusion,
    Fact,
    Finding,
    Forecast,
    Hash,
    Lesson,
    Measures,
    Milestone,
    Opened,
    OpenMatter,
    Outcome,
    Part,
    PersonId,
    Problem,
    Question,
    Quote,
    Sent,
    TouchId,
    TouchKind,
    Trial,
    Waiver,
)
from premortem.ledger.people import DealPerson

MET = frozenset({"spoke", "wrote", "to", "reported"})
PRESENT = frozenset({"cc", "listed"})
HEARD = ("spoke", "wrote", "reported")
"""The ways of taking part in which somebody was heard."""


class Change(Struct, frozen=True):
    """A value that the CRM's row took on, and when."""

    at: datetime
    learned: datetime
    value: str | float | None
    set_by: str = "unknown"


class DealTouch(Struct, frozen=True, dict=True):
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
        found = self._people.get(how)
        if found is None:
            wanted = how or MET | PRESENT
            found = self._people[how] = list(dict.fromkeys([part.person for part in self.parts if part.how in wanted]))
        return found.copy()

    @cached_property
    def _people(self) -> dict[tuple[str, ...], list[PersonId]]:
        """What was asked of it before: every check asks the same."""
        return {}


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


class Deal(Struct, frozen=True, dict=True):
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
    lessons: dict[str, Lesson] = {}
    comebacks: dict[str, Comeback] = {}
    agreements: dict[tuple[PersonId, str], Agreement] = {}
    trials: dict[str, Trial] = {}
    problems: dict[str, Problem] = {}
    sent: tuple[tuple[datetime, Sent], ...] = ()
    open_matters: dict[str, OpenMatter] = {}
    outcome: tuple[datetime, Outcome] | None = None
    erased: frozenset[Hash] = frozenset()
    human: dict[PersonId, PersonId] = {}
    """Which id stands for which human, after merges."""
    buyer_acted: tuple[datetime, ...] = ()
    """When the buyer did something in their room by their own hand."""
    withdrawn: bool = False
    """Whether the import that opened it was taken back: then no list has it."""

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
        known = self.people.get(person) if person is not None else None
        return "unknown" if known is None else known.side

    def of_side(self, side: str) -> list[DealPerson]:
        return self._by_side.get(side, []).copy()

    @property
    def buyers(self) -> list[DealPerson]:
        return self.of_side("buyer")

    def with_role(self, role: str) -> list[DealPerson]:
        return [person for person in self._by_side.get("buyer", ()) if role in person.roles]

    def said(self, *claims: str) -> list[DealFact]:
        """The believed facts that carry one of these claims, in the order of time.

        What a reader was less sure of stands in `facts`, where a person may confirm it; nothing follows from it.
        """
        found = self._said.get(claims)
        if found is None:
            by_claim = self._by_claim
            told = [by_claim[claim] for claim in claims if claim in by_claim]
            placed = told[0] if len(told) == 1 else sorted(set(chain.from_iterable(told)))
            found = self._said[claims] = [self.facts[place] for place in placed]
        return found.copy()

    def heard(self, side: str) -> list[DealTouch]:
        """The touches in which somebody of this side spoke, wrote, or was reached by a note's word."""
        found = self._heard.get(side)
        if found is None:
            found = [touch for touch in self.touches if any(self.side(one) == side for one in touch.people(*HEARD))]
            self._heard[side] = found
        return found.copy()

    @cached_property
    def closest_buyers(self) -> tuple[PersonId, ...]:
        """The buyers who were heard: most often first, of equals the one heard last."""
        heard_in: dict[PersonId, list[int]] = defaultdict(list)
        for number, touch in enumerate(self.touches):
            for one in touch.people(*HEARD):
                if self.side(one) == "buyer":
                    heard_in[one].append(number)
        closeness = {one: (len(numbers), numbers[-1], one) for one, numbers in heard_in.items()}
        return tuple(sorted(closeness, key=closeness.__getitem__, reverse=True))

    def touch(self, touch: TouchId) -> DealTouch:
        """Raises KeyError for a touch that is not in view."""
        return self._by_id[touch]

    def touches_with(self, person: PersonId, *how: str) -> list[DealTouch]:
        return [touch for touch in self.touches if person in touch.people(*how)]

    def last_word_from(self, side: str) -> DealTouch | None:
        """The last touch in which somebody of this side spoke, wrote, or was reached by a note's word."""
        return next(iter(reversed(self._heard.get(side) or self.heard(side))), None)

    # A deal never changes: what many checks ask of it is looked up once.

    @cached_property
    def _by_id(self) -> dict[TouchId, DealTouch]:
        return {touch.id: touch for touch in self.touches}

    @cached_property
    def _by_side(self) -> dict[str, list[DealPerson]]:
        found: dict[str, list[DealPerson]] = defaultdict(list)
        for person in self.people.values():
            found[person.side].append(person)
        return dict(found)

    @cached_property
    def _by_claim(self) -> dict[str, list[int]]:
        """Where each claim stands among the facts, if it is believed."""
        found: dict[str, list[int]] = defaultdict(list)
        for place, known in enumerate(self.facts):
            if known.believed:
                found[known.fact.claim].append(place)
        return dict(found)

    @cached_property
    def _said(self) -> dict[tuple[str, ...], list[DealFact]]:
        return {}

    @cached_property
    def _heard(self) -> dict[str, list[DealTouch]]:
        return {}
