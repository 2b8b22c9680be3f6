"""Today: where a day begins, and all facts that wait for a yes or no."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import cast, get_args

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from premortem.acts.looking.today import today as today_document
from premortem.acts.looking.waiting import waiting as waiting_document
from premortem.records.deal_lists import DealLists, Wanted, Whose
from premortem.records.firm.models import Member
from premortem.web import access
from premortem.web.ledger import ledger
from premortem.web.pages.deals import WHOSE, lists_of, own

A_VISIT = timedelta(hours=1)
"""Within it, looking again shows the same news again."""
AT_FIRST = timedelta(days=14)
"""How far back news goes for somebody who never looked."""
EARLIER = (7, 30, 90)
OF = {"mine": "of yours", "team": "of your team's", "all": "in all"}


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """What to ask this week, and the news since one last looked, or of the last ?days."""
    member, now = access.here(request), timezone.now()
    days = request.GET.get("days", "")
    back = int(days) if days in map(str, EARLIER) else None
    last = _last_look(request, member, now)
    since = now - timedelta(days=back) if back else last or now - AT_FIRST
    whose, lists, on = _whose(request, member), lists_of(member), timezone.localdate()
    told = today_document(ledger(), lists, whose, since, on, judges(member))
    access.note_looks(member, told.quoted())
    shown = {"told": told, "since": since, "back": back, "first": last is None, "earlier": EARLIER}
    around = {"of": OF[whose], "whose": whose, "switch": _switch(member, lists, on, whose), "judges": judges(member)}
    return render(request, "today/today.html", {**shown, **around})


@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """All facts that wait for a yes or no, page by page, each to be answered where it stands."""
    member = access.here(request)
    if not judges(member):
        raise PermissionDenied
    whose, lists = _whose(request, member), lists_of(member)
    page = request.GET.get("page", "")
    told = waiting_document(ledger(), lists, whose, int(page) if page.isdecimal() and len(page) < 5 else 1)
    access.note_looks(member, told.quoted())
    switch = _switch(member, lists, timezone.localdate(), whose)
    return render(request, "today/waiting.html", {"told": told, "whose": whose, "of": OF[whose], "switch": switch})


def judges(member: Member) -> bool:
    """Who says yes or no to what was read."""
    return member.role in ("rep", "manager", "admin")


def _whose(request: HttpRequest, member: Member) -> Whose:
    asked = request.GET.get("whose", "")
    return cast(Whose, asked) if asked in get_args(Whose) else own(member)


def _switch(member: Member, lists: DealLists, on: date, whose: Whose) -> list[tuple[str, str]]:
    """Whose deals a day can be about, where that makes a difference to the member; nothing where it makes none."""
    counts = {one: lists.count(Wanted(whose=cast(Whose, one)), on) for one, _ in WHOSE}
    shown = {whose, own(member)}
    if 0 < counts["mine"] < counts["all"]:
        shown.add("mine")
    if counts["mine"] < counts["team"] < counts["all"]:
        shown.add("team")
    if counts["all"] > max(counts[one] for one in shown):
        shown.add("all")
    return [one for one in WHOSE if one[0] in shown] if len(shown) > 1 else []


def _last_look(request: HttpRequest, member: Member, now: datetime) -> datetime | None:
    """When they looked before this visit; None where this is their first."""
    before = member.looked_at
    if before is None or now - before > A_VISIT:
        request.session["looked_before"] = before.isoformat() if before else ""
        Member.objects.filter(pk=member.pk).update(looked_at=now)
        return before
    kept = request.session.get("looked_before")
    if kept is None:
        return before
    return datetime.fromisoformat(kept) if kept else None
