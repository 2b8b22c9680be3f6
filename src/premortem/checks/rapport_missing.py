"""
## What it looks for
Three kinds of standing with a buyer, and one of them missing: personal (somebody likes working with us or gains from
it), technical (what they need, and that it fits), business (between the two firms: whoever signs, the money, the
contract).

## Why it matters
Each of the three carries only its own weight. Friends who doubt that it fits do not buy; nor does a firm for which it
fits perfectly and whose management has never heard of us.

## Example
The engineers tried it for a month and it does all they need. Nobody above them knows our name, and the order goes to
the one whose name they know.

## What to ask next
Ask for the missing one: what must it do for you to be at ease with it; or who would have to know us before this is
signed; or what it would change for you.

## When it does not apply
Before the third touch, as long as there is no proposal, and where none of the three is there yet.
"""

from __future__ import annotations

from premortem.checks.base import Answer, Clear, DoesNotApply, Sign, ask, closest_buyer, ids, quotes, too_early
from premortem.ledger.deal import Deal
from premortem.ledger.norms import Norms
from premortem.ledger.rapport import ABSENT, KINDS, PERSONAL, SETTLES, TECHNICAL, rapport


def check(deal: Deal, norms: Norms) -> Answer:
    early = too_early(deal, norms)
    if early is not None:
        return early
    shown = rapport(deal)
    missing = [one for one in KINDS if one not in shown]
    if len(missing) == len(KINDS):
        return DoesNotApply("no standing with this buyer yet: neither personal, nor technical, nor business")
    if not missing:
        return Clear("all three are there: personal, technical and business")
    facts = [fact for told in shown.values() for fact in told]
    return Sign(
        says=f"There is {' and '.join(shown)} rapport, and no {' and no '.join(missing)} one: "
        f"{'; '.join(ABSENT[one] for one in missing)}.{_alone(missing)}",
        ask=ask(SETTLES[missing[-1]], closest_buyer(deal)),
        evidence=quotes(*facts),
        touches=() if facts else ids(*deal.touches),
    )


def _alone(missing: list[str]) -> str:
    return " Liking without fit carries nothing." if TECHNICAL in missing and PERSONAL not in missing else ""
