"""The three kinds of standing with a buyer: personal, technical and business, and what shows each of them.

Personal: somebody likes working with us or gains from it. Technical: what they need was said, and that it fits.
Business: between the two firms, whoever signs, the money, the contract.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from premortem.ledger.deal import Deal, DealFact
from premortem.ledger.matters import likely

PERSONAL, TECHNICAL, BUSINESS = "personal", "technical", "business"
KINDS = (PERSONAL, TECHNICAL, BUSINESS)
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
SETTLES = {
    PERSONAL: "What would be better for you, yourself, once this runs?",
    TECHNICAL: "What would it have to do, in your own work, for you to be at ease with it?",
    BUSINESS: "Who on your side should know our firm before this is signed, and what would they want to see?",
}
"""The question that opens each."""
ABSENT = {
    PERSONAL: "nobody has said that they want us, or what they would gain",
    TECHNICAL: "nobody has said what it must do, or the last word was a doubt that it fits",
    BUSINESS: "nobody who signs has met us, and no money was named",
}


def rapport(deal: Deal) -> dict[str, list[DealFact]]:
    """Which of the three are there, each with the facts that show it.

    Having met whoever signs shows the business one without a word quoted.
    """
    told: dict[str, list[DealFact]] = defaultdict(list)
    for known in deal.facts:
        if known.fact.claim in SHOWN_BY:
            told[SHOWN_BY[known.fact.claim]].append(known)
    doubted = {kind: doubts[-1].at for kind, doubts in doubts_of(deal).items()}
    shown = {kind: told[kind] for kind in KINDS if likely(told[kind])}
    shown = {kind: facts for kind, facts in shown.items() if not _gone(facts, doubted.get(kind))}
    if any("economic_buyer" in one.roles and one.met is not None for one in deal.people.values()):
        shown.setdefault(BUSINESS, [])
    return shown


def doubts_of(deal: Deal) -> dict[str, list[DealFact]]:
    """The believed doubts of each kind, in the order of time."""
    doubts: dict[str, list[DealFact]] = defaultdict(list)
    for known in deal.facts:
        if known.fact.claim in DOUBTED_BY and known.believed:
            doubts[DOUBTED_BY[known.fact.claim]].append(known)
    return dict(doubts)


def _gone(facts: list[DealFact], doubted: datetime | None) -> bool:
    return doubted is not None and facts[-1].at < doubted
