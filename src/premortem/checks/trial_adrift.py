"""
## What it looks for
What a planned trial still lacks: somebody of ours beside it, a measure, somebody who judges, a talk of the result with
those who decide, and a next step of business if it goes well. It names exactly what is missing. What somebody entered
of the trial counts beside what was heard.

## Why it matters
A trial that ends in silence was no test, it was a loan. What happens after it is settled before it begins, or by
whoever has an opinion when it is over.

## Example
The four weeks went well. Nobody had planned a meeting on them, the director never saw a figure, and the units went back
with a friendly note.

## What to ask next
If it shows what you hope for, what happens in the week after, and who should be in the room when the result is shown?
Put it to whoever takes the trial on.

## When it does not apply
Where no trial is planned.
"""

from __future__ import annotations

from premortem.checks.base import VOICES, Answer, Clear, DoesNotApply, Sign, ask, closest_buyer, ids, on, quotes
from premortem.checks.trials import Trial, entered, left_alone, touches_of, trial_of
from premortem.ledger.deal import Deal
from premortem.ledger.norms import Norms

BUSINESS = ("next_step_agreed", "decision_date_stated", "decision_process_described")
"""What tells where a trial leads to."""


def check(deal: Deal, norms: Norms) -> Answer:
    trial = trial_of(deal)
    if trial is None or not trial.planned:
        return DoesNotApply("no trial is planned")
    missing = _missing(deal, trial)
    since = on(trial.told[0].at)
    if not missing:
        return Clear(f"the trial spoken of since {since} has helper, measure, judge, read-out and a step after it")
    taken_on = trial.taken_on.fact.speaker if trial.taken_on is not None else None
    return Sign(
        f"The trial spoken of since {since} still lacks {_listed(missing)}.",
        ask(
            "If the trial shows what you hope for, what happens in the week after, and who should be there when the "
            "result is shown?",
            taken_on if deal.side(taken_on) == "buyer" else closest_buyer(deal),
        ),
        quotes(*trial.told),
        ids(*(deal.touch(one) for one in touches_of(trial.told))),
    )


def _missing(deal: Deal, trial: Trial) -> list[str]:
    criteria = [*trial.criteria, *trial.too_late]
    lacks = {
        "a helper of ours": left_alone(trial),
        "a measure": not criteria,
        "somebody who judges it": not any(deal.side(known.fact.speaker) == "buyer" for known in criteria),
        "a talk of the result with those who decide": not _decider_heard(deal, trial),
        "a next step of business": not any(known.at >= trial.told[0].at for known in deal.said(*BUSINESS)),
    }
    there = _entered(deal)
    return [what for what, is_missing in lacks.items() if is_missing and what not in there]


def _entered(deal: Deal) -> set[str]:
    """What somebody entered of the trial, by the same names."""
    trial = entered(deal)
    if trial is None:
        return set()
    there = {
        "a helper of ours": bool(trial.helper),
        "a measure": bool(trial.criteria),
        "somebody who judges it": any(one.judge is not None for one in trial.criteria),
        "a talk of the result with those who decide": trial.read_out is not None and bool(trial.read_out_with),
        "a next step of business": trial.next_step is not None,
    }
    return {what for what, is_there in there.items() if is_there}


def _decider_heard(deal: Deal, trial: Trial) -> bool:
    """Whether somebody who gives the final yes was heard after the talk in which the trial first came up."""
    deciders = {person.id for person in deal.with_role("economic_buyer")}
    later = [touch for touch in deal.touches if touch.at > trial.told[0].at]
    return any(not deciders.isdisjoint(touch.people(*VOICES)) for touch in later)


def _listed(things: list[str]) -> str:
    *others, last = things
    return f"{', '.join(others)} and {last}" if others else last
