"""A deal told bit by bit: entries go in as they come, and the deal can be had after each.

It comes out the same as if all had been told at once, and only what the newest entries change is made anew: a deal's
whole history costs little more than its end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, TypeVar

from premortem.ledger.deal import Change, Deal, DealTouch
from premortem.ledger.entries import (
    Agreement,
    Body,
    Changed,
    Comeback,
    Conclusion,
    Entry,
    Erasure,
    Fact,
    Finding,
    Forecast,
    Lesson,
    Milestone,
    Opened,
    OpenMatter,
    Outcome,
    Person,
    Problem,
    Sent,
    Touch,
    Trial,
    Verdict,
    Waiver,
    Withdrawn,
)
from premortem.ledger.ranking import by_day, by_learning, by_rank, in_order
from premortem.ledger.told_facts import Facts
from premortem.ledger.told_people import People
from premortem.ledger.told_touches import Touches

B = TypeVar("B", bound=Body)


class Telling:
    """A deal of which some was told."""

    def __init__(self, deal: str) -> None:
        self._deal = deal
        self._people, self._touches, self._facts = People(), Touches(), Facts()
        self._others: dict[type[Body], list[Entry]] = defaultdict(list)
        self._news: set[type[Body]] = set()
        self._rest: dict[str, Any] = {}
        self._buyer_acted: list[datetime] = []

    def hear(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            if entry.by_the_buyer:
                self._buyer_acted.append(entry.at)
            match entry.body:
                case Fact() as fact:
                    self._facts.hear(entry, fact)
                case Touch() as touch:
                    self._touches.hear(entry, touch)
                case Person() as person:
                    self._people.hear(entry, person)
                case Verdict() as verdict:
                    self._facts.hear_verdict(entry, verdict)
                case other:
                    if isinstance(other, Erasure):
                        self._people.hear_erasure(other)
                    self._others[type(other)].append(entry)
                    self._news.add(type(other))

    def touches(self) -> tuple[DealTouch, ...]:
        return self._touches.in_view(self._people.merges())

    def as_of(self, moment: datetime) -> Deal:
        """The deal that was told so far, seen from a moment."""
        touches = self.touches()
        facts = self._facts.in_view(self._touches, self._people.merges())
        for kind in self._news:
            self._rest.update(SHOWS[kind](self._others[kind]))
        self._news.clear()
        return Deal(
            id=self._deal,
            as_of=moment,
            people=self._people.in_view(touches, facts),
            touches=touches,
            facts=facts,
            human=dict(self._people.human),
            buyer_acted=tuple(sorted(self._buyer_acted)),
            **self._rest,
        )


def _bodies(entries: Iterable[Entry], kind: type[B]) -> list[B]:
    return [entry.body for entry in entries if isinstance(entry.body, kind)]


def _opened(told: list[Entry]) -> dict[str, Any]:
    return {
        "opened": _bodies(in_order(told, by_rank), Opened)[-1],
        "created": min(entry.at for entry in told),
    }


FIELDS = {
    "stage": "stages",
    "amount": "amounts",
    "planned_close": "planned_closes",
    "name": "names",
    "owner": "owners",
}


def _changed(told: list[Entry]) -> dict[str, Any]:
    by_field: dict[str, list[Entry]] = defaultdict(list)
    for entry in told:
        if isinstance(entry.body, Changed):
            by_field[FIELDS[entry.body.field]].append(entry)
    return {field: tuple(map(_change, in_order(changes, by_day))) for field, changes in by_field.items()}


def _change(entry: Entry) -> Change:
    body = entry.body
    assert isinstance(body, Changed)
    return Change(entry.at, entry.learned, body.value, body.set_by)


def _ended(told: list[Entry]) -> dict[str, Any]:
    return {"outcome": end_told(told)}


def end_told(told: Iterable[Entry]) -> tuple[datetime, Outcome] | None:
    """When and how a deal ended, by its outcome entries; None where it goes on."""
    for entry in reversed(in_order(told, by_learning)):
        if isinstance(entry.body, Outcome):
            return None if entry.body.status == "open" else (entry.at, entry.body)
    return None


def _newest(field: str, kind: type[B], key: Callable[[B], Any]) -> Callable[[list[Entry]], dict[str, Any]]:
    """Of several words on one thing the one that counts, by the thing's id."""
    return lambda told: {field: {key(body): body for body in _bodies(in_order(told, by_rank), kind)}}


def _erased(told: list[Entry]) -> dict[str, Any]:
    return {"erased": frozenset(key for body in _bodies(told, Erasure) for key in body.contents)}


def _dated(field: str) -> Callable[[list[Entry]], dict[str, Any]]:
    return lambda told: {field: tuple((entry.at, entry.body) for entry in in_order(told, by_day))}


SHOWS: dict[type[Body], Callable[[list[Entry]], dict[str, Any]]] = {
    Opened: _opened,
    Changed: _changed,
    Outcome: _ended,
    Milestone: _newest("milestones", Milestone, lambda one: one.milestone),
    Erasure: _erased,
    Finding: _dated("findings"),
    Forecast: _dated("forecasts"),
    Conclusion: _dated("conclusions"),
    Waiver: _dated("waivers"),
    Lesson: _newest("lessons", Lesson, lambda one: one.lesson),
    Comeback: _newest("comebacks", Comeback, lambda one: one.step),
    Agreement: _newest("agreements", Agreement, lambda one: (one.person, one.on)),
    Trial: _newest("trials", Trial, lambda one: one.trial),
    Problem: _newest("problems", Problem, lambda one: one.problem),
    Sent: _dated("sent"),
    OpenMatter: _newest("open_matters", OpenMatter, lambda one: one.matter),
    Withdrawn: lambda told: {"withdrawn": True},
}
"""What entries of each further kind show of a deal: fields of `Deal`."""
