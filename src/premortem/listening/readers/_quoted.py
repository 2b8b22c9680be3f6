"""A claim at certain words becomes a reading: with the shortest quote around them that reads by itself."""

from __future__ import annotations

from premortem.ledger.claims import Claim
from premortem.listening.scene import Reading, Scene
from premortem.listening.sentences import quote


def quoted(scene: Scene, claim: Claim, turn: int, start: int, end: int, sure: float) -> Reading:
    """The reading of a claim that characters `start` to `end` of a turn carry."""
    first, last = quote(scene.turns[turn].text, start, max(end, start + 1))
    return Reading(claim, turn, first, last, round(sure, 2))
