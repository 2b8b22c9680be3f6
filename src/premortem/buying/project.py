"""The buyer's project as a plan: what they say of it in their words, its tasks, and what it still lacks.

A plan is made of milestones. Those with an element of `SAYINGS` hold words; `RISK` and `BUSY` come several times; all
others are tasks, among them the turns of every purchase (`TURNS`), which do not end at the signature.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from msgspec import Struct

from premortem.ledger.deal import Deal
from premortem.ledger.entries import Milestone, PersonId


class Saying(NamedTuple):
    """Something that a buyer's project should be able to say of itself: its heading, and the question that opens it."""

    called: str
    question: str


SAYINGS: dict[str, Saying] = {
    "problem": Saying("The problem", "What is it that should change, in your own words?"),
    "impact": Saying("What it does to you", "What does it hold up or cost: hours, money, people? Who says so?"),
    "others": Saying("How others dealt with it", "Whom could you ask who had the same problem, and what did they do?"),
    "people": Saying("Who should be involved", "Who uses it, pays for it, signs it, has to run it, could stop it?"),
    "nothing": Saying("Doing nothing", "If it stays as it is for a year: what does that cost, and what does it spare?"),
    "worth": Saying("Whether to do it at all", "What speaks for leaving it? What would have to be true to go ahead?"),
    "sponsor": Saying("Who stands behind it", "Who at the top wants this, and how does anybody know?"),
}
READY = "ready"
RISK = "risk"
BUSY = "busy"
COMMENT = "comment"
TURNS = {
    "decision": "The decision",
    "signature": "The signature",
    "go_live": "It runs",
    "first_value": "The first value shows",
}
AFTER = ("go_live", "first_value")
"""The turns that lie behind the signature: a plan without them ends where our interest does, not theirs."""
FREE_HOURS = 4.0
"""Hours a week that somebody has beside their day job, where nobody said; an assumption, shown as one."""
A_WEEK = timedelta(days=7)


class Plan(Struct, frozen=True):
    """A plan by its parts. `sayings` are by element, `ready` by question; tasks are in the order of their days."""

    sayings: dict[str, Milestone]
    ready: dict[str, Milestone]
    risks: tuple[Milestone, ...]
    busy: tuple[Milestone, ...]
    tasks: tuple[Milestone, ...]
    comments: dict[str, tuple[Milestone, ...]]

    @property
    def begun(self) -> bool:
        return bool(self.sayings or self.ready or self.risks or self.tasks)

    @property
    def theirs(self) -> tuple[Milestone, ...]:
        """What the buyer does alone: no seller can do it for them, and much of a purchase is of this kind."""
        return tuple(one for one in self.tasks if one.whose == "buyer")


class Overfull(NamedTuple):
    """A week in which somebody's open tasks take more hours than they have. `said`: the hours are their own word."""

    person: PersonId
    week: date
    hours: float
    free: float
    said: bool


def plan_of(milestones: Mapping[str, Milestone]) -> Plan:
    """The plan that these milestones make; what was dropped is left out."""
    standing = [one for one in milestones.values() if not one.dropped]
    kind: dict[str, list[Milestone]] = defaultdict(list)
    comments: dict[str, list[Milestone]] = defaultdict(list)
    for one in standing:
        head, _, about = (one.element or "").partition(":")
        if head == COMMENT:
            comments[about].append(one)
        else:
            kind[head if head in (*SAYINGS, READY, RISK, BUSY) else "task"].append(one)
    return Plan(
        sayings={name: kind[name][-1] for name in SAYINGS if kind[name]},
        ready={(one.element or "").partition(":")[2]: one for one in kind[READY]},
        risks=tuple(kind[RISK]),
        busy=tuple(sorted(kind[BUSY], key=_by_day)),
        tasks=tuple(sorted(kind["task"], key=_by_day)),
        comments={about: tuple(sorted(some, key=_by_day)) for about, some in comments.items()},
    )


def _by_day(one: Milestone) -> tuple[date, str]:
    """In the order of days; what has none comes last."""
    return one.done or one.due or date.max, one.milestone


def week_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def overfull(plan: Plan) -> list[Overfull]:
    """The weeks in which open tasks take more hours than their owner has beside the day job, in the order of time.

    A task's hours fall into the week of its day. A busy week tells what is left of it: its `effort`, else nothing.
    """
    said = {(one.owner, week_of(one.due)): one.effort or 0.0 for one in plan.busy if one.owner and one.due}
    taken: dict[tuple[PersonId, date], float] = defaultdict(float)
    for one in plan.tasks:
        if one.owner and one.due and one.effort and one.done is None:
            taken[one.owner, week_of(one.due)] += one.effort
    found = [
        Overfull(who, week, hours, said.get((who, week), FREE_HOURS), (who, week) in said)
        for (who, week), hours in taken.items()
    ]
    return sorted((one for one in found if one.hours > one.free), key=lambda one: (one.week, one.person))


def late(plan: Plan, today: date) -> list[Milestone]:
    """The open tasks whose day has passed."""
    return [one for one in plan.tasks if one.due is not None and one.due < today and one.done is None]


def lacks(plan: Plan, deal: Deal) -> list[str]:
    """What the plan does not say yet, each as a sentence with a question to put to the buyer."""
    if not plan.begun:
        return []
    missing = [
        f"{said.called}: nobody has said it yet. {said.question}"
        for name, said in SAYINGS.items()
        if name not in plan.sayings or (plan.sayings[name].note is None and plan.sayings[name].owner is None)
    ]
    turns = {one.element for one in plan.tasks}
    if not turns & set(AFTER):
        missing.append("It ends at the signature. What has to happen after it, until the first value shows?")
    if not plan.theirs:
        missing.append("Nothing in it is the buyer's alone. What do you have to do inside, without us?")
    if not plan.risks:
        missing.append("No risk of the change is named. What could go wrong for you, and what would soften it?")
    if plan.tasks and not any(deal.side(one.owner) == "buyer" for one in plan.tasks):
        missing.append("No task has an owner on the buyer's side. Who of you takes which, beside the day job?")
    return missing
