"""Second place: the lost deals with what to do next in each, our record of the way back, and one deal's way back."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from premortem.acts.afterwards.comeback import comeback as way_back
from premortem.acts.afterwards.comeback import tell_step
from premortem.acts.afterwards.comeback_shown import ComebackDocument
from premortem.acts.afterwards.second_place import second_place as pipeline
from premortem.errors import Unknown
from premortem.records.lost_deals import LostDeals
from premortem.web import access
from premortem.web.ledger import ledger, usual

SAID = {
    "asked": "asked",
    "got": "got",
    "refused": "refused",
    "done": "done",
    "planned": "open again",
    "dropped": "left",
}


@require_GET
def second_place(request: HttpRequest) -> HttpResponse:
    """The lost deals that a member sees, those with something late first, and the record."""
    member = access.here(request)
    asked = request.GET.get("page", "")
    page = int(asked) if asked.isdecimal() and len(asked) < 5 else 1
    lost = LostDeals(seen=access.deals_seen_by(member))
    told = pipeline(ledger(), lost, timezone.localdate(), usual().whole, page)
    return render(request, "second_place/pipeline.html", {"told": told})


@require_GET
def comeback(request: HttpRequest, deal: str) -> HttpResponse:
    """One deal's way back. What has not ended has none, and says so."""
    member = access.see(request, deal)
    if not ledger().store.read(deal):
        raise Http404
    access.note_look(member, deal)
    told: ComebackDocument | None = None
    why = ""
    try:
        told = way_back(ledger(), deal, timezone.localdate(), usual().whole)
    except Unknown as mistake:
        why = str(mistake)
    shown = {"told": told, "why": why, "deal": deal, "may_change": access.may_change(member, deal)}
    return render(request, "second_place/deal.html", shown)


@require_POST
def comeback_step(request: HttpRequest, deal: str, step: str) -> HttpResponse:
    """Enter what came of a step: the button's `state`, the day, and what they answered."""
    access.change(request, deal)
    given = request.POST
    try:
        on = date.fromisoformat(given["on"]) if given.get("on", "").strip() else None
        by, state = request.user.get_username(), given.get("state", "")
        told = tell_step(ledger(), deal, step, state, by, datetime.now(UTC), on, given.get("words", ""), usual().whole)
        messages.success(request, f"Entered: {told.step.replace('_', ' ')}, {SAID[told.state]}.")
    except Unknown as mistake:
        messages.error(request, str(mistake))
    except ValueError:
        messages.error(request, "That is no day. Write it as YYYY-MM-DD, or leave it empty for today.")
    return redirect("comeback", deal)
