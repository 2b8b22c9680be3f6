"""Forecast: the period's total, an open deal's numbers with their evidence, one's own call, and how forecasts did."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from msgspec import Meta, Struct
from ninja import Router

from premortem.acts.forecasts.backtest import BacktestDocument
from premortem.acts.forecasts.forecast_deal import DealForecast
from premortem.acts.forecasts.forecast_numbers import period_end
from premortem.acts.forecasts.forecast_page import ForecastPage, LineShown
from premortem.acts.forecasts.forecast_record import ForecastRecord
from premortem.acts.forecasts.forecast_shown import ChangedShown, Rests, TotalShown, WouldChange
from premortem.acts.forecasts.record_forecasts import call
from premortem.api.asked import Day, Page, by, today, told_day
from premortem.api.problems import Refused
from premortem.api.shown import Given, Shown
from premortem.forecasting.categories import CATEGORIES
from premortem.ledger.entries import Forecast
from premortem.records.deal_lists import Whose
from premortem.web import access
from premortem.web.forecast_kept import Kept, backtest_now, forecast_now, track_now, write_down
from premortem.web.ledger import ledger
from premortem.web.pages.deal_forecast import told_of
from premortem.web.pages.deals import own
from premortem.web.pages.forecast import A_PAGE, periods
from premortem.web.pages.forecast import seen_by as deals_asked_for
from premortem.web.pages.forecast_record import seen_by

router = Router()
Category = Literal["commit", "best_case", "pipeline", "not_on_forecast"]


class Made(Struct, frozen=True):
    """When numbers were worked out, at the asking where `at` is null; `working`: newer ones are on their way; `failed`:
    that broke."""

    at: datetime | None
    working: bool
    failed: bool


class Summed(Struct, frozen=True):
    """The open deals of the forecast, from `day` to the end of the day `by`; a page of their lines, from 1.

    `totals` and `would_change_most` are null while nobody has summed up just these deals. `open` counts all of them,
    `categories` how many of these stand in each.
    """

    day: date
    by: date
    rests: Rests
    totals: list[TotalShown] | None
    would_change_most: list[WouldChange] | None
    open: int
    categories: dict[str, int]
    changed: list[ChangedShown]
    lines: list[LineShown]
    page: int
    pages: int


class ForecastNow(Struct, frozen=True):
    """The newest forecast; null while the first one is being worked out. `periods` are the days that `by` may be."""

    made: Made
    periods: list[date]
    forecast: Summed | None


class Call(Struct, frozen=True, forbid_unknown_fields=True):
    """A rep's own call: the chance to win by a day (the quarter's last, unless told), in 0..1, a category, or both."""

    won: Annotated[float, Meta(ge=0, le=1)] | None = None
    category: Category | None = None
    by: date | None = None


class Records(Struct, frozen=True):
    """How forecasts have done: those written down when made, and a backtest, null until somebody asks for one."""

    made: Made
    record: ForecastRecord | None
    backtest_made: Made
    backtest: BacktestDocument | None


@router.get("forecast", response=Shown[ForecastNow])
def forecast(
    request: HttpRequest,
    whose: Whose | None = None,
    by: Day | None = None,
    category: Category | None = None,
    page: Page = 1,
) -> ForecastNow:
    """What a period may bring, from the open deals that you may see. Where nothing is there yet, ask again later."""
    member, days = access.here(request), [day for _, day in periods()]
    if by is not None and by not in days:
        raise Refused(422, f"There is a forecast by {', '.join(map(str, days))}. Take one of these days.")
    deals = deals_asked_for(member, whose or own(member))
    kept = forecast_now(by or period_end(today()), deals)
    summed = _summed(kept.document, deals, category, page) if kept.document else None
    return ForecastNow(_made(kept), days, summed)


@router.get("deals/{deal}/forecast", response=Shown[DealForecast])
def deal_forecast(request: HttpRequest, deal: str) -> DealForecast:
    """An open deal's forecast: its gates with their words, each method's number, and what moved it and would."""
    member = access.see(request, deal)
    access.note_look(member, deal)
    told, why, waits = told_of(deal)
    if told is None and waits:
        raise Refused(503, "It is being worked out. Ask again in a while.", {"Retry-After": "30"})
    if told is None:
        raise Refused(404, why)
    return told


@router.post("deals/{deal}/forecast/call", response={201: Shown[Forecast]})
def forecast_call(request: HttpRequest, deal: str, given: Given[Call]) -> Forecast:
    """Enter your own call. The newest one counts."""
    access.change(request, deal)
    who, now = by(request)
    return call(ledger(), deal, told_day(given.by) or period_end(today()), who, now, given.won, given.category)


@router.get("forecast/record", response=Shown[Records])
def forecast_record(request: HttpRequest) -> Records:
    """Each method's record side by side, of what was written down and of past days."""
    member, kept, past = access.here(request), track_now(), backtest_now()
    record = seen_by(kept.document, member) if kept.document else None
    return Records(_made(kept), record, _made(past), past.document)


@router.post("forecast/record", response={202: None})
def forecast_write_down(request: HttpRequest) -> None:
    """Have what each method says today of every open deal written down, to be held against the end of each."""
    access.manage(request)
    write_down.enqueue(request.user.get_username())


@router.post("forecast/backtest", response={202: None})
def backtest_start(request: HttpRequest) -> None:
    """Have the backtest worked out; the record shows it once it is there."""
    access.here(request)
    backtest_now(start=True)


def _summed(kept: ForecastPage, deals: list[str] | None, category: str | None, page: int) -> Summed:
    of, part = kept.only(deals), kept.part(deals)
    counts = {name: sum(line.numbers.category == name for line in of.lines) for name in CATEGORIES}
    lines = [line for line in of.lines if category in (None, line.numbers.category)]
    return Summed(
        day=of.day,
        by=of.by,
        rests=of.rests,
        totals=part.totals if part else None,
        would_change_most=part.would_change_most if part else None,
        open=len(of.lines),
        categories={str(name): number for name, number in counts.items()},
        changed=of.changed,
        lines=lines[(page - 1) * A_PAGE : page * A_PAGE],
        page=page,
        pages=max(1, -(-len(lines) // A_PAGE)),
    )


def _made(kept: Kept[Any]) -> Made:
    return Made(kept.made, kept.working is not None, kept.failed)
