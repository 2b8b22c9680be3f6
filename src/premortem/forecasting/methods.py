"""The ways to forecast a deal, side by side: by its stage, by its rep, by the gates, by what the firm's deals teach.

    SharesWon             of the ended deals that passed a stage, or stood in a category, how many were won
    by_stage, by_gates    what these shares say of a deal; what was learned is in `learned.py`

The stage is what the seller did, so its number is shown beside the others as what it is: no evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from msgspec import Struct

from premortem.forecasting.base_rate import BaseRate, base_rate

Method = Literal["base_rate", "stage", "rep", "gates", "learned"]
METHODS: tuple[Method, ...] = ("base_rate", "stage", "rep", "gates", "learned")
CALLED = {
    "base_rate": "your base rate",
    "stage": "the stage (won ever, of those that ended; no evidence)",
    "rep": "the rep's own call",
    "gates": "the gates (won ever, of those that ended)",
    "learned": "learned from your deals",
}
EVER: tuple[Method, ...] = ("stage", "gates")
"""Their share is of deals won ever, of those that ended: beside those won by a day it is in no sum."""

ENOUGH_CLOSED = 50
"""Below this many closed deals nothing is said of a single one in numbers."""
ENOUGH_PASSED = 5
"""Ended deals that went through a stage or category, before its share is told."""


VENDORS_TABLE = {
    "prospecting": 0.10,
    "qualification": 0.10,
    "needs analysis": 0.20,
    "value proposition": 0.50,
    "id. decision makers": 0.60,
    "perception analysis": 0.70,
    "proposal": 0.75,
    "negotiation": 0.90,
}
VENDORS_SOURCE = "other firms': the percentages with which a CRM (Salesforce) is delivered"


class Chance(Struct, frozen=True):
    """What a method says of a deal by a day: probabilities in 0..1 or None, `interval` (low, high) of `won` at 90%.

    `says` tells in words what it rests on.
    """

    method: Method
    says: str
    won: float | None = None
    lost: float | None = None
    no_decision: float | None = None
    interval: tuple[float, float] | None = None
    category: str | None = None


class SharesWon:
    """Of the ended deals that went through something (a stage, a category), the share that was won.

    Attributes: `share_won_` by what they went through, each with its interval and the number of deals.
    """

    def fit(self, passed: Iterable[tuple[Iterable[str], bool]]) -> SharesWon:
        """Each ended deal by all that it went through before its end, and whether it was won."""
        won: dict[str, int] = {}
        of: dict[str, int] = {}
        for through, was_won in passed:
            for one in set(through):
                of[one] = of.get(one, 0) + 1
                won[one] = won.get(one, 0) + was_won
        self.share_won_: dict[str, BaseRate] = {one: base_rate(won[one], of[one]) for one in of}
        return self


def by_stage(stage: str | None, table: Mapping[str, BaseRate]) -> Chance:
    """The firm's own share for the stage, else what a vendor's table says of it."""
    if stage is None:
        return Chance("stage", "no stage is entered")
    own = table.get(stage)
    if own is not None and own.of >= ENOUGH_PASSED:
        says = f"{_won_of(own)} that passed '{stage}' were won; no evidence of this deal"
        return Chance("stage", says, won=_expected(own), interval=(own.low, own.high))
    name = stage.casefold().strip()
    vendors = next((share for known, share in VENDORS_TABLE.items() if name.startswith(known)), None)
    if vendors is None:
        return Chance("stage", f"nobody knows what '{stage}' is worth")
    return Chance("stage", f"'{stage}' in {VENDORS_SOURCE}; no evidence of this deal", won=vendors)


def by_gates(category: str, why: str, table: Mapping[str, BaseRate], closed: int) -> Chance:
    """The category that follows from the gates, with the share won of own deals that stood in it, once known."""
    own = table.get(category)
    if own is None or own.of < ENOUGH_PASSED or closed < ENOUGH_CLOSED:
        return Chance("gates", why, category=category)
    says = f"{why}; {_won_of(own)} that stood there were won"
    return Chance("gates", says, won=_expected(own), interval=(own.low, own.high), category=category)


def _won_of(own: BaseRate) -> str:
    return f"{round(own.value * own.of)} of your {own.of} ended deals"


def _expected(own: BaseRate) -> float:
    """The mean of the beta distribution whose ends are the interval: a few deals all lost don't make it impossible."""
    return (own.value * own.of + 0.5) / (own.of + 1)
