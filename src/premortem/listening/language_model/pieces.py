"""A long touch in pieces of bounded size, each beginning with the end of the one before, so that no sense is cut."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from premortem.listening.scene import Scene
from premortem.listening.sentences import sentences

LONGEST = 12_000
"""Characters of speech in a piece: some 3,000 tokens, beside some 2,000 for the guide."""
OVERLAP = 800
"""Characters that a piece repeats of the one before it, at most."""


class Part(NamedTuple):
    """Characters `start` to `end` of a turn."""

    turn: int
    start: int
    end: int

    @property
    def size(self) -> int:
        return self.end - self.start


def pieces(scene: Scene, longest: int = LONGEST, overlap: int = OVERLAP) -> Iterator[tuple[Part, ...]]:
    """The whole touch, in order. A turn without words is in none of them."""
    piece: list[Part] = []
    for number, turn in enumerate(scene.turns):
        for part in _parts(number, turn.text, longest - overlap, overlap):
            if piece and sum(one.size for one in piece) + part.size > longest:
                yield tuple(piece)
                piece = _repeated(piece, overlap)
            piece.append(part)
    if piece:
        yield tuple(piece)


def _repeated(piece: list[Part], overlap: int) -> list[Part]:
    kept: list[Part] = []
    for part in reversed(piece):
        if sum(one.size for one in kept) + part.size > overlap:
            break
        kept.insert(0, part)
    return kept


def _parts(turn: int, text: str, longest: int, overlap: int) -> Iterator[Part]:
    """A turn whole; one that is too long is cut between sentences, or where it has none, between words."""
    if not text.strip():
        return
    stops = [sentence.end for sentence in sentences(text)] if len(text) > longest else []
    start = 0
    while len(text) - start > longest:
        end = _last(stops, start + overlap + 1, start + longest) or _space(text, start + longest, start + overlap + 1)
        yield Part(turn, start, end)
        start = _space(text, end - overlap, end)
    yield Part(turn, start, len(text))


def _last(stops: list[int], first: int, last: int) -> int | None:
    """The last sentence's end in a stretch."""
    return max((stop for stop in stops if first <= stop <= last), default=None)


def _space(text: str, first: int, last: int) -> int:
    """Behind the white space nearest to `first`, looking towards `last`; `first` itself where there is none."""
    places = range(first, last) if first < last else range(first - 1, last - 1, -1)
    return next((at + 1 for at in places if text[at].isspace()), first)
