"""The five areas that every purchase turns on, and what tells that a conversation got to one.

A question gets to an area by its topic; a buyer who speaks of it unasked gets there too.

    decision   how it gets decided, by what measure, against what, and what could stop it
    people     who decides, who has a say, and what is in it for them
    timing     by when, and what sets that day
    money      whether there is money for it, and from where
    use case   what hurts, how they work today, what that costs them

What a problem costs is the use case and not the money: 'how many hours a week?' tells how bad it is, and nobody learned
from it whether there is a budget. What else is looked at is the decision, since it is what we are weighed against.
"""

from __future__ import annotations

from typing import Literal, get_args

from msgspec import Struct

from premortem.ledger.claims import Claim, Topic

Area = Literal["decision", "people", "timing", "money", "use case"]
AREAS: tuple[Area, ...] = get_args(Area)

Kind = Literal["decision", "technical", "other"]
"""What a question is after: how it will be bought, what it must do, or neither (the weather, the slides, the diary)."""


class Ground(Struct, frozen=True):
    """What an area covers: the topics of questions that open it, and the buyer's claims that speak of it."""

    topics: frozenset[Topic]
    told_by: frozenset[Claim]


GROUNDS: dict[Area, Ground] = {
    "decision": Ground(
        frozenset({"process", "criteria", "competition", "risk"}),
        frozenset(
            {
                "decision_process_described",
                "decision_process_unknown",
                "success_criteria_stated",
                "status_quo_option",
                "parallel_effort",
            }
        ),
    ),
    "people": Ground(
        frozenset({"authority", "stakes"}),
        frozenset({"decision_maker_named", "authority_claimed", "personal_stake", "opposition_stated"}),
    ),
    "timing": Ground(
        frozenset({"timing"}),
        frozenset({"decision_date_stated", "delay_stated", "compelling_event"}),
    ),
    "money": Ground(
        frozenset({"budget"}),
        frozenset({"budget_confirmed", "budget_missing", "price_objection"}),
    ),
    "use case": Ground(
        frozenset({"pain", "use_case", "impact"}),
        frozenset({"pain_stated", "use_case_described", "impact_quantified"}),
    ),
}


def area_of(topic: str | None) -> Area | None:
    """The area that a question on this topic opens; None for no topic."""
    return next((area for area, ground in GROUNDS.items() if topic in ground.topics), None)


def kind_of(topic: str | None) -> Kind:
    """A question on the use case is technical, one on any other area is on the decision."""
    area = area_of(topic)
    if area is None:
        return "other"
    return "technical" if area == "use case" else "decision"
