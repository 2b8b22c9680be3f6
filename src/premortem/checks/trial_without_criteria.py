"""
## What it looks for
A trial is planned or under way, and before it ran into anything nobody had said what it must show to count as a
success. It stands even when a measure is named later: then it is mild, and says when. A trial that somebody entered
counts before what was heard. One that was begun with something missing, on somebody's word, stands in every review.

## Why it matters
A trial without a measure can't be passed. Whoever is for us sees it go well, whoever is not sees it go badly, both are
right, and weeks of the buyer's time end in a discussion of taste.

## Example
"Take it for four weeks and get a feel for it." In the fifth week the shift leader likes it, her colleague doesn't, and
the director asks what was found out.

## What to ask next
What would have to be true at the end for you to say that it worked, and who would judge that? Put it to whoever takes
the trial on.

## When it does not apply
Where no trial has been spoken of. One that we offered and nobody took up yet is a sign, no finding.
"""

from __future__ import annotations

from premortem.checks.base import (
    Answer,
    Clear,
    DoesNotApply,
    Raised,
    Sign,
    ask,
    closest_buyer,
    ids,
    on,
    quotes,
    touches_since,
)
from premortem.checks.trials import Trial, agreed, entered, overridden, touches_of, trial_of
from premortem.ledger.deal import Deal
from premortem.ledger.entries import Ask, Severity
from premortem.ledger.norms import Norms

QUESTION = "What would have to be true at the end of the trial for you to say that it worked, and who would judge that?"


def check(deal: Deal, norms: Norms) -> Answer:
    trial, known, without = trial_of(deal), entered(deal), overridden(deal)
    if without is not None and without.began is not None:
        return Raised(
            "medium" if without.state == "running" else "low",
            f"The trial that began on {on(without.began)} was begun with something missing; why stands beside it.",
            ask(QUESTION, closest_buyer(deal)),
            touches=touches_since(deal, without.began),
        )
    if known is not None and agreed(known):
        return Clear("the buyer agreed to what counts as a success")
    if trial is None and known is not None:
        return Sign("A trial is planned, and the buyer has not agreed to what it must show.", ask(QUESTION))
    if trial is None:
        return DoesNotApply("no trial has been spoken of")
    if trial.criteria:
        return Clear(f"what counts as a success was said on {on(trial.criteria[0].at)}")
    touches = ids(*(deal.touch(one) for one in touches_of(trial.told)))
    if not trial.planned:
        offered = f"A trial was offered on {on(trial.told[0].at)}, and what it should show did not come up."
        return Sign(offered, _ask(deal, trial), quotes(*trial.told), touches)
    return Raised(
        severity=_severity(trial),
        says=_says(trial),
        ask=_ask(deal, trial),
        evidence=quotes(*trial.told, *trial.too_late),
        touches=touches,
    )


def _severity(trial: Trial) -> Severity:
    if trial.too_late:
        return "low"
    return "high" if trial.problems else "medium"


def _says(trial: Trial) -> str:
    says = f"A trial has been spoken of since {on(trial.told[0].at)}, and nobody said what it must show to be a success"
    if trial.too_late:
        return f"{says} until {on(trial.too_late[0].at)}, when it had run into trouble already."
    if trial.problems:
        return f"{says}; on {on(trial.problems[0].at)} it ran into trouble with nothing to weigh it against."
    return f"{says}."


def _ask(deal: Deal, trial: Trial) -> Ask:
    taken_on = trial.taken_on.fact.speaker if trial.taken_on is not None else None
    return ask(
        QUESTION,
        taken_on if deal.side(taken_on) == "buyer" else closest_buyer(deal),
    )
