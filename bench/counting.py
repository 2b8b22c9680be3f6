"""Right, wrong and missed, and what follows from them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Counts(NamedTuple):
    right: int = 0
    wrong: int = 0
    missed: int = 0

    def plus(self, other: Counts) -> Counts:
        return Counts(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


def compared(said: Sequence[bool], truth: Sequence[bool]) -> Counts:
    pairs = list(zip(said, truth, strict=True))
    return Counts(
        sum(one and true for one, true in pairs),
        sum(one and not true for one, true in pairs),
        sum(true and not one for one, true in pairs),
    )


def area_under_curve(scores: Sequence[float], truth: Sequence[bool]) -> float:
    """How often something that is true scores above something that isn't; equal scores count half."""
    positives = sum(truth)
    if not 0 < positives < len(truth):
        raise ValueError("an area under the curve needs both kinds")
    ranks, order = [0.0] * len(scores), sorted(range(len(scores)), key=lambda number: scores[number])
    at = 0
    while at < len(order):
        last = at
        while last + 1 < len(order) and scores[order[last + 1]] == scores[order[at]]:
            last += 1
        for number in order[at : last + 1]:
            ranks[number] = (at + last) / 2 + 1
        at = last + 1
    above = sum(rank for rank, true in zip(ranks, truth, strict=True) if true) - positives * (positives + 1) / 2
    return above / (positives * (len(truth) - positives))


def short(figure: float) -> str:
    """.71 for 0.708; 1.00 stays."""
    return f"{figure:.2f}".removeprefix("0")
