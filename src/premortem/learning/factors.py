"""What most probably lost a deal that has ended, the likeliest first: its findings, weighed by how it ended.

Before the end nobody knows whether a rival or doing nothing will win; afterwards we do, and it tells much: what leads
to no decision seldom loses a deal to a rival. A finding weighs as much as post-mortems of deals that ended the same way
gave it, a main cause double, and the more the rarer it is: what stands in nearly every deal explains few of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from premortem.checks.cause_record import COUNTED_BY_END, NEVER, Named
from premortem.learning.acting import Act
from premortem.learning.replay import Life, Replay
from premortem.ledger.entries import Finding, Severity, TouchId

AS_MUCH_AS_ALL = 16
"""Deals of the mean of all checks that are added to a check's record."""
AS_MUCH_AS_THE_CHECK = 4
"""Deals of the check's own record that are added to its record in deals that ended this way."""
SELDOM = 8
"""Deals that are added where a check's rarity is counted, so that two deals make it no oddity."""
MAIN = 2
"""How many further causes a main one counts for."""
GRAVE: Mapping[Severity, float] = {"high": 1.0, "medium": 0.8, "low": 0.2}
NEW = 0.85
"""What a finding weighs that came up with the last touch, beside one that has stood all along."""


class Factor(Struct, frozen=True):
    """A finding that stood when the deal ended. `weight` orders factors and is no probability."""

    finding: Finding
    weight: float
    visible: TouchId | None
    visible_at: datetime | None
    days_blind: int
    acted: Act | None

    @property
    def check(self) -> str:
        return self.finding.check


Records = Mapping[str, Mapping[str, Named]]


def factors(
    lived: Replay, standing: Sequence[Finding], end: str | None = None, by_end: Records = COUNTED_BY_END
) -> tuple[Factor, ...]:
    """The findings that stood at the end as factors, the likeliest first. `end` is the outcome's status, if known."""
    weights = weigher(end, by_end)
    lives = {life.check: life for life in lived.lives}
    when = {step.touch: number for number, step in enumerate(lived.steps)}
    found = []
    for one in standing:
        life = lives.get(one.check)
        since = when.get(life.visible if life else one.first_visible or "", len(when))
        stood = (len(when) - since) / max(1, len(when))
        weight = weights.get(one.check, weights[""]) * GRAVE[one.severity] * (NEW + (1 - NEW) * stood)
        found.append(_factor(one, weight, life))
    return tuple(sorted(found, key=lambda factor: (-factor.weight, factor.check)))


def _factor(one: Finding, weight: float, life: Life | None) -> Factor:
    if life is None:
        return Factor(one, weight, one.first_visible, None, 0, None)
    return Factor(one, weight, life.visible, life.visible_at, life.days_blind, life.acted)


def weigher(end: str | None, by_end: Records = COUNTED_BY_END) -> Mapping[str, float]:
    """What each finding weighs in a deal that ended so; what was never counted has the mean's, under ''.

    With the deal itself left out of the count, the main cause is among the first three in 31 of 36 labelled deals; with
    all deals of the same main cause left out, in 23.
    """
    everywhere = _together(by_end.values())
    stood = sum(one.stood for one in everywhere.values())
    mean = sum(_named(one) for one in everywhere.values()) / max(1, stood)
    so = by_end.get(end or "", {})
    weights = {"": mean}
    for check, one in everywhere.items():
        of_all = (_named(one) + AS_MUCH_AS_ALL * mean) / (one.stood + AS_MUCH_AS_ALL)
        ended_so = so.get(check, NEVER)
        of_these = (_named(ended_so) + AS_MUCH_AS_THE_CHECK * of_all) / (ended_so.stood + AS_MUCH_AS_THE_CHECK)
        weights[check] = (of_these if so else of_all) / (one.stood + SELDOM)
    weights[""] = mean / (max((one.stood for one in everywhere.values()), default=0) + SELDOM)
    return weights


def _named(one: Named) -> float:
    return MAIN * one.main + one.further


def _together(records: Iterable[Mapping[str, Named]]) -> dict[str, Named]:
    found: dict[str, Named] = {}
    for record in records:
        for check, one in record.items():
            found[check] = found.get(check, NEVER).plus(one)
    return found
