"""A deal's forecast: its gates with the words that show them, each method's number, and what moved it and would."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from premortem.acts.forecasts.forecast_deal import DealForecast, forecast_deal
from premortem.acts.forecasts.forecast_numbers import period_end
from premortem.acts.forecasts.forecast_page import deal_from_kept
from premortem.acts.forecasts.forecast_shown import CATEGORY
from premortem.acts.forecasts.record_forecasts import call as enter_call
from premortem.acts.witness import Witness
from premortem.errors import Unknown
from premortem.forecasting.categories import CATEGORIES
from premortem.ledger.entries import Entry
from premortem.ledger.fold import deal_as_of
from premortem.web import access
from premortem.web.forecast_kept import forecast_now, small, today
from premortem.web.ledger import ledger, rules, usual
from premortem.web.manner import day_written, touch_called
from premortem.web.pages.pictures import KINDS, as_file
from premortem.web.pictures.alone import Drawing
from premortem.web.pictures.numbers import LEGEND, numbers
from premortem.web.pictures.tables import history_csv


@require_GET
def deal_forecast(request: HttpRequest, deal: str) -> HttpResponse:
    """The page. A deal that has ended, or whose numbers are still being worked out, says so."""
    member = access.see(request, deal)
    entries = _entries(deal)
    access.note_look(member, deal)
    whole = deal_as_of(entries)
    told, why, waits = told_of(deal)
    witness = Witness(whole, ledger().contents)
    places = {witness.touch_name(one.id): reverse("touch", args=[deal, one.id]) for one in whole.touches}
    shown: dict[str, Any] = {"told": told, "why": why, "waits": waits, "deal": deal, "name": whole.name}
    shown |= {
        "ended": whole.outcome is not None,
        "places": places,
        "titles": {witness.touch_name(one.id): touch_called(one.type, one.at.date()) for one in whole.touches},
        "may_change": access.may_change(member, deal),
        "called": CATEGORY,
        "categories": [(name, CATEGORY[name]) for name in CATEGORIES],
        "drawn": numbers(told.history, told.day) if told else None,
        "legend": LEGEND,
        "would_move": [one for one in told.would_move if {one.if_so, one.if_not} != {one.now}] if told else [],
    }
    return render(request, "forecast/deal.html", shown)


@require_GET
def picture(request: HttpRequest, deal: str, kind: str) -> HttpResponse:
    """The history of its numbers to take along. Raises Http404 where there is none yet."""
    member = access.see(request, deal)
    told, _, _ = told_of(deal)
    drawn = numbers(told.history, told.day) if told else None
    if told is None or drawn is None or kind not in KINDS:
        raise Http404
    access.note_look(member, deal)
    title, beneath = "How it came to stand there", f"{told.numbers.name}, seen from {day_written(told.day)}"
    drawing = Drawing("pictures/numbers.html", title, beneath, drawn, drawn.width, drawn.height, LEGEND)
    return as_file(kind, f"{deal}-forecast-{told.day}", lambda: drawing, lambda: history_csv(told.history))


@require_POST
def call(request: HttpRequest, deal: str) -> HttpResponse:
    """Enter the rep's own call: a chance in percent, a category, or both, by a day."""
    access.change(request, deal)
    given = request.POST
    try:
        won = _share(given.get("won", ""))
        by = date.fromisoformat(given["by"]) if given.get("by", "").strip() else period_end(today())
        who = request.user.get_username()
        enter_call(ledger(), deal, by, who, timezone.now(), won, given.get("category") or None)
        messages.success(request, f"Entered: your own call, by {day_written(by)}. The newest one counts.")
    except Unknown as mistake:
        messages.error(request, _in_words(mistake))
    except ValueError:
        messages.error(request, "Write the chance as a number from 0 to 100, and the day as YYYY-MM-DD.")
    return redirect(reverse("deal_forecast", args=[deal]) + "#call")


def _share(written: str) -> float | None:
    """'60', '60%' and '60,5' as a share; nothing where nothing was written. Raises ValueError for anything else."""
    plain = written.strip().removesuffix("%").strip().replace(",", ".")
    if not plain:
        return None
    share = float(plain) / 100
    if not 0 <= share <= 1:
        raise ValueError(written)
    return share


def _in_words(mistake: Unknown) -> str:
    """A sentence of the command line's, without the options that it names there."""
    told = str(mistake)
    if "needs a chance or a category" in told:
        return "Say a chance, a category, or both."
    if "is past" in told:
        return "That day is past. Name one to come."
    return told


def _entries(deal: str) -> list[Entry]:
    """Raises Http404 where the ledger has nothing of a deal."""
    entries = ledger().store.read(deal)
    if not entries:
        raise Http404
    return entries


def told_of(deal: str) -> tuple[DealForecast | None, str, bool]:
    """The forecast; or why there is none, and whether it is being worked out."""
    by = period_end(today())
    try:
        if small():
            return forecast_deal(ledger(), deal, rules(), today(), by), "", False
        kept = forecast_now(by, None)
        if kept.document is None:
            return None, "", True
        return deal_from_kept(ledger(), kept.document, deal, rules(), usual()), "", False
    except Unknown as absent:
        return None, str(absent), False
