"""Today: what to ask this week, and what is new in somebody's deals since they last looked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

import msgspec
from msgspec import Struct

from premortem.acts.afterwards.lessons_shown import Light, lights
from premortem.acts.buying.sample import OverdueShown, overdue
from premortem.acts.looking.review import NextQuestionShown, question_shown
from premortem.acts.witness import Cited, Witnesses
from premortem.checks.next_questions import NextQuestion, next_questions
from premortem.checks.review import GRAVITY
from premortem.checks.unknowns import unknowns
from premortem.ledger.deal import DealFact
from premortem.ledger.entries import Finding, Quote
from premortem.ledger.fold import deal_as_of
from premortem.ledger.store import Ledger
from premortem.records.deal_lists import DealLists, Waits, Wanted, Whose, named, reviews_of
from premortem.records.models import DealRow, ReviewRow, TouchRow
from premortem.records.resembling import Resembling

PRESSING = 10
AT_MOST = 10
TOUCHES = 100
OF_A_DEAL = 3
"""Touches of a deal that are named; the others stand on its page."""
SOON = timedelta(days=14)
LONG_PASSED = timedelta(days=180)
UNSURE = (0.3, 0.6)
"""Where a reader's word is worth a look: below it is mostly wrong, above it mostly right."""
MATTERS = (
    *("decision_maker_named", "authority_claimed", "decision_date_stated", "decision_process_described"),
    *("budget_confirmed", "budget_missing", "opposition_stated", "wants_us", "will_fight", "delay_stated"),
    *("competitor_named", "parallel_effort", "status_quo_option", "next_step_agreed", "introduction_refused"),
    *("product_problem", "impact_quantified", "compelling_event"),
)
"""Claims on which findings turn."""


class DealNamed(Struct, frozen=True):
    """A deal by its name."""

    id: str
    name: str
    account: str | None


class ToAsk(Struct, frozen=True):
    """The question that comes first in a deal, and how many more there are."""

    deal: DealNamed
    high: int
    medium: int
    question: NextQuestionShown
    more: int


class NewFinding(Struct, frozen=True):
    """A finding that a touch brought to light which came in since; `quote` is None where it is an absence."""

    deal: DealNamed
    check: str
    severity: str
    says: str
    touch: str
    on: date
    quote: Cited | None


class Waiting(Struct, frozen=True):
    """A fact that a reader was unsure of, in its place."""

    deal: DealNamed
    fact: str
    touch: str
    claim: str
    quote: Cited


class TouchNamed(Struct, frozen=True):
    """A touch by its kind and its day."""

    touch: str
    kind: str
    on: date


class CameIn(Struct, frozen=True):
    """The touches of a deal that came in, the newest first, and how many more there were."""

    deal: DealNamed
    touches: list[TouchNamed]
    more: int


class DaySet(Struct, frozen=True):
    """A day that the buyer set, how many days it is off (below nought it has passed), and our own."""

    deal: DealNamed
    day: date
    left: int
    planned_close: date | None

    @property
    def ago(self) -> int:
        return -self.left


class TodayDocument(Struct, frozen=True):
    """What a day begins with. `deals` are how many open deals there are to look at, `lights` those that look like
    one did that ended, by its lesson."""

    deals: int
    to_ask: list[ToAsk]
    new: list[NewFinding]
    more_new: int
    waiting: list[Waiting]
    touches: list[CameIn]
    days: list[DaySet]
    lights: list[Light] = []
    more_lights: int = 0
    overdue: list[OverdueShown] = []

    def quoted(self) -> set[str]:
        """The deals of which somebody's words are shown."""
        asked = {one.deal.id for one in self.to_ask if one.question.evidence}
        return asked | {one.deal.id for one in self.waiting} | {one.deal.id for one in self.new if one.quote}


def today(
    ledger: Ledger,
    lists: DealLists,
    whose: Whose,
    since: datetime,
    on: date,
    judges: bool = True,
) -> TodayDocument:
    """What is to be done in deals that are `whose`, and what is new in them `since` a moment.

    Facts wait only for somebody who `judges`.
    """
    wanted = Wanted(whose=whose)
    pressing = lists.rows(wanted, on, most=PRESSING)
    touches = lists.new_touches(whose, since, TOUCHES)
    waiting = lists.waiting(whose, MATTERS, UNSURE, AT_MOST) if judges else []
    known = named({one.deal for one in touches} | {one.deal for one in waiting})
    new = _news(touches, known)
    quoted = [*(one.deal for one in waiting), *(deal for deal, _ in new[:AT_MOST])]
    told = _told(ledger, [*(row.deal for row in pressing), *quoted])
    asked = list(_asked(told, pressing))
    told.hear(_quotes(told, asked, waiting, new[:AT_MOST]))
    alike, more_alike = lights(ledger, Resembling(seen=lists.of(whose)), AT_MOST)
    return TodayDocument(
        deals=lists.count(wanted, on),
        to_ask=[_to_ask(told, *one) for one in asked],
        new=[_new(told, known[deal], one) for deal, one in new[:AT_MOST]],
        more_new=max(0, len(new) - AT_MOST),
        waiting=[_waiting(told, known[one.deal], one) for one in waiting],
        touches=_came_in(touches, known),
        days=_days(lists, whose, on),
        lights=alike,
        more_lights=more_alike,
        overdue=_overdue(ledger, lists, whose, on),
    )


