"""
## What it looks for
A trial that seems left to itself: the buyer was to try it with nothing agreed that it should show, or trouble in it was
told again and again. Whether somebody of ours sits beside the users is seldom said in so many words, so it goes by
these.

## Why it matters
Users who are stuck on the third morning go back to what they know, and what they tell their boss is that it didn't
work. A trial is lost in the first week far more often than in the last.

## Example
The units came by parcel, with a link to a film. Ten days later one is in a cupboard. Nobody had called, and nobody had
been told whom to call.

## What to ask next
Who of ours should sit with your people in the first days, and whom can they reach at the hour when they work? Put it to
whoever runs the trial there.

## When it does not apply
Where no trial is planned, where somebody of ours was entered as its helper and no trouble keeps coming back, and where
the trial is run by us: trouble came up before the buyer had it in hand.
"""

from __future__ import annotations

from premortem.checks.base import Answer, Clear, DoesNotApply, Raised, ask, closest_buyer, counted, ids, on, quotes
from premortem.checks.trials import AGAIN_AND_AGAIN, Trial, entered, in_their_hands, left_alone, touches_of, trial_of
from premortem.ledger.deal import Deal
from premortem.ledger.entries import Ask
from premortem.ledger.norms import Norms


def check(deal: Deal, norms: Norms) -> Answer:
    trial = trial_of(deal)
    if trial is None or not trial.planned:
        return DoesNotApply("no trial is planned")
    trouble = touches_of(in_their_hands(trial))
    if len(trouble) >= AGAIN_AND_AGAIN:
        told = f"Trouble in the trial was told in {counted(len(trouble), 'touch')}, first on {_first_day(trial)}, "
        return _raised(deal, trial, told + "and nothing heard tells that somebody of ours took care of it there.")
    known = entered(deal)
    if known is not None and known.helper:
        return Clear(f"{known.helper} of ours stays by the users")
    if trial.criteria:
        return Clear("what the trial should show was agreed, and no trouble in it kept coming back")
    if not left_alone(trial):
        return DoesNotApply("the trial was run by us when it met trouble")
    told = f"A trial has been spoken of since {on(trial.told[0].at)}, and nothing heard tells who of ours looks after "
    return _raised(deal, trial, told + "it: no measure was agreed, and nobody to turn to is known.")


def _first_day(trial: Trial) -> str:
    return on(in_their_hands(trial)[0].at)


def _raised(deal: Deal, trial: Trial, says: str) -> Raised:
    return Raised(
        severity="high" if len(touches_of(trial.problems)) > 1 else "medium",
        says=says,
        ask=_ask(deal, trial),
        evidence=quotes(*trial.told, *trial.problems),
        touches=ids(*(deal.touch(one) for one in touches_of([*trial.told, *trial.problems]))),
    )


def _ask(deal: Deal, trial: Trial) -> Ask:
    theirs = [known.fact.speaker for known in (*trial.told, *trial.problems)]
    buyers = [one for one in theirs if deal.side(one) == "buyer"]
    question = (
        "Who of ours should sit with your people in the first days of the trial, and whom can they reach at the hour "
        "when they work with it?"
        if not trial.problems
        else "What did the trial run into so far, who of ours knows of it, and who should be at your side for the rest?"
    )
    return ask(question, buyers[-1] if buyers else closest_buyer(deal))
