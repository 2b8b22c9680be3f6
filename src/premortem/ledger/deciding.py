"""Whether it is known who decides, and which day the buyer set for it: what several checks ask, told once."""

from __future__ import annotations

from datetime import date

from premortem.ledger.deal import Deal

MORE_IN_DOUBT = 2
"""How many times as often as somebody was named the buyer's people said that they don't know."""


def doubted(deal: Deal) -> bool:
    """Whether the buyer's people doubted who decides before they named anybody, and since then mostly doubt it.

    A name in the same breath as the doubt settles nothing. Somebody declared in the role is not doubted.
    """
    doubts = deal.said("decision_process_unknown")
    if not doubts or any("economic_buyer" in person.declared for person in deal.buyers):
        return False
    breaths = {(known.fact.touch, known.fact.turn) for known in doubts}
    named = deal.said("decision_maker_named", "authority_claimed")
    named = [known for known in named if (known.fact.touch, known.fact.turn) not in breaths]
    if named and (named[0].at, named[0].fact.turn) < (doubts[0].at, doubts[0].fact.turn):
        return False
    return len(doubts) >= MORE_IN_DOUBT * len(named)


DECIDING = ("decision", "signature")
"""The elements of a buyer's project whose day is the day of the decision."""


def day_of_their_own(deal: Deal) -> date | None:
    """The day for deciding or signing that the buyer set by their own hand in the shared plan; the decision's first."""
    days = {
        step.element: step.due
        for step in deal.milestones.values()
        if step.element in DECIDING and step.due_set_by == "buyer" and not step.dropped and step.due is not None
    }
    return next((days[element] for element in DECIDING if element in days), None)
