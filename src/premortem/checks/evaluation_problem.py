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
    Clear,
    DoesNotApply,
    Raised,
    Sign,
    ask,
    closest_buyer,
    counted,
    ids,
    on,
    quotes,
    touches_since,
)
from premortem.checks.trials import place, touches_of, trial_of
from premortem.ledger.deal import Deal, DealFact
from premortem.ledger.entries import Ask, Problem
from premortem.ledger.norms import Norms


def check(deal: Deal, norms: Norms) -> Answer:
    unsolved = [one for one in deal.problems.values() if one.met is not None and one.state == "open"]
    if unsolved:
        return _entered(deal, unsolved)
    problems = _after_the_closed(deal)
    if not problems and any(one.met is not None for one in deal.problems.values()):
        return Clear("the problems that were met have been answered or closed")
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


def _entered(deal: Deal, unsolved: list[Problem]) -> Raised:
    """Open problems as somebody entered them. A failing evaluation sends a buyer to look around: who else is seen?"""
    first = min(unsolved, key=lambda one: (one.met is None, one.met, one.problem))
    by = next((one.met_by for one in unsolved if one.met_by is not None), None)
    breaks = any(one.breaks_trust for one in unsolved)
    says = f"{counted(len(unsolved), 'problem')} met by the buyer {'is' if len(unsolved) == 1 else 'are'} open"
    says += f", the first since {on(first.met)}" if first.met else ""
    says += "; one of them breaks trust." if breaks and len(unsolved) > 1 else "; it breaks trust." if breaks else "."
    return Raised(
        "high" if breaks or len(unsolved) > 1 else "medium",
        says,
        ask(
            "What failed while you were trying it: would you try that very thing again with us, and who else are you "
            "looking at since?",
            by if deal.side(by) == "buyer" else closest_buyer(deal),
        ),
        quotes(*deal.said("product_problem")),
        touches_since(deal, first.met or deal.as_of.date()),
    )


def _after_the_closed(deal: Deal) -> list[DealFact]:
    """The problems that were heard, without those that are answered or closed by what somebody entered."""
    settled = [one.closed or one.answered for one in deal.problems.values() if one.met is not None]
    until = max((day for day in settled if day is not None), default=None)
    return [known for known in deal.said("product_problem") if until is None or known.at.date() > until]


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
