"""What the model hears of a touch, to be asked by place."""

from __future__ import annotations

from premortem.ledger.claims import Claim
from premortem.listening.claim_model import Judged, judge
from premortem.listening.scene import Scene
from premortem.listening.windows import Window, windows


class Listened:
    """The windows of a touch with how the model judges each."""

    def __init__(self, scene: Scene) -> None:
        found = tuple(windows(scene))
        self.windows: tuple[tuple[Window, Judged], ...] = tuple(zip(found, judge(found), strict=True))
        self._by_turn: dict[int, list[tuple[Window, Judged]]] = {}
        for window, judged in self.windows:
            self._by_turn.setdefault(window.turn, []).append((window, judged))

    def sure_of(self, claim: Claim, turn: int, place: int) -> float:
        """How sure the model is of a claim in the window around this place of a turn; 0 where there is none."""
        for window, judged in self._by_turn.get(turn, ()):
            if window.start <= place < window.end:
                return judged.of(claim)
        return 0.0

    def sure_of_words(self, claim: Claim, turn: int, start: int, end: int) -> float:
        """The same, and 0 where the claim is carried by other words of the window than these."""
        for window, judged in self._by_turn.get(turn, ()):
            if window.start <= start < window.end:
                first, last = judged.place(claim)
                inside = start < window.start + last and end > window.start + first
                return judged.of(claim) if inside else 0.0
        return 0.0
