"""Today: where a day begins."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from premortem.acts.looking.today import today as today_document
from premortem.records.firm.models import Member
from premortem.web import access
from premortem.web.ledger import ledger
from premortem.web.pages.deals import lists_of, own

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
    judges = member.role in ("rep", "manager", "admin")
    whose = own(member)
    told = today_document(ledger(), lists_of(member), whose, since, timezone.localdate(), judges)
    access.note_looks(member, told.quoted())
    shown = {"told": told, "since": since, "back": back, "first": last is None, "earlier": EARLIER}
    return render(request, "today/today.html", {**shown, "of": OF[whose], "whose": whose, "judges": judges})


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
