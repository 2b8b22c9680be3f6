"""The buyer's room: a page by a link, without an account. It shows what `acts.room` gives, and nothing else of ours.

Whoever has signed in as one of us may look at a room and change nothing there: only a buyer's own hand is theirs.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

from allauth.core.internal import ratelimit
from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from premortem.acts.buying.project_change import Changed, Wanted, add, change, comment
from premortem.acts.buying.project_people import add_person, agree
from premortem.acts.looking.reviewing import review_changed
from premortem.buying.project import BUSY, READY, RISK
from premortem.errors import Unknown
from premortem.records.firm.models import RoomLink
from premortem.web import plan_forms
from premortem.web.joining import too_often
from premortem.web.keys import secret_of
from premortem.web.ledger import ledger, rules
from premortem.web.room_guest import Closed, Guest, known_addresses

GUESTS = 20
"""Links for colleagues that the links of a deal may have made, as long as they open the plan."""
NEW = "new"
ANSWERS_CALLED = (("yes", "Yes"), ("no", "No"), ("unsure", "Not sure"), ("unknown", "No answer yet"))


@require_http_methods(["GET", "POST"])
def room(request: HttpRequest, word: str) -> HttpResponse:
    """The plan as both sides see it; a form that is sent changes it, and says so."""
    guest = _enter(request, word)
    if isinstance(guest, HttpResponse):
        return guest
    if request.method == "POST":
        return _do(request, guest)
    RoomLink.objects.filter(pk=guest.link.pk).update(opened_at=timezone.now())
    return _page(request, guest)


@require_GET
def room_file(request: HttpRequest, word: str, kind: str) -> HttpResponse:
    """The plan to take along: a page to print, a table, or days for a calendar."""
    guest = _enter(request, word)
    if isinstance(guest, HttpResponse):
        return guest
    whose = {"buyer": "You", "joint": "Together", "ours": guest.ours}
    if kind == "pdf" and not ratelimit.consume(request, app="allauth.account", action="paper", limit_get=True):
        return _shown(request, "room/wait.html", {}, 429)
    try:
        return _unkept(plan_forms.file_of(kind, guest.document, whose, guest.ours))
    except Http404:
        return _shown(request, "room/closed.html", {}, 404)


def _enter(request: HttpRequest, word: str) -> Guest | HttpResponse:
    """The guest who comes by this link; a page that says why not where it opens nothing, or is tried too often."""
    try:
        guest = Guest(request, word)
    except Closed:
        many = too_often(request)
        return _shown(request, "room/wait.html" if many else "room/closed.html", {}, 429 if many else 404)
    if not ratelimit.consume(request, app="allauth.account", action="room", limit_get=True):
        return _shown(request, "room/wait.html", {}, 429)
    return guest


def _do(request: HttpRequest, guest: Guest) -> HttpResponse:
    """One form. What can't be taken is shown again as it was typed."""
    given, now = request.POST, datetime.now(UTC)
    if not guest.may_write:
        return _shown(request, "room/ours.html", {"ours": guest.ours}, 403)
    place = "plan"
    try:
        match given.get("do"):
            case "step" | "say" | "ready":
                found = _change(request, guest, now)
                if found.clash:
                    return _again(request, guest, plan_forms.what_differs(found, guest.owner, guest.called))
                for told in plan_forms.kept_beside(found, guest.owner, guest.called):
                    messages.info(request, told)
                place = given.get("step", "").replace(":", "-")
            case "add":
                element = {"risk": RISK, "busy": BUSY}.get(given.get("kind", ""))
                wanted: Wanted = {"whose": "buyer", **({"title": plan_forms.BUSY_WEEK} if element == BUSY else {})}
                add(ledger(), guest.deal, guest.hand, {**wanted, **_wanted(request, guest)}, now, element, shared=True)
            case "comment":
                place = given.get("step", "")
                comment(ledger(), guest.deal, guest.hand, place, given.get("words", ""), now, guest.me.id)
            case "agree":
                agrees = {"yes": True, "no": False}.get(given.get("agrees", ""))
                on, words, place = given.get("on", ""), given.get("words", ""), "agreement"
                agree(ledger(), guest.deal, guest.hand, guest.me.id, on, agrees, words, now)
            case "colleague":
                return _colleague(request, guest, now)
            case "remind":
                _remind(guest, given.get("email", ""))
                place = "reminders"
            case _:
                raise Unknown("that is nothing that can be done here", "Go back to the plan.")
    except Unknown as mistake:
        return _again(request, guest, [str(mistake)])
    _look_again(guest.deal)
    messages.success(request, "Kept.")
    return redirect(reverse("room", args=[guest.word]) + f"#{place}")


