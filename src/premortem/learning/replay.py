"""A deal, lived again touch by touch: when each blind spot could first be seen, when we knew, and when anyone acted.

The same checks that review a deal today are put to it after every touch of its past. What could have been known then is
the view with hindsight: what was said, whenever we learned it. What was known is only what the ledger held by then. The
days between the two are the days we were blind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from msgspec import Struct

from premortem.checks.base import Check, Raised
from premortem.checks.catalogue import checks
from premortem.checks.review import Failure, finding, moment_of, put_to, views
from premortem.ledger.deal import Deal, DealTouch
from premortem.ledger.entries import (
    Conclusion,
    Entry,
    Finding,
    PersonId,
    Severity,
    Touch,
    TouchId,
    Verdict,
    Waiver,
)
from premortem.ledger.fold import deal_as_of, diary
from premortem.ledger.norms import Norms

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


class Life(Struct, frozen=True):
    """One finding's life: `first` as it was raised on the touch after which it could first be seen.

    `known_on` is the first day by whose end our own ledger would have raised it; None where it never would have before
    the deal was looked at last. `days_blind` counts from the day it could be seen to that day, or, where there is none,
    to the day from which we look. `cured_after` is the touch after which it no longer stood.
    """

    first: Finding
    visible: TouchId
    visible_at: datetime
    known_on: date | None
    days_blind: int
    acted: Act | None = None
    days_to_act: int | None = None
    cured_after: TouchId | None = None

    @property
    def check(self) -> str:
        return self.first.check


class Step(Struct, frozen=True):
    """What one touch brought: findings that appeared after it, grew graver or milder, and those that were cured.

    `appeared` and `cured` are what could be known then; `known` what the ledger of that moment would have raised.
    """

    touch: TouchId
    at: datetime
    standing: tuple[str, ...]
    known: tuple[str, ...]
    appeared: tuple[Finding, ...] = ()
    changed: tuple[tuple[str, Severity, Severity], ...] = ()
    cured: tuple[str, ...] = ()


class Replay(Struct, frozen=True):
    """A deal's touches in turn, and the lives of all findings, the first visible first."""

    deal: str
    as_of: datetime
    steps: tuple[Step, ...]
    lives: tuple[Life, ...]
    failed: tuple[Failure, ...] = ()


def replay(entries: Iterable[Entry], norms: Norms | None = None, put: Mapping[str, Check] | None = None) -> Replay:
    """Put every check (or those of `put`) to the deal after each of its touches, up to the day before its end.

    Raises ValueError where there is no entry or where entries belong to several deals.
    """
    told, norms, put = list(entries), norms or Norms(), checks() if put is None else put
    as_of = moment_of(told)
    failed: dict[tuple[str, str], Failure] = {}
    could = [(touch, _raised(deal, norms, put, failed)) for touch, deal in views(told, as_of)]
    known = _known_by_day(told, as_of, norms, put, failed)
    steps = tuple(_steps(could, known))
    whole = deal_as_of(told, as_of)
    lives = [_life(told, whole, steps, known, check) for check in dict.fromkeys(_appearing(steps))]
    return Replay(whole.id, as_of, steps, tuple(lives), tuple(failed.values()))


Raising = dict[str, Raised]


def _raised(deal: Deal, norms: Norms, put: Mapping[str, Check], failed: dict[tuple[str, str], Failure]) -> Raising:
    answers, broken = put_to(deal, norms, put)
    failed.update(((failure.check, failure.error), failure) for failure in broken)
    return {name: answer for name, answer in answers.items() if isinstance(answer, Raised)}


def _known_by_day(
    told: Sequence[Entry],
    as_of: datetime,
    norms: Norms,
    put: Mapping[str, Check],
    failed: dict[tuple[str, str], Failure],
) -> dict[date, Raising]:
    """What the ledger would have raised at the end of each day on which something was learned or took place."""
    days = {entry.learned.date() for entry in told}
    days |= {entry.at.date() for entry in told if isinstance(entry.body, Touch)}
    while_it_mattered = sorted(day for day in days if day <= as_of.date())
    return {day: _raised(deal, norms, put, failed) for day, deal in diary(told, while_it_mattered)}


def _steps(could: Sequence[tuple[DealTouch, Raising]], known: Mapping[date, Raising]) -> Iterator[Step]:
    before: Raising = {}
    for touch, raised in could:
        yield Step(
            touch=touch.id,
            at=touch.at,
            standing=tuple(raised),
            known=tuple(known.get(touch.at.date(), {})),
            appeared=tuple(finding(one, raised[one], touch.id) for one in raised if one not in before),
            changed=tuple(
                (one, before[one].severity, raised[one].severity)
                for one in raised
                if one in before and before[one].severity != raised[one].severity
            ),
            cured=tuple(one for one in before if one not in raised),
        )
        before = raised


def _appearing(steps: Iterable[Step]) -> Iterator[str]:
    for step in steps:
        for one in step.appeared:
            yield one.check


def _life(told: Sequence[Entry], whole: Deal, steps: Sequence[Step], known: Mapping[date, Raising], check: str) -> Life:
    """From its first appearance to its last cure: one that went and came back lived on in between."""
    step, first = next((step, one) for step in steps for one in step.appeared if one.check == check)
    known_on = next((day for day, raised in known.items() if check in raised and day >= step.at.date()), None)
    until = known_on or whole.as_of.date()
    acted = _acted(told, whole, first, step.at)
    return Life(
        first=first,
        visible=step.touch,
        visible_at=step.at,
        known_on=known_on,
        days_blind=(until - step.at.date()).days,
        acted=acted,
        days_to_act=None if acted is None else (acted.at.date() - step.at.date()).days,
        cured_after=_cured_after(steps, check),
    )


def _cured_after(steps: Sequence[Step], check: str) -> TouchId | None:
    if check in steps[-1].standing:
        return None
    return next((step.touch for step in reversed(steps) if check in step.cured), None)


def _acted(told: Sequence[Entry], whole: Deal, first: Finding, since: datetime) -> Act | None:
    """The first thing done about it, in the touch that showed it or later."""
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
