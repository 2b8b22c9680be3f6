"""What is usual in a firm's own calls: the medians of those in deals that were won, and in deals that were not.

A call counts where its deal has an end and the call came before it, and where its shares tell something (`Call.tells`).
Lost is whatever ended and was not won: to a rival, to another way, to nothing at all. Below `ENOUGH_CALLS` there are no
medians: a handful of calls tells more of chance than of a firm.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from statistics import median

from msgspec import Struct

from premortem.learning.calls import Call
from premortem.ledger.areas import AREAS
from premortem.ledger.deal import Deal

ENOUGH_CALLS = 20
"""Ended calls that a firm needs before its own medians stand where other firms' figures stood."""

WON, LOST = frozenset({"won"}), frozenset({"lost", "other_way", "no_decision"})


class Median(Struct, frozen=True):
    """The middle of a figure, and how many calls it rests on."""

    value: float
    calls: int


class Usual(Struct, frozen=True):
    """One figure of a call as the firm has it: in deals that were won, and in those that were lost."""

    measure: str
    won: Median | None
    lost: Median | None


Measure = Callable[[Call], float | None]


def _longest(side: str, by: str) -> Measure:
    def measure(call: Call) -> float | None:
        voice = call.longest(side)
        return voice.longest_monologue if voice is not None and call.by == by else None

    return measure


MEASURES: dict[str, Measure] = {
    "our_share": lambda call: call.shares["seller"],
    "questions": lambda call: len(call.asked),
    "decision_questions": lambda call: call.kinds()["decision"],
    "technical_questions": lambda call: call.kinds()["technical"],
    "follow_ups": lambda call: sum(one.follow_up for one in call.asked),
    "areas": lambda call: len(AREAS) - len(call.never_reached),
    "our_longest_seconds": _longest("seller", "time"),
    "their_longest_seconds": _longest("buyer", "time"),
    "our_longest_words": _longest("seller", "words"),
    "their_longest_words": _longest("buyer", "words"),
}
"""The figures of a call; None where a call has none. A share by time and one by words are the same figure, lengths in
seconds and in words are two."""


def ended_calls(deal: Deal, of_deal: Iterable[Call]) -> list[tuple[bool, Call]]:
    """The calls of a deal that led to its end, each with whether it was won; none where it goes on, or nobody knows."""
    if deal.outcome is None or deal.outcome[1].status not in WON | LOST:
        return []
    end, outcome = deal.outcome
    return [(outcome.status in WON, call) for call in of_deal if call.tells and call.at.date() <= end.date()]


def usual(ended: Sequence[tuple[bool, Call]]) -> list[Usual]:
    """The firm's medians; none at all where fewer than `ENOUGH_CALLS` calls have an end."""
    if len(ended) < ENOUGH_CALLS:
        return []
    found = [
        Usual(
            name,
            middle(measure(call) for won, call in ended if won),
            middle(measure(call) for won, call in ended if not won),
        )
        for name, measure in MEASURES.items()
    ]
    return [one for one in found if one.won is not None or one.lost is not None]


def middle(values: Iterable[float | None]) -> Median | None:
    """The median of a figure over the calls that have it; None where none has."""
    there = [value for value in values if value is not None]
    return Median(float(median(there)), len(there)) if there else None
