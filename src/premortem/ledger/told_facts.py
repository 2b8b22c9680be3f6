"""Fact and verdict entries → the facts that stand, as more and more of them are told."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Literal

from msgspec.structs import replace

from premortem.ledger.deal import DealFact
from premortem.ledger.entries import Entry, Fact, FactId, TouchId, Verdict
from premortem.ledger.ranking import by_learning, higher, in_order
from premortem.ledger.told_touches import Merges, Touches, human

Place = tuple[datetime, TouchId, int, int, FactId]
"""Where a fact stands in the order of time; no two stand in the same place."""


class Facts:
    """The facts told so far: of each touch's newest reading, and whatever a person confirmed, corrected or added."""

    def __init__(self) -> None:
        self._told: dict[FactId, list[Entry]] = defaultdict(list)
        self._verdicts: dict[FactId, Entry] = {}
        self._of_touch: dict[TouchId, list[FactId]] = defaultdict(list)
        self._standing: dict[FactId, tuple[Place, DealFact]] = {}
        self._moved: set[FactId] = set()
        self._merges: Merges = {}

    def hear(self, entry: Entry, fact: Fact) -> None:
        self._told[fact.fact].append(entry)
        self._of_touch[fact.touch].append(fact.fact)
        self._moved.add(fact.fact)

    def hear_verdict(self, entry: Entry, verdict: Verdict) -> None:
        known = self._verdicts.get(verdict.fact)
        self._verdicts[verdict.fact] = entry if known is None else higher(entry, known, by_learning)
        self._moved.add(verdict.fact)

    def in_view(self, touches: Touches, merges: Merges) -> tuple[DealFact, ...]:
        """All that stand, in the order of time. `touches` are up to date: what moved among them is looked at anew."""
        for touch in touches.moved:
            self._moved.update(self._of_touch.get(touch, ()))
        touches.moved.clear()
        if merges != self._merges:
            self._merges = dict(merges)
            self._moved.update(self._told)
        for moved in self._moved:
            known = self._made(moved, touches)
            if known is None:
                self._standing.pop(moved, None)
            else:
                self._standing[moved] = (_place(known), known)
        self._moved.clear()
        return tuple([known for _, known in sorted(self._standing.values())])

    def _made(self, name: FactId, touches: Touches) -> DealFact | None:
        """The newest word on a fact that may stand, if there is one."""
        verdict = self._verdict(name)
        if verdict is not None and verdict.says == "rejected":
            return None
        told = self._told.get(name, ())
        for entry in reversed(in_order(told, by_learning)) if len(told) > 1 else told:
            known = self._known(entry, verdict, touches)
            if known is not None:
                return known
        return None

    def _verdict(self, name: FactId) -> Verdict | None:
        entry = self._verdicts.get(name)
        return entry.body if entry is not None and isinstance(entry.body, Verdict) else None

    def _known(self, entry: Entry, verdict: Verdict | None, touches: Touches) -> DealFact | None:
        fact = entry.body
        assert isinstance(fact, Fact)
        touch, added = touches.named(fact.touch), entry.by_a_person
        if touch is None or (verdict is None and not added and fact.reading != touch.reading):
            return None
        said = fact
        rests_on: Literal["read", "confirmed", "corrected", "added"] = "added" if added else "read"
        if verdict is not None:
            rests_on = "confirmed" if verdict.instead is None else "corrected"
            said = fact if verdict.instead is None else replace(verdict.instead, fact=fact.fact)
        words = touches.words(fact.touch, said.reading or fact.reading or touch.reading)
        return DealFact(
            _of_humans(said, self._merges), entry.at, entry.learned, rests_on, touch.words if words is None else words
        )


def _place(known: DealFact) -> Place:
    fact = known.fact
    return known.at, fact.touch, fact.turn, fact.start, fact.fact


def _of_humans(fact: Fact, merges: Merges) -> Fact:
    if fact.speaker not in merges and fact.person not in merges:
        return fact
    return replace(fact, speaker=human(fact.speaker, merges), person=human(fact.person, merges))
