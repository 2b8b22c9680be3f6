"""Whom a stretch of words is about: the person named in it, else the one spoken of just before it."""

from __future__ import annotations

import re
from bisect import bisect_left
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
        self._places = [(one.turn, one.start) for one in self.all]

    def in_span(self, turn: int, start: int, end: int) -> Sequence[Mention]:
        return self.all[bisect_left(self._places, (turn, start)) : bisect_left(self._places, (turn, end))]

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
        last = bisect_left(self._places, (turn, end)) - 1
        while last >= 0 and self.all[last].turn >= turn - TURNS_BACK:
            one = self.all[last]
            if one.person is None or one.person not in (but_not, self.scene.speakers[turn]):
                return None if self._beside_another(last) else one
            last -= 1
        return None

    def _beside_another(self, place: int) -> bool:
        """Whether two are named in one breath, 'Dana and Hank': then 'she' or 'he' may be either."""
        one, before = self.all[place], self.all[place - 1] if place else None
        if before is None or before.turn != one.turn or _who(before) == _who(one):
            return False
        between = self.scene.turns[one.turn].text[before.end : one.start]
        return re.fullmatch(r"(?:['’]s)?,?\s*(?:and|or|&|plus)?\s*(?:also |maybe |probably )?", between) is not None


def _who(one: Mention) -> object:
    return one.person or (one.named.name or one.named.title if one.named is not None else None)


def with_person(reading: Reading, person: PersonId | None, named: Named | None) -> Reading:
    """The same reading, about this person."""
    return replace(reading, person=person, named=named)


def of_speaker(scene: Scene, reading: Reading) -> Reading:
    """The reading about whoever speaks; in a note, about nobody in particular, since its writer reports another."""
    if scene.in_note:
        return reading
    return with_person(reading, scene.speakers[reading.turn], None)
