"""Trials: what has to stand before one begins, and whether one was looked after.

A trial is not free to either side, and it is decided by what was settled before it. So each thing that is missing is
told on its own, with the question that would settle it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from premortem.ledger.deal import Deal
from premortem.ledger.entries import Criterion, Entry, Problem, Trial

OPEN = ("planned", "running")
"""States of a trial that goes on or is still to come."""
SURELY_DECIDES = "economic_buyer"

GROUND = (
    "Will they use it as it is meant to be used?",
    "Will they keep to what most others use of it?",
    "Will it run where we know that it runs?",
    "Will those who use it know it well by then?",
)
"""A product seems free of faults where all four hold. Where one doesn't, a trial meets what nobody met before."""


class Lack(Struct, frozen=True):
    """Something that a trial can't begin without, and the question that would settle it. `what` is its short name."""

    what: str
    says: str
    ask: str


def lacks(trial: Trial, deal: Deal, untold: Sequence[str] = ()) -> list[Lack]:
    """What is missing before a trial may begin, a line each.

    `untold` are problems that broke trust elsewhere and are open, of which this buyer was told nothing yet.
    """
    found = [
        Lack("goal", "it has no goal", "What should this trial lead to: an upgrade, a rival's place, a foothold?")
        if trial.goal is None
        else None,
        *_of_criteria(trial, deal),
        Lack("helper", "nobody of ours is named who stays by the users", "Who of ours trains them and is there daily?")
        if not (trial.helper or "").strip()
        else None,
        *_of_effort(trial),
        *_of_read_out(trial, deal),
        Lack("next_step", "no commercial step follows if it succeeds", "If it shows this, what do we sign, and when?")
        if trial.next_step is None
        else None,
        *(
            Lack(
                "disclosure",
                f"they were not told of a known problem that breaks trust: {one}",
                "Can we tell them of it today, and try that area later?",
            )
            for one in untold
        ),
    ]
    return [one for one in found if one is not None]


def blocking(deal: Deal) -> list[Problem]:
    """The open problems of a deal that end all trust: no trial begins beside one, unless the buyer knows of it and
    agreed to try that area later."""
    return [
        one
        for one in deal.problems.values()
        if one.breaks_trust and one.state != "closed" and not (one.disclosed is not None and one.area)
    ]


def supported(trial: Trial) -> bool:
    """Whether it is looked after: somebody of ours beside the users, criteria they agreed to, and a day of read-out."""
    agreed = bool(trial.criteria) and all(one.agreed is not None for one in trial.criteria)
    return bool((trial.helper or "").strip()) and agreed and trial.read_out is not None


def at_its_start(told: Iterable[Entry]) -> dict[str, Trial]:
    """Each trial of a deal that began, as it stood when it did: what was filled in later does not count for it."""
    begun: dict[str, Trial] = {}
    for entry in sorted(told, key=lambda one: (one.at, one.learned)):
        if isinstance(entry.body, Trial) and entry.body.began is not None:
            begun.setdefault(entry.body.trial, entry.body)
    return begun


def looked_after(told: Iterable[Entry]) -> bool | None:
    """Whether every trial of a deal was looked after from its start; None where none ever began."""
    begun = at_its_start(told)
    return all(supported(one) and one.override is None for one in begun.values()) if begun else None


def _of_criteria(trial: Trial, deal: Deal) -> list[Lack]:
    if not trial.criteria:
        question = "What must be true at the end for you to say that it worked, who judges that, and on which day?"
        return [Lack("criteria", "nothing says what it must show", question)]
    return [
        Lack(
            "criteria", f"criterion {number} has {_listed(missing)}", "Who judges this one, by when, and do you agree?"
        )
        for number, one in enumerate(trial.criteria, 1)
        if (missing := _not_there(one, deal))
    ]


def _not_there(one: Criterion, deal: Deal) -> list[str]:
    missing = {
        "no judge": one.judge is None,
        "a judge who is not of their side": one.judge is not None and deal.side(one.judge) != "buyer",
        "no day": one.by is None,
        "no yes from the buyer": one.agreed is None,
    }
    return [what for what, is_missing in missing.items() if is_missing]


def _of_effort(trial: Trial) -> list[Lack]:
    asks = {
        "our_effort": (trial.our_effort, "our effort is not estimated", "How many hours of ours will this take?"),
        "their_effort": (
            trial.their_effort,
            "their effort is not estimated",
            "How many hours can your people give it beside their day's work, and whose are they?",
        ),
    }
    return [Lack(what, says, ask) for what, (hours, says, ask) in asks.items() if not hours]


def _of_read_out(trial: Trial, deal: Deal) -> list[Lack]:
    who = "Who should be in the room when the result is shown, and on which day do we meet?"
    if trial.read_out is None:
        return [Lack("read_out", "no day is set on which the result is shown", who)]
    deciders = {one.id for one in deal.with_role(SURELY_DECIDES)}
    if not deciders:
        return [Lack("read_out", "nobody is known to decide, so the read-out can't be with them", who)]
    if deciders.isdisjoint(deal.human.get(one, one) for one in trial.read_out_with):
        return [Lack("read_out", "nobody who decides is invited to the read-out", who)]
    return []


def _listed(things: Sequence[str]) -> str:
    *others, last = things
    return f"{', '.join(others)} and {last}" if others else last
