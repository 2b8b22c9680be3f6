"""Backtest: what each method would have said on past days, held against what came; no day knows what came after it.

On each day everything is made anew from the entries that had happened and were known by then: the norms, the base
rate, the model. A ledger whose past was brought in at once knew nothing on those days; `as_known=False` then takes an
entry as known on the day it happened, which shows what could have been known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from premortem.acts.forecasts.forecast_basis import basis
from premortem.acts.forecasts.forecast_numbers import numbers
from premortem.acts.forecasts.forecast_record import RecordShown, came_true
from premortem.acts.playbook import Rules, rules_of
from premortem.errors import Unknown
from premortem.forecasting.learned import HORIZON
from premortem.forecasting.methods import CALLED, METHODS
from premortem.forecasting.track_record import Held, track_record
from premortem.forecasting.weeks import WEEK
from premortem.ledger.deal import Deal
from premortem.ledger.entries import Entry, Outcome
from premortem.ledger.fold import deal_as_of, end_of
from premortem.ledger.store import Ledger

Every = Literal["week", "month", "quarter"]
EVERY: tuple[Every, ...] = ("week", "month", "quarter")
MONTHS = {"month": 1, "quarter": 3}
Told = list[tuple[str, list[Entry]]]


class DayShown(Struct, frozen=True):
    """A day of a backtest: how many deals had ended by then, how many were open, and how many of these were won by the
    day looked at. `learned` is what the learned method had to say of itself."""

    day: date
    by: date
    closed: int
    open: int
    won: int
    learned: str


class BacktestDocument(Struct, frozen=True):
    """Every method on the same deals and days, side by side. `waiting` counts deals to which it gave no number.

    `as_known`: each day knew only what the ledger had learned by then; if false, what had happened by then.
    """

    first: date
    last: date
    every: str
    weeks: int
    as_known: bool
    days: list[DayShown]
    methods: list[RecordShown]
    says: list[str]
    schema: str = "premortem.backtest/1"


def backtest(
    ledger: Ledger,
    rules: Rules | None,
    today: date,
    first: date | None = None,
    last: date | None = None,
    every: Every = "month",
    weeks: int = HORIZON,
    as_known: bool = True,
    progress: Callable[[str, int, int], None] = lambda day, done, total: None,
) -> BacktestDocument:
    """Stand on each of these days, and say who wins within so many weeks. Only days whose weeks are over by `today`.

    Raises Unknown where there is no such day.
    """
    rules = rules or rules_of(ledger)
    whole = _whole(ledger, today, as_known)
    days = _days(whole, today, first, last, every, weeks)
    held: dict[str, list[Held]] = defaultdict(list)
    silent: dict[str, int] = defaultdict(int)
    shown = []
    ends = {deal: deal_as_of(entries, end_of(today)) for deal, entries in whole}
    for number, day in enumerate(days, 1):
        shown.append(_stand(whole, ends, day, day + timedelta(days=WEEK * weeks), today, rules, held, silent))
        progress(day.isoformat(), number, len(days))
    return BacktestDocument(
        first=days[0],
        last=days[-1],
        every=every,
        weeks=weeks,
        as_known=as_known,
        days=shown,
        methods=[_record(method, held[method], silent[method], held["base_rate"]) for method in METHODS],
        says=list(_says(shown, as_known)),
    )


def _whole(ledger: Ledger, today: date, as_known: bool) -> Told:
    """All entries; taken as known when they happened, unless `as_known`."""
    end, found = end_of(today), []
    for deal, entries in ledger.store.read_each(ledger.store.deals()):
        there = [one for one in entries if one.at <= end and one.learned <= end]
        if there:
            found.append((deal, there if as_known else [replace(one, learned=one.at) for one in there]))
    return found


def _stand(
    whole: Told,
    ends: dict[str, Deal],
    day: date,
    by: date,
    today: date,
    rules: Rules,
    held: dict[str, list[Held]],
    silent: dict[str, int],
) -> DayShown:
    """What each method says on a day, and whether it came true."""
    known = basis(whole, day, rules)
    found = numbers(known, by, always=True)
    won = 0
    for told in found:
        deal = told.one.deal
        true = came_true(ends[deal.id], by, today)
        if true is None:
            continue
        won += true
        for method, chance in told.chances.items():
            if chance.won is None:
                silent[method] += 1
            else:
                held[method].append(Held(deal.id, day, by, chance.won, true, deal.amount, told.one.currency))
    return DayShown(day, by, known.closed, len(found), won, known.learned.why_)


def _days(whole: Told, today: date, first: date | None, last: date | None, every: Every, weeks: int) -> list[date]:
    """The first of each month (or each week, each quarter) from the first end on, as far as its weeks are over."""
    ends = sorted(one.at.date() for _, entries in whole for one in entries if isinstance(one.body, Outcome))
    latest = today - timedelta(days=WEEK * weeks + 1)
    begin, stop = first or (ends[0] if ends else today), min(last or latest, latest)
    days = [day for day in _steps(begin, stop, every) if day >= begin]
    if not days:
        why = f"no day from {begin} to {stop} can be looked at: {weeks} weeks later must be over by {today}"
        raise Unknown(why if ends else "no deal has ended yet", "Name other days: --from DAY --to DAY.")
    return days


def _steps(begin: date, stop: date, every: Every) -> Iterator[date]:
    day = begin if every == "week" else begin.replace(day=1)
    while day <= stop:
        yield day
        if every == "week":
            day += timedelta(days=WEEK)
        else:
            month = day.month - 1 + MONTHS[every]
            day = date(day.year + month // 12, month % 12 + 1, 1)


def _record(method: str, held: Sequence[Held], silent: int, base: Sequence[Held]) -> RecordShown:
    """A method's record, beside the base rate's on the deals and days of which the method spoke."""
    record, spoke = track_record(held), {(one.deal, one.on) for one in held}
    beside = track_record([one for one in base if (one.deal, one.on) in spoke])
    brier = beside.brier if beside is not None and record is not None else None
    return RecordShown(method, CALLED[method], record, record is not None and record.enough, silent, brier)


def _says(days: Sequence[DayShown], as_known: bool) -> Iterator[str]:
    if as_known and all(day.open == 0 for day in days):
        yield (
            "On these days the ledger knew nothing yet: its past was brought in later. "
            "--as-happened takes each entry as known on the day it happened."
        )
    if not as_known:
        yield "Each entry is taken as known on the day it happened, so this shows what could have been known."
    if not any(day.learned.startswith("learned from") for day in days):
        yield f"Nothing could be learned on any of these days; on the last one: {days[-1].learned}."
