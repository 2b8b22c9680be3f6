"""Contests: what there is to win, who stands where, my place in it, and the trophies that were won."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET
from msgspec.structs import replace

from premortem.acts.contests.contest_people import asked
from premortem.acts.contests.contests import contests as all_contests
from premortem.acts.contests.contests import people_in, standings, takes_part, warnings_of
from premortem.acts.contests.contests_shown import StandingsDocument
from premortem.errors import Unknown
from premortem.records.contests import DatabaseContests
from premortem.records.firm.models import Member
from premortem.web import access
from premortem.web.ledger import ledger
from premortem.web.pages.contest_making import AGREES, MAKES, members

RUNS_IT = ("manager", "executive", "admin")
"""Who sees every standing besides those who take part, and drafts before they are announced."""


@require_GET
def contests(request: HttpRequest) -> HttpResponse:
    """What runs, what comes, and who won; an award that is not for the whole firm keeps its names to itself."""
    member = access.here(request)
    told = all_contests(kept(), timezone.localdate(), drafts=member.role in RUNS_IT).contests
    shown = {
        "running": [one for one in told if one.contest.state in ("draft", "announced", "running", "over")],
        "awarded": [(one, one.contest.publish or sees_all(member, one.contest.id)) for one in told if one.winners],
        "runs_it": member.role in RUNS_IT,
        "makes": member.role in MAKES,
    }
    return render(request, "contests/contests.html", shown)


@require_GET
def contest(request: HttpRequest, contest: str) -> HttpResponse:
    """One contest. Those who take part see all places at all times; others what there is to win, and who won it."""
    member = access.here(request)
    asked = request.GET.get("page", "")
    told, sees = seen_by(member, contest, int(asked) if asked.isdecimal() and len(asked) < 6 else 1)
    shown = {"told": told, "sees": sees, "award": told.award, **_making(member, told)}
    return render(request, "contests/contest.html", shown)


def seen_by(member: Member, contest: str, page: int) -> tuple[StandingsDocument, bool]:
    """A contest as this member may see it, and whether with its places. Raises Http404 for a draft of others."""
    try:
        told = standings(kept(), contest, timezone.localdate(), names_of(member), page)
    except Unknown as nothing:
        raise Http404 from nothing
    if told.contest.state == "draft" and member.role not in RUNS_IT:
        raise Http404
    if told.mine is not None or member.role in RUNS_IT:
        return told, True
    award = told.award if told.contest.publish else None
    return replace(told, leaders=[], places=[], left_out=[], page=1, pages=1, award=award), False


def _making(member: Member, told: StandingsDocument) -> dict[str, object]:
    """What is left to do with a contest, for who makes it or has its budget."""
    makes, state, one = member.role in MAKES, told.contest.state, told.contest
    if member.role not in (*MAKES, *AGREES):
        return {}
    draft = state == "draft"
    return {
        "warnings": warnings_of(kept(), one.id) if draft else [],
        "asked": asked(kept(), one.id, members()) if draft and makes else None,
        "told_people": people_in(kept(), one.id) if draft and makes else 0,
        "may_approve": draft and member.role in AGREES and one.needs_approval and not one.approved_by,
        "may_announce": draft and makes and (not one.needs_approval or one.approved_by),
        "may_award": makes and state == "over",
    }


def kept() -> DatabaseContests:
    return DatabaseContests(ledger().alias)


def names_of(member: Member) -> list[str]:
    """By what a member is found in a contest: the address they were invited by; their names are their own choice."""
    return [member.user.email]


def sees_all(member: Member, contest: str) -> bool:
    return member.role in RUNS_IT or takes_part(kept(), contest, names_of(member))
