"""What the ledger knows of a deal, as numbers: facts and their absence, people, both sides' doings apart, time.

    FEATURES                    what each number is, in words, and whose doing it is
    evidence_of(deal, norms)    the numbers, in the order of FEATURES
    weekly(entries)             the deal as it stood at the start of each week of its life
    weekly_evidence(entries)    the numbers of each of these weeks

That nobody asked, that the buyer is not sure, and that the buyer said no are different numbers. The seller's stage, the
close that our side planned, and how the deal ended are never among them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from math import log1p
from typing import Literal, NamedTuple

from msgspec.structs import replace

from premortem.forecasting.key_facts import TWO
from premortem.forecasting.seen import DAY, Seen, days_until, recent, seen
from premortem.ledger.deal import Deal
from premortem.ledger.entries import Entry, Opened, Touch
from premortem.ledger.fold import at_moments, end_of, ending
from premortem.ledger.norms import Norms

Whose = Literal["buyer", "seller", "time"]
WEEK = 7
A_MONTH = 30.4
FARTHEST = 12.0
"""Months to the buyer's date, and cycles of age, are cut off at this: what lies beyond tells nothing more."""


class Feature(NamedTuple):
    """One number: its name, what it is in words, and whose doing it is (`time`: nobody's)."""

    name: str
    says: str
    whose: Whose


Lasting = tuple[Feature, Callable[[Seen], float]]


def _fact(place: int, name: str, what: str, no: tuple[str, str, str]) -> tuple[Lasting, ...]:
    """A key fact known, its no or its doubt, and the question that was put without an answer; else nobody asked."""
    state, called, says = no
    return (
        (Feature(f"{name}_known", f"the buyer said {what}", "buyer"), lambda one: one.facts[place].state == "known"),
        (Feature(f"{name}_{called}", says, "buyer"), lambda one: one.facts[place].state == state),
        (
            Feature(f"{name}_asked", f"we asked {what}, and heard no answer", "seller"),
            lambda one: one.facts[place].state == "asked",
        ),
    )


def _said(claim: str, says: str) -> Lasting:
    return Feature(claim, says, "buyer"), lambda one: claim in one.said


def _ours(claim: str, says: str) -> Lasting:
    return Feature(claim, says, "seller"), lambda one: claim in one.ours


def _met(name: str, says: str, *roles: str) -> Lasting:
    return Feature(name, says, "buyer"), lambda one: one.met(*roles)


