"""Windows in the order in which they were said, packed into passages of tokens: what a model reads at one go.

Everybody's words stand in one passage, so that a short answer is read beside its question. Each token of the talk is
read once, apart from a little at the head of each passage that was read before and is there as context alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from premortem.listening.windows import MARKS, Mark, Window
from premortem.listening.wordpiece import WordPiece

CLASS, SEPARATOR = 101, 102
FIRST_MARK = 1
"""The vocabulary keeps ids 1 to 99 unused: who speaks is told by one of them."""

LONGEST, CONTEXT, OWN = 224, 56, 110
"""Tokens at most: of a passage, of its context, of one window."""

NOBODY = -1
"""The owner of a token that belongs to no window."""


class Tokens(NamedTuple):
    """A window's tokens, its mark first; `places` are their characters in its text, (0, 0) for the mark."""

    ids: list[int]
    places: list[tuple[int, int]]


class Passage(NamedTuple):
    """Windows `first` to `first + len(tokens)` of a talk as tokens; the first `known` of them are only context.

    `ids` and `owners` have one entry a token: its id, and which window of the passage it belongs to or NOBODY.
    """

    first: int
    known: int
    tokens: tuple[Tokens, ...]
    ids: list[int]
    owners: list[int]


def tokens_of(windows: Sequence[Window], vocabulary: WordPiece) -> list[Tokens]:
    """Each window's tokens, cut at OWN."""
    found = []
    for window in windows:
        ids, places = vocabulary.cut(window.text)
        found.append(Tokens([_mark(window.mark), *ids[:OWN]], [(0, 0), *places[:OWN]]))
    return found


def passages(tokens: Sequence[Tokens], longest: int = LONGEST, context: int = CONTEXT) -> Iterator[Passage]:
    """The windows of one talk as passages of at most `longest` tokens, `context` of which were read before."""
    read = 0
    while read < len(tokens):
        first, size = read, 2
        while first > 0 and size + len(tokens[first - 1].ids) <= context:
            first -= 1
            size += len(tokens[first].ids)
        after = read
        while after < len(tokens) and (after == read or size + len(tokens[after].ids) <= longest):
            size += len(tokens[after].ids)
            after += 1
        yield passage(first, read - first, tokens[first:after])
        read = after


def passage(first: int, known: int, tokens: Sequence[Tokens]) -> Passage:
    """[class] windows, each behind its mark, [separator]."""
    ids, owners = [CLASS], [NOBODY]
    for owner, one in enumerate(tokens):
        ids += one.ids
        owners += [owner] * len(one.ids)
    return Passage(first, known, tuple(tokens), [*ids, SEPARATOR], [*owners, NOBODY])


def _mark(mark: Mark) -> int:
    return FIRST_MARK + MARKS.index(mark)
