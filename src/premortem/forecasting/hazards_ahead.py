"""From hazards period by period to the chance of ending from each cause within the next periods."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from premortem.forecasting.multinomial import hazards

Array = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Ahead:
    """What lies ahead of n deals: their own log odds (n, k), those of each age (ages, k), and their age (n,) now."""

    own: Array
    of_age: Array
    age: Integers

    def log_odds(self, step: int) -> Array:
        """Of ending from each cause in the period `step` from now: (n, k). Beyond the oldest age it stays as there."""
        return self.own + self.of_age[np.minimum(self.age + step, len(self.of_age) - 1)]

    def cumulative_incidence(self, periods: int) -> Array:
        """(n, periods, k): the chance to have ended from each cause within 1, 2, … periods."""
        n, k = self.own.shape
        found = np.empty((n, periods, k))
        still_open, ended = np.ones(n), np.zeros((n, k))
        for step in range(periods):
            chance, going_on = hazards(self.log_odds(step))
            ended = ended + still_open[:, None] * chance
            still_open = still_open * np.exp(going_on)
            found[:, step] = ended
        return found

    def slopes(self, periods: int, by_age: Array) -> tuple[Array, Array, Array]:
        """At the end of the periods: incidence (n, k), and how it moves with the log odds.

        With F_j(s) the incidence before step s, f_js that within it and h_cs the hazard, a change of the log odds of
        cause c at step s moves F_j by [j = c] f_js - h_cs (F_j - F_j(s)). Summed over the steps that is the slope
        by what is constant (n, j, c); weighted with the age's columns (ages, r) it is that by the curve (n, j, c, r).
        """
        course = self.cumulative_incidence(periods)
        final = course[:, -1]
        n, k = final.shape
        constant, curve = np.zeros((n, k, k)), np.zeros((n, k, k, by_age.shape[1]))
        before = np.zeros((n, k))
        for step in range(periods):
            chance, _ = hazards(self.log_odds(step))
            slope = -(final - before)[:, :, None] * chance[:, None, :]
            slope[:, np.arange(k), np.arange(k)] += course[:, step] - before
            columns = by_age[np.minimum(self.age + step, len(by_age) - 1)]
            constant += slope
            curve += slope[:, :, :, None] * columns[:, None, None, :]
            before = course[:, step]
        return final, constant, curve