LASTING: tuple[Lasting, ...] = (
    *_fact(0, "who_decides", "who decides", ("unsure", "unsure", "the buyer is not sure who decides")),
    *_fact(1, "how_decided", "how it is decided", ("unsure", "unsure", "the buyer is not sure how it is decided")),
    *_fact(2, "budget", "that there is money for it", ("denied", "denied", "the buyer said that there is no money")),
    *_fact(
        3, "date", "by when it is decided", ("unsure", "taken_back", "the buyer spoke of a delay and gave no new day")
    ),
    (
        Feature("told_by_two", "key facts that two of the buyer's people told, of 4", "buyer"),
        lambda one: sum(fact.known and len(fact.sources) >= TWO for fact in one.facts),
    ),
    (
        Feature("told_apart", "key facts on which the buyer's people differ, of 4", "buyer"),
        lambda one: sum(fact.torn for fact in one.facts),
    ),
    _said("pain_stated", "the buyer said what hurts"),
    _said("impact_quantified", "the buyer put a number on it"),
    _said("use_case_described", "the buyer described how they work or would use it"),
    _said("compelling_event", "something outside forces the buyer to decide"),
    _said("success_criteria_stated", "it was said what has to be true for it to be a success"),
    _said("trial_discussed", "the buyer spoke of a trial"),
    _said("collateral_requested", "the buyer asked for something to show around"),
    (
        Feature("decider_shown", "somebody is shown as the one who decides", "buyer"),
        lambda one: one.shown("economic_buyer"),
    ),
    _met("decider_met", "we met somebody who decides", "economic_buyer"),
    _met("user_met", "we met somebody who would use it", "user_buyer"),
    _met("technical_met", "we met somebody who judges the technology", "technical_buyer"),
    _met("purchasing_met", "we met purchasing or legal", "procurement", "legal"),
    (
        Feature("buyers_heard", "how many of their people we heard (log of 1 + number)", "buyer"),
        lambda one: log1p(one.heard),
    ),
    _said("introduction_agreed", "the buyer agreed to bring somebody in"),
    _said("introduction_refused", "the buyer refused to bring somebody in"),
    (
        Feature("coach_reason", "their likeliest champion gains from it personally", "buyer"),
        lambda one: one.champion is not None and bool(one.champion.reason),
    ),
    (
        Feature("coach_wants", "their likeliest champion wants us to win", "buyer"),
        lambda one: one.champion is not None and bool(one.champion.wants),
    ),
    (
        Feature("coach_fights", "their likeliest champion fights for us", "buyer"),
        lambda one: one.champion is not None and bool(one.champion.fights),
    ),
    (
        Feature("coach_power", "their likeliest champion decides, or reaches who does", "buyer"),
        lambda one: one.champion is not None and one.champion.has_power,
    ),
    (
        Feature("opponents", "how many of their people are against it (log of 1 + number)", "buyer"),
        lambda one: log1p(one.opponents),
    ),
    (Feature("rivals", "how many rivals were named (log of 1 + number)", "buyer"), lambda one: log1p(one.rivals)),
    _said("parallel_effort", "others in their house look for something else"),
    _said("status_quo_option", "leaving it as it is was named as an option"),
    _said("price_objection", "the buyer finds it too dear"),
    _said("fit_doubt", "the buyer doubts that it fits"),
    _said("change_risk", "the buyer fears the change"),
    _said("product_problem", "something broke during the evaluation"),
    _said("delay_stated", "the buyer spoke of a delay"),
    _ours("close_pushed", "we pressed for a signature"),
    _ours("discount_offered", "we offered a lower price"),
    _ours("content_offered", "we sent or offered material"),
)
"""What stays as it is while only time passes."""

PASSING: tuple[Feature, ...] = (
    Feature("buyer_touches", "touches of the last 4 weeks in which the buyer was heard (log of 1 + number)", "buyer"),
    Feature("buyer_words", "words that the buyer spoke in calls of the last 4 weeks (log of 1 + number)", "buyer"),
    Feature("buyer_questions", "questions that the buyer asked in the last 4 weeks (log of 1 + number)", "buyer"),
    Feature("buyer_silence", "days since the buyer was last heard (log of 1 + days)", "buyer"),
    Feature("our_touches", "touches of the last 4 weeks in which we reached the buyer (log of 1 + number)", "seller"),
    Feature("our_words", "words that we spoke in calls of the last 4 weeks (log of 1 + number)", "seller"),
    Feature("our_questions", "questions that we asked in the last 4 weeks (log of 1 + number)", "seller"),
    Feature("our_silence", "days since we last reached the buyer (log of 1 + days)", "seller"),
    Feature("coach_talking", "their likeliest champion is still talking to us", "buyer"),
    Feature("stale", "key facts that were not said again while evidence is fresh, of 4", "time"),
    Feature("months_to_date", "months to the buyer's own day; 0 where there is none", "buyer"),
    Feature("date_passed", "the buyer's own day has passed", "time"),
    Feature("next_step_ahead", "a next step is agreed for a day that lies ahead", "buyer"),
    Feature("age_in_cycles", "how old the deal is, in the firm's usual cycles", "time"),
)
"""What changes while time passes."""

FEATURES: tuple[Feature, ...] = (*(feature for feature, _ in LASTING), *PASSING)


