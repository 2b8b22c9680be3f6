"""What deals that ended have in common, counted: shares with intervals, by how they ended, and against other deals.

Nothing is counted by person. Where few were counted, that is said with the count.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from statistics import median
from typing import Literal

from msgspec import Struct

from premortem.learning.intervals import Interval, difference, share
from premortem.learning.why import QUESTIONS, Question

FEW = 20
"""Below so many deals a share is shown as small."""
Moved = Literal["better", "worse", "can't tell"]


class Ended(Struct, frozen=True):
    """A deal that ended, as counts see it: `answers` are a letter a question (y, n, u), `blind` days by check."""

    deal: str
    status: str
    answers: str
    factors: tuple[str, ...]
    blind: Mapping[str, int]


class Answered(Struct, frozen=True):
    """How often the answer was yes, of the deals in which it is known; and in how many it is not."""

    yes: int
    no: int
    unknown: int

    @property
    def known(self) -> int:
        return self.yes + self.no

    @property
    def share(self) -> Interval | None:
        return share(self.yes, self.known) if self.known else None

    @property
    def few(self) -> bool:
        return self.known < FEW


class Blind(Struct, frozen=True):
    """How long a kind of finding stood unseen: over the deals in which it stood at all, and in how many it was seen the
    same day."""

    check: str
    deals: int
    median: float
    most: int
    at_once: int


def answered(deals: Iterable[Ended], question: Question) -> Answered:
    letters = [one.answers[QUESTIONS.index(question)] for one in deals]
    return Answered(letters.count("y"), letters.count("n"), letters.count("u"))


def apart(one: Answered, other: Answered) -> Interval | None:
    """How much more often the answer was yes in these deals than in the others; None where neither is known."""
    mine, theirs = one.share, other.share
    return difference(mine, theirs) if mine is not None and theirs is not None else None


def moved(more: Interval | None) -> Moved:
    """What a difference says of a change in which more is better."""
    if more is None or more.low <= 0 <= more.high:
        return "can't tell"
    return "better" if more.low > 0 else "worse"


def causes(deals: Sequence[Ended]) -> list[tuple[str, int, int]]:
    """Each check that is among the likeliest factors: in how many deals it comes first, and in how many it is named."""
    first = [one.factors[0] for one in deals if one.factors]
    named = [check for one in deals for check in one.factors]
    found = [(check, first.count(check), named.count(check)) for check in set(named)]
    return sorted(found, key=lambda told: (-told[1], -told[2], told[0]))


def blind_days(deals: Iterable[Ended]) -> list[Blind]:
    """By kind of finding, the longest unseen first."""
    days: dict[str, list[int]] = {}
    for one in deals:
        for check, blind in one.blind.items():
            days.setdefault(check, []).append(blind)
    found = [
        Blind(check, len(told), float(median(told)), max(told), sum(one == 0 for one in told))
        for check, told in days.items()
    ]
    return sorted(found, key=lambda one: (-one.median, -one.deals, one.check))
