"""What a log of events tells of each case at a moment: from any log of case, activity and time, nothing later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator

Array = NDArray[np.float64]
Integers = NDArray[np.int64]

NEVER = np.inf
WEEK = 7.0


@dataclass(frozen=True, eq=False)
class EventLog:
    """Events of many cases, sorted by case and time; days are counted from any fixed midnight that begins a Monday.

    cases: names, in the order of their numbers. activities: likewise. start (cases + 1,): where each case's events
    begin. activity (events,), day (events,), who (events,; -1 = not told). amount (cases,; nan = not told).
    """

    cases: tuple[str, ...]
    activities: tuple[str, ...]
    people: tuple[str, ...]
    start: Integers
    activity: Integers
    day: Array
    who: Integers
    amount: Array

    @classmethod
    def of(
        cls,
        case: Sequence[str],
        activity: Sequence[str],
        day: ArrayLike,
        who: Sequence[str] | None = None,
        amount: ArrayLike | None = None,
    ) -> EventLog:
        """One entry an event, in any order: its case, what was done, the day, by whom ('' = not told), the amount.

        Where a case's events tell several amounts the first holds. Raises ValueError where lengths differ.
        """
        at = np.asarray(day, dtype=float)
        if not len(case) == len(activity) == len(at):
            raise ValueError(f"{len(case)} cases, {len(activity)} activities and {len(at)} days: one each an event")
        cases, number = np.unique(np.asarray(case, dtype=str), return_inverse=True)
        activities, done = np.unique(np.asarray(activity, dtype=str), return_inverse=True)
        people, by = np.unique(np.asarray(who if who is not None else [""] * len(at), dtype=str), return_inverse=True)
        order = np.lexsort((np.arange(len(at)), at, number))
        start = np.searchsorted(number[order], np.arange(len(cases) + 1))
        told = np.full(len(at), np.nan) if amount is None else np.asarray(amount, dtype=float)
        known = np.where(people == "", -1, np.arange(len(people)))
        return cls(
            tuple(cases.tolist()),
            tuple(activities.tolist()),
            tuple(people.tolist()),
            start.astype(np.int64),
            done[order].astype(np.int64),
            at[order],
            known[by[order]].astype(np.int64),
            told[order][start[:-1]],
        )

    @property
    def case(self) -> Integers:
        """Which case each event is of (events,)."""
        return np.repeat(np.arange(len(self.cases)), np.diff(self.start))

    def first(self, activities: Sequence[str]) -> Array:
        """The day (cases,) on which any of these was first done; infinity where never."""
        wanted = np.flatnonzero(np.isin(np.array(self.activities), np.array(activities)))
        found = np.full(len(self.cases), NEVER)
        seen = np.isin(self.activity, wanted)
        np.minimum.at(found, self.case[seen], self.day[seen])
        return found


class HistoryFeatures(BaseEstimator):  # type: ignore[misc]
    """Columns that tell a case's history up to a moment: for each activity whether, how often, when first and last.

    Then what was done last, how long ago, how many took part, how dense and how much at odd hours the work was, the
    amount, the weekday, and how busy the house was. An activity or a person counts where at least `at_least` cases of
    those learned from have it.

    Attributes after `fit`: features_ and groups_ (names of columns and their groups, for partial pooling).
    """

    def __init__(self, at_least: int = 25) -> None:
        self.at_least = at_least

    def fit(self, log: EventLog, case: ArrayLike, moment: ArrayLike) -> HistoryFeatures:
        """Choose activities, people and bands of amounts from the cases (n,) and moments (n,) to learn from."""
        which, until = np.asarray(case, dtype=np.int64), np.asarray(moment, dtype=float)
        event, row = _before(log, which, until)
        self._activities = _frequent(log.activity[event], row, len(log.activities), self.at_least)
        worked = log.who[event] >= 0
        self._people = _frequent(log.who[event][worked], row[worked], len(log.people), self.at_least)
        amount = log.amount[which]
        told = amount[np.isfinite(amount)]
        self._amount_bands = np.unique(np.quantile(told, [0.2, 0.4, 0.6, 0.8])) if len(told) else np.empty(0)
        names = [log.activities[a] for a in self._activities]
        people = [log.people[p] for p in self._people]
        blocks = self._blocks(log, which[:1], until[:1])
        labels = {"ever": names, "count": names, "since last": names, "since first": names, "last": names,
                  "worked last": people}  # fmt: skip
        self.features_ = tuple(
            f"{block}: {name}"
            for block, columns in blocks.items()
            for name in labels.get(block, [str(i) for i in range(columns.shape[1])])
        )
        self.groups_ = tuple(block for block, columns in blocks.items() for _ in range(columns.shape[1]))
        return self

    def transform(self, log: EventLog, case: ArrayLike, moment: ArrayLike) -> Array:
        """(n, n_features): what each case's events up to its moment tell. Nothing later is read, not of others either.

        Raises ValueError where a case has no event by then.
        """
        blocks = self._blocks(log, np.asarray(case, dtype=np.int64), np.asarray(moment, dtype=float))
        return np.hstack(list(blocks.values()))

    def _blocks(self, log: EventLog, case: Integers, moment: Array) -> dict[str, Array]:
        event, row = _before(log, case, moment)
        if len(np.unique(row)) < len(case):
            raise ValueError("a case has no event up to its moment, so there is nothing to tell of it")
        n = len(case)
        activity, day = log.activity[event], log.day[event]
        count, first, last = _by_activity(n, row, activity, day, len(log.activities))
        chosen = self._activities
        ever = count[:, chosen] > 0
        since_last = np.where(ever, moment[:, None] - last[:, chosen], 0.0)
        since_first = np.where(ever, moment[:, None] - first[:, chosen], 0.0)
        final = np.searchsorted(row, np.arange(n), side="right") - 1
        return {
            "ever": ever.astype(float),
            "count": np.log1p(count[:, chosen]),
            "since last": np.where(ever, np.log1p(since_last), 0.0),
            "since first": np.where(ever, np.log1p(since_first), 0.0),
            "last": (activity[final][:, None] == chosen).astype(float),
            "worked last": (_last_worker(log, event, row, n)[:, None] == self._people).astype(float),
            "pace": _pace(log, case, moment, event, row, day, final),
            "time": _calendar(moment),
            "amount": self._amount(log.amount[case]),
            "load": _load(log, moment),
        }

    def _amount(self, amount: Array) -> Array:
        told = np.isfinite(amount)
        size = np.log1p(np.maximum(np.where(told, amount, 0.0), 0.0))
        band = np.searchsorted(self._amount_bands, np.where(told, amount, -1.0), side="right")
        bands = (band[:, None] == np.arange(len(self._amount_bands) + 1)) & told[:, None]
        return np.column_stack([size, ~told, bands]).astype(float)


def _before(log: EventLog, case: Integers, moment: Array) -> tuple[Integers, Integers]:
    """The events of each case up to its moment, and which row each is for; rows in order, events by time."""
    long = log.start[case + 1] - log.start[case]
    row = np.repeat(np.arange(len(case)), long)
    event = np.arange(int(long.sum())) - np.repeat(np.cumsum(long) - long, long) + log.start[case][row]
    seen = log.day[event] <= moment[row]
    return event[seen], row[seen]


def _frequent(what: Integers, row: Integers, kinds: int, at_least: int) -> Integers:
    """What at least so many rows have."""
    pairs = np.unique(row * np.int64(kinds) + what)
    return np.flatnonzero(np.bincount(pairs % kinds, minlength=kinds) >= at_least)


def _by_activity(n: int, row: Integers, activity: Integers, day: Array, kinds: int) -> tuple[Array, Array, Array]:
    """How often, first and last day (n, kinds)."""
    count, first, last = np.zeros((n, kinds)), np.full((n, kinds), NEVER), np.full((n, kinds), -NEVER)
    np.add.at(count, (row, activity), 1.0)
    np.minimum.at(first, (row, activity), day)
    np.maximum.at(last, (row, activity), day)
    return count, np.where(count > 0, first, 0.0), np.where(count > 0, last, 0.0)


def _last_worker(log: EventLog, event: Integers, row: Integers, n: int) -> Integers:
    found = np.full(n, -1, dtype=np.int64)
    known = log.who[event] >= 0
    found[row[known]] = log.who[event[known]]  # in order of time, so the last one stays
    return found


def _pace(
    log: EventLog, case: Integers, moment: Array, event: Integers, row: Integers, day: Array, final: Integers
) -> Array:
    """How old, how long quiet, how much happened of late, at odd hours, by how many, how long the longest silence."""
    n = len(case)
    begun = log.day[log.start[case]]
    ago = moment[row] - day
    odd = ((day % 1 < 8 / 24) | (day % 1 >= 18 / 24) | (day % WEEK >= 5)).astype(float)
    total = np.bincount(row, minlength=n)
    gap = np.diff(day, prepend=day[:1])
    gap[np.flatnonzero(np.diff(row, prepend=-1))] = 0.0
    longest = np.zeros(n)
    np.maximum.at(longest, row, gap)
    known = log.who[event] >= 0
    hands = np.unique(np.column_stack([row[known], log.who[event[known]]]), axis=0)[:, 0]
    late = [np.log1p(np.bincount(row, ago <= days, minlength=n)) for days in (1.0, 3.0, 7.0)]
    start = begun % 1 * 2 * np.pi
    return np.column_stack(
        [np.log1p(moment - begun), np.log1p(moment - day[final]), np.log1p(total), *late,
         np.bincount(row, odd, minlength=n) / total, np.log1p(longest), np.log1p(np.bincount(hands, minlength=n)),
         np.sin(start), np.cos(start), (begun % WEEK >= 5).astype(float)]
    )  # fmt: skip


def _calendar(moment: Array) -> Array:
    """Weekday and hour of the moment."""
    weekday = (moment % WEEK).astype(int)
    hour = moment % 1 * 2 * np.pi
    return np.column_stack([(weekday[:, None] == np.arange(7)).astype(float), np.sin(hour), np.cos(hour)])


def _load(log: EventLog, moment: Array) -> Array:
    """How busy the house was: events, and cases begun, in the week up to each moment (logarithms)."""
    done, begun = np.sort(log.day), np.sort(log.day[log.start[:-1]])

    def within_week(days: Array) -> Array:
        until = np.searchsorted(days, moment, side="right")
        found: Array = np.log1p(until - np.searchsorted(days, moment - WEEK, side="right"))
        return found

    return np.column_stack([within_week(done), within_week(begun)])
