"""Five questions to a deal that ended, each answered yes, no or unknown, with the words that the answer rests on.

    reached     did we reach the person who could overrule the others?
    decides     did we know who decides, and how?
    fit         did we fit the use case?
    coach       did we have a proved coach?
    relations   did we build relations with those who decide?

A deal is looked at as it stood on the day before its end. `unknown` is an answer of its own: where nobody knows who
decides, nobody can say whether they were met. The answers are about the deal, never about who worked on it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

from msgspec import Struct

from premortem.checks import economic_buyer_unmet, evaluation_problem, use_case_not_understood
from premortem.checks.base import Clear, DoesNotApply, Raised, counted, likely, on, quotes, refs, too_early
from premortem.checks.coach_conditions import coach_of
from premortem.checks.unknowns import unknowns
from premortem.ledger.deal import HEARD, Deal, DealFact
from premortem.ledger.deciding import doubted
from premortem.ledger.entries import PersonId, Quote
from premortem.ledger.norms import Norms

Question = Literal["reached", "decides", "fit", "coach", "relations"]
QUESTIONS: tuple[Question, ...] = get_args(Question)
Said = Literal["yes", "no", "unknown"]

ASKED: dict[Question, str] = {
    "reached": "Did we reach the person who could overrule the others?",
    "decides": "Did we know who decides, and how?",
    "fit": "Did we fit the use case?",
    "coach": "Did we have a proved coach?",
    "relations": "Did we build relations with those who decide?",
}
WHO_AND_HOW = ("who signs", "how it gets decided")
FOR_US = ("wants_us", "will_fight")
TWICE = 2
"""Touches in which somebody was heard before that is a relation."""
SHOWN = 2
"""Words that are kept to show an answer by."""


class Answer(Struct, frozen=True):
    """An answer and why, people as `{person-id}`; `quotes` are words that it rests on, none for an absence."""

    question: Question
    said: Said
    why: str
    quotes: tuple[Quote, ...] = ()


def answers(deal: Deal, norms: Norms) -> tuple[Answer, ...]:
    """The five questions, in their order, put to a deal as it is seen."""
    if not deal.touches:
        return tuple(Answer(one, "unknown", "no call, mail or note of this deal is known") for one in QUESTIONS)
    return (
        _reached(deal, norms),
        _decides(deal, norms),
        _fit(deal, norms),
        _coach(deal, norms),
        _relations(deal),
    )


def _answer(question: Question, said: Said, why: str, told: Iterable[Quote] = ()) -> Answer:
    return Answer(question, said, why, tuple(told)[:SHOWN])


def _reached(deal: Deal, norms: Norms) -> Answer:
    """As the check on it says."""
    match economic_buyer_unmet.check(deal, norms):
        case Raised(says=says, evidence=evidence):
            return _answer("reached", "no", says, evidence)
        case Clear(because=because):
            signers = {one.id for one in deal.with_role("economic_buyer")}
            named = [
                one for one in deal.said("decision_maker_named", "authority_claimed") if one.fact.person in signers
            ]
            return _answer("reached", "yes", because, quotes(*named))
        case DoesNotApply(reason=reason):
            return _answer("reached", "unknown", reason, quotes(*deal.said("decision_process_unknown")))
        case other:
            return _answer("reached", "unknown", other.says, other.evidence)


def _decides(deal: Deal, norms: Norms) -> Answer:
    stand = [one for one in unknowns(deal) if one.what in WHO_AND_HOW]
    evidence = [quote for one in stand for quote in one.evidence]
    open_yet = [one for one in stand if one.state != "known"]
    if not open_yet:
        return _answer("decides", "yes", "both who decides and how were told", evidence)
    if len(open_yet) == len(stand) and (early := too_early(deal, norms)) is not None:
        return _answer("decides", "unknown", early.reason)
    told = {"unsure": "the buyer's own people were not sure", "asked": "asked, and not answered"}
    parts = [f"{one.what}: {told.get(one.state, 'nobody asked, nobody said')}" for one in open_yet]
    return _answer("decides", "no", "; ".join(parts), [quote for one in open_yet for quote in one.evidence])


def _fit(deal: Deal, norms: Norms) -> Answer:
    """Doubts and problems that still stood speak against it; without an account of the work nobody can tell."""
    told, doubts = deal.said("use_case_described"), deal.said("fit_doubt")
    understood = use_case_not_understood.check(deal, norms)
    problem = evaluation_problem.check(deal, norms)
    if isinstance(problem, Raised):
        return _answer("fit", "no", problem.says, problem.evidence)
    if told and isinstance(understood, Raised):
        return _answer("fit", "no", understood.says, understood.evidence)
    if doubts and likely(doubts) and (not told or doubts[-1].at > told[-1].at):
        last = f"the last word on it was a doubt, on {on(doubts[-1].at)}"
        return _answer("fit", "no", last, quotes(*doubts[-1:]))
    if not told:
        return _answer("fit", "unknown", "nobody told us how they work, and nobody doubted that it fits")
    return _answer("fit", "yes", f"they told how they work on {on(told[0].at)}, and no doubt stood", quotes(*told))


def _coach(deal: Deal, norms: Norms) -> Answer:
    coach = coach_of(deal, norms)
    if coach is None:
        early = too_early(deal, norms)
        if early is not None:
            return _answer("coach", "unknown", early.reason)
        return _answer("coach", "no", "nobody gave a reason of their own, or said that they want us")
    met = [one for one in coach.conditions if one.met]
    told = [quote for one in met for quote in one.quotes]
    if coach.proved:
        return _answer("coach", "yes", f"{refs([coach.person])} met all five conditions", told)
    missing = "; ".join(one.says for one in coach.missing)
    which = f"{refs([coach.person])} met {len(met)} of the five conditions: {missing}"
    return _answer("coach", "no", which, told)


def _relations(deal: Deal) -> Answer:
    """A relation is with somebody heard twice, or who said that they are for us; it takes more than half of them."""
    deciders = _deciders(deal)
    if not deciders or doubted(deal):
        return _answer("relations", "unknown", "nobody is known for sure to decide")
    theirs = [one for one in deal.said(*FOR_US) if (one.fact.person or one.fact.speaker) in deciders]
    for_us = {one.fact.person or one.fact.speaker for one in theirs}
    near = [one for one in deciders if one in for_us or len(deal.touches_with(one, *HEARD)) >= TWICE]
    of_all = (
        f"{len(near)} of {counted(len(deciders), 'person')}"
        if len(deciders) == 1
        else (f"{len(near)} of {len(deciders)} people")
    )
    why = f"{of_all} who decide were heard twice or more, or said that they are for us"
    if len(near) * 2 > len(deciders):
        return _answer("relations", "yes", f"{why}: {refs(near)}", quotes(*theirs))
    far = [one for one in deciders if one not in near]
    named = [one for one in deal.said("decision_maker_named", "authority_claimed") if one.fact.person in far]
    return _answer("relations", "no", f"{why}; not {refs(far)}", quotes(*named))


def _deciders(deal: Deal) -> dict[PersonId, None]:
    """The buyer's people who sign, by more than a guess, or who were named as deciding, in the order of the deal."""
    named: set[PersonId | None] = {_about(one) for one in deal.said("decision_maker_named", "authority_claimed")}
    return {one.id: None for one in deal.buyers if "economic_buyer" in one.proven or one.id in named}


def _about(known: DealFact) -> PersonId | None:
    return known.fact.person
