"""Deals as lives told week by week, and how fast this firm's deals end: what a forecast by a date is made of.

A week begins at a deal's creation and every seventh day after it. What the deal shows at the start of a week is held
against how it ended within that week, so no row knows its own end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from math import ceil
from typing import Literal

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from premortem.forecasting.person_periods import PersonPeriods
from premortem.ledger.deal import Deal
from premortem.ledger.entries import Entry
from premortem.ledger.fold import end_of

Array = NDArray[np.float64]
Cause = Literal["won", "lost", "no_decision"]
CAUSES: tuple[Cause, ...] = ("won", "lost", "no_decision")
WEEK = 7
HOW: dict[str, Cause] = {"won": "won", "lost": "lost", "other_way": "lost", "no_decision": "no_decision"}
"""A buyer who solved it another way decided, and not for us: that counts as lost to a rival."""


class Life(Struct, frozen=True):
    """A deal from its creation to its end, or to the day we look. `weeks` is what it showed at the start of each week.

    `how` is None for a deal that goes on, and for one of which nobody knows how it ended. `since` is the age in weeks
    from which it counts: of deals that ended earlier none are known here, so that open ones tell nothing of that time.
    """

    deal: str
    created: date
    until: date
    how: Cause | None
    weeks: tuple[tuple[float, ...], ...] = ()
    since: float = 0.0

    @property
    def age(self) -> int:
        """Whole weeks from the creation to the end, or to the day we look."""
        return max(0, (self.until - self.created).days // WEEK)

    @property
    def lived(self) -> int:
        """Weeks in which it was seen whether it ended: of a deal that goes on, those that are over."""
        return self.age + 1 if self.how is not None else self.age


def seen(entries: Iterable[Entry], day: date) -> list[Entry]:
    """What had happened by the end of a day and was known by then."""
    end = end_of(day)
    return [one for one in entries if one.at <= end and one.learned <= end]


def ended_on(deal: Deal) -> tuple[date, Cause | None] | None:
    """When a deal ended, and how; None where it goes on."""
    if deal.outcome is None:
        return None
    at, outcome = deal.outcome
    return at.date(), HOW.get(outcome.status)


def weeks_until(day: date, by: date) -> float:
    """How many weeks, and which part of one, it takes to reach the end of `by`; at least a day."""
    return max(1, (by - day).days) / WEEK


def to_the_day(course: Array, weeks: float) -> Array:
    """(…, weeks, causes): chances by the end of each week, the last of which counts as far as it is reached."""
    part = weeks - ceil(weeks) + 1
    if part == 1:
        return course
    before = course[..., -2, :] if course.shape[-2] > 1 else np.zeros_like(course[..., -1, :])
    last = before + part * (course[..., -1, :] - before)
    return np.concatenate([course[..., :-1, :], last[..., None, :]], axis=-2)


def landmarks(lives: Sequence[Life], ahead: int, every: int = 4) -> tuple[PersonPeriods, Array]:
    """Rows from which to learn what a deal's evidence tells of the next `ahead` weeks, and each row's weight.

    Every fourth week of a life is a landmark: what the deal showed then stands beside each of the weeks that follow, as
    it will when an open deal is forecast, whose later evidence nobody has either (H. van Houwelingen and H. Putter,
    Dynamic Prediction in Clinical Survival Analysis, 2012). A week that several landmarks see counts once in all.
    """
    rows = [
        (life.weeks[landmark], number, _cause(life, number), place, 1 / _landmarks_of(number, ahead, every))
        for place, life in enumerate(lives)
        for landmark in range(0, len(life.weeks), every)
        for number in range(landmark, min(landmark + ahead, len(life.weeks)))
        if number >= int(life.since)
    ]
    X, age, cause, deal, weight = zip(*rows, strict=True) if rows else ((), (), (), (), ())
    table = np.asarray(X, dtype=np.float64).reshape(len(rows), -1 if rows else 0)
    return PersonPeriods.of(table, age, cause, deal), np.asarray(weight, dtype=np.float64)


def _landmarks_of(number: int, ahead: int, every: int) -> int:
    """How many landmarks see the week of this number."""
    return sum(landmark + ahead > number for landmark in range(0, number + 1, every))


def _cause(life: Life, number: int) -> int:
    over = life.how is not None and number == len(life.weeks) - 1
    return CAUSES.index(life.how) + 1 if over and life.how is not None else 0


class Pace:
    """How often this firm's deals end, week by week of their age, and how: the base rate by a date.

    Weekly rates in three bands of age, each holding a third of the ended deals, drawn towards the firm's own overall
    rate by the weight of one ended deal; half an event of each cause is added to how they end, so that what was never
    seen is not impossible (H. Jeffreys, Theory of Probability, 3rd ed. 1961). What is uncertain of them is `draws`
    samples of the gamma posterior (A. Gelman et al., Bayesian Data Analysis, 3rd ed. 2013, section 2.6).

    Attributes: `rates_` (bands, causes) ends per deal and week; `edges_` the ages in weeks where a band begins;
    `sampled_rates_` (draws, bands, causes).
    """

    def __init__(self, draws: int = 100, bands: int = 3, seed: int = 20260101) -> None:
        self.draws, self.bands, self.seed = draws, bands, seed

    def fit(self, lives: Sequence[Life]) -> Pace:
        """Raises ValueError where no deal has ended."""
        ages = np.array([life.age for life in lives if life.how is not None])
        if not ages.size:
            raise ValueError("no deal has ended, so nobody knows how fast deals end")
        cuts = [int(np.quantile(ages, band / self.bands)) for band in range(1, self.bands)]
        self.edges_ = np.unique([0, *cuts])
        ends, weeks = self._counted(lives)
        overall = ends.sum(axis=0) / weeks.sum()
        one_deal = weeks.sum() / ends.sum()
        half = 0.5 / len(self.edges_)
        shape = ends + overall * one_deal + half
        exposure = weeks[:, None] + one_deal * (1 + half * len(CAUSES))
        self.rates_: Array = shape / exposure
        sampled = np.random.default_rng(self.seed).gamma(shape, size=(self.draws, *shape.shape))
        self.sampled_rates_: Array = sampled / exposure
        return self

    def _counted(self, lives: Sequence[Life]) -> tuple[Array, Array]:
        """Ends by band and cause, and the weeks that deals lived in each band."""
        ends, weeks = np.zeros((len(self.edges_), len(CAUSES))), np.zeros(len(self.edges_))
        for life in lives:
            unseen = min(life.since, life.lived)
            beyond = np.clip(life.lived - self.edges_, 0, None) - np.clip(unseen - self.edges_, 0, None)
            weeks += beyond - np.append(beyond[1:], 0)
            if life.how is not None:
                ends[np.searchsorted(self.edges_, life.age, side="right") - 1, CAUSES.index(life.how)] += 1
        return ends, weeks

    def incidence(self, age: int, weeks: float) -> Array:
        """The chance to end from each cause within 1, 2, … `weeks` weeks: (weeks rounded up, causes)."""
        found: Array = self._incidence(self.rates_[None], age, weeks)[0]
        return found

    def sampled_incidence(self, age: int, weeks: float) -> Array:
        """The same under each draw of the rates: (draws, weeks, causes)."""
        return self._incidence(self.sampled_rates_, age, weeks)

    def _incidence(self, rates: Array, age: int, weeks: float) -> Array:
        band = np.searchsorted(self.edges_, np.arange(age, age + ceil(weeks)), side="right") - 1
        rate = rates[:, band, :]
        total = rate.sum(axis=2, keepdims=True)
        ending = rate / np.maximum(total, 1.0)
        left = np.cumprod(1 - ending.sum(axis=2), axis=1)
        before = np.concatenate([np.ones((len(rates), 1)), left[:, :-1]], axis=1)
        return to_the_day(np.cumsum(ending * before[:, :, None], axis=1), weeks)


def week_ends(day: date, by: date) -> list[date]:
    """The days on which the weeks from a day to another end; the last one ends on `by`."""
    return [min(by, day + timedelta(days=WEEK * number)) for number in range(1, ceil(weeks_until(day, by)) + 1)]
