"""Today: what to ask this week, and what is new in somebody's deals since they last looked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

import msgspec
from msgspec import Struct

from premortem.acts.afterwards.lessons_shown import Light, lights
from premortem.acts.buying.sample import OverdueShown, overdue
from premortem.acts.looking.review import NextQuestionShown, question_shown
from premortem.acts.looking.waiting import MATTERS, UNSURE, DealNamed, Waiting, deal_named, told_of, words_of
from premortem.acts.looking.waiting import shown as waiting_shown
from premortem.acts.witness import Cited, Witnesses
from premortem.checks.next_questions import NextQuestion, next_questions
from premortem.checks.review import GRAVITY
from premortem.checks.unknowns import unknowns
from premortem.ledger.entries import Finding, Quote
from premortem.ledger.store import Ledger
from premortem.records.deal_lists import AMONG_THESE, DealLists, Queue, Waits, Wanted, Whose, named, reviews_of
from premortem.records.models import DealRow, ReviewRow, TouchRow
from premortem.records.resembling import Resembling

PRESSING = 10
AT_MOST = 10
TOUCHES = 100
RAISED = 100
OVERDUE = 50
OF_A_DEAL = 3
"""Touches of a deal that are named; the others stand on its page."""
SOON = timedelta(days=14)
LONG_PASSED = timedelta(days=180)


class ToAsk(Struct, frozen=True):
    """The question that comes first in a deal, and how many more there are."""

    deal: DealNamed
    high: int
    medium: int
    question: NextQuestionShown
    more: int


class NewFinding(Struct, frozen=True):
    """A finding that a touch brought to light which came in since; `quote` is None where it is an absence.

    `raised` is the moment since which it stands where no such touch brought it: time passed, or a word was taken back.
    """

    deal: DealNamed
    check: str
    severity: str
    says: str
    touch: str
    on: date
    quote: Cited | None
    raised: datetime | None = None


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
    one did that ended, by its lesson. What is cut is counted: `more_waiting` and `more_came_in` (deals) are at least so
    many where `waiting_at_least` and `came_in_at_least` say so."""

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
    more_to_ask: int = 0
    more_waiting: int = 0
    waiting_at_least: bool = False
    more_came_in: int = 0
    came_in_at_least: bool = False
    more_days: int = 0
    more_overdue: int = 0

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
    touches, many = lists.new_touches(whose, since, TOUCHES)
    queue = lists.waiting(whose, MATTERS, UNSURE) if judges else Queue([], False)
    waiting = queue.facts[:AT_MOST]
    raised = {(one.deal, one.finding): one.at for one in lists.newly_raised(whose, since, RAISED)}
    known = named({one.deal for one in touches} | {one.deal for one in waiting} | {deal for deal, _ in raised})
    new = _news(touches, raised, known)
    quoted = [*(one.deal for one in waiting), *(one.deal for one in new[:AT_MOST])]
    told = told_of(ledger, [*(row.deal for row in pressing), *quoted])
    asked = list(_asked(told, pressing))
    told.hear(_quotes(told, asked, waiting, new[:AT_MOST]))
    alike, more_alike = lights(ledger, Resembling(seen=lists.of(whose)), AT_MOST)
    deals, came = lists.count(wanted, on), _came_in(touches, known)
    (days, more_days), (late, more_late) = _days(lists, whose, on), _overdue(ledger, lists, whose, on)
    return TodayDocument(
        deals=deals,
        to_ask=[_to_ask(told, *one) for one in asked],
        new=[_new(told, known[one.deal], one) for one in new[:AT_MOST]],
        more_new=max(0, len(new) - AT_MOST),
        waiting=waiting_shown(told, known, waiting),
        touches=came[:AT_MOST],
        days=days,
        lights=alike,
        more_lights=more_alike,
        overdue=late,
        more_to_ask=max(0, deals - len(pressing)),
        more_waiting=len(queue.facts) - len(waiting),
        waiting_at_least=queue.at_least,
        more_came_in=max(0, len(came) - AT_MOST),
        came_in_at_least=many,
        more_days=more_days,
        more_overdue=more_late,
    )


