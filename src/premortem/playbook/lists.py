"""Qualification lists: BANT, MEDDICC, MEDDPICC, SPICED, or a firm's own; how a deal stands with each of their letters.

A letter is not ticked, it is shown: by the buyer's own words, or by a person whom words or a title show in a role. What
our side says in a call or a mail fills no letter; what it notes of a talk does.

    known     the buyer's words say so, or somebody is shown in the role
    unsure    the newest word on it is that they don't know, or that it slipped
    denied    the newest word on it is a no
    asked     a question on it was put, and no answer was heard
    unknown   nobody asked
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from premortem.checks.base import likely, quotes
from premortem.ledger.claims import Claim, Topic
from premortem.ledger.deal import Deal, DealFact
from premortem.ledger.entries import PersonId, Quote, Role, TouchId
from premortem.ledger.people import DealPerson

State = Literal["known", "unsure", "denied", "asked", "unknown"]


class Letter(Struct, frozen=True):
    """One letter of a list: what it stands for, which claims and roles fill it, and which checks watch over it."""

    letter: str
    name: str
    question: str = ""
    known_by: tuple[Claim, ...] = ()
    unsure_by: tuple[Claim, ...] = ()
    denied_by: tuple[Claim, ...] = ()
    roles: tuple[Role, ...] = ()
    topics: tuple[Topic, ...] = ()
    checks: tuple[str, ...] = ()


class Standing(Struct, frozen=True):
    """How a deal stands with a letter. `people` hold a role of it; `asked_in` are the touches in which we asked."""

    letter: Letter
    state: State
    evidence: tuple[Quote, ...] = ()
    people: tuple[PersonId, ...] = ()
    asked_in: tuple[TouchId, ...] = ()


def stand(deal: Deal, letters: Sequence[Letter]) -> list[Standing]:
    """How a deal stands with each letter of a list."""
    notes = {touch.id for touch in deal.touches if touch.type == "note"}
    told = [known for known in deal.facts if known.fact.touch in notes or deal.side(known.fact.speaker) != "seller"]
    return [_standing(deal, letter, told) for letter in letters]


def _standing(deal: Deal, letter: Letter, told: Sequence[DealFact]) -> Standing:
    topics = frozenset(letter.topics)
    asked_in = tuple(
        dict.fromkeys(one.fact.touch for one in deal.said("discovery_question") if one.fact.value in topics)
    )
    state, words = _newest(letter, told)
    people = [one for one in deal.buyers if one.proven.intersection(letter.roles)]
    if people:
        shown = words if state == "known" else _shown_by(deal, people, letter)
        return Standing(letter, "known", quotes(*shown), tuple(one.id for one in people), asked_in)
    if state is not None:
        return Standing(letter, state, quotes(*words), (), asked_in)
    return Standing(letter, "asked" if asked_in else "unknown", (), (), asked_in)


def _newest(letter: Letter, told: Sequence[DealFact]) -> tuple[State | None, list[DealFact]]:
    """Of what was said for and against, whatever was said last, if it is likelier right than not."""
    by_state: dict[State, tuple[Claim, ...]] = {
        "denied": letter.denied_by,
        "unsure": letter.unsure_by,
        "known": letter.known_by,
    }
    said = {state: [one for one in told if one.fact.claim in claims] for state, claims in by_state.items()}
    stands = [state for state, words in said.items() if words and likely(words)]
    newest = max(stands, key=lambda state: _when(said[state][-1]), default=None)
    return newest, said[newest] if newest is not None else []


def _when(known: DealFact) -> tuple[str, int]:
    return known.at.isoformat(), known.fact.turn


def _shown_by(deal: Deal, people: Sequence[DealPerson], letter: Letter) -> list[DealFact]:
    facts = {fact for one in people for role in one.shown if role.role in letter.roles for fact in role.facts}
    return [known for known in deal.facts if known.fact.fact in facts]


METRICS = Letter(
    "M",
    "Metrics",
    "If you put a number on it, in hours or in money, what would be different afterwards?",
    known_by=("impact_quantified",),
    topics=("impact",),
    checks=("no_impact",),
)
ECONOMIC_BUYER = Letter(
    "E",
    "Economic buyer",
    "Whose yes is the last one, and whose money is it?",
    known_by=("decision_maker_named", "authority_claimed"),
    unsure_by=("decision_process_unknown",),
    roles=("economic_buyer",),
    topics=("authority",),
    checks=("economic_buyer_unknown", "economic_buyer_unmet"),
)
CRITERIA = Letter(
    "D",
    "Decision criteria",
    "What would have to be true for you to call it the right choice a year from now?",
    known_by=("success_criteria_stated",),
    topics=("criteria",),
    checks=("trial_without_criteria",),
)
PROCESS = Letter(
    "D",
    "Decision process",
    "What happens between a favourite and an order at your place, step by step?",
    known_by=("decision_process_described",),
    unsure_by=("decision_process_unknown",),
    topics=("process",),
    checks=("decision_process_unknown", "no_next_step"),
)
PAPER = Letter(
    "P",
    "Paper process",
    "Who reads the contract before it is signed, and how long do they usually take?",
    roles=("procurement", "legal"),
    topics=("process",),
    checks=("decision_process_unknown",),
)
PAIN = Letter(
    "I",
    "Identified pain",
    "What goes wrong today, and whom does it hurt most?",
    known_by=("pain_stated",),
    topics=("pain",),
    checks=("use_case_not_understood",),
)
CHAMPION = Letter(
    "C",
    "Champion",
    "What gets better for you yourself if this goes through?",
    roles=("coach",),
    topics=("stakes",),
    checks=("no_coach", "false_coach"),
)
COMPETITION = Letter(
    "C",
    "Competition",
    "What else are you weighing, leaving it as it is included?",
    known_by=("competitor_named", "parallel_effort", "status_quo_option"),
    topics=("competition",),
    checks=("competitor_ahead", "parallel_effort", "status_quo_risk"),
)
BUDGET = Letter(
    "B",
    "Budget",
    "Is there money set aside for this, and if not, what would it take to get it into the plan?",
    known_by=("budget_confirmed",),
    denied_by=("budget_missing",),
    topics=("budget",),
    checks=("budget_unconfirmed",),
)
NEED = Letter(
    "N",
    "Need",
    "Could you walk me through how it goes today, and where it breaks?",
    known_by=("pain_stated", "use_case_described"),
    topics=("pain", "use_case"),
    checks=("use_case_not_understood", "no_impact"),
)
TIMING = Letter(
    "T",
    "Timing",
    "By when would you like this settled, and what sets that date for you?",
    known_by=("decision_date_stated",),
    unsure_by=("delay_stated",),
    topics=("timing",),
    checks=("decision_date_unknown", "close_date_unbacked"),
)
SITUATION = Letter(
    "S",
    "Situation",
    "How do you do this today, from the first step to the last?",
    known_by=("use_case_described",),
    topics=("use_case",),
    checks=("use_case_not_understood",),
)
CRITICAL_EVENT = Letter(
    "CE",
    "Critical event",
    "What happens on your side if it is not in place by then?",
    known_by=("compelling_event",),
    unsure_by=("delay_stated",),
    topics=("timing",),
    checks=("decision_date_unknown",),
)
DECISION = Letter(
    "D",
    "Decision",
    "Who takes part in settling this, and how did it go the last time?",
    known_by=("decision_process_described", "decision_maker_named", "authority_claimed"),
    unsure_by=("decision_process_unknown",),
    topics=("process", "authority"),
    checks=("decision_process_unknown", "economic_buyer_unknown", "economic_buyer_unmet"),
)

BUILT_IN: dict[str, tuple[Letter, ...]] = {
    "bant": (BUDGET, replace(ECONOMIC_BUYER, letter="A", name="Authority"), NEED, TIMING),
    "meddicc": (METRICS, ECONOMIC_BUYER, CRITERIA, PROCESS, PAIN, CHAMPION, COMPETITION),
    "meddpicc": (METRICS, ECONOMIC_BUYER, CRITERIA, PROCESS, PAPER, PAIN, CHAMPION, COMPETITION),
    "spiced": (
        SITUATION,
        replace(PAIN, letter="P", name="Pain"),
        replace(METRICS, letter="I", name="Impact"),
        CRITICAL_EVENT,
        DECISION,
    ),
}
"""The lists that everybody has."""
