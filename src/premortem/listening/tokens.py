"""Windows as a model takes them: vocabulary ids, which of them are its own, and where each stands in its text."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from premortem.listening.windows import MARKS, Mark, Window

CLASS, SEPARATOR = 101, 102
FIRST_MARK = 1
"""The vocabulary keeps ids 1 to 99 unused: who speaks is told by one of them."""

OWN, CONTEXT, CONTEXT_EACH = 110, 60, 30
"""Tokens at most: of the window itself, of all its context, of one window of context (its end)."""


class Split(Protocol):
    """What a tokenizer gives for a text."""

    @property
    def ids(self) -> list[int]: ...

    @property
    def offsets(self) -> list[tuple[int, int]]: ...


class Tokenizer(Protocol):
    def encode(self, sequence: str, *, add_special_tokens: bool = ...) -> Split: ...


class Tokens(NamedTuple):
    """`ids`; `own` is 1 on the window's own tokens; `places` are their characters in its text, (0, 0) elsewhere."""

    ids: list[int]
    own: list[int]
    places: list[tuple[int, int]]


def tokens_of(window: Window, tokenizer: Tokenizer) -> Tokens:
    """[class] context [separator] mark, window [separator], the newest context nearest to the window."""
    context: list[int] = []
    for mark, text in reversed(window.before):
        said = tokenizer.encode(text, add_special_tokens=False).ids[-CONTEXT_EACH:]
        room = CONTEXT - len(context) - 1
        if room < 5:
            break
        context = [_mark(mark), *said[-room:], *context]
    split = tokenizer.encode(window.text, add_special_tokens=False)
    ids, places = split.ids[:OWN], split.offsets[:OWN]
    before = len(context) + 2
    return Tokens(
        [CLASS, *context, SEPARATOR, _mark(window.mark), *ids, SEPARATOR],
        [0] * before + [1] * (len(ids) + 1) + [0],
        [(0, 0)] * (before + 1) + places + [(0, 0)],
    )


def _mark(mark: Mark) -> int:
    return FIRST_MARK + MARKS.index(mark)
