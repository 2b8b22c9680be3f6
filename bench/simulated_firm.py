"""A firm whose truth is known: every week each open deal may be won, lost or end without a decision, by known hazards.

A dozen features of evidence change from week to week (people met, a budget confirmed, a buyer gone quiet…); the hazards
follow from them and from the deal's age, whose effect is a smooth curve. Deals start over two years and those that
have not ended by today are censored.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from premortem.forecasting.person_periods import PersonPeriods

Array = NDArray[np.float64]
Integers = NDArray[np.int64]

WEEKS_OF_HISTORY = 104

EVIDENCE = (
    # name, chance a week to come, chance a week to go again; then what it adds to the log hazards
    ("economic buyer met", 0.06, 0.00, (0.8, 0.0, -0.3)),
    ("budget confirmed", 0.05, 0.01, (0.7, 0.1, -0.7)),
    ("champion", 0.07, 0.02, (0.6, -0.3, -0.2)),
    ("decision process known", 0.08, 0.00, (0.3, 0.0, -0.3)),
    ("buyer's own date", 0.06, 0.03, (0.5, 0.2, -0.4)),
    ("second source", 0.08, 0.00, (0.2, 0.0, 0.0)),
    ("rival named", 0.05, 0.01, (-0.3, 0.7, 0.0)),
    ("price objection", 0.06, 0.08, (-0.2, 0.3, 0.2)),
    ("plan agreed", 0.04, 0.00, (0.4, -0.2, -0.3)),
    ("several use cases shown", 0.05, 0.00, (0.0, 0.0, 0.0)),
)
QUIET = (-0.3, 0.1, 0.4)
"""By log(1 + weeks since the buyer last did something)."""
PEOPLE = (0.15, -0.05, -0.15)
"""By each further person met, up to eight."""
FEATURES = (*(name for name, *_ in EVIDENCE), "weeks quiet", "people met")
EFFECT = np.array([*(effect for *_, effect in EVIDENCE), QUIET, PEOPLE]).T
LEVEL = np.array([-5.6, -4.9, -4.6])


def log_odds(X: Array, age: Integers) -> Array:
    """The truth (n, 3): log odds of ending so this week against going on."""
    late = np.log1p(age) / np.log(27)
    curve = np.stack([1.6 * late - 0.8 * late**2, 0.9 * late - 0.5 * late**2, 1.2 * late], axis=1)
    found: Array = LEVEL + curve + X @ EFFECT.T
    return found


def hazards(X: Array, age: Integers) -> Array:
    """The truth (n, 3): the chance to be won, lost or without decision this week."""
    odds = np.exp(log_odds(X, age))
    found: Array = odds / (1 + odds.sum(axis=1, keepdims=True))
    return found


def held(X: Array, age: Integers, weeks: int) -> Array:
    """The truth (n, 3): how a deal ends within so many weeks if the evidence stays as it is."""
    still, ended = np.ones(len(age)), np.zeros((len(age), 3))
    for week in range(weeks):
        chance = hazards(X, age + week)
        ended += still[:, None] * chance
        still *= 1 - chance.sum(axis=1)
    return ended


@dataclass(frozen=True)
class Firm:
    """Its deals up to today: all their weeks, and those still open as they stand now."""

    history: PersonPeriods
    open_now: Array
    age_now: Integers


def simulate(deals: int, seed: int) -> Firm:
    """A firm with this many deals."""
    random = np.random.default_rng(seed)
    weeks_left = random.integers(1, WEEKS_OF_HISTORY, deals)
    X, quiet = _first_week(deals, random)
    alive = np.arange(deals)
    rows: list[tuple[Array, Integers, Integers, Integers]] = []
    open_now, age_now = [np.empty((0, len(FEATURES)))], [np.empty(0, np.int64)]
    for week in range(WEEKS_OF_HISTORY):
        today = weeks_left[alive] == week
        open_now.append(X[today])
        age_now.append(np.full(int(today.sum()), week))
        X, quiet, alive = X[~today], quiet[~today], alive[~today]
        if not len(alive):
            break
        age = np.full(len(alive), week)
        cause = drawn(hazards(X, age), random)
        rows.append((X, age, cause, alive))
        on = cause == 0
        X, quiet = next_week(X[on], quiet[on], random)
        alive = alive[on]
    history = PersonPeriods.of(*(np.concatenate(part) for part in zip(*rows, strict=True)))
    return Firm(history, np.vstack(open_now), np.concatenate(age_now))


def drawn(chance: Array, random: np.random.Generator) -> Integers:
    """How each of n deals ended this week, 0 = not."""
    lot = random.uniform(size=len(chance))
    found: Integers = np.where(lot < chance.sum(axis=1), 1 + (lot[:, None] > np.cumsum(chance, axis=1)).sum(axis=1), 0)
    return found


def next_week(X: Array, quiet: Integers, random: np.random.Generator) -> tuple[Array, Integers]:
    """The evidence a week later: it comes, it goes, the buyer acts or is quiet, one more person is met."""
    come, gone = np.array([[c, g] for _, c, g, _ in EVIDENCE]).T
    n, lots = len(X), random.uniform(size=(len(X), len(EVIDENCE)))
    there = X[:, : len(EVIDENCE)] > 0
    evidence = np.where(there, lots > gone, lots < come)
    quiet = np.where(random.uniform(size=n) < 0.45, 0, quiet + 1)
    people = np.minimum(X[:, -1] + (random.uniform(size=n) < 0.12), 8)
    return np.column_stack([evidence, np.log1p(quiet), people]).astype(float), quiet


def _first_week(deals: int, random: np.random.Generator) -> tuple[Array, Integers]:
    evidence = random.uniform(size=(deals, len(EVIDENCE))) < 0.08
    quiet = np.zeros(deals, np.int64)
    return np.column_stack([evidence, np.log1p(quiet), random.integers(1, 4, deals)]).astype(float), quiet


def lived(X: Array, age: Integers, weeks: int, repeats: int, seed: int) -> Array:
    """The truth (n, 3) where evidence goes on changing as it does in this firm, from so many repeats."""
    random = np.random.default_rng(seed)
    n = len(age)
    deal, now = np.repeat(np.arange(n), repeats), np.repeat(X, repeats, axis=0)
    quiet, old = np.round(np.expm1(now[:, -2])).astype(np.int64), np.repeat(age, repeats)
    ended = np.zeros((n, 4))
    for week in range(weeks):
        cause = drawn(hazards(now, old + week), random)
        np.add.at(ended, (deal[cause > 0], cause[cause > 0]), 1.0)
        on = cause == 0
        deal, old = deal[on], old[on]
        now, quiet = next_week(now[on], quiet[on], random)
    return ended[:, 1:] / repeats
