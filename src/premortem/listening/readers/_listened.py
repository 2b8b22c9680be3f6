"""What the model hears of a touch, to be asked by place."""

from __future__ import annotations

from premortem.ledger.claims import Claim
from premortem.listening.claim_model import Judged, judge
from premortem.listening.scene import Scene
from premortem.listening.windows import Window, windows

LEAST = 0.15
"""What is less sure than this is not even proposed."""


class Listened:
    """The windows of a touch with how the model judges each."""

    def __init__(self, scene: Scene) -> None:
        found = tuple(windows(scene))
        self.windows: tuple[tuple[Window, Judged], ...] = tuple(zip(found, judge(found), strict=True))
        self._by_turn: dict[int, list[tuple[Window, Judged]]] = {}
        for window, judged in self.windows:
            self._by_turn.setdefault(window.turn, []).append((window, judged))

    def sure_of_words(self, claim: Claim, turn: int, start: int, end: int) -> float:
        """How sure the model is that these words of a turn carry a claim; 0 where others of their window do."""
        for window, judged in self._by_turn.get(turn, ()):
            if window.start <= start < window.end:
                first, last = judged.place(claim)
                inside = start < window.start + last and end > window.start + first
                return judged.of(claim) if inside else 0.0
        return 0.0
