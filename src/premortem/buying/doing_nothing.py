"""Doing nothing as an option like any other: what it costs by the buyer's own figure, and what it spares.

Whoever writes the figure writes a line that can be read again: '4000 EUR a month', '12 hours a week'. Nothing is
invented: where nobody gave a figure there is none.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from premortem.buying.project import Plan

TIMES_A_YEAR = {"day": 220, "week": 52, "month": 12, "quarter": 4, "year": 1}
"""Working days for a day, else how often each comes in a year."""
_FIGURE = re.compile(
    r"(?<![\w.,])(\d{1,3}(?:[ ,']\d{3})+|\d+)(?:\.(\d+))?\s*([A-Za-z€$£][\w€$£]*)?\s*(?:a|an|per|each|every|/)\s*"
    r"(day|week|month|quarter|year)s?\b",
    re.IGNORECASE,
)


class Cost(NamedTuple):
    """So much of something in a stretch of time: 4000 EUR a month."""

    amount: float
    unit: str
    per: str

    @property
    def a_year(self) -> float:
        return self.amount * TIMES_A_YEAR[self.per]


def cost_in(words: str) -> Cost | None:
    """The first figure in somebody's words that says what it costs in a stretch of time; None where there is none."""
    found = _FIGURE.search(words)
    if found is None:
        return None
    whole = re.sub(r"[ ,']", "", found[1])
    return Cost(float(f"{whole}.{found[2] or 0}"), found[3] or "", found[4].lower())


class Taken(NamedTuple):
    """Hours planned and taken of the tasks that say both; `tasks` is how many these are, `of` all that took hours."""

    planned: float
    taken: float
    tasks: int
    of: int


def taken_of(plan: Plan) -> Taken:
    """What the tasks took beside what they were planned with: one that says only one of the two is not compared."""
    took = [one for one in plan.tasks if one.spent is not None]
    both = [one for one in took if one.effort is not None]
    return Taken(sum(one.effort or 0.0 for one in both), sum(one.spent or 0.0 for one in both), len(both), len(took))


def effort_of(plan: Plan) -> tuple[float, float, int]:
    """Hours that the change takes of the buyer (alone and joint), hours of ours, and how many tasks say no hours."""
    theirs = sum(one.effort or 0.0 for one in plan.tasks if one.whose != "ours")
    ours = sum(one.effort or 0.0 for one in plan.tasks if one.whose == "ours")
    return theirs, ours, sum(one.effort is None for one in plan.tasks)
