"""
## What it looks for
A buyer spoke of a risk to themselves or to their work (blame, disruption, picking wrong), and neither then nor since
was anything offered that takes risk away: no trial, no better terms, no references or proof. A fear that comes back
after an answer is open again.

## Why it matters
Whoever carries a purchase inside puts their name on it. They want to be nearly sure before they do, and rarely say so
twice. A risk that we take off them is worth more than a further advantage.

## Example
"The last one who bought something like this does stocktaking in the other town now." Everybody laughs, and the talk
goes on to the price.

## What to ask next
What would have to be in writing, or seen with your own eyes, so that your name on this lets you sleep?

## When it does not apply
Where no buyer has spoken of such a risk.
"""

from __future__ import annotations

from premortem.checks.base import (
    Answer,
    Clear,
    DoesNotApply,
    Sign,
    ask,
    counted,
    on,
    quotes,
    who_said,
)
from premortem.ledger.deal import Deal
from premortem.ledger.norms import Norms

REMOVES_RISK = ("trial_discussed", "content_offered", "discount_offered")
"""What may answer a fear, in the touch in which it was spoken or later: a trial, references and proof, better terms."""


def check(deal: Deal, norms: Norms) -> Answer:
    fears = deal.said("change_risk")
    if not fears:
        return DoesNotApply("no buyer spoke of a risk to themselves or their work")
    answers = [known.at for known in deal.said(*REMOVES_RISK) if known.at >= fears[-1].at]
    answers += [at for at, one in deal.sent if one.answers == "change_risk" and at >= fears[-1].at]
    if answers:
        return Clear(f"a risk was spoken of on {on(fears[-1].at)}, and there was an answer on {on(min(answers))}")
    exposed = {known.fact.speaker for known in fears} & {known.fact.person for known in deal.said("personal_stake")}
    more = " Whoever spoke of it also said what they have to gain." if exposed else ""
    return Sign(
        says=f"A risk of the change was spoken of {counted(len(fears), 'time')}, last on {on(fears[-1].at)}, and "
        f"nothing was offered since that takes it away: no trial, no better terms, no references.{more}",
        ask=ask(
            "What would you want to have seen, or to have in writing, so that your name on this is safe?",
            who_said(deal, fears),
        ),
        evidence=quotes(*fears),
    )
