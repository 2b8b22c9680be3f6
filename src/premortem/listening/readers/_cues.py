"""Cues: patterns that carry a claim, each with a name, and how a sentence that matches one becomes a reading.

Readers are small grammars over sentences. What is common to them lies here: compiling a pattern only when it is first
needed, setting aside what is hypothetical or asked, and cutting the quote. A cue's confidence is its precision as
`tools/measure_readers.py` measured it (`_measured.py`); a cue never measured is taken for a coin's toss.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from premortem.ledger.claims import Claim
from premortem.listening.readers._measured import MEASURED
from premortem.listening.scene import Reading, Scene
from premortem.listening.sentences import Sentence, quote, sentences

UNMEASURED = 0.5
ON_OTHERS = 0.9
"""How much of its measured precision a pattern keeps on deals that nobody had seen: .65 of .73, over all claims."""
watched: dict[tuple[int, int, str], str] | None = None
"""While measuring: the name of the cue behind each reading, by (turn, start, claim). None otherwise."""


class Cue(NamedTuple):
    """`pattern` carries `claim`, unless the sentence also matches `unless`. Case is ignored, spaces match any blank.

    `after` must match the sentence said just before, by whoever; `also` must match in this sentence, in that one
    or in the last question. `asked`: it may stand in a question.
    """

    claim: Claim
    name: str
    pattern: str
    unless: str | None = None
    asked: bool = False
    after: str | None = None
    also: str | None = None

    @property
    def called(self) -> str:
        return f"{self.claim}.{self.name}"


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A cue's pattern, compiled when first needed. Typographic apostrophes are the same as plain ones."""
    return re.compile(pattern.replace(" ", r"\s+").replace("'", "['’]"), re.IGNORECASE)


def matches(pattern: str | None, text: str) -> re.Match[str] | None:
    return None if pattern is None else compiled(pattern).search(text)


@lru_cache(maxsize=2000)
def split(text: str) -> tuple[Sentence, ...]:
    """The sentences of a turn; every reader asks for them, so they are kept."""
    return tuple(sentences(text))


class Heard(NamedTuple):
    """A sentence with its place, what was said just before it (in the turn, or at the end of the one before), and the
    question asked last, if that was in this turn or one of the two before it."""

    turn: int
    sentence: Sentence
    before: str
    question: str = ""


def heard(scene: Scene, *sides: str) -> Iterator[Heard]:
    """The sentences of a touch, of the given sides ('buyer', 'seller'); in a note, all. 'buyer' has the unknown too."""
    before, question, asked_in = "", "", 0
    for number, turn in enumerate(scene.turns):
        listens = scene.in_note or ("seller" if scene.side(number) == "seller" else "buyer") in sides
        for sentence in split(turn.text):
            if listens:
                yield Heard(number, sentence, before, question if number - asked_in <= 2 else "")
            before = sentence.text
            if sentence.asks:
                question, asked_in = sentence.text, number


def spot(scene: Scene, cues: Iterable[Cue], *sides: str) -> Iterator[Reading]:
    """The readings that cues give over a touch: one a claim a sentence."""
    every = tuple(cues)
    for said in heard(scene, *sides):
        taken: set[str] = set()
        for cue in every:
            if cue.claim in taken:
                continue
            hit = hears(cue, said)
            if hit is not None:
                taken.add(cue.claim)
                yield reading(scene, cue, said, *hit.span())


def hears(cue: Cue, said: Heard) -> re.Match[str] | None:
    sentence = said.sentence
    if sentence.asks and not cue.asked:
        return None
    hit = compiled(cue.pattern).search(sentence.text)
    if hit is None or matches(cue.unless, sentence.text):
        return None
    if cue.after is not None and not matches(cue.after, said.before):
        return None
    if cue.also is not None and not any(matches(cue.also, one) for one in (sentence.text, said.before, said.question)):
        return None
    return hit


def reading(scene: Scene, cue: Cue, said: Heard, start: int, end: int) -> Reading:
    """The reading of a cue that matched characters `start` to `end` of a sentence."""
    at = said.sentence.start
    return reading_at(scene, cue, said.turn, at + start, at + max(end, start + 1))


def reading_at(scene: Scene, cue: Cue, turn: int, start: int, end: int) -> Reading:
    """The reading of a cue that matched characters `start` to `end` of a turn, its quote cut."""
    first, last = quote(scene.turns[turn].text, start, end)
    if watched is not None:
        watched[turn, first, cue.claim] = cue.called
    return Reading(cue.claim, turn, first, last, confidence(cue))


def cue(claim: Claim, name: str) -> Cue:
    """A cue that is no pattern: what a reader finds by other means, named for its measured confidence."""
    return Cue(claim, name, "")


def confidence(cue: Cue) -> float:
    """How often a reading of this cue is right, in 0..1."""
    return round(ON_OTHERS * MEASURED.get(cue.called, UNMEASURED / ON_OTHERS), 2)
