"""What the replay of a deal that ended tells, as it is kept for pages over thousands of them."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct


class Replayed(Struct, frozen=True):
    """What the replay of a deal that ended tells: of how many `entries`, by what (`made_by`) it was made.

    `answers` are the answers to the five questions, a letter each (y, n, u); `told` says why, with the words (JSON).
    `factors` are the checks that most probably lost it, the likeliest first, a blank apart; `blind` how many days each
    check's finding stood unseen (JSON). `segment` and `seller` are empty where nobody knows.
    """

    deal: str
    entries: int
    made_by: str
    status: str
    ended: datetime
    segment: str
    seller: str
    answers: str
    factors: str
    blind: str
    told: str
