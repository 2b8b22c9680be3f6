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

from collections import defaultdict
from datetime import datetime

from premortem.checks.base import Answer, Clear, DoesNotApply, Sign, ask, closest_buyer, ids, likely, quotes, too_early
from premortem.ledger.deal import Deal, DealFact
from premortem.ledger.norms import Norms

PERSONAL, TECHNICAL, BUSINESS = "personal", "technical", "business"
SHOWN_BY = {
    "wants_us": PERSONAL,
    "will_fight": PERSONAL,
    "personal_stake": PERSONAL,
    "use_case_described": TECHNICAL,
    "success_criteria_stated": TECHNICAL,
    "authority_claimed": BUSINESS,
    "budget_confirmed": BUSINESS,
}
DOUBTED_BY = {"fit_doubt": TECHNICAL, "product_problem": TECHNICAL}
"""What takes a standing away again in a later touch, until more is said for it."""

ASK = {
    PERSONAL: "What would be better for you, yourself, once this runs?",
    TECHNICAL: "What would it have to do, in your own work, for you to be at ease with it?",
    BUSINESS: "Who on your side should know our firm before this is signed, and what would they want to see?",
}
MISSING = {
    PERSONAL: "nobody has said that they want us, or what they would gain",
    TECHNICAL: "nobody has said what it must do, or the last word was a doubt that it fits",
    BUSINESS: "nobody who signs has met us, and no money was named",
}


def check(deal: Deal, norms: Norms) -> Answer:
    early = too_early(deal, norms)
    if early is not None:
        return early
    shown = _shown(deal)
    missing = [one for one in ASK if one not in shown]
    if len(missing) == len(ASK):
        return DoesNotApply("no standing with this buyer yet: neither personal, nor technical, nor business")
    if not missing:
        return Clear("all three are there: personal, technical and business")
    facts = [fact for told in shown.values() for fact in told]
    return Sign(
        says=f"There is {' and '.join(shown)} rapport, and no {' and no '.join(missing)} one: "
        f"{'; '.join(MISSING[one] for one in missing)}.{_alone(missing)}",
        ask=ask(ASK[missing[-1]], closest_buyer(deal)),
        evidence=quotes(*facts),
        touches=() if facts else ids(*deal.touches),
    )


def _shown(deal: Deal) -> dict[str, list[DealFact]]:
    """What shows each of the three. Having met whoever signs shows the business one without a word quoted."""
    told: dict[str, list[DealFact]] = defaultdict(list)
    doubted: dict[str, datetime] = {}
    for known in deal.facts:
        claim = known.fact.claim
        if claim in SHOWN_BY:
            told[SHOWN_BY[claim]].append(known)
        elif claim in DOUBTED_BY and known.believed:
            doubted[DOUBTED_BY[claim]] = known.at
    shown = {kind: told[kind] for kind in ASK if likely(told[kind])}
    shown = {kind: facts for kind, facts in shown.items() if kind not in doubted or facts[-1].at >= doubted[kind]}
    if any("economic_buyer" in one.roles and one.met is not None for one in deal.people.values()):
        shown.setdefault(BUSINESS, [])
    return shown


def _alone(missing: list[str]) -> str:
    return " Liking without fit carries nothing." if TECHNICAL in missing and PERSONAL not in missing else ""
