"""Leaks that days show: the end itself, spans up to it, days after it; and how well a level alone tells the outcome."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr

from premortem.forecasting.scores import auc
from premortem.forecasting.tables.columns import Column, Roles
from premortem.forecasting.tables.mapping import plain

Mask = NDArray[np.bool_]

SPAN = re.compile(
    r"\b(cycle|duration|days? (to|in|until) (\w+ )?(clos\w*|win|won|sign\w*)|time to clos\w*|age at clos\w*)\b"
)


class Ends(NamedTuple):
    """Masks (n,) of the rows that were won, lost, and have not ended."""

    won: Mask
    lost: Mask
    open: Mask

    @property
    def ended(self) -> Mask:
        return self.won | self.lost


def of_the_end(one: Column, ends: Ends) -> str:
    """The day of the end itself: known only after it, and its month or day of the month may tell the outcome."""
    reason = "known only after the end: it is the day on which a deal ended"
    days = one.days or []
    usable = ends.ended & np.array([day is not None for day in days], dtype=bool)
    if usable.sum() < 50:
        return f"{reason}, so its closing month and day are not learned from"
    won = ends.won[usable].astype(float)
    told: list[tuple[float, str, str]] = []
    for what, form in (("closing month", "%Y-%m"), ("day of the month", "%d"), ("weekday", "%A")):
        part = [day.strftime(form) for day, use in zip(days, usable, strict=True) if use and day is not None]
        reach, best, rate = _told_by(part, won)
        told.append((reach, what, f"{best}: {rate:.0%} won, of all {won.mean():.0%}"))
    reach, what, example = max(told)
    if reach < 0.55:
        return f"{reason}, so its closing month and day are not learned from"
    return f"{reason}; the {what} alone tells won from lost (AUC {reach:.2f}; {example})"


def of_time(one: Column, by_name: dict[str, Column], roles: Roles, ends: Ends) -> str | None:
    return _after_the_end(one, by_name, roles, ends) or _span(one, by_name, roles, ends)


def _after_the_end(one: Column, by_name: dict[str, Column], roles: Roles, ends: Ends) -> str | None:
    """A day that hardly ever comes before the deal's end."""
    if one.days is None or roles.end is None:
        return None
    pairs = zip(one.days, by_name[roles.end].days or [], ends.ended, strict=True)
    late = [day >= end for day, end, ended in pairs if day and end and ended]
    if len(late) >= 20 and sum(late) >= 0.95 * len(late):
        return f"known only after the end: it is never before '{roles.end}'"
    return None


def _span(one: Column, by_name: dict[str, Column], roles: Roles, ends: Ends) -> str | None:
    """How long a deal took, which its end alone shows."""
    if one.numbers is None:
        return None
    if roles.start and roles.end:
        start, end = by_name[roles.start].days or [], by_name[roles.end].days or []
        spans = [(b - a).days if a and b else np.nan for a, b in zip(start, end, strict=True)]
        told, lasted = np.array(one.numbers), np.array(spans, dtype=float)
        both = ends.ended & ~np.isnan(told) & ~np.isnan(lasted)
        if both.sum() >= 20 and len(set(told[both])) > 2 and len(set(lasted[both])) > 2:
            agree = float(spearmanr(told[both], lasted[both]).statistic)
            if agree > 0.98:
                return f"known only after the end: it is the time from '{roles.start}' to '{roles.end}'"
    if SPAN.search(plain(one.name)):
        return "known only after the end: by its name it is how long a deal took"
    return None


def _told_by(part: Sequence[str], won: NDArray[np.float64]) -> tuple[float, str, float]:
    """How well a level alone tells the outcome of rows left out of its rate (AUC); the level farthest from the rest."""
    names, level = np.unique(part, return_inverse=True)
    count, wins = np.bincount(level), np.bincount(level, won)
    rate = won.mean()
    reach = auc(won, np.clip(without_itself(level, won, rate), 0, 1))
    away = np.abs(wins / count - rate) * np.sqrt(count)
    best = int(np.argmax(away))
    return reach, str(names[best]), float(wins[best] / count[best])


def without_itself(level: NDArray[np.int64], won: NDArray[np.float64], rate: float) -> NDArray[np.float64]:
    """(n,): the share won of each row's level among the other half of the rows, drawn to the mean by two rows' worth.

    Halves rather than all rows but one: a mean without the row itself betrays the row's own outcome.
    """
    half = np.arange(len(won)) % 2
    told = np.empty(len(won))
    for side in (0, 1):
        learn = half != side
        count = np.bincount(level[learn], minlength=int(level.max()) + 1)
        wins = np.bincount(level[learn], won[learn], minlength=len(count))
        told[half == side] = ((wins + 2 * rate) / (count + 2))[level[half == side]]
    return told
