"""Second place: the deals that ended otherwise than won, each with its next step and what should not wait, and our own
record of the way back: what we asked for, what we got, who came back."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import islice
from operator import itemgetter

from msgspec import Struct

from premortem.acts.afterwards.comeback import STATUS, slowed
from premortem.acts.afterwards.comeback_shown import AlarmShown
from premortem.learning.chance_of_return import chance
from premortem.learning.comeback import ASKS, Step, alarms, next_step, play, returned_on, told_of
from premortem.learning.intervals import Interval, share
from premortem.ledger.entries import Entry
from premortem.ledger.fold import deal_as_of
from premortem.ledger.norms import Norms
from premortem.ledger.store import Ledger
from premortem.ledger.telling import end_told
from premortem.records.lost_deals import NEWEST, LostDeal, LostDeals

A_PAGE = 25
A_YEAR = timedelta(days=365)
FEW = 20
"""Below so many deals a share is shown as small."""


class Waiting(Struct, frozen=True):
    """A lost deal in the list. `next` is null where nothing is left to do; `last_word` is when they were last heard.

    `asked` and `got` count the four wishes.
    """

    deal: str
    name: str
    account: str | None
    status: str
    rank: int | None
    ended_on: str
    amount: float | None
    currency: str | None
    last_word: str | None
    likely: str | None
    effort: str | None
    next: str | None
    next_id: str | None
    next_by: str | None
    alarms: list[AlarmShown]
    asked: int
    got: int
    came_back: str | None


class Counted(Struct, frozen=True):
    """How many of how many, and between which shares the truth lies as often as 95 in 100; null of none."""

    what: str
    some: int
    of: int
    share: Interval | None
    few: bool


class SecondPlaceDocument(Struct, frozen=True):
    """The list, those with an alarm first, and the record. `lost` are how many are looked at, `page` from 1."""

    as_of: str
    lost: int
    most: int
    page: int
    pages: int
    with_alarm: int
    waiting: list[Waiting]
    record: list[Counted]
    schema: str = "premortem.second-place/1"


class _Followed(Struct, frozen=True):
    """A lost deal with its play."""

    row: LostDeal
    rank: int | None
    steps: tuple[Step, ...]
    came_back: date | None


def second_place(
    ledger: Ledger,
    lost: LostDeals,
    today: date,
    norms: Norms | None = None,
    page: int = 1,
    each: int | None = A_PAGE,
) -> SecondPlaceDocument:
    """A page of the lost deals, or all without `each`; and their record."""
    norms = norms or Norms()
    followed = _followed(lost, norms)
    ordered = sorted(followed, key=lambda one: _pressing(one, today, norms))
    each = each or max(1, len(ordered))
    pages = max(1, -(-len(ordered) // each))
    page = min(max(page, 1), pages)
    shown = ordered[(page - 1) * each : page * each]
    entries = dict(ledger.store.read_each([one.row.deal for one in shown]))
    return SecondPlaceDocument(
        as_of=today.isoformat(),
        lost=len(ordered),
        most=NEWEST,
        page=page,
        pages=pages,
        with_alarm=sum(bool(_alarms(one, today, norms)) for one in ordered),
        waiting=[_waiting(one, entries, today, norms) for one in shown],
        record=_record(followed, today),
    )


def _followed(lost: LostDeals, norms: Norms) -> list[_Followed]:
    rows = lost.newest()
    told = lost.steps_and_ends([row.deal for row in rows])
    again: dict[str, list[tuple[date, str]]] = {}
    for account, deal, created in lost.of_accounts({row.account for row in rows if row.account}):
        again.setdefault(account, []).append((created.date(), deal))
    return [_follow(row, told.get(row.deal, []), again.get(row.account or "", []), norms) for row in rows]


def _follow(row: LostDeal, told: Sequence[Entry], again: Sequence[tuple[date, str]], norms: Norms) -> _Followed:
    """`again` are the deals of the account, in the order of their creation."""
    ended, end = row.ended.date(), end_told(told)
    steps = play(ended, False, told_of(told), norms)
    later = islice(again, bisect_right(again, ended, key=itemgetter(0)), None)
    newer = next((created for created, deal in later if deal != row.deal), None)
    back = [day for day in (returned_on(steps), newer) if day is not None]
    return _Followed(row, end[1].rank if end else None, steps, min(back, default=None))


def _alarms(one: _Followed, today: date, norms: Norms) -> list[AlarmShown]:
    if one.came_back is not None:
        return []
    last = one.row.last_word.date() if one.row.last_word else None
    found = alarms(one.steps, one.row.ended.date(), last, today, norms)
    return [AlarmShown(alarm.kind, alarm.says, alarm.step) for alarm in found]


def _pressing(one: _Followed, today: date, norms: Norms) -> tuple[int, date, str]:
    """Fresh losses with something late come first: what is asked for soon is granted; then by the next day."""
    late = bool(_alarms(one, today, norms))
    following = next_step(one.steps)
    day = following.planned_for if following and one.came_back is None else date.max
    if late:
        return 0, date.fromordinal(date.max.toordinal() - one.row.ended.date().toordinal()), one.row.deal
    return 1, day, one.row.deal


def _waiting(one: _Followed, entries: Mapping[str, Sequence[Entry]], today: date, norms: Norms) -> Waiting:
    row, following = one.row, next_step(one.steps) if one.came_back is None else None
    odds = chance(deal_as_of(entries[row.deal])) if row.deal in entries else None
    wishes = [step for step in one.steps if step.what in ASKS]
    return Waiting(
        deal=row.deal,
        name=row.name,
        account=row.account,
        status=STATUS[row.status],
        rank=one.rank,
        ended_on=row.ended.date().isoformat(),
        amount=row.amount,
        currency=row.currency,
        last_word=row.last_word.date().isoformat() if row.last_word else None,
        likely=odds.likely if odds else None,
        effort=odds.effort if odds else None,
        next=following.says if following else None,
        next_id=following.id if following else None,
        next_by=following.planned_for.isoformat() if following else None,
        alarms=_alarms(one, today, slowed(norms, odds)),
        asked=sum(step.state != "planned" for step in wishes),
        got=sum(step.state == "got" for step in wishes),
        came_back=one.came_back.isoformat() if one.came_back else None,
    )


def _record(followed: Sequence[_Followed], today: date) -> list[Counted]:
    """Who came back is also counted of those alone that have had a year: the others are not done yet."""
    wishes = [(what, step) for one in followed for step in one.steps for what in ASKS if step.what == what]
    asked = [step for _, step in wishes if step.state != "planned"]
    of_a_year = [one for one in followed if today - one.row.ended.date() >= A_YEAR]
    named = {"documents": "papers of the evaluation", "criteria": "final criteria", "who_decided": "who decided"}
    named["executives"] = "executives who only heard"
    return [
        _counted("wishes that we asked for", len(asked), len(wishes)),
        _counted("got, of those asked", sum(step.state == "got" for step in asked), len(asked)),
        *(
            _counted(
                f"got, of those asked: {called}",
                sum(step.state == "got" for step in asked if step.what == what),
                sum(step.what == what for step in asked),
            )
            for what, called in named.items()
        ),
        _counted("came back", sum(one.came_back is not None for one in followed), len(followed)),
        _counted(
            "came back, of those lost a year ago or longer",
            sum(one.came_back is not None for one in of_a_year),
            len(of_a_year),
        ),
    ]


def _counted(what: str, some: int, of: int) -> Counted:
    return Counted(what, some, of, share(some, of) if of else None, of < FEW)
