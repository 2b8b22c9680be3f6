"""A touch as the learned reader sees it: short windows of words, each with who speaks.

A call's turn is a window, a long one several; in mails and notes each sentence is one, since they have no turns. The
same windows are used to learn and to read, so that a model meets nothing that it was not taught.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from premortem.listening.scene import Scene
from premortem.listening.sentences import sentences

LONGEST = 55
"""Words of a window; a longer turn is cut where a sentence ends."""

Mark = Literal["buyer", "seller", "other", "note", "mail_buyer", "mail_seller"]
MARKS: tuple[Mark, ...] = ("buyer", "seller", "other", "note", "mail_buyer", "mail_seller")


class Window(Struct, frozen=True):
    """Characters `start` to `end` of a turn, and whose voice it is."""

    turn: int
    start: int
    end: int
    mark: Mark
    text: str


def windows(scene: Scene) -> list[Window]:
    """All windows of a touch, in order."""
    found: list[Window] = []
    for number in range(len(scene.turns)):
        mark = _mark(scene, number)
        text = scene.turns[number].text
        for start, end in _pieces(text, whole=scene.conversation.type == "call"):
            found.append(Window(number, start, end, mark, text[start:end]))
    return found


def _mark(scene: Scene, turn: int) -> Mark:
    """Whose voice it is. Somebody on no known side is heard as a buyer, as `may_say` takes them for one."""
    if scene.in_note:
        return "note"
    side = scene.side(turn)
    if scene.conversation.type == "mail":
        return "mail_seller" if side == "seller" else "mail_buyer"
    return "seller" if side == "seller" else "other" if side == "outside" else "buyer"


def _pieces(text: str, whole: bool) -> Iterator[tuple[int, int]]:
    """Spans of windows: sentences, in a call joined up to the longest window; one without stops is cut at its words."""
    start = end = None
    for one_start, one_end in _short_sentences(text):
        if start is None or end is None:
            start, end = one_start, one_end
        elif whole and len(text[start:one_end].split()) <= LONGEST:
            end = one_end
        else:
            yield start, end
            start, end = one_start, one_end
    if start is not None and end is not None:
        yield start, end


def _short_sentences(text: str) -> Iterator[tuple[int, int]]:
    for sentence in sentences(text):
        start = sentence.start
        words = 0
        for place in range(sentence.start, sentence.end):
            if text[place].isspace():
                words += 1
                if words >= LONGEST:
                    yield start, place
                    start, words = place + 1, 0
        if start < sentence.end:
            yield start, sentence.end
