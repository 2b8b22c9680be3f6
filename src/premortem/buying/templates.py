"""Where a plan begins: with what buyers of ours who went all the way did, else with what every such project needs.

A step of a firm's own won deals is taken only where buyers of several accounts had it by the same name: a title that
one buyer wrote is theirs, and never stands in another's plan.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from math import ceil
from statistics import median
from typing import Literal, NamedTuple, get_args

from premortem.buying.project import BUSY, COMMENT, READY, RISK, SAYINGS, TURNS
from premortem.ledger.deal import Deal
from premortem.ledger.entries import Milestone

Whose = Literal["buyer", "joint", "ours"]
ACCOUNTS = 3
"""Accounts that must have had a step before it counts as the firm's own experience."""
DEALS = 3
"""Won deals with a plan before templates rest on them."""


class Step(NamedTuple):
    """A step to begin with, so many days after the start. `of` won deals, `had` had it; `stuck` had it late or never.

    `late_by` is the median of days by which it was late; both are None without own experience.
    """

    title: str
    whose: Whose
    element: str | None
    days: int
    hours: float | None
    had: int | None = None
    of: int | None = None
    stuck: int | None = None
    late_by: int | None = None


SANE: tuple[Step, ...] = (
    Step("Write down the problem, and what it costs in a month", "buyer", None, 7, 2),
    Step("Settle who takes part: who uses it, pays, signs, runs it, could object", "buyer", None, 10, 1),
    Step("Hear how two others solved it", "joint", None, 18, 3),
    Step("Agree on how success is measured, and who judges it", "joint", None, 21, 2),
    Step("Weigh doing nothing against doing it", "buyer", None, 28, 2),
    Step("Try it on one real case, with help", "joint", None, 45, 12),
    Step("Show the results to those who decide", "joint", None, 52, 2),
    Step("Look at terms, law and data protection", "buyer", None, 60, 4),
    Step("The decision", "buyer", "decision", 67, 2),
    Step("The signature", "buyer", "signature", 75, 1),
    Step("Prepare those who will work with it", "joint", None, 85, 8),
    Step("It runs", "joint", "go_live", 105, 8),
    Step("The first value shows, measured as agreed", "buyer", "first_value", 150, 2),
)
"""What such projects need, in days that are a guess: a place to begin until there are own deals, to be changed."""


class Past(NamedTuple):
    """A won deal's plan: the account, and each step with its words."""

    deal: Deal
    account: str
    titles: Mapping[str, str]


def template(won: Iterable[Past]) -> tuple[tuple[Step, ...], int]:
    """The steps to begin with, in the order of their days, and of how many own won deals they are; 0 for the guess."""
    past = [one for one in won if any(_is_task(step) for step in one.deal.milestones.values())]
    if len(past) < DEALS:
        return SANE, 0
    own = own_steps(past)
    turns = {step.element for step in own if step.element}
    missing = [step for step in SANE if step.element and step.element not in turns]
    steps = [*own, *missing]
    return (tuple(sorted(steps, key=lambda step: (step.days, step.title))), len(past)) if own else (SANE, 0)


def own_steps(past: list[Past]) -> list[Step]:
    """The steps that at least half of these deals had, in several accounts; each with how it went."""
    seen: dict[str, list[tuple[Past, Milestone]]] = defaultdict(list)
    for one in past:
        met = set()
        for step in one.deal.milestones.values():
            key = _key(step, one.titles)
            if _is_task(step) and key and key not in met:
                met.add(key)
                seen[key].append((one, step))
    enough = max(ACCOUNTS, ceil(len(past) / 2))
    return [
        _step(some, len(past))
        for some in seen.values()
        if len(some) >= enough and len({one.account for one, _ in some}) >= ACCOUNTS
    ]


def _is_task(step: Milestone) -> bool:
    return (step.element or "").partition(":")[0] not in (*SAYINGS, READY, RISK, BUSY, COMMENT) and not step.dropped


def _key(step: Milestone, titles: Mapping[str, str]) -> str:
    if step.element in TURNS:
        return f"turn:{step.element}"
    return " ".join(titles.get(step.milestone, "").casefold().split())


def _step(some: list[tuple[Past, Milestone]], of: int) -> Step:
    days = [(day - _start(one.deal)).days for one, step in some if (day := step.done or step.due) is not None]
    slips = [(step.done - step.due).days for _, step in some if step.done and step.due and step.done > step.due]
    stuck = sum(step.done is None or bool(step.due and step.done > step.due) for _, step in some)
    first, step = some[0]
    hours = [step.effort for _, step in some if step.effort is not None]
    whose: Whose = max(get_args(Whose), key=lambda one: sum(step.whose == one for _, step in some))
    return Step(
        title=TURNS.get(step.element or "") or first.titles[step.milestone],
        whose=whose,
        element=step.element,
        days=max(0, round(median(days))) if days else 0,
        hours=median(hours) if hours else None,
        had=len(some),
        of=of,
        stuck=stuck,
        late_by=round(median(slips)) if slips else None,
    )


def _start(deal: Deal) -> date:
    """When a deal's project began: with the deal, as far as anybody knows."""
    if deal.created is not None:
        return deal.created.date()
    return deal.touches[0].at.date() if deal.touches else deal.as_of.date()


def due_on(step: Step, start: date) -> date:
    """The day of a step, moved from a weekend to the Monday after it."""
    day = start + timedelta(days=step.days)
    return day + timedelta(days=(7 - day.weekday()) % 7) if day.weekday() >= 5 else day
