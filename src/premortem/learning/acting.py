"""What anybody did about a finding: asked, was introduced, judged its words, or wrote it down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from msgspec import Struct

from premortem.ledger.deal import Deal
from premortem.ledger.entries import Conclusion, Entry, Finding, PersonId, TouchId, Verdict, Waiver

ASKED_ABOUT: dict[str, tuple[str, ...]] = {
    "economic_buyer_unknown": ("authority", "process"),
    "economic_buyer_unmet": ("authority", "stakes"),
    "introduction_refused": ("authority", "stakes", "risk"),
    "close_date_unbacked": ("timing",),
    "no_next_step": ("timing", "process"),
    "gone_quiet": ("timing", "risk"),
}
"""The topics of a question that takes up what a check found."""

BY_AN_INTRODUCTION = frozenset(
    {"economic_buyer_unknown", "economic_buyer_unmet", "stakeholder_unmet", "introduction_refused", "single_threaded"}
)
"""Checks whose finding is taken up by asking to be introduced to somebody."""


class Act(Struct, frozen=True):
    """The first thing anybody did about a finding, and when. `how` is a sentence without names."""

    at: datetime
    how: str
    touch: TouchId | None = None


def acted_on(told: Sequence[Entry], whole: Deal, first: Finding, since: datetime) -> Act | None:
    """The first thing done about a finding, in the touch that showed it or later; None where nothing was."""
    acts = [*_said(whole, first, since), *_entered(told, whole, first, since)]
    return min(acts, key=lambda act: (act.at, act.how), default=None)


def _said(whole: Deal, first: Finding, since: datetime) -> Iterator[Act]:
    """Questions on its topic, and introductions asked for."""
    topics = ASKED_ABOUT.get(first.check, ())
    about = _people_in(first)
    for known in whole.facts:
        fact = known.fact
        if known.at < since:
            continue
        if fact.claim == "discovery_question" and fact.value in topics:
            yield Act(known.at, f"a question on {fact.value} was asked", fact.touch)
        if fact.claim == "introduction_asked" and first.check in BY_AN_INTRODUCTION and _concerns(fact.person, about):
            yield Act(known.at, "an introduction was asked for", fact.touch)
        if fact.claim == "next_step_agreed" and first.check == "no_next_step":
            yield Act(known.at, "a next step with a day was agreed", fact.touch)


def _concerns(person: PersonId | None, about: frozenset[PersonId]) -> bool:
    return person is None or not about or person in about


def _people_in(first: Finding) -> frozenset[PersonId]:
    return frozenset(part.partition("}")[0] for part in first.says.split("{")[1:])


def _entered(told: Iterable[Entry], whole: Deal, first: Finding, since: datetime) -> Iterator[Act]:
    """What users wrote down about it: a verdict on its evidence, a waiver, a conclusion, the finding itself."""
    evidence = {quote.fact for quote in first.evidence}
    for entry in told:
        if not since <= entry.learned <= whole.as_of:
            continue
        match entry.body:
            case Verdict(fact=fact) if fact in evidence:
                yield Act(entry.learned, "somebody judged the words that it rests on")
            case Waiver(check=check) if check == first.check:
                yield Act(entry.learned, "somebody set it aside")
            case Finding(check=check) if check == first.check:
                yield Act(entry.learned, "it was put on record")
            case Conclusion(check=check) if check == first.check:
                yield Act(entry.learned, "somebody drew a conclusion from it")
            case _:
                pass
