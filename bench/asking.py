"""Whether questions are heard in real calls and meetings whose punctuation a recogniser left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from bench.bag_of_words import BagOfWords
from bench.counting import Counts, compared
from premortem.ledger.contents import Conversation, Turn
from premortem.ledger.entries import Side
from premortem.listening.asking import asked_in
from premortem.listening.labels import QUESTION
from premortem.listening.scene import Scene, Someone
from premortem.listening.windows import Window

Utterance = tuple[str, str]
"""(speaker, text)."""
HearsQuestions = Callable[[Sequence[Utterance]], list[bool]]
"""A conversation's utterances in order → for each, whether it is heard as a question."""

ASKING = {"swda": frozenset(["qy", "qw", "qo", "qh", "qrr", "qy^d", "qw^d"]), "mrda": frozenset(["Q"])}
"""The acts that are questions, in the third column of either corpus."""


class Labelled(NamedTuple):
    talk: list[Utterance]
    asked: list[bool]


def labelled(corpus: str, file: Path, first: int | None = None) -> Labelled:
    """A file's utterances, or the first so many, without punctuation, and which of them its labels call questions."""
    talk, asked = [], []
    for line in file.read_text(encoding="utf-8", errors="replace").splitlines()[:first]:
        speaker, said, act = line.split("|")[:3]
        talk.append((speaker, without_punctuation(said)))
        asked.append(act in ASKING[corpus])
    return Labelled(talk, asked)


def without_punctuation(said: str) -> str:
    return " ".join(re.sub(r"[^\w\s']", " ", said).split())


def premortem(talk: Sequence[Utterance]) -> list[bool]:
    """As the product hears them: the speakers by turns on either side."""
    people = {}
    for number, one in enumerate(sorted({speaker for speaker, _ in talk})):
        side: Side = "seller" if number % 2 else "buyer"
        people[one] = Someone(one, side)
    said = Conversation("call", "bench", tuple(Turn(text, speaker) for speaker, text in talk))
    scene = Scene(said, tuple(speaker for speaker, _ in talk), people, frozenset(people), date(2026, 1, 5))
    asking = {turn for turn, _ in asked_in(scene)}
    return [number in asking for number in range(len(talk))]


def bag_of_words(model: BagOfWords) -> HearsQuestions:
    def hears(talk: Sequence[Utterance]) -> list[bool]:
        speakers = sorted({speaker for speaker, _ in talk})
        found = [
            Window(number, 0, len(text), "seller" if speakers.index(speaker) % 2 else "buyer", text)
            for number, (speaker, text) in enumerate(talk)
        ]
        return model.tells(found, QUESTION)

    return hears


def measure(told: Labelled, hears: HearsQuestions) -> Counts:
    return compared(hears(told.talk), told.asked)
