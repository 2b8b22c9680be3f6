"""Who spoke when: a lane for each voice of a call, in seconds where its file has times, else in words."""

from __future__ import annotations

from collections import defaultdict

from msgspec import Struct

from premortem.acts.witness import Witness
from premortem.ledger.contents import Conversation
from premortem.ledger.deal import Deal, DealTouch

WIDTH = 1_000
"""The whole call, in the units of the picture."""
SIDES = {"seller": 0, "buyer": 1, "outside": 2, "unknown": 3}
"""Our side stands first."""


class Stretch(Struct, frozen=True):
    """One turn in the picture: where it begins and how long it is, of 1000."""

    turn: int
    x: float
    width: float


class Lane(Struct, frozen=True):
    """All that one voice said. `share` is in percent of all talk, `spoken` in words for people."""

    speaker: str
    side: str
    stretches: list[Stretch]
    turns: int
    share: int
    spoken: str


def lanes(heard: Conversation, touch: DealTouch, view: Deal, witness: Witness) -> list[Lane]:
    """A lane for each voice: our side first, then the buyer's, each in the order in which they first spoke."""
    by_time = timed(heard)
    placed = _by_time(heard) if by_time else _by_words(heard)
    whole = max((start + length for start, length in placed), default=0.0)
    if not whole:
        return []
    told: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, turn in enumerate(heard.turns):
        speaker = touch.speakers[number] if number < len(touch.speakers) else None
        told[(witness.name(speaker) or turn.speaker or "nobody knows who", view.side(speaker))].append(number)
    talk = sum(length for _, length in placed) or 1.0
    found = []
    for (speaker, side), numbers in told.items():
        long = sum(placed[one][1] for one in numbers)
        stretches = [_stretch(one, *placed[one], whole) for one in numbers]
        spoken = _clock(long) if by_time else f"{long:.0f} words"
        found.append(Lane(speaker, side, stretches, len(numbers), round(100 * long / talk), spoken))
    return sorted(found, key=lambda lane: (SIDES.get(lane.side, 3), lane.stretches[0].turn))


def timed(heard: Conversation) -> bool:
    """Whether every turn has its times."""
    return bool(heard.turns) and all(turn.start is not None and turn.end is not None for turn in heard.turns)


def _stretch(number: int, start: float, length: float, whole: float) -> Stretch:
    return Stretch(number, round(WIDTH * start / whole, 1), max(round(WIDTH * length / whole, 1), 1.0))


def _by_time(heard: Conversation) -> list[tuple[float, float]]:
    return [(turn.start or 0.0, max((turn.end or 0.0) - (turn.start or 0.0), 0.0)) for turn in heard.turns]


def _by_words(heard: Conversation) -> list[tuple[float, float]]:
    placed, before = [], 0.0
    for turn in heard.turns:
        words = float(len(turn.text.split()))
        placed.append((before, words))
        before += words
    return placed


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d} min"