def _told(ledger: Ledger, deals: Iterable[str]) -> Witnesses:
    """The few deals that a day begins with, each folded once."""
    entries = ledger.store.read_each(list(dict.fromkeys(deals)))
    return Witnesses([deal_as_of(of_deal) for _, of_deal in entries], ledger.contents)


Asked = tuple[DealRow, ReviewRow, tuple[NextQuestion, ...]]
"""A deal, its kept review, and the questions that are open in it."""


def _asked(told: Witnesses, pressing: list[DealRow]) -> Iterator[Asked]:
    """By what the kept reviews found: nobody waits for the checks."""
    kept = reviews_of([row.deal for row in pressing], findings=True)
    for row in pressing:
        if row.deal in kept:
            deal = told.of(row.deal).deal
            findings = msgspec.json.decode(kept[row.deal].findings, type=list[Finding])
            asked = next_questions(deal, findings, (), unknowns(deal))
            if asked:
                yield row, kept[row.deal], asked


def _quotes(
    told: Witnesses, asked: list[Asked], waiting: list[Waits], new: list[tuple[str, Finding]]
) -> Iterator[tuple[str, Quote]]:
    """All words that are shown, so that they are read at once."""
    for row, _, questions in asked:
        yield from ((row.deal, quote) for quote in questions[0].evidence)
    yield from ((one.deal, _fact(told, one).quote) for one in waiting)
    yield from ((deal, one.evidence[0]) for deal, one in new if one.evidence)


def _to_ask(told: Witnesses, row: DealRow, kept: ReviewRow, asked: tuple[NextQuestion, ...]) -> ToAsk:
    return ToAsk(_named(row), kept.high, kept.medium, question_shown(asked[0], told.of(row.deal)), len(asked) - 1)


def _news(touches: list[TouchRow], known: dict[str, DealRow]) -> list[tuple[str, Finding]]:
    """The findings that these touches brought to light in open deals, the gravest first."""
    came = {(one.deal, one.touch) for one in touches}
    of = [deal for deal, row in known.items() if row.status == "open" and any(deal == one for one, _ in came)]
    found = [
        (deal, one)
        for deal, kept in reviews_of(of, findings=True).items()
        for one in msgspec.json.decode(kept.findings, type=list[Finding])
        if (deal, one.first_visible) in came
    ]
    return sorted(found, key=lambda pair: (GRAVITY[pair[1].severity], pair[0], pair[1].check))


def _new(told: Witnesses, row: DealRow, one: Finding) -> NewFinding:
    witness = told.of(row.deal)
    deal = witness.deal
    touch = one.first_visible or ""
    on = next((known.at.date() for known in deal.touches if known.id == touch), deal.as_of.date())
    quote = witness.cite(one.evidence[0]) if one.evidence else None
    return NewFinding(_named(row), one.check, one.severity, witness.sentence(one.says), touch, on, quote)


def _came_in(touches: list[TouchRow], known: dict[str, DealRow]) -> list[CameIn]:
    of: dict[str, list[TouchNamed]] = {}
    for one in touches:
        of.setdefault(one.deal, []).append(TouchNamed(one.touch, one.type, one.at.date()))
    return [
        CameIn(_named(known[deal]), came[:OF_A_DEAL], max(0, len(came) - OF_A_DEAL))
        for deal, came in list(of.items())[:AT_MOST]
    ]


def _waiting(told: Witnesses, row: DealRow, one: Waits) -> Waiting:
    witness, known = told.of(row.deal), _fact(told, one)
    return Waiting(_named(row), one.fact, known.fact.touch, known.fact.claim, witness.cite(known.quote))


def _fact(told: Witnesses, one: Waits) -> DealFact:
    return next(known for known in told.of(one.deal).deal.facts if known.fact.fact == one.fact)


def _days(lists: DealLists, whose: Whose, on: date) -> list[DaySet]:
    """Those that are near, the nearest first, then those that passed, the newest first."""
    near = lists.dated(whose, on, on + SOON, AT_MOST)
    passed = lists.dated(whose, on - LONG_PASSED, on - timedelta(days=1), AT_MOST, soonest=False)
    rows = named([one.deal for one in (*near, *passed)])
    return [
        DaySet(_named(rows[one.deal]), one.buyer_day, (one.buyer_day - on).days, rows[one.deal].planned_close)
        for one in (*near, *passed)
        if one.buyer_day is not None
    ]


def _overdue(ledger: Ledger, lists: DealLists, whose: Whose, on: date) -> list[OverdueShown]:
    """What was to be found out by a day that has passed."""
    entries = lists.matters(whose)
    return overdue(ledger, entries, named({one.deal for one in entries}), on, AT_MOST)


def _named(row: DealRow) -> DealNamed:
    return DealNamed(row.deal, row.name, row.account)
