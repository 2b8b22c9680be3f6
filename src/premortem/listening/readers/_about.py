"""Whom a stretch of words is about: the person named in it, else the one spoken of just before it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from premortem.ledger.entries import PersonId
from premortem.listening.readers._people import Mention, mentions
from premortem.listening.scene import Named, Reading, Scene

TURNS_BACK = 4


class Spoken:
    """Everybody spoken of in a touch, for asking who was meant where."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.all: Sequence[Mention] = mentions(scene)

    def in_span(self, turn: int, start: int, end: int) -> list[Mention]:
        return [one for one in self.all if one.turn == turn and start <= one.start < end]

    def about(self, reading: Reading, but_not: PersonId | None = None) -> Reading:
        """The reading with its person: named in its words, or last spoken of before."""
        one = self.meant(reading.turn, reading.start, reading.end, but_not)
        if one is None:
            return reading
        return with_person(reading, one.person, one.named)

    def meant(self, turn: int, start: int, end: int, but_not: PersonId | None = None) -> Mention | None:
        here = [one for one in self.in_span(turn, start, end) if one.person is None or one.person != but_not]
        if here:
            return here[0]
        back = [
            one
            for one in self.all
            if (turn - TURNS_BACK <= one.turn < turn or (one.turn == turn and one.start < end))
            and (one.person is None or one.person != but_not)
            and one.person not in self._speaking(turn)
        ]
        return back[-1] if back else None

    def _speaking(self, turn: int) -> set[PersonId | None]:
        speaker = self.scene.speakers[turn]
        return {speaker} if speaker is not None else set()


def with_person(reading: Reading, person: PersonId | None, named: Named | None) -> Reading:
    """The same reading, about this person."""
    return replace(reading, person=person, named=named)


def of_speaker(scene: Scene, reading: Reading) -> Reading:
    """The reading about whoever speaks; in a note, about nobody in particular, since its writer reports another."""
    if scene.in_note:
        return reading
    return with_person(reading, scene.speakers[reading.turn], None)
