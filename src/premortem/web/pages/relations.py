"""Rapport and relations of one deal, and the lunch at the buyer's office."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from premortem.acts.buying.relations import held_lunch, plan_lunch
from premortem.acts.buying.relations import relations as standing
from premortem.errors import Unknown
from premortem.web import access
from premortem.web.ledger import ledger


@require_GET
def relations(request: HttpRequest, deal: str) -> HttpResponse:
    """The three rapports, the deciders, the ladder, the lunches."""
    member = access.see(request, deal)
    try:
        told = standing(ledger(), deal, timezone.localdate())
    except Unknown as missing:
        raise Http404 from missing
    access.note_look(member, deal)
    return render(request, "relations/deal.html", {"told": told, "may_change": access.may_change(member, deal)})


@require_POST
def lunch(request: HttpRequest, deal: str) -> HttpResponse:
    """Plan a lunch (`do` is plan) or enter that one was held, `on` a day; `lunch` is the planned one's id."""
    access.change(request, deal)
    given, by, now = request.POST, request.user.get_username(), datetime.now(UTC)
    try:
        on = date.fromisoformat(given.get("on", "").strip())
        if given.get("do") == "plan":
            plan_lunch(ledger(), deal, given.get("owner", "") or by, on, by, now)
        else:
            held_lunch(ledger(), deal, on, by, now, given.get("lunch") or None)
        messages.success(request, "Entered.")
    except Unknown as mistake:
        messages.error(request, str(mistake))
    except ValueError:
        messages.error(request, "A lunch needs a day. Write it as YYYY-MM-DD.")
    return redirect("relations", deal)
