"""Talks as numbers: passages of tokens with what each window and token carries, and which of it is taught."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import torch
from torch import Tensor

from premortem.ledger.claims import CLAIMS, may_say
from premortem.listening.labels import LABEL_NUMBER, LABELS, QUESTION, REQUEST, TOPIC_NUMBER
from premortem.listening.passages import CONTEXT, LONGEST, Passage, Tokens, passages, tokens_of
from premortem.listening.windows import MARKS, Mark
from premortem.listening.wordpiece import WordPiece
from training.corpus import Span, Talk

MASK = 103
STOPS = frozenset('.,?!;:-–—"()…')
BATCH_TOKENS = 2048
SHORTEST = 24
HARD = 1.0
"""How much more a hard negative counts."""


class Lesson(NamedTuple):
    """A talk as tokens, a window at a time. `stops` are the ids of punctuation, which a recogniser may leave out."""

    source: str
    tokens: list[Tokens]
    spans: Sequence[Sequence[Span]]
    marks: list[Mark]
    taught: frozenset[str]
    tempting: Sequence[frozenset[str]]


class Batch(NamedTuple):
    """`ids`, `owners` (batch, length); `labels`, `known` (batch, windows, labels): is it carried, and what it weighs.

    Where `known` is 0, nobody said whether the label is there.

    `tags` (batch, length, labels); `topics` (batch, windows), -100 where there is none.
    """

    ids: Tensor
    owners: Tensor
    labels: Tensor
    known: Tensor
    tags: Tensor
    topics: Tensor
    places: list[tuple[int, int]]
    """(lesson, its window) for each known window of the batch in order of rows, for measuring."""


def allowed(mark: Mark) -> frozenset[str]:
    """The labels that this voice may carry."""
    side = "seller" if mark in ("seller", "mail_seller") else "buyer"
    more = {REQUEST} if mark.startswith("mail") else set() if mark == "note" else {QUESTION}
    return frozenset({claim for claim in CLAIMS if may_say(claim, side, mark == "note")} | more)


ALLOWED = {mark: allowed(mark) for mark in MARKS}


def lesson(talk: Talk, vocabulary: WordPiece) -> Lesson:
    tokens, marks = tokens_of(talk.windows, vocabulary), [one.mark for one in talk.windows]
    return Lesson(
        talk.source, tokens, talk.spans, marks, talk.taught, talk.tempting or [frozenset[str]()] * len(tokens)
    )


class Chance:
    """How a lesson is varied each time it is heard: without stops, with a word missing, cut at another place.

    `short` is the part of the talks whose passages are cut very short, so that little context is met as well.
    """

    def __init__(self, seed: int, vocabulary: WordPiece, short: float = 0.0) -> None:
        self.draw = random.Random(seed)
        self.short = short
        self.stops = frozenset(number for sign in STOPS if (number := vocabulary.id_of(sign)) is not None)

    def longest(self) -> int:
        """How many tokens a talk's passages have this time."""
        if self.short and self.draw.random() < self.short:
            return self.draw.randint(SHORTEST, LONGEST // 2)
        return self.draw.randint(LONGEST // 2, LONGEST)

    def heard(self, tokens: list[Tokens]) -> list[Tokens]:
        plain = self.draw.random() < 0.35
        return [self._window(one, plain) for one in tokens]

    def _window(self, one: Tokens, plain: bool) -> Tokens:
        kept = [
            (MASK if number > 0 and self.draw.random() < 0.07 else id_, place)
            for number, (id_, place) in enumerate(zip(one.ids, one.places, strict=True))
            if not (plain and id_ in self.stops)
        ]
        return Tokens([id_ for id_, _ in kept], [place for _, place in kept])


def batches(lessons: Sequence[Lesson], chance: Chance | None, context: int = CONTEXT) -> Iterator[Batch]:
    """Batches of passages of about one length; in chance's order while learning, in their own while measuring."""
    cut: list[tuple[int, Passage]] = []
    for number, one in enumerate(lessons):
        tokens = one.tokens if chance is None else chance.heard(one.tokens)
        longest = LONGEST if chance is None else chance.longest()
        cut += [(number, passage) for passage in passages(tokens, longest, context)]
    if chance is not None:
        chance.draw.shuffle(cut)
        cut.sort(key=lambda piece: len(piece[1].ids) // 24)
    groups = list(_groups(cut))
    if chance is not None:
        chance.draw.shuffle(groups)
    for group in groups:
        yield _batch([(number, lessons[number], passage) for number, passage in group])


def _groups(cut: list[tuple[int, Passage]]) -> Iterator[list[tuple[int, Passage]]]:
    """As many passages together as make BATCH_TOKENS, padding counted."""
    group: list[tuple[int, Passage]] = []
    longest = 0
    for piece in cut:
        longest = max(longest, len(piece[1].ids))
        if group and longest * (len(group) + 1) > BATCH_TOKENS:
            yield group
            group, longest = [], len(piece[1].ids)
        group.append(piece)
    if group:
        yield group


def _batch(group: list[tuple[int, Lesson, Passage]]) -> Batch:
    length = max(len(one.ids) for _, _, one in group)
    count = max(len(one.tokens) for _, _, one in group)
    ids = torch.zeros((len(group), length), dtype=torch.long)
    owners = torch.full((len(group), length), -1, dtype=torch.long)
    labels, known = (torch.zeros(len(group), count, len(LABELS)) for _ in range(2))
    tags = torch.zeros(len(group), length, len(LABELS))
    topics = torch.full((len(group), count), -100, dtype=torch.long)
    places = []
    for row, (number, one, passage) in enumerate(group):
        ids[row, : len(passage.ids)] = torch.tensor(passage.ids)
        owners[row, : len(passage.owners)] = torch.tensor(passage.owners)
        at = 1
        for window, tokens in enumerate(passage.tokens):
            place = passage.first + window
            if window >= passage.known:
                places.append((number, place))
                for label in one.taught & ALLOWED[one.marks[place]]:
                    known[row, window, LABEL_NUMBER[label]] = 1.0 + HARD * (label in one.tempting[place])
                for span in one.spans[place]:
                    _lay(span, labels[row, window], tags[row, at : at + len(tokens.ids)], tokens)
                    if span.value in TOPIC_NUMBER:
                        topics[row, window] = TOPIC_NUMBER[span.value]
            at += len(tokens.ids)
    return Batch(ids, owners, labels, known, tags, topics, places)


def _lay(span: Span, labels: Tensor, tags: Tensor, tokens: Tokens) -> None:
    number = LABEL_NUMBER[span.label]
    labels[number] = 1.0
    for at, (start, end) in enumerate(tokens.places):
        if start < span.end and end > span.start and end > start:
            tags[at, number] = 1.0
