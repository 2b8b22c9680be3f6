"""The forecast: of one deal, and of the quarter. What works it out is heavy, and loaded when somebody asks."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from msgspec import Meta, Struct

from premortem.assistant.reader import Reader
from premortem.assistant.telling import head, lines
from premortem.assistant.tools.tool import Deal, Page, Tool
from premortem.errors import Unknown
from premortem.records.deal_lists import Whose
from premortem.web.ledger import ledger, rules, usual

if TYPE_CHECKING:
    from premortem.acts.forecasts.forecast_deal import DealForecast
    from premortem.acts.forecasts.forecast_shown import DealNumbers, TotalShown
    from premortem.assistant.tools.quarter import QuarterForecast

SCHEMAS: dict[str, Any] = json.loads(Path(__file__).with_name("forecast_schemas.json").read_bytes())
"""The two documents' schemas, written once so that a list of tools need not load what calculates."""
WAITS = "the forecast is being worked out beside the pages"
AGAIN = "Ask again in a few minutes; the worker of `premortem serve` must be running."


class OneDeal(Struct, forbid_unknown_fields=True):
    deal: Deal


class Quarter(Struct, forbid_unknown_fields=True):
    """Whose deals, by which day."""

    whose: Annotated[Whose | None, Meta(description="Whose deals; else those that are one's own business.")] = None
    by: Annotated[date | None, Meta(description="The last day of the period; else the end of this quarter.")] = None
    page: Page = 1


def forecast_deal(reader: Reader, asked: OneDeal) -> DealForecast:
    """An open deal by the end of the quarter. Raises Unknown where it has ended, or the numbers are not there yet."""
    from premortem.acts.forecasts.forecast_deal import forecast_deal as told_of
    from premortem.acts.forecasts.forecast_numbers import period_end
    from premortem.acts.forecasts.forecast_page import deal_from_kept
    from premortem.web.forecast_kept import forecast_now, small

    reader.deal(asked.deal)
    day = _today()
    if reader.member is None or small():
        return told_of(ledger(), asked.deal, rules(), day, period_end(day))
    kept = forecast_now(period_end(day), None)
    if kept.document is None:
        raise Unknown(WAITS, AGAIN)
    return deal_from_kept(ledger(), kept.document, asked.deal, rules(), usual())


def forecast_quarter(reader: Reader, asked: Quarter) -> QuarterForecast:
    """The open deals that the reader may see, summed up. Raises Unknown for a day that is not to come."""
    from premortem.acts.forecasts.forecast_numbers import period_end
    from premortem.acts.forecasts.forecast_page import forecast_page
    from premortem.assistant.tools.quarter import quarter_of
    from premortem.web.forecast_kept import forecast_now

    by = asked.by or period_end(_today())
    if by <= _today():
        raise Unknown(f"{by} is not to come", "Name a later day.")
    if reader.member is None:
        return quarter_of(forecast_page(ledger(), rules(), _today(), by, []), None, asked.page)
    lists, whose = reader.lists(), reader.whose(asked.whose)
    deals = list(lists.of(whose).filter(status="open").values_list("deal", flat=True))
    kept = forecast_now(by, deals)
    if kept.document is None:
        raise Unknown(WAITS, AGAIN)
    return quarter_of(kept.document, deals, asked.page)


def _today() -> date:
    return datetime.now(UTC).date()


def _of_deal(told: DealForecast) -> str:
    return lines(
        head(told.gates.deal, told.day.isoformat()),
        _numbers(told.numbers) + f" By {told.by}.",
        (f"- for it: {one.says}" for one in told.speaks_for),
        (f"- against it: {one.says}" for one in told.speaks_against),
        (f"- would move it: {one.unknown}. {one.ask or ''}" for one in told.would_move),
    )


def _of_quarter(told: QuarterForecast) -> str:
    return lines(
        f"From {told.day} to {told.by}: {told.open} open deals, page {told.page} of {told.pages}.",
        "The sums of just these deals are not worked out." if not told.summed_up else "",
        (_total(one) for one in told.totals),
        ("- " + _numbers(one) for one in told.deals),
    )


def _total(one: TotalShown) -> str:
    expected = "; ".join(f"{each.called} {each.expected:,.0f}" for each in one.at_stake if each.expected is not None)
    return f"{one.currency}: {one.open_amount:,.0f} open in {one.deals} deals; expected: {expected or 'no number'}."


def _numbers(one: DealNumbers) -> str:
    amount = f"{one.amount:,.0f} {one.currency or ''}".strip() if one.amount is not None else "no amount"
    stands = next((each for each in one.methods if each.method == one.stands), None)
    chance = f"{stands.won:.0%} to be won ({stands.called})" if stands and stands.won is not None else "no number"
    gates = f"{one.gates_passed} gates passed, {one.gates_failed} failed, {one.gates_unknown} unknown"
    return f"{one.name} ({one.id}) · {amount} · {one.category}: {one.because} · {chance} · {gates}."


TOOLS = (
    Tool(
        "forecast_deal",
        "Forecast a deal",
        "An open deal by the end of the quarter: its gates, what each method says and why, and what would move it.",
        OneDeal,
        SCHEMAS["DealForecast"],
        forecast_deal,
        _of_deal,
    ),
    Tool(
        "forecast_quarter",
        "Forecast the quarter",
        "What the open deals that you may see may bring by the end of the quarter, or by another day.",
        Quarter,
        SCHEMAS["QuarterForecast"],
        forecast_quarter,
        _of_quarter,
    ),
)
