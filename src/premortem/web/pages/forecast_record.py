"""How forecasts have done: what each method said when it was written down, and what it would have said on past days."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from msgspec.structs import replace

from premortem.acts.forecasts.forecast_record import ForecastRecord, RecordShown
from premortem.acts.forecasts.forecast_shown import CATEGORY
from premortem.records.firm.models import Member
from premortem.web import access
from premortem.web.forecast_kept import backtest_now, track_now, write_down
from premortem.web.manner import day_written
from premortem.web.pages.pictures import KINDS, as_file
from premortem.web.pictures.alone import Drawing
from premortem.web.pictures.calibration import LEGEND, calibration
from premortem.web.pictures.tables import calibration_csv


@require_GET
def record(request: HttpRequest) -> HttpResponse:
    """Each method's record side by side, its calibration as a picture, and the backtest."""
    member = access.here(request)
    kept, past = track_now(), backtest_now()
    seen = seen_by(kept.document, member) if kept.document else None
    shown = {
        "kept": kept,
        "record": seen,
        "methods": [_drawn(one, "written") for one in seen.methods] if seen else [],
        "reps": seen.reps if seen else [],
        "teams": seen.teams if seen else [],
        "past": past,
        "backtest": past.document,
        "past_methods": [_drawn(one, "past") for one in past.document.methods] if past.document else [],
        "any_drawn": any(one.record for one in seen.methods) if seen else False,
        "legend": LEGEND,
        "called": CATEGORY,
        "member": member,
    }
    return render(request, "forecast/record.html", shown)


@require_GET
def picture(request: HttpRequest, which: str, method: str, kind: str) -> HttpResponse:
    """A method's calibration to take along: of what was `written` down, or of `past` days."""
    access.here(request)
    document = track_now().document if which == "written" else backtest_now().document if which == "past" else None
    shown = next((one for one in document.methods if one.name == method), None) if document else None
    drawn = calibration(shown) if shown else None
    if shown is None or drawn is None or kind not in KINDS:
        raise Http404
    of = "written down when made" if which == "written" else "what it would have said on past days"
    beneath = f"{of}, seen from {day_written(timezone.localdate())}"
    title = f"Said and came: {shown.called}"
    drawing = Drawing("pictures/calibration.html", title, beneath, drawn, drawn.width, drawn.height, LEGEND)
    return as_file(kind, f"calibration-{which}-{method}", lambda: drawing, lambda: calibration_csv(shown))


@require_POST
def start_backtest(request: HttpRequest) -> HttpResponse:
    """Have the backtest worked out beside the pages."""
    access.here(request)
    backtest_now(start=True)
    messages.success(request, "The backtest is being worked out. This page shows it once it is there.")
    return redirect("forecast_record")


@require_POST
def write(request: HttpRequest) -> HttpResponse:
    """Write down what each method says today of every open deal."""
    access.manage(request)
    write_down.enqueue(request.user.get_username())
    messages.success(request, "Today’s forecasts are being written down. They are held against the end of each deal.")
    return redirect("forecast_record")


def _drawn(one: RecordShown, which: str) -> dict[str, Any]:
    return {"shown": one, "drawn": calibration(one), "which": which}


def seen_by(document: ForecastRecord, member: Member) -> ForecastRecord:
    """The record as this member may see it: calls of others are not for everybody."""
    return replace(document, reps=_reps(document, member), teams=_teams(document, member))


def _reps(document: ForecastRecord, member: Member) -> list[RecordShown]:
    """Of reps' own calls: one's own; a manager sees the team's, who reads all sees all."""
    if member.role in access.READ_ALL:
        return document.reps
    names = {member.user.get_username()}
    if member.role == "manager" and member.team is not None:
        names |= set(Member.objects.filter(team=member.team).values_list("user__username", flat=True))
    return [one for one in document.reps if one.name in names]


def _teams(document: ForecastRecord, member: Member) -> list[RecordShown]:
    if member.role in access.READ_ALL:
        return document.teams
    return [one for one in document.teams if member.team is not None and one.name == member.team.name]
