"""Contests: what there is to win, who stands where, my place in it, and the trophies that were won."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from premortem.acts.contests import contests as all_contests
from premortem.acts.contests import standings, takes_part
from premortem.errors import Unknown
from premortem.records.contests import DatabaseContests
from premortem.records.firm.models import Member
from premortem.web import access
from premortem.web.ledger import ledger

RUNS_IT = ("manager", "executive", "admin")
"""Who sees every standing besides those who take part, and drafts before they are announced."""


@require_GET
def contests(request: HttpRequest) -> HttpResponse:
    """What runs, what comes, and who won; an award that is not for the whole firm keeps its names to itself."""
    member = access.here(request)
    told = all_contests(_kept(), timezone.localdate(), drafts=member.role in RUNS_IT).contests
    shown = {
        "running": [one for one in told if one.contest.state in ("draft", "announced", "running", "over")],
        "awarded": [(one, one.contest.publish or _sees(member, one.contest.id)) for one in told if one.winners],
        "runs_it": member.role in RUNS_IT,
    }
    return render(request, "contests/contests.html", shown)


@require_GET
def contest(request: HttpRequest, contest: str) -> HttpResponse:
    """One contest. Those who take part see all places at all times; others what there is to win, and who won it."""
    member = access.here(request)
    asked = request.GET.get("page", "")
    page = int(asked) if asked.isdecimal() and len(asked) < 6 else 1
    try:
        told = standings(_kept(), contest, timezone.localdate(), _names(member), page)
    except Unknown as nothing:
        raise Http404 from nothing
    if told.contest.state == "draft" and member.role not in RUNS_IT:
        raise Http404
    sees = told.mine is not None or member.role in RUNS_IT
    award = told.award if told.award is not None and (sees or told.contest.publish) else None
    return render(request, "contests/contest.html", {"told": told, "sees": sees, "award": award})


def _kept() -> DatabaseContests:
    return DatabaseContests(ledger().alias)


def _names(member: Member) -> list[str]:
    """By what a member is found in a contest: the address they were invited by; their names are their own choice."""
    return [member.user.email]


def _sees(member: Member, contest: str) -> bool:
    return member.role in RUNS_IT or takes_part(_kept(), contest, _names(member))
