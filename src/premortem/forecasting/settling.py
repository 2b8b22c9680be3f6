"""What a deal's number would be if one unknown were settled, either way: the same model, one piece of evidence set.

What nobody said is settled by a yes, or stays away; of a key fact the other answer is its no, or that they don't know.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import expm1
from typing import NamedTuple

import numpy as np

from premortem.forecasting.evidence import FEATURES, Feature
from premortem.forecasting.learned import Learned

PLACE = {feature.name: number for number, feature in enumerate(FEATURES)}
NO = {
    "who_decides_known": "who_decides_unsure",
    "how_decided_known": "how_decided_unsure",
    "budget_known": "budget_denied",
    "date_known": "date_taken_back",
}
ASKED = {known: known.removesuffix("known") + "asked" for known in NO}
TO_ASK = (
    *("pain_stated", "impact_quantified", "compelling_event", "success_criteria_stated", "decider_shown"),
    *("decider_met", "user_met", "technical_met", "purchasing_met", "introduction_agreed"),
    *("coach_reason", "coach_wants", "coach_fights", "coach_power"),
)
"""What one can ask for or do about, and what counts for nothing while nobody said it."""

COUNTED = ("told_by_two", "told_apart", "stale", "months_to_date", "age_in_cycles")


class Settled(NamedTuple):
    """An unknown in words, and the chance to be won if it is so, and if it is not."""

    says: str
    if_so: float
    if_not: float


class Reason(NamedTuple):
    """A piece of evidence in words, and how much it adds to the log odds of winning, against an average deal."""

    says: str
    adds: float


def settled(learned: Learned, age: int, evidence: Sequence[float], weeks: float) -> list[Settled]:
    """Each unknown settled either way, those first that move the chance most."""
    unknown = [name for name in (*NO, *TO_ASK) if not evidence[PLACE[name]] and not _denied(name, evidence)]
    rows = [_with(evidence, name, yes) for name in unknown for yes in (True, False)]
    if not rows:
        return []
    X = np.asarray(rows, dtype=np.float64)
    won = learned.incidence(X, np.full(len(rows), age), weeks)[:, -1, 0].reshape(-1, 2)
    found = [
        Settled(FEATURES[PLACE[name]].says, float(yes), float(no)) for name, (yes, no) in zip(unknown, won, strict=True)
    ]
    return sorted(found, key=lambda one: -abs(one.if_so - one.if_not))


def reasons(learned: Learned, age: int, evidence: Sequence[float], most: int = 3) -> tuple[list[Reason], list[Reason]]:
    """What speaks most for a deal, and most against it, in the words of its evidence."""
    adds = learned.reasons(np.asarray([evidence], dtype=np.float64), np.array([age]))[0]
    found = [
        Reason(_told(feature, value), float(add)) for feature, value, add in zip(FEATURES, evidence, adds, strict=True)
    ]
    good = sorted((one for one in found if one.adds > 0), key=lambda one: -one.adds)
    bad = sorted((one for one in found if one.adds < 0), key=lambda one: one.adds)
    return good[:most], bad[:most]


def _told(feature: Feature, value: float) -> str:
    """What the deal shows: that it is so, that nothing shows it, or the number."""
    what, _, logged = feature.says.partition(" (log of")
    if logged:
        return f"{what}: {expm1(value):.0f}"
    if feature.name in COUNTED:
        return f"{what}: {value:.1f}".removesuffix(".0")
    return what if value else f"nothing shows that {what}"


def _denied(name: str, evidence: Sequence[float]) -> bool:
    return name in NO and bool(evidence[PLACE[NO[name]]])


def _with(evidence: Sequence[float], name: str, yes: bool) -> list[float]:
    changed = list(evidence)
    changed[PLACE[name]] = float(yes)
    if name in NO:
        changed[PLACE[NO[name]]] = float(not yes)
        changed[PLACE[ASKED[name]]] = 0.0
    return changed


def chance_to_win(learned: Learned, age: int, evidence: Sequence[float], weeks: float) -> float:
    """The chance to be won within some weeks, of one deal."""
    return float(learned.incidence(np.asarray([evidence], dtype=np.float64), np.array([age]), weeks)[0, -1, 0])
