"""A text cut into the word pieces of BERT's uncased vocabulary, each with its place.

The pieces are those of the usual tokenizer for it (Devlin et al. 2019; HuggingFace's `BertNormalizer` and `WordPiece`),
which would bring a client for downloads into a program that never asks the network for anything.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import NamedTuple

UNKNOWN = "[UNK]"
LONGEST_WORD = 100
"""Characters; a longer word is unknown."""

_CHUNK = re.compile(r"\S+")
_PLAIN = re.compile(r"[A-Za-z0-9]+|[!-/:-@\[-`{-~]")


class Pieces(NamedTuple):
    """Vocabulary ids of a text, and the characters (start, end) of the text that each stands for."""

    ids: list[int]
    places: list[tuple[int, int]]


class WordPiece:
    """A vocabulary: `pieces` maps each piece to its id, those within a word beginning with '##'."""

    def __init__(self, pieces: Mapping[str, int]) -> None:
        self._pieces = pieces
        self._unknown = pieces[UNKNOWN]
        self._known: dict[str, tuple[tuple[int, int], ...]] = {}

    @classmethod
    def of_lines(cls, text: str) -> WordPiece:
        """A vocabulary file: a piece a line, its id the number of the line."""
        return cls({piece: number for number, piece in enumerate(text.split("\n")) if piece})

    def id_of(self, piece: str) -> int | None:
        return self._pieces.get(piece)

    def cut(self, text: str) -> Pieces:
        """The pieces of a text in order; what the vocabulary doesn't hold is one unknown piece a word."""
        ids: list[int] = []
        places: list[tuple[int, int]] = []
        for word, at in _words(text):
            for number, length in self._word(word):
                ids.append(number)
                places.append((at[0], at[length - 1] + 1))
                at = at[length:]
        return Pieces(ids, places)

    def _word(self, word: str) -> tuple[tuple[int, int], ...]:
        """(id, letters) of each piece of a word; a talk says the same words again and again, so they are kept."""
        known = self._known.get(word)
        if known is None:
            known = tuple(self._greedy(word)) if len(word) <= LONGEST_WORD else ((self._unknown, len(word)),)
            if len(self._known) < 50_000:
                self._known[word] = known
        return known

    def _greedy(self, word: str) -> list[tuple[int, int]]:
        """Always the longest piece that fits."""
        found: list[tuple[int, int]] = []
        start = 0
        while start < len(word):
            for end in range(len(word), start, -1):
                number = self._pieces.get(("##" if start else "") + word[start:end])
                if number is not None:
                    found.append((number, end - start))
                    start = end
                    break
            else:
                return [(self._unknown, len(word))]
        return found


def _words(text: str) -> Iterator[tuple[str, range | list[int]]]:
    """Each word in small letters without accents, with the place of each of its letters."""
    for chunk in _CHUNK.finditer(text):
        if chunk[0].isascii() and chunk[0].isprintable():
            for plain in _PLAIN.finditer(text, chunk.start(), chunk.end()):
                yield plain[0].lower(), range(plain.start(), plain.end())
        else:
            yield from _odd_words(text, chunk.start(), chunk.end())


def _odd_words(text: str, start: int, end: int) -> Iterator[tuple[str, list[int]]]:
    """The same for a chunk beyond ASCII, letter by letter."""
    word: list[str] = []
    at: list[int] = []
    for place in range(start, end):
        for letter in _plain_letters(text[place]):
            if letter == " " or _stands_alone(letter):
                if word:
                    yield "".join(word), at
                    word, at = [], []
                if letter != " ":
                    yield letter, [place]
            else:
                word.append(letter)
                at.append(place)
    if word:
        yield "".join(word), at


def _plain_letters(letter: str) -> str:
    """Small letters without accents; nothing for what can't be seen."""
    if letter in "\t\n\r":
        return " "
    if ord(letter) in (0, 0xFFFD) or unicodedata.category(letter).startswith("C"):
        return ""
    bare = "".join(one for one in unicodedata.normalize("NFD", letter) if unicodedata.category(one) != "Mn")
    return "".join(part for one in bare for part in one.lower())


def _stands_alone(letter: str) -> bool:
    """Punctuation and Chinese characters are words by themselves."""
    code = ord(letter)
    if 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126:
        return True
    chinese = 0x4E00 <= code <= 0x9FFF or 0x3400 <= code <= 0x4DBF or 0x20000 <= code <= 0x2CEAF
    return chinese or 0xF900 <= code <= 0xFAFF or unicodedata.category(letter).startswith("P")
