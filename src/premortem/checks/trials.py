"""A trial as facts tell it, and as somebody entered it: what several checks ask about, read once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from premortem.ledger import entries
from premortem.ledger.deal import Deal, DealFact

MORE_THAN_AN_OFFER = 2
"""Words on a trial: one of ours alone is an offer; with more of them, or one of theirs, it is planned."""
AGAIN_AND_AGAIN = 3
"""Touches in which trouble was told before it says that nobody takes care of it."""


class Trial(NamedTuple):
    """What was said of a trial, in order. `criteria` stood before its first problem, `too_late` came after it.

    `problems` are those met since it was first spoken of, `taken_on` the first word on it that was not ours.
    """

    told: list[DealFact]
    planned: bool
    taken_on: DealFact | None
    criteria: list[DealFact]
    too_late: list[DealFact]
    problems: list[DealFact]

    @property
    def ran_with_us(self) -> bool:
        """Whether the first problem came up before the buyer had said a word on it: we ran it, or showed it."""
        if not self.problems:
            return False
        return self.taken_on is None or place(self.taken_on) >= place(self.problems[0])


def trial_of(deal: Deal) -> Trial | None:
    """The trial of this deal; None where none was rather likely spoken of."""
    told = deal.said("trial_discussed")
    if not told:
        return None
    taken_on = next((known for known in told if deal.side(known.fact.speaker) != "seller"), None)
    problems = [known for known in deal.said("product_problem") if place(known) > place(told[0])]
    stated = deal.said("success_criteria_stated")
    before = [known for known in stated if not problems or place(known) < place(problems[0])]
    after = stated[len(before) :]
    return Trial(
        told=told,
        planned=taken_on is not None or len(told) >= MORE_THAN_AN_OFFER,
        taken_on=taken_on,
        criteria=before,
        too_late=after,
        problems=problems,
    )


def place(known: DealFact) -> tuple[datetime, int]:
    """When it was said: the touch's moment and the turn in it."""
    return known.at, known.fact.turn


def touches_of(facts: Sequence[DealFact]) -> list[str]:
    """The touches in which these facts stand, each once."""
    return list(dict.fromkeys(known.fact.touch for known in facts))


def left_alone(trial: Trial) -> bool:
    """Whether nothing tells that somebody of ours looks after it."""
    if len(touches_of(in_their_hands(trial))) >= AGAIN_AND_AGAIN:
        return True
    return not trial.criteria and not trial.ran_with_us


def in_their_hands(trial: Trial) -> list[DealFact]:
    """The problems told since the buyer took it on."""
    if trial.taken_on is None:
        return []
    return [known for known in trial.problems if place(known) > place(trial.taken_on)]


def entered(deal: Deal) -> entries.Trial | None:
    """The trial that somebody entered and that goes on, the running one first; None where there is none."""
    going_on = [one for one in deal.trials.values() if one.state in ("planned", "running")]
    return min(going_on, key=lambda one: (one.state != "running", one.trial), default=None)


def overridden(deal: Deal) -> entries.Trial | None:
    """The newest trial that began with something missing, on somebody's word."""
    some = [one for one in deal.trials.values() if one.override is not None and one.began is not None]
    return max(some, key=lambda one: (one.began, one.trial), default=None)


def agreed(trial: entries.Trial) -> bool:
    """Whether the buyer agreed to all that it is judged by."""
    return bool(trial.criteria) and all(one.agreed is not None for one in trial.criteria)
