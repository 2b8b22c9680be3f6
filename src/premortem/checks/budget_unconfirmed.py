"""
## What it looks for
A buyer says that there is no money for it, or doesn't know of any. Where one says that it is there and another that it
is not, the finding gives both. Money that was found later leaves it on record, mild. That nobody has said a word about
money by the third touch or the proposal is a sign.

## Why it matters
If it is not budgeted, what the buyer has to win first is the budget, and that is another project with other people. A
wish of the person we talk to is no money, however sure they sound.

## Example
"Two hundred is set aside", says the workshop's head. In the next call the controller shakes her head: "that is a line
in his drawing, not in mine". Both are on the ledger, and nobody has put them side by side.

## What to ask next
Is there money for this, in whose plan and from when? If not, what does it take to get it in, and who decides that? Put
it to whoever is nearest to the money.

## When it does not apply
Before the third touch or the proposal, as long as nobody has denied that there is money.
"""

from __future__ import annotations

from premortem.checks.base import (
    Answer,
    Clear,
    Raised,
    Sign,
    ask,
    by_age,
    closest_buyer,
    denials,
    ids,
    on,
    quotes,
    told_by,
    too_early,
)
from premortem.ledger.deal import Deal, DealFact
from premortem.ledger.entries import Ask
from premortem.ledger.norms import Norms


def check(deal: Deal, norms: Norms) -> Answer:
    told = deal.said("budget_confirmed", "budget_missing")
    confirmed = [known for known in told if known.fact.claim == "budget_confirmed"]
    denied = denials(told, "budget_missing", but_for="budget_confirmed")
    if denied:
        return _denied(deal, norms, denied, confirmed)
    if confirmed:
        return Clear(f"{told_by(deal, confirmed[-1])} said on {on(confirmed[-1].at)} that there is money for it")
    return too_early(deal, norms) or Sign(
        says="Nobody has said whether there is money for this: not that it is there, and not that it is missing.",
        ask=_ask(deal, None),
        touches=ids(*deal.touches),
    )


def _denied(deal: Deal, norms: Norms, denied: list[DealFact], confirmed: list[DealFact]) -> Raised:
    before = [known for known in confirmed if known.at <= denied[-1].at]
    found = [known for known in confirmed if known.at > denied[-1].at]
    says = (
        f"{told_by(deal, denied[-1])} said on {on(denied[-1].at)} that there is no money for it, or none they know of"
    )
    if found:
        says += f"; {told_by(deal, found[-1])} confirmed it on {on(found[-1].at)}"
    elif before:
        says += f". {told_by(deal, before[-1])} had said on {on(before[-1].at)} that it is there: both stand"
    else:
        says += ", and nobody has said otherwise"
    return Raised(
        severity="low" if found else by_age(deal, norms, "medium", "high"),
        says=says + ".",
        ask=_ask(deal, denied[-1]),
        evidence=quotes(*denied, *confirmed),
    )


def _ask(deal: Deal, denied: DealFact | None) -> Ask:
    to = denied.fact.speaker if denied is not None else None
    return ask(
        "Is there money for this, in whose plan and from when? If not, what does it take to get it in, "
        "and who decides that?",
        to if deal.side(to) == "buyer" else closest_buyer(deal),
    )
