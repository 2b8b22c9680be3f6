"""Columns that tell how a deal ended because they were filled in after it did: found, and named with the reason.

What such a column tells of closed deals, it can't tell of an open one. Each rule looks only at the table itself: at
what is empty or nothing in rows that ended so and in rows that didn't, at days and spans, and at how well a column
alone would tell won from lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom, hypergeom

from premortem.forecasting.scores import auc
from premortem.forecasting.tables.columns import Column, Roles
from premortem.forecasting.tables.leaks_in_time import Ends, of_the_end, of_time, without_itself
from premortem.forecasting.tables.mapping import plain

Mask = NDArray[np.bool_]

DOUBT = 1e-6
"""A coincidence less likely than this is taken for none."""
TELLS_ALL = 0.95
"""An honest column hardly ever ranks won before lost so often, all by itself (AUC)."""
AFTERWARDS = re.compile(
    r"\b(loss|lost|win|won|churn\w*|clos(ed|ing|e)|disqualif\w*|cancel\w*|verlust\w*) ?"
    r"(reasons?|grund|cause|to|by|notes?|comments?|details?|competitor|value|amount|month|quarter|year|day|week|time)\b"
    r"|\breason (for|of) (loss|win|los\w*)\b|\b(actual|final) (close|amount|value|revenue)\b|\bis (closed|won|lost)\b"
)


class Leak(NamedTuple):
    """A column that knows the end, and why it is taken for one."""

    column: str
    reason: str


Rule = Callable[[Column, Ends], str | None]


def find_leaks(
    columns: Sequence[Column], roles: Roles, ended: Sequence[bool | None], told: Sequence[str]
) -> list[Leak]:
    """One leak a column, with the plainest reason for it. `told` are columns that the user says are known later."""
    ends = _ends(ended)
    by_name = {one.name: one for one in columns}
    found: dict[str, str] = {}
    for one in columns:
        if one.name == roles.start or one.kind == "constant":
            continue
        if one.name in told:
            found[one.name] = "you say that it is known only after the end"
        elif one.name == roles.end:
            found[one.name] = of_the_end(one, ends)
        elif reason := of_time(one, by_name, roles, ends) or next(
            filter(None, (rule(one, ends) for rule in RULES)), None
        ):
            found[one.name] = reason
    for one in columns:
        if one.name not in found and one.name != roles.start and (whole := _within(one, by_name, found, ends)):
            found[one.name] = f"filled only where '{whole}' is, which is known only after the end"
    return [Leak(name, found[name]) for name in by_name if name in found]


def _ends(ended: Sequence[bool | None]) -> Ends:
    of = [np.array([one is end for one in ended], dtype=bool) for end in (True, False, None)]
    return Ends(*of)


def _said_afterwards(one: Column, ends: Ends) -> str | None:
    return "by its name it is known only after the end" if AFTERWARDS.search(plain(one.name)) else None


def _nothing_for_one_end(one: Column, ends: Ends) -> str | None:
    """Zero or empty for every loss, or for every win; small exceptions are slips of the pen."""
    zero = np.array([number == 0 for number in one.numbers or [np.nan] * len(one.cells)], dtype=bool)
    empty = ~np.array(one.filled(), dtype=bool)
    for this, name, other, others in ((ends.lost, "loss", ends.won, "wins"), (ends.won, "win", ends.lost, "losses")):
        nothing = zero | empty
        something_there = int((~nothing & other).sum())
        if nothing[this].mean() < 0.995 or something_there < 0.1 * other.sum():
            continue
        # How likely is it, if the ends had nothing to do with it, that all that is there falls to the other end?
        if (
            binom.sf(something_there - 1, max(int((~nothing & ends.ended).sum()), 1), other.sum() / ends.ended.sum())
            < DOUBT
        ):
            what = "zero" if zero[this].mean() > 0.9 else "empty" if empty[this].mean() > 0.9 else "zero or empty"
            there = f"filled for {1 - nothing[other].mean():.0%} of the {others}"
            return f"{what} for every {name}, {there}"
    return None


def _empty_only_in_open(one: Column, ends: Ends) -> str | None:
    """Filled in at the end at the latest: what open deals lack, all closed ones got."""
    if not ends.open.any():
        return None
    empty = ~np.array(one.filled(), dtype=bool)
    of_open, of_ended = int(empty[ends.open].sum()), int(empty[ends.ended].sum())
    if of_open < 5 or empty[ends.open].mean() < 0.05 or empty[ends.ended].mean() > 0.01:
        return None
    chance = hypergeom.sf(of_open - 1, len(empty), of_open + of_ended, int(ends.open.sum()))
    if chance > DOUBT:
        return None
    among = "none of the ended ones" if not of_ended else f"{of_ended} of {int(ends.ended.sum()):,} ended ones"
    return (
        f"empty only in open rows ({of_open:,} of {int(ends.open.sum()):,}, and in {among}): "
        "it is filled in when a deal ends"
    )


def _tells_all(one: Column, ends: Ends) -> str | None:
    """Nearly the outcome itself under another name."""
    won = ends.won[ends.ended].astype(float)
    if min(won.sum(), len(won) - won.sum()) < 10:
        return None
    if one.kind in ("choice", "number", "days", "id"):
        for told in _orderings(one, ends, won):
            reach = auc(won, told)
            if max(reach, 1 - reach) >= TELLS_ALL:
                told_so_well = f"alone it tells won from lost with an AUC of {max(reach, 1 - reach):.3f}"
                return f"it (nearly) encodes the outcome: {told_so_well}"
    return None


def _orderings(one: Column, ends: Ends, won: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """(n,) in 0..1 each: the ended rows by the column's size, by its levels, and by whether it is filled."""
    cells = [cell for cell, ended in zip(one.cells, ends.ended, strict=True) if ended]
    _, level = np.unique(cells, return_inverse=True)
    found = [np.array([float(bool(cell)) for cell in cells])]
    if level.max() < len(cells) / 4:
        found.append(np.clip(without_itself(np.asarray(level, dtype=np.int64), won, float(won.mean())), 0, 1))
    size = one.numbers or [np.nan if day is None else float(day.toordinal()) for day in one.days or []]
    if size:
        told = np.array(size, dtype=float)[ends.ended]
        told = np.where(np.isnan(told), np.nanmedian(told) if not np.isnan(told).all() else 0.0, told)
        found.append((np.unique(told, return_inverse=True)[1] + 0.5) / (len(told) + 1))
    return found


def _within(one: Column, by_name: dict[str, Column], found: dict[str, str], ends: Ends) -> str | None:
    """The leak without which it is never filled, where that leak is seldom filled; None if there is none."""
    filled = np.array(one.filled(), dtype=bool) & ends.ended
    if filled.sum() < 10 or one.kind == "constant":
        return None
    for name in found:
        whole = np.array(by_name[name].filled(), dtype=bool) & ends.ended
        if whole.sum() > 0.8 * ends.ended.sum():
            continue
        stray = int((filled & ~whole).sum())
        if stray <= 0.005 * filled.sum() and (whole.sum() / ends.ended.sum()) ** float(filled.sum()) < DOUBT:
            return name
    return None


RULES: tuple[Rule, ...] = (_nothing_for_one_end, _empty_only_in_open, _said_afterwards, _tells_all)