class New(NamedTuple):
    """A finding of a deal that is news, and when it was raised where no touch brought it."""

    deal: str
    finding: Finding
    raised: datetime | None


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


def _quotes(told: Witnesses, asked: list[Asked], waiting: list[Waits], new: list[New]) -> Iterator[tuple[str, Quote]]:
    """All words that are shown, so that they are read at once."""
    for row, _, questions in asked:
        yield from ((row.deal, quote) for quote in questions[0].evidence)
    yield from words_of(told, waiting)
    yield from ((one.deal, one.finding.evidence[0]) for one in new if one.finding.evidence)


def _to_ask(told: Witnesses, row: DealRow, kept: ReviewRow, asked: tuple[NextQuestion, ...]) -> ToAsk:
    return ToAsk(deal_named(row), kept.high, kept.medium, question_shown(asked[0], told.of(row.deal)), len(asked) - 1)


def _news(
    touches: list[TouchRow], raised: Mapping[tuple[str, str], datetime], known: Mapping[str, DealRow]
) -> list[New]:
    """The findings in open deals that these touches brought to light, and those that were `raised` without any (by deal
    and check, when), the gravest first."""
    came = {(one.deal, one.touch) for one in touches}
    deals = {deal for deal, _ in came} | {deal for deal, _ in raised}
    found = [
        New(deal, one, None if brought else raised[deal, one.check])
        for deal, kept in reviews_of([one for one in deals if known[one].status == "open"], findings=True).items()
        for one in msgspec.json.decode(kept.findings, type=list[Finding])
        for brought in ((deal, one.first_visible) in came,)
        if brought or (deal, one.check) in raised
    ]
    return sorted(found, key=lambda one: (GRAVITY[one.finding.severity], one.deal, one.finding.check))


def _new(told: Witnesses, row: DealRow, new: New) -> NewFinding:
    one, witness = new.finding, told.of(row.deal)
    deal = witness.deal
    touch = one.first_visible or ""
    on = next((known.at.date() for known in deal.touches if known.id == touch), deal.as_of.date())
    quote = witness.cite(one.evidence[0]) if one.evidence else None
    says = witness.sentence(one.says)
    return NewFinding(deal_named(row), one.check, one.severity, says, touch, on, quote, new.raised)


def _came_in(touches: list[TouchRow], known: dict[str, DealRow]) -> list[CameIn]:
    of: dict[str, list[TouchNamed]] = {}
    for one in touches:
        of.setdefault(one.deal, []).append(TouchNamed(one.touch, one.type, one.at.date()))
    return [
        CameIn(deal_named(known[deal]), came[:OF_A_DEAL], max(0, len(came) - OF_A_DEAL)) for deal, came in of.items()
    ]


def _days(lists: DealLists, whose: Whose, on: date) -> tuple[list[DaySet], int]:
    """Those that are near, the nearest first, then those that passed, the newest first; and how many more."""
    near = lists.dated(whose, on, on + SOON, AMONG_THESE)
    passed = lists.dated(whose, on - LONG_PASSED, on - timedelta(days=1), AMONG_THESE, soonest=False)
    more = max(0, len(near) - AT_MOST) + max(0, len(passed) - AT_MOST)
    near, passed = near[:AT_MOST], passed[:AT_MOST]
    rows = named([one.deal for one in (*near, *passed)])
    days = [
        DaySet(deal_named(rows[one.deal]), one.buyer_day, (one.buyer_day - on).days, rows[one.deal].planned_close)
        for one in (*near, *passed)
        if one.buyer_day is not None
    ]
    return days, more


def _overdue(ledger: Ledger, lists: DealLists, whose: Whose, on: date) -> tuple[list[OverdueShown], int]:
    """What was to be found out by a day that has passed."""
    entries = lists.matters(whose)
    return overdue(ledger, entries, named({one.deal for one in entries}), on, OVERDUE)
