"""Columns → the array that is learned from, and why a column is left out of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from premortem.forecasting.tables.columns import Column, Roles, end_named, sellers_stage
from premortem.forecasting.tables.leaks import Leak
from premortem.forecasting.tables.mapping import Mapping

Array = NDArray[np.float64]


class Unused(NamedTuple):
    """A column that is not learned from, and why."""

    column: str
    why: str


class Coded(NamedTuple):
    """X (n, columns): codes of levels where `categorical`, 'empty' being a level of its own, else numbers or nan."""

    X: Array
    columns: list[str]
    categorical: list[bool]
    levels: list[list[str]]
    """By column, what each code stands for; nothing for numbers."""


def parted(
    columns: Sequence[Column],
    roles: Roles,
    outcome: str,
    leaks: Sequence[Leak],
    mapping: Mapping,
    ended: Sequence[bool],
) -> tuple[list[Column], list[Unused]]:
    """The columns to learn from, and those not, each with the reason; leaks and the outcome are named elsewhere."""
    leaking = {leak.column for leak in leaks}
    used, unused = [], []
    for one in columns:
        if one.name == outcome or one.name in leaking:
            continue
        why = _why_not(one, roles, mapping, ended)
        if why is None:
            used.append(one)
        else:
            unused.append(Unused(one.name, why))
    return used, unused


def _why_not(one: Column, roles: Roles, mapping: Mapping, ended: Sequence[bool]) -> str | None:
    if one.name in mapping.ignore:
        return "you left it out"
    if one.name == roles.start:
        return "the day a deal began: it tells earlier deals from later ones"
    if one.name == roles.id or one.kind == "id":
        return "an id: (nearly) every row has its own"
    if one.kind == "text":
        return "free text"
    if one.kind == "days":
        return "a day, and nobody knows when it was entered"
    if end_named(one.name):
        return "by its name the day a deal ended: known only then"
    if sellers_stage(one.name):
        return "the seller's own stage or guess: no evidence of what the buyer will do"
    if len({cell for cell, has_ended in zip(one.cells, ended, strict=True) if has_ended}) < 2:
        return "the same in all ended rows"
    return None


def coded(used: Sequence[Column]) -> Coded:
    """The array; a level is told from another by its words, whatever their case."""
    parts, levels = [], []
    for one in used:
        if one.numbers is not None:
            parts.append(np.array(one.numbers, dtype=np.float64))
            levels.append(list[str]())
        else:
            plain = [cell.casefold() for cell in one.cells]
            as_written = dict(zip(reversed(plain), reversed(one.cells), strict=True))
            names, code = np.unique(plain, return_inverse=True)
            parts.append(code.astype(np.float64))
            levels.append([as_written[str(name)] for name in names])
    rows = len(used[0].cells) if used else 0
    X = np.column_stack(parts) if parts else np.zeros((rows, 0))
    return Coded(X, [one.name for one in used], [one.numbers is None for one in used], levels)
