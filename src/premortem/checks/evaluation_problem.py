"""
## What it looks for
Something in the product broke, was wrong or too slow while the buyer was judging it, and nothing shows that it is
settled. One that came up once in a trial with an agreed measure, and that nobody came back to when the trial was told
of later, counts as dealt with: then it is a sign to confirm, no finding.

## Why it matters
A fault met while deciding weighs more than ten met later. It sends the buyer to look at others, and it turns us from
people who sell into people who explain. Answered the same week it can even win trust; left open it is all that is
remembered.

## Example
In the demo the total is wrong by a tenth. "We'll look into it." In the trial it is wrong again. In the last call it is
the buyer who brings it up.

## What to ask next
Is it settled from where you sit, and would you try again the very thing that failed? Put it to whoever met it.

## When it does not apply
Where no problem with the product was told of.
"""

from __future__ import annotations

from premortem.checks.base import (
    Answer,
    DoesNotApply,
    Raised,
    Sign,
    ask,
    closest_buyer,
    counted,
    ids,
    on,
    quotes,
)
from premortem.checks.trials import place, touches_of, trial_of
from premortem.ledger.deal import Deal, DealFact
from premortem.ledger.entries import Ask
from premortem.ledger.norms import Norms


def check(deal: Deal, norms: Norms) -> Answer:
    problems = deal.said("product_problem")
    if not problems:
        return DoesNotApply("no problem with the product was told of")
    told = touches_of(problems)
    touches = ids(*(deal.touch(one) for one in told))
    went_on = _went_on(deal, problems) if len(told) == 1 else None
    if went_on is not None:
        says = (
            f"A problem met on {on(problems[0].at)} was not spoken of when the trial was told of on {on(went_on.at)}; "
        )
        says += "nobody said in so many words that it is settled."
        return Sign(says, _ask(deal, problems), quotes(*problems, went_on), touches)
    return Raised(
        severity="high" if len(told) > 1 else "medium",
        says=_says(problems, len(told)),
        ask=_ask(deal, problems),
        evidence=quotes(*problems),
        touches=touches,
    )


def _went_on(deal: Deal, problems: list[DealFact]) -> DealFact | None:
    """The buyer's or a note's word on how the trial went on after its problem, where a measure had been agreed."""
    trial = trial_of(deal)
    if trial is None or not trial.criteria or place(trial.told[0]) >= place(problems[0]):
        return None
    return next((known for known in trial.told if _tells_later(deal, known, problems[-1])), None)


def _tells_later(deal: Deal, known: DealFact, problem: DealFact) -> bool:
    """Whether it tells in a later touch, or further down in a note, how the trial went on.

    The seller's word in a call or a mail is rather a plan.
    """
    in_note = deal.touch(known.fact.touch).type == "note"
    if known.fact.touch == problem.fact.touch:
        return in_note and known.fact.start > problem.fact.end
    return known.at > problem.at and (in_note or deal.side(known.fact.speaker) != "seller")


def _says(problems: list[DealFact], times: int) -> str:
    first, last = on(problems[0].at), on(problems[-1].at)
    if times > 1:
        return f"A problem with the product was told of in {counted(times, 'touch')}, from {first} to {last}."
    return f"A problem with the product was told of on {first}, and nothing heard since says that it is settled."


def _ask(deal: Deal, problems: list[DealFact]) -> Ask:
    buyers = [known.fact.speaker for known in problems if deal.side(known.fact.speaker) == "buyer"]
    return ask(
        "What failed while you were trying it: is it settled from where you sit, and would you try that very thing "
        "again with us?",
        buyers[-1] if buyers else closest_buyer(deal),
    )