def _wanted(request: HttpRequest, guest: Guest) -> Wanted:
    """What the form asks for. Whoever the room does not show stays where they are unless somebody takes it over."""
    asked = dict(plan_forms.wanted(request.POST, guest.today))
    if request.POST.get("owner_hidden") and asked.get("owner") is None:
        asked.pop("owner", None)
    owner = asked.get("owner")
    if owner is not None and guest.document.person(str(owner)) is None:
        raise Unknown("there is nobody of that name in this plan", "Add the person first.")
    return asked


def _change(request: HttpRequest, guest: Guest, now: datetime) -> Changed:
    given, step = request.POST, request.POST.get("step", "")
    wanted: Wanted = {"note": given.get("note", "")}
    if given.get("do") == "step":
        wanted = _wanted(request, guest)
    if given.get("do") == "ready":
        step, wanted = f"{READY}:{step.partition(':')[2]}", {"note": plan_forms.ready_note(given)}
    return change(
        ledger(), guest.deal, guest.hand, step, wanted, given.get("seen", ""), now, shared=True, only_shared=True
    )


def _colleague(request: HttpRequest, guest: Guest, now: datetime) -> HttpResponse:
    """Add a colleague, and show the link by which they come in, this once."""
    made = RoomLink.objects.filter(deal=guest.deal, ended_at=None, ends_at__gt=now, invited_by__isnull=False)
    if made.count() >= GUESTS:
        raise Unknown("this plan has all its links for colleagues", f"Ask {guest.shared_by} for further ones.")
    given = request.POST
    person = add_person(ledger(), guest.deal, guest.hand, given.get("name", ""), given.get("title", ""), now)
    word = secrets.token_urlsafe(32)
    RoomLink.objects.create(
        secret=secret_of(word),
        deal=guest.deal,
        person=person,
        made_by_id=guest.link.made_by_id,
        invited_by=guest.link,
        ends_at=guest.link.ends_at,
    )
    _look_again(guest.deal)
    link = request.build_absolute_uri(reverse("room", args=[word]))
    shown = {
        "link": link,
        "who": " ".join(given.get("name", "").split()),
        "word": guest.word,
        "ends": guest.link.ends_at,
    }
    return _shown(request, "room/link.html", shown)


def _remind(guest: Guest, email: str) -> None:
    try:
        kept = forms.EmailField(required=False).clean(email.strip())
    except ValidationError as mistake:
        raise Unknown("that is no mail address", "Write it as name@firm.example, or leave it empty.") from mistake
    if kept and kept.casefold() not in known_addresses(guest.deal, guest.me.id):
        raise Unknown("reminders go to an address of yours that we knew before, and to no other", "Leave it empty.")
    RoomLink.objects.filter(pk=guest.link.pk).update(email=kept)


def _look_again(deal: str) -> None:
    """What the buyer did counts at once."""
    review_changed(ledger(), rules(), timezone.now().date(), only=[deal])


def _again(request: HttpRequest, guest: Guest, why: list[str]) -> HttpResponse:
    """The page as it stands now, with what was typed where it was typed."""
    typed = plan_forms.typed_of(request.POST)
    at = typed.get("step") or f"{NEW}-{typed.get('kind') or typed.get('do', '')}"
    fresh = Guest(request, guest.word)
    return _page(request, fresh, {at: typed}, why, 409)


def _page(
    request: HttpRequest,
    guest: Guest,
    typed: dict[str, plan_forms.Typed] | None = None,
    why: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    document, typed = guest.document, typed or {}
    shown = {
        "document": document,
        "me": guest.me,
        "ours": guest.ours,
        "shared_by": guest.shared_by,
        "word": guest.word,
        "ends": guest.link.ends_at,
        "may_write": guest.may_write,
        "tasks": [plan_forms.form_of(one, typed) for one in document.tasks],
        "risks": [plan_forms.form_of(one, typed) for one in document.risks],
        "busy": [plan_forms.form_of(one, typed) for one in document.busy],
        "typed": typed,
        "why": why or [],
        "email": guest.link.email,
        "mails": bool(settings.EMAIL_HOST),
        "today": guest.today,
        "whose_words": [("buyer", "You alone"), ("joint", "Together"), ("ours", guest.ours)],
        "answers": ANSWERS_CALLED,
    }
    return _shown(request, "room/room.html", shown, status)


def _shown(request: HttpRequest, page: str, shown: dict[str, object], status: int = 200) -> HttpResponse:
    return _unkept(render(request, page, shown, status=status))


def _unkept(made: HttpResponse) -> HttpResponse:
    """Nobody keeps it, and no search engine lists it."""
    made["Cache-Control"] = "no-store"
    made["X-Robots-Tag"] = "noindex, nofollow"
    return made
