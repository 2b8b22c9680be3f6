"""Who looked at people's words without being of the deal's team: together by person, deal and day. For admins."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Max
from django.db.models.functions import TruncDate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from premortem.records.firm.models import Look, Member
from premortem.records.models import DealRow
from premortem.web import access

LOOKS_AT_ONCE = 100


@require_GET
def looks(request: HttpRequest) -> HttpResponse:
    """Who looked at people's words without being of the deal's team, the newest first."""
    access.manage(request)
    together = Look.objects.order_by().annotate(day=TruncDate("at")).values("day", "user_id", "deal")
    every = together.annotate(last=Max("at"), times=Count("pk")).order_by("-last", "user_id", "deal")
    page = Paginator(every, LOOKS_AT_ONCE).get_page(request.GET.get("page"))
    groups: list[dict[str, Any]] = [dict(one) for one in page]
    deals, users = {one["deal"] for one in groups}, {one["user_id"] for one in groups}
    names = dict(DealRow.objects.filter(deal__in=deals).values_list("deal", "name"))
    called = {one.user_id: str(one) for one in Member.objects.select_related("user").filter(user__in=users)}
    shown = [
        (one | {"who": called.get(one["user_id"], "somebody who left")}, names.get(one["deal"], one["deal"]), touches)
        for one, touches in zip(groups, _touches_seen(groups), strict=True)
    ]
    return render(request, "settings/looks.html", {"page": page, "looks": shown})


def _touches_seen(groups: list[dict[str, Any]]) -> list[list[str]]:
    """The touches that were looked at in each of these groups of looks."""
    if not groups:
        return []
    users, deals = {one["user_id"] for one in groups}, {one["deal"] for one in groups}
    days = [one["day"] for one in groups]
    looks = Look.objects.annotate(day=TruncDate("at")).filter(user__in=users, deal__in=deals).exclude(touch="")
    among = looks.filter(day__gte=min(days), day__lte=max(days)).order_by("touch")
    touches: dict[tuple[Any, ...], list[str]] = {}
    for *group, touch in among.values_list("day", "user_id", "deal", "touch").distinct():
        touches.setdefault(tuple(group), []).append(touch)
    return [touches.get((one["day"], one["user_id"], one["deal"]), []) for one in groups]