def evidence_of(deal: Deal, norms: Norms) -> tuple[float, ...]:
    """What is known of a deal as seen from `deal.as_of`, a number for each of FEATURES."""
    one = seen(deal)
    return (*_lasting(one), *_passing(one, deal.as_of, norms))


def _lasting(one: Seen) -> tuple[float, ...]:
    return tuple([float(of(one)) for _, of in LASTING])


def _passing(one: Seen, moment: datetime, norms: Norms) -> tuple[float, ...]:
    now = moment.timestamp()
    theirs, ours = recent(one.theirs_done, one.began, now), recent(one.ours_done, one.began, now)
    silent = one.champion.silent_days(moment) if one.champion is not None else None
    newest = [fact.words[-1].at for fact in one.facts if fact.known]
    to_date = days_until(one.buyers_day, moment) if one.buyers_day is not None else 0
    age = 0.0 if one.began is None else max(0.0, now - one.began) / DAY / norms.cycle_days.value
    return (
        *(theirs.touches, theirs.words, theirs.questions, theirs.silent_days),
        *(ours.touches, ours.words, ours.questions, ours.silent_days),
        float(silent is not None and silent <= norms.silence_days.value),
        float(sum((moment - at).days > norms.fresh_days.value for at in newest)),
        max(-FARTHEST, min(FARTHEST, to_date / A_MONTH)),
        float(to_date < 0),
        float(one.agreed_day is not None and days_until(one.agreed_day, moment) >= 0),
        min(FARTHEST, age),
    )


class Week(NamedTuple):
    """A week of a deal's life by its number from 0, seen from `start`. `news`: something was told since the one before;
    if not, only time has passed."""

    number: int
    start: datetime
    deal: Deal
    news: bool


def weekly(entries: Iterable[Entry], until: date | None = None, as_known: bool = False) -> Iterator[Week]:
    """The deal at the start of each week of its life: on creation, and before each seventh day after it began.

    The last week is the one in which it ended, else the one of `until`, else that of its last touch. Nothing that
    happened later than that is in it; `as_known` leaves out too what was learned later. Raises ValueError where there
    is no entry at all or where entries belong to several deals.
    """
    told = list(entries)
    starts = _starts(told, until)
    places = [bisect_left(starts, max(one.at, one.learned) if as_known else one.at) for one in told]
    new = sorted({0, *(place for place in places if place < len(starts))} if starts else [])
    folded = dict(zip(new, at_moments(told, [starts[place] for place in new], as_known), strict=True))
    deal: Deal | None = None
    for number, start in enumerate(starts):
        news = number in folded
        deal = folded[number] if news or deal is None else replace(deal, as_of=start)
        yield Week(number, start, deal, news)


def weekly_evidence(
    entries: Iterable[Entry], norms: Norms, until: date | None = None, as_known: bool = False
) -> tuple[tuple[float, ...], ...]:
    """The evidence at the start of each week: (weeks, features). What time alone does not change is read once."""
    rows = []
    one: Seen | None = None
    lasting: tuple[float, ...] = ()
    for week in weekly(entries, until, as_known):
        if one is None or week.news:
            one = seen(week.deal)
            lasting = _lasting(one)
        rows.append((*lasting, *_passing(one, week.start, norms)))
    return tuple(rows)


def _starts(told: Sequence[Entry], until: date | None) -> list[datetime]:
    """The moments from which the weeks are seen: the creation, then the last moment before every seventh day."""
    end = ending(told)
    opened = [one.at for one in told if isinstance(one.body, Opened)]
    began = min(opened or [one.at for one in told if isinstance(one.body, Touch)], default=None)
    if began is None:
        return []
    last = end.last_touch.date() if end.last_touch is not None else began.date()
    last = until or last
    if end.ended is not None:
        last = min(end.ended.date(), until or end.ended.date())
    weeks = max(0, (last - began.date()).days // WEEK)
    later = [end_of(began.date() + timedelta(days=WEEK * number - 1)) for number in range(1, weeks + 1)]
    return [began.astimezone(UTC), *later]
