"""How many sales facts are heard in real meetings that sell nothing: each is one too many.

Nobody knows a seller there, so everybody is heard as a buyer, who may say the most.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from bench.facts import NOW
from premortem.acts.bringing_in.read import read
from premortem.listening.readers.assembly import Readers


class Heard(NamedTuple):
    """Facts and turns of all meetings; `names` are the facts that only tell that somebody was spoken of by name."""

    facts: int
    names: int
    turns: int

    @property
    def per_200_turns(self) -> float:
        return 200 * self.facts / max(1, self.turns)

    @property
    def per_200_turns_without_names(self) -> float:
        return 200 * (self.facts - self.names) / max(1, self.turns)


def meetings(folder: Path) -> list[Path]:
    return sorted(folder.glob("*/transcript.vtt"))


def measure(transcripts: Sequence[Path], readers: Readers) -> Heard:
    facts = names = turns = 0
    for path in transcripts:
        document = read(path, NOW, readers=readers)
        facts += len(document.facts)
        names += sum(fact.claim == "person_named" for fact in document.facts)
        turns += sum(len(touch.turns) for touch in document.touches)
    return Heard(facts, names, turns)
