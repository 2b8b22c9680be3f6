"""Forecast: the period's total as a distribution, each open deal with its evidence, what changed and what would change.

A reader's page takes what they may see from a forecast that is worked out once for all, see `web/forecast_kept.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from premortem.acts.forecasts.forecast_numbers import period_end
from premortem.acts.forecasts.forecast_page import ForecastPage, LineShown
from premortem.acts.forecasts.forecast_shown import CATEGORY, TotalShown
from premortem.forecasting.categories import CATEGORIES
from premortem.records.deal_lists import Whose
from premortem.records.firm.models import Member
from premortem.records.models import DealRow
from premortem.web import access
from premortem.web.forecast_kept import forecast_now, today
from premortem.web.manner import day_written
from premortem.web.pages.deals import WHOSE, lists_of, own
from premortem.web.pages.pictures import KINDS, as_file
from premortem.web.pictures import distribution as spread
from premortem.web.pictures import fan as weeks
from premortem.web.pictures.alone import Drawing
from premortem.web.pictures.tables import distribution_csv, fan_csv

A_PAGE = 50
FEW = 3
"""Deals below which a picture of their sum tells no more than a line of words."""


class Asked(NamedTuple):
    """What an address asks for: whose deals, and by which day."""

    whose: Whose
    by: date
    category: str

    @property
    def query(self) -> str:
        return f"whose={self.whose}&by={self.by.isoformat()}"


@require_GET
def forecast(request: HttpRequest) -> HttpResponse:
    """The page. Where the numbers are still being worked out, it says so and shows them once they are there."""
    member = access.here(request)
    asked = asked_of(request, member)
    deals = seen_by(member, asked.whose)
    kept = forecast_now(asked.by, deals)
    shown: dict[str, Any] = {"asked": asked, "kept": kept, "whose": WHOSE, "periods": periods(), "member": member}
    if kept.document is not None:
        shown |= _inside(request, asked, kept.document, deals)
    else:
        shown["any"] = DealRow.objects.exists()
    return render(request, "forecast/forecast.html", shown)


@require_GET
def picture(request: HttpRequest, picture: str, currency: str, kind: str) -> HttpResponse:
    """A total's picture to take along, or its table. Raises Http404 where there is no such total."""
    member = access.here(request)
    asked = asked_of(request, member)
    deals = seen_by(member, asked.whose)
    kept = forecast_now(asked.by, deals)
    part = kept.document.part(deals) if kept.document is not None else None
    total = next((one for one in part.totals if one.currency == currency), None) if part else None
    if kept.document is None or total is None or kind not in KINDS or picture not in PICTURES:
        raise Http404
    made = PICTURES[picture](total, kept.document)
    if made is None:
        raise Http404
    drawing, table = made
    name = f"forecast-{picture}-{currency}-{kept.document.day}"
    return as_file(kind, name, lambda: drawing, table)


Made = tuple[Drawing, Callable[[], str]]


def _distribution(total: TotalShown, of: ForecastPage) -> Made | None:
    drawn = spread.distribution(total, of.by)
    if drawn is None:
        return None
    title, beneath = f"What the period may bring, in {total.currency}", _beneath(of)
    drawing = Drawing("pictures/distribution.html", title, beneath, drawn, drawn.width, drawn.height, spread.LEGEND)
    return drawing, lambda: distribution_csv(total)


def _fan(total: TotalShown, of: ForecastPage) -> Made | None:
    drawn = weeks.fan(total, of.day)
    if drawn is None:
        return None
    title, beneath = f"Won by the end of each week, in {total.currency}", _beneath(of)
    drawing = Drawing("pictures/fan.html", title, beneath, drawn, drawn.width, drawn.height, weeks.LEGEND)
    return drawing, lambda: fan_csv(total)


PICTURES: dict[str, Callable[[TotalShown, ForecastPage], Made | None]] = {"distribution": _distribution, "fan": _fan}


def _beneath(of: ForecastPage) -> str:
    return f"From {day_written(of.day)} to {day_written(of.by)}"


def asked_of(request: HttpRequest, member: Member) -> Asked:
    """Whatever an address does not say, or says wrongly, is as on first sight."""
    given, known = request.GET, {day.isoformat(): day for _, day in periods()}
    whose = given.get("whose", "")
    category = given.get("category", "")
    names: dict[str, Whose] = {"mine": "mine", "team": "team", "all": "all"}
    return Asked(
        whose=names.get(whose, own(member)),
        by=known.get(given.get("by", ""), period_end(today())),
        category=category if category in CATEGORY else "",
    )


def periods() -> list[tuple[str, date]]:
    """The days for which a forecast is made, each once."""
    now = today()
    end = period_end(now)
    month = (now.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    named = [("this month", month), ("the quarter", end), ("the next quarter", period_end(end + timedelta(days=1)))]
    named = [one for one in named if one[1] > now]
    return [one for number, one in enumerate(named) if one[1] not in [day for _, day in named[:number]]]


def seen_by(member: Member, whose: Whose) -> list[str] | None:
    """The open deals that a member asks for; None where these are all there are."""
    if whose == "all" and member.role in access.READ_ALL:
        return None
    return list(lists_of(member).of(whose).filter(status="open").values_list("deal", flat=True))


def _inside(request: HttpRequest, asked: Asked, of: ForecastPage, deals: list[str] | None) -> dict[str, Any]:
    """What the page shows of a forecast to whoever may see these deals."""
    of = of.only(deals)
    lines, part = of.lines, of.part(deals)
    listed = [line for line in lines if line.numbers.category == asked.category] if asked.category else lines
    page = _page(request, len(listed))
    return {
        "forecast": of,
        "part": part,
        "totals": [_total(one, of) for one in part.totals] if part else [],
        "open": len(lines),
        "categories": [_category(name, lines) for name in CATEGORIES],
        "lines": listed[(page - 1) * A_PAGE : page * A_PAGE],
        "page": page,
        "last_page": max(1, -(-len(listed) // A_PAGE)),
        "changed": of.changed,
        "slipped": sorted((line for line in lines if line.numbers.slipped), key=_by_slips)[:A_PAGE],
        "still": [line for line in lines if (line.numbers.unchanged_days or 0) >= of.unchanged_for_days][:A_PAGE],
        "called": CATEGORY,
    }


def _page(request: HttpRequest, lines: int) -> int:
    given = request.GET.get("page", "")
    page = int(given) if given.isdecimal() and len(given) < 5 else 1
    return min(max(page, 1), max(1, -(-lines // A_PAGE)))


def _by_slips(line: LineShown) -> tuple[int, int]:
    return -line.numbers.slipped, -line.numbers.slipped_days


def _total(total: TotalShown, of: ForecastPage) -> dict[str, Any]:
    return {
        "shown": total,
        "drawn": total.deals >= FEW,
        "distribution": spread.distribution(total, of.by),
        "distribution_legend": spread.LEGEND,
        "in_words": spread.in_words(total),
        "fan": weeks.fan(total, of.day),
        "fan_legend": weeks.LEGEND,
    }


def _category(name: str, lines: Sequence[LineShown]) -> dict[str, Any]:
    """How many deals stand in a category, and their amounts, each currency apart."""
    there = [line.numbers for line in lines if line.numbers.category == name]
    amounts: dict[str, float] = {}
    for one in there:
        if one.amount is not None:
            amounts[one.currency or "?"] = amounts.get(one.currency or "?", 0.0) + one.amount
    return {"name": name, "called": CATEGORY[name], "deals": len(there), "amounts": sorted(amounts.items())}
