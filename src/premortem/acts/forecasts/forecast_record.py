"""Each method's record: the forecasts that were written down when they were made, held against how the deals ended.

A forecast counts once its day has passed, of ended deals and open ones alike: else those that end early seem more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from msgspec import Struct

from premortem.acts.forecasts.forecast_shown import RateShown
from premortem.forecasting.base_rate import base_rate
from premortem.forecasting.categories import CATEGORIES
from premortem.forecasting.methods import CALLED, METHODS
from premortem.forecasting.track_record import ENOUGH_DEALS, Held, TrackRecord, track_record
from premortem.forecasting.weeks import seen
from premortem.ledger.deal import Deal
from premortem.ledger.entries import Entry, Forecast
from premortem.ledger.fold import deal_as_of, end_of
from premortem.ledger.store import Ledger

REP = "rep"
Team = Callable[[str], str | None]
"""Which team a user is in, where that is known."""


def members_teams() -> Team:
    """The team of each user who is a member of one, as the firm's settings have it."""
    from premortem.records.firm.models import Member

    teams = dict(Member.objects.filter(team__isnull=False).values_list("user__username", "team__name"))
    return teams.get


class RecordShown(Struct, frozen=True):
    """A method's record, or a rep's or team's own calls'. `record` is null where no number has come due yet;
    `base_brier` is the base rate's Brier score on the same deals and days, in a backtest."""

    name: str
    called: str
    record: TrackRecord | None
    enough: bool
    waiting: int
    base_brier: float | None = None


class CategoryRecord(Struct, frozen=True):
    """Of the deals that stood in a category when it was written down, the share won by the day named."""

    method: str
    category: str
    won: RateShown


class ForecastRecord(Struct, frozen=True):
    """The record of all methods, of each rep's own calls, and of teams'. `waiting` forecasts have not come due."""

    day: date
    needed: int
    methods: list[RecordShown]
    reps: list[RecordShown]
    teams: list[RecordShown]
    categories: list[CategoryRecord]
    schema: str = "premortem.forecast-record/1"


class _Told(Struct, frozen=True):
    """A forecast as it was written down; `came_true` is None while nobody knows."""

    deal: Deal
    on: date
    author: str
    said: Forecast
    came_true: bool | None


def forecast_record(ledger: Ledger, today: date, team_of: Team = lambda user: None) -> ForecastRecord:
    """How the forecasts that came due by `today` did. By rep are only a rep's own calls: who sells is not judged."""
    told = [
        each
        for _, entries in ledger.store.read_each(ledger.store.deals())
        for each in _of_deal(seen(entries, today), today)
    ]
    by_method, by_rep, by_team = (defaultdict[str, list[_Told]](list) for _ in range(3))
    for one in told:
        by_method[one.said.method].append(one)
        if one.said.method == REP:
            by_rep[one.author].append(one)
            if (team := team_of(one.author)) is not None:
                by_team[team].append(one)
    names = [name for name in METHODS if name in by_method] + sorted(set(by_method) - set(METHODS))
    return ForecastRecord(
        day=today,
        needed=ENOUGH_DEALS,
        methods=[_shown(name, CALLED.get(name, name), by_method[name]) for name in names],
        reps=[_shown(name, name, by_rep[name]) for name in sorted(by_rep)],
        teams=[_shown(name, name, by_team[name]) for name in sorted(by_team)],
        categories=_categories(told),
    )


def _of_deal(entries: Sequence[Entry], today: date) -> Iterator[_Told]:
    said = [(one, one.body) for one in entries if isinstance(one.body, Forecast)]
    if not said:
        return
    deal = deal_as_of(entries, end_of(today))
    for one, body in said:
        yield _Told(deal, one.at.date(), one.author.removeprefix("user:"), body, came_true(deal, body.by, today))


def came_true(deal: Deal, by: date, today: date) -> bool | None:
    """Whether a deal was won by a day; None until that day is over, or where nobody knows how it ended."""
    if by >= today:
        return None
    if deal.outcome is None:
        return False
    at, outcome = deal.outcome
    if outcome.status == "unknown":
        return None
    return outcome.status == "won" and at.date() <= by


def _shown(name: str, called: str, told: Sequence[_Told]) -> RecordShown:
    held = [
        Held(one.deal.id, one.on, one.said.by, one.said.won, one.came_true, one.said.amount, _currency(one.deal))
        for one in told
        if one.said.won is not None and one.came_true is not None
    ]
    record = track_record(held)
    waiting = sum(one.came_true is None for one in told)
    return RecordShown(name, called, record, record is not None and record.enough, waiting)


def _currency(deal: Deal) -> str:
    return (deal.opened.currency if deal.opened else None) or "?"


def _categories(told: Sequence[_Told]) -> list[CategoryRecord]:
    """By the newest forecast that put a deal there: a deal counts once in a category."""
    stood: dict[tuple[str, str], dict[str, bool]] = defaultdict(dict)
    for one in sorted(told, key=lambda each: each.on):
        if one.said.category is not None and one.came_true is not None:
            stood[one.said.method, one.said.category][one.deal.id] = one.came_true
    return [
        CategoryRecord(method, category, RateShown(*base_rate(sum(deals.values()), len(deals))))
        for (method, category), deals in sorted(
            stood.items(), key=lambda pair: (pair[0][0], CATEGORIES.index(_known(pair[0][1])))
        )
    ]


def _known(name: str) -> str:
    return next(one for one in CATEGORIES if one == name)
