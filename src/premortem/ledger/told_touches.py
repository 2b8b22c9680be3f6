"""Touch entries → the touches of a deal, each in its newest reading, as more and more of them are told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from msgspec.structs import replace

from premortem.ledger.deal import DealTouch
from premortem.ledger.entries import Entry, Hash, Measures, Part, PersonId, Touch, TouchId, Voice
from premortem.ledger.ranking import by_learning, by_rank, higher

Merges = Mapping[PersonId, PersonId]
"""Which ids stand for another human: only those that do."""


class Touches:
    """The touches told so far. `moved` are those of which something was told since it was last emptied."""

    def __init__(self) -> None:
        self.moved: set[TouchId] = set()
        self._newest: dict[TouchId, Entry] = {}
        self._words: dict[tuple[TouchId, str], Entry] = {}
        self._made: dict[TouchId, DealTouch] = {}
        self._merges: Merges = {}

    def hear(self, entry: Entry, touch: Touch) -> None:
        name, reading = touch.touch, (touch.touch, touch.reading)
        known, read = self._newest.get(name), self._words.get(reading)
        self._newest[name] = entry if known is None else higher(entry, known, by_learning)
        self._words[reading] = entry if read is None else higher(entry, read, by_rank)
        self._made.pop(name, None)
        self.moved.add(name)

    def times(self) -> list[tuple[datetime, TouchId]]:
        """When each took place, in the order of time."""
        return sorted((entry.at, name) for name, entry in self._newest.items())

    def in_view(self, merges: Merges) -> tuple[DealTouch, ...]:
        """All of them in the order of time, people merged."""
        if merges != self._merges:
            self._merges = dict(merges)
            self._made.clear()
        for name in self._newest.keys() - self._made.keys():
            self._made[name] = _made(self._newest[name], merges)
        return tuple(sorted(self._made.values(), key=lambda touch: (touch.at, touch.id)))

    def named(self, touch: TouchId) -> DealTouch | None:
        """The touch as it last came into view; None where there is none."""
        return self._made.get(touch)

    def words(self, touch: TouchId, reading: str) -> Hash | None:
        """The words that a reading of a touch was of."""
        entry = self._words.get((touch, reading))
        return entry.body.words if entry is not None and isinstance(entry.body, Touch) else None


def _made(entry: Entry, merges: Merges) -> DealTouch:
    body = entry.body
    assert isinstance(body, Touch)
    parts, questions = body.parts, body.questions
    if merges:
        parts = tuple(_part(part, merges) for part in parts)
        questions = tuple(replace(one, person=human(one.person, merges)) for one in questions)
    seated = [part.person for part in parts]
    return DealTouch(
        id=body.touch,
        type=body.type,
        at=entry.at,
        learned=entry.learned,
        raw=body.raw,
        words=body.words,
        turns=body.turns,
        reading=body.reading,
        parts=tuple(dict.fromkeys(parts)),
        speakers=tuple([seated[seat] if 0 <= seat < len(seated) else None for seat in body.seats]),
        measures=_measures(body.measures, merges),
        questions=questions,
    )


def human(person: PersonId | None, merges: Merges) -> PersonId | None:
    return None if person is None else merges.get(person, person)


def _part(part: Part, merges: Merges) -> Part:
    return replace(part, person=merges[part.person]) if part.person in merges else part


def _measures(measures: Measures | None, merges: Merges) -> Measures | None:
    """Two labels of one human are one voice."""
    if measures is None:
        return None
    voices: dict[PersonId, Voice] = {}
    for voice in measures.voices:
        one = merges.get(voice.person, voice.person)
        known = voices.get(one)
        voices[one] = _joined(known, voice) if known else voice if one == voice.person else replace(voice, person=one)
    silent = dict.fromkeys(merges.get(one, one) for one in measures.silent)
    return replace(measures, voices=tuple(voices.values()), silent=tuple(one for one in silent if one not in voices))


def _joined(one: Voice, other: Voice) -> Voice:
    return replace(
        one,
        share=one.share + other.share,
        words=one.words + other.words,
        turns=one.turns + other.turns,
        questions=one.questions + other.questions,
        seconds=None if one.seconds is None or other.seconds is None else one.seconds + other.seconds,
        longest_monologue=max(one.longest_monologue or 0, other.longest_monologue or 0) or None,
    )
