"""What stands beside a call: the firm's own medians once enough calls have an outcome, else other firms' figures.

They are there to be looked at, not to be met: none of them is a target.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from premortem.learning.calls import Call
from premortem.learning.usual import ENOUGH_CALLS, Median, usual
from premortem.ledger.norms import PUBLISHED

IN_WORDS = {
    "our_share": ("our part of the talk", "share"),
    "questions": ("our questions", "count"),
    "decision_questions": ("of these on the decision", "count"),
    "technical_questions": ("of these technical", "count"),
    "follow_ups": ("of these follow-ups", "count"),
    "areas": ("areas reached, of five", "count"),
    "our_longest_seconds": ("our longest stretch", "seconds"),
    "their_longest_seconds": ("the buyer's longest stretch", "seconds"),
    "our_longest_words": ("our longest stretch, where files have no times", "words"),
    "their_longest_words": ("the buyer's longest stretch, where files have no times", "words"),
}
"""How each figure of a call is called, and what it is counted in."""


class MedianShown(Struct, frozen=True):
    """The middle of a figure, and the number of calls that it rests on."""

    value: float
    calls: int


class OwnFigure(Struct, frozen=True):
    """One figure in the firm's own ended calls. `unit` is share (0..1), count, seconds or words."""

    measure: str
    called: str
    unit: str
    won: MedianShown | None
    lost: MedianShown | None


class OthersFigure(Struct, frozen=True):
    """One figure that other firms published, and who they are. A correlation, never a cause."""

    measure: str
    called: str
    says: str
    source: str


class Yardsticks(Struct, frozen=True):
    """What stands beside a call: `own` once `ended_calls` has come to `needed`, `others` until then, never both."""

    ended_calls: int
    needed: int
    says: str
    own: list[OwnFigure]
    others: list[OthersFigure]


def yardsticks(ended: Sequence[tuple[bool, Call]]) -> Yardsticks:
    """The yardsticks of a firm whose deals ended after these calls, each with whether its deal was won."""
    own = [
        OwnFigure(one.measure, *IN_WORDS[one.measure], median_shown(one.won), median_shown(one.lost))
        for one in usual(ended)
    ]
    enough = len(ended) >= ENOUGH_CALLS
    others = [OthersFigure(one.measure, IN_WORDS[one.measure][0], one.says, one.source) for one in PUBLISHED]
    return Yardsticks(len(ended), ENOUGH_CALLS, _says(ended), own, [] if enough else others)


def median_shown(one: Median | None) -> MedianShown | None:
    return MedianShown(one.value, one.calls) if one is not None else None


def _says(ended: Sequence[tuple[bool, Call]]) -> str:
    won = sum(was_won for was_won, _ in ended)
    if len(ended) >= ENOUGH_CALLS:
        return f"Medians of our own calls: {won} in deals that were won, {len(ended) - won} in deals that were not."
    calls = "no call" if not ended else "1 call" if len(ended) == 1 else f"{len(ended)} calls"
    return (
        f"This ledger holds {calls} with an outcome; from {ENOUGH_CALLS} on, our own medians stand here. "
        "Until then, what other firms published: correlations in their calls, not causes, and nothing measured in ours."
    )
