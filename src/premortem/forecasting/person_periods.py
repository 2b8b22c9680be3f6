"""Deals cut into periods: one row a deal and week that it was open, and whether and how it ended in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class PersonPeriods:
    """Rows for a discrete-time model of how deals end. Each array has one row a deal and period (n_rows).

    A deal seen for five weeks gives five rows, with what was known when each week began; so what changes over time
    needs no special care, and a deal that is still open is censored simply by having no further row.

    X (n_rows, n_features): the features as they stood when the period began.
    age (n_rows,): whole periods since the deal's start, from 0.
    cause (n_rows,): 0 = still open when the period ended, 1..k = how it ended within it.
    deal (n_rows,): which deal the row is of; rows of one deal must never be split between training and test.
    weight (n_rows,): how many equal rows it stands for.
    """

    X: Array
    age: Integers
    cause: Integers
    deal: Integers
    weight: Array
    features: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        lengths = {len(self.X), len(self.age), len(self.cause), len(self.deal), len(self.weight)}
        if self.X.ndim != 2 or len(lengths) != 1:
            raise ValueError(f"X must be (rows, features), and every array have one entry a row; found {lengths} rows")
        if self.features and len(self.features) != self.X.shape[1]:
            raise ValueError(f"{len(self.features)} names were given for {self.X.shape[1]} features")
        if len(self.age) and (self.age.min() < 0 or self.cause.min() < 0):
            raise ValueError("an age and a cause must be 0 or more")

    def __len__(self) -> int:
        return len(self.age)

    @classmethod
    def of(cls, X: ArrayLike, age: ArrayLike, cause: ArrayLike, deal: ArrayLike | None = None) -> PersonPeriods:
        """Rows as they are; without `deal`, each row counts as a deal of its own."""
        table = np.asarray(X, dtype=float)
        rows = np.arange(len(table)) if deal is None else np.unique(np.asarray(deal), return_inverse=True)[1]
        return cls(table, np.asarray(age, np.int64), np.asarray(cause, np.int64), rows, np.ones(len(table)))

    @classmethod
    def from_spells(
        cls, X: ArrayLike, periods: ArrayLike, cause: ArrayLike, entry: ArrayLike | None = None
    ) -> PersonPeriods:
        """Cut n deals, whose features (n, p) stay as they are, into their periods.

        periods (n,): in which period, counted from 0, the deal ended or was last seen; a deal censored there was open
        to that period's end. cause (n,): 0 = not ended. entry (n,): the first period it was observed in (left
        truncation), 0 unless given. Raises ValueError where a deal ends before it enters.
        """
        table, last = np.asarray(X, dtype=float), np.asarray(periods, dtype=np.int64)
        ended = np.asarray(cause, dtype=np.int64)
        first = np.zeros_like(last) if entry is None else np.asarray(entry, dtype=np.int64)
        if (last < first).any():
            raise ValueError(f"{int((last < first).sum())} deals end in a period before the one they enter in")
        long = last - first + 1
        deal = np.repeat(np.arange(len(last)), long)
        start = np.concatenate([[0], np.cumsum(long)[:-1]])
        age = np.arange(int(long.sum())) - np.repeat(start - first, long)
        final = age == last[deal]
        return cls(table[deal], age, np.where(final, ended[deal], 0), deal, np.ones(len(age)))

    def landmarks(self, every: int = 4) -> PersonPeriods:
        """The deals as they stood every so many periods, and how each then went on: to forecast what will come.

        Rows as they are teach what evidence means while it stays; but evidence changes. Here each deal is looked at
        from its ages 0, every, 2 every…, its features held from there on, with log(1 + age there) as one more, last
        feature, and `age` counts from the landmark (van Houwelingen 2007, Dynamic prediction by landmarking). Rows of
        one deal then overlap, so its landmarks share its weight of 1. The forecast comes nearer to what will come than
        one from rows as they are, yet intervals hold less than they promise: how effects fade is only approximated.
        """
        order = np.lexsort((self.age, self.deal))
        ends = np.append(np.flatnonzero(np.diff(self.deal[order])), len(order) - 1)
        final = order[ends]
        last = np.zeros(self.deal.max() + 1, dtype=np.int64)
        cause = np.zeros_like(last)
        last[self.deal[final]], cause[self.deal[final]] = self.age[final], self.cause[final]
        looked = np.flatnonzero(self.age % every == 0)
        deal = self.deal[looked]
        X = np.column_stack([self.X[looked], np.log1p(self.age[looked])])
        rows = PersonPeriods.from_spells(X, last[deal] - self.age[looked], cause[deal])
        share = 1 / np.bincount(deal)[deal]
        names = (*self.features, "age at landmark") if self.features else ()
        return replace(rows, deal=deal[rows.deal], weight=share[rows.deal], features=names)

    @classmethod
    def joined(cls, parts: Sequence[PersonPeriods]) -> PersonPeriods:
        """Several deals' rows in one, each part's deals kept apart from the others'."""
        shifts = np.concatenate([[0], np.cumsum([part.deal.max(initial=-1) + 1 for part in parts])[:-1]]).astype(int)
        return cls(
            np.vstack([part.X for part in parts]),
            np.concatenate([part.age for part in parts]),
            np.concatenate([part.cause for part in parts]),
            np.concatenate([part.deal + shift for part, shift in zip(parts, shifts, strict=True)]),
            np.concatenate([part.weight for part in parts]),
            parts[0].features,
        )

    @cached_property
    def ended(self) -> Integers:
        """How many rows ended from each cause 0..k, by weight, rounded."""
        return np.bincount(self.cause, weights=self.weight).round().astype(np.int64)

    def rows(self, which: NDArray[np.bool_] | Integers | slice) -> PersonPeriods:
        """Only these rows."""
        return replace(
            self,
            X=self.X[which],
            age=self.age[which],
            cause=self.cause[which],
            deal=self.deal[which],
            weight=self.weight[which],
        )

    def aggregated(self) -> PersonPeriods:
        """Equal rows (features, age and cause) as one row with their weights added: the same likelihood, sooner.

        Which deal a row was of is lost on the way. Where hardly any rows are equal, these rows come back as they are.
        """
        marks = np.random.default_rng(0).uniform(1, 2, self.X.shape[1] + 2)
        key = self.X @ marks[2:] + self.age * marks[0] + self.cause * (marks[1] * 1e3)
        _, first, inverse = np.unique(key, return_index=True, return_inverse=True)
        if len(first) > 0.7 * len(key):
            return self
        kept = self.rows(first)
        same = (kept.age[inverse] == self.age) & (kept.cause[inverse] == self.cause)
        if not same.all() or not all((kept.X[inverse, j] == self.X[:, j]).all() for j in range(self.X.shape[1])):
            return self  # two different rows share a key: rather slow than wrong
        return replace(kept, weight=np.bincount(inverse, weights=self.weight).astype(float))
