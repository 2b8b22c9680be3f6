"""The buyer's project on our side: the plan, what it lacks, who agrees, and the links by which buyers come to it."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from premortem.acts.buying.project import ProjectDocument
from premortem.acts.buying.project import project as project_of
from premortem.acts.buying.project_change import Changed, Hand, Wanted, add, change, comment
from premortem.acts.buying.project_people import add_person, agree, show_person
from premortem.acts.buying.project_template import begin
from premortem.acts.looking.reviewing import review_changed
from premortem.buying.project import BUSY, READY, RISK, TURNS
from premortem.errors import Unknown
from premortem.ledger.entries import BUYERS_HAND
from premortem.records.firm.models import Member, RoomLink
from premortem.web import access, plan_forms
from premortem.web.keys import secret_of
from premortem.web.ledger import ledger, rules
from premortem.web.pages.interview import our_name
from premortem.web.pages.post_mortem import entries_of

LIVES = timedelta(days=60)
KINDS = {"risk": RISK, "busy": BUSY, **{turn: turn for turn in TURNS}}


@require_GET
def project(request: HttpRequest, deal: str) -> HttpResponse:
    """The buyer's project of a deal, beside what they said of it."""
    member = access.see(request, deal)
    entries_of(deal)
    access.note_look(member, deal)
    return _page(request, deal, member)


@require_POST
def project_do(request: HttpRequest, deal: str) -> HttpResponse:
    """One form of the page. What can't be taken is shown again as it was typed."""
    member = access.change(request, deal)
    entries_of(deal)
    place = "plan"
    try:
        match request.POST.get("do"):
            case "begin":
                start = date.fromisoformat(request.POST.get("start") or timezone.now().date().isoformat())
                begun = begin(ledger(), deal, request.user.get_username(), start, datetime.now(UTC))
                from_what = f"{begun.of} won deals of your own" if begun.of else "what such projects need: a guess"
                messages.success(request, f"A plan of {len(begun.steps)} steps was laid out, from {from_what}.")
            case "step" | "say" | "ready":
                found = _change(request, deal)
                if found.clash:
                    why = plan_forms.what_differs(found, named_in(deal), by_whom)
                    return _page(request, deal, member, _typed(request), why, 409)
                for told in plan_forms.kept_beside(found, named_in(deal), by_whom):
                    messages.info(request, told)
                place = request.POST.get("step", "").replace(":", "-")
            case _:
                place = _other(request, deal)
    except (Unknown, ValueError) as mistake:
        told = str(mistake) if isinstance(mistake, Unknown) else "That is no day. Write it as YYYY-MM-DD."
        return _page(request, deal, member, _typed(request), [told], 409)
    review_changed(ledger(), rules(), timezone.now().date(), only=[deal])
    messages.success(request, "Kept.")
    return redirect(reverse("project", args=[deal]) + f"#{place}")


@require_POST
def project_link(request: HttpRequest, deal: str) -> HttpResponse:
    """Make a link to the room for one buyer; it is shown this once."""
    member = access.change(request, deal)
    entries_of(deal)
    try:
        word, person = new_link(member, deal, request.POST.get("buyer", ""))
    except Unknown as mistake:
        messages.error(request, str(mistake))
        return redirect(reverse("project", args=[deal]) + "#room")
    link = request.build_absolute_uri(reverse("room", args=[word]))
    who = named_in(deal)(person)
    return render(request, "project/link.html", {"link": link, "who": who, "days": LIVES.days, "deal": deal})


def new_link(member: Member, deal: str, buyer: str) -> tuple[str, str]:
    """A link's word and its buyer's id; the word is kept as its hash alone. Raises Unknown as `show_person`."""
    person = show_person(ledger(), deal, Hand.ours(member.user.get_username()), buyer, datetime.now(UTC))
    word = secrets.token_urlsafe(32)
    RoomLink.objects.create(
        secret=secret_of(word), deal=deal, person=person, made_by=member.user, ends_at=timezone.now() + LIVES
    )
    return word, person


@require_POST
def project_link_end(request: HttpRequest, deal: str, number: int) -> HttpResponse:
    """Revoke a link, and those that were made by it: from now on they open nothing."""
    access.change(request, deal)
    told = end_link(get_object_or_404(RoomLink, pk=number, deal=deal))
    messages.success(request, f"Revoked: {told} link{'' if told == 1 else 's'}. What was done there stays in the plan.")
    return redirect(reverse("project", args=[deal]) + "#room")


def end_link(link: RoomLink) -> int:
    """End a link, and those that were made by it; how many these were."""
    ended, more = set[int](), {link.pk}
    while more:
        ended |= more
        more = set(RoomLink.objects.filter(invited_by__in=more).values_list("pk", flat=True)) - ended
    open_ = RoomLink.objects.filter(pk__in=ended, ended_at=None)
    return open_.update(ended_at=timezone.now(), email="")


@require_GET
def project_file(request: HttpRequest, deal: str, kind: str) -> HttpResponse:
    """What is shared of the plan to take along: a page to print, a table, or days for a calendar."""
    access.note_look(access.see(request, deal), deal)
    entries_of(deal)
    shared = project_of(ledger(), deal, timezone.now().date()).shared
    return plan_forms.file_of(kind, shared, plan_forms.WHOSE_WORDS, our_name(deal))


def _other(request: HttpRequest, deal: str) -> str:
    """What adds something; the place on the page where it stands then."""
    given, hand, now = request.POST, Hand.ours(request.user.get_username()), datetime.now(UTC)
    match given.get("do"):
        case "add":
            element, shared = KINDS.get(given.get("kind", "")), bool(given.get("shared"))
            named: Wanted = {"title": plan_forms.BUSY_WEEK} if element == BUSY else {}
            asked: Wanted = {"whose": "joint", **named, **plan_forms.wanted(given, now.date())}
            return add(ledger(), deal, hand, asked, now, element, shared)
        case "comment":
            comment(ledger(), deal, hand, given.get("step", ""), given.get("words", ""), now)
            return given.get("step", "")
        case "agree":
            agrees = {"yes": True, "no": False}.get(given.get("agrees", ""))
            person, on, words = given.get("person", ""), given.get("on", ""), given.get("words", "")
            agree(ledger(), deal, hand, person, on, agrees, words, now)
            return "agreement"
        case "person":
            add_person(ledger(), deal, hand, given.get("name", ""), given.get("title", ""), now)
            return "room"
        case _:
            raise Unknown("that is nothing that can be done here", "Go back to the plan.")


def _change(request: HttpRequest, deal: str) -> Changed:
    given, step = request.POST, request.POST.get("step", "")
    hand, now = Hand.ours(request.user.get_username()), datetime.now(UTC)
    wanted: Wanted = {"note": given.get("note", "")}
    if given.get("do") == "step":
        wanted = plan_forms.wanted(given, now.date())
    shared = bool(given.get("shared")) if given.get("do") == "step" else True
    if given.get("do") == "ready":
        step, wanted = f"{READY}:{step.partition(':')[2]}", {"note": plan_forms.ready_note(given)}
    return change(ledger(), deal, hand, step, wanted, given.get("seen", ""), now, shared)


def _typed(request: HttpRequest) -> dict[str, plan_forms.Typed]:
    typed = plan_forms.typed_of(request.POST)
    return {typed.get("step") or f"new-{typed.get('kind') or typed.get('do', '')}": typed}


def by_whom(author: str) -> str:
    return "The buyer" if author.startswith(BUYERS_HAND) else author.removeprefix("user:")


def named_in(deal: str) -> Callable[[str], str]:
    names = {one.id: one.name for one in project_of(ledger(), deal, timezone.now().date()).buyers}
    return lambda person: names.get(person, "one of us")


def _page(
    request: HttpRequest,
    deal: str,
    member: Member,
    typed: dict[str, plan_forms.Typed] | None = None,
    why: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    document, typed = project_of(ledger(), deal, timezone.now().date()), typed or {}
    shown = {
        "document": document,
        "tasks": [plan_forms.form_of(one, typed) for one in document.tasks],
        "busy": [plan_forms.form_of(one, typed) for one in document.busy],
        "risks": [plan_forms.form_of(one, typed) for one in document.shared.risks],
        "heard": {one.part: one.evidence for one in document.heard},
        "may_change": access.may_change(member, deal),
        "typed": typed,
        "why": why or [],
        "links": _links(document, deal),
        "days": LIVES.days,
        "turns": TURNS.items(),
        "comments": {one.id: one.comments for one in document.shared.tasks},
        "whose_words": [("buyer", "the buyer alone"), ("joint", "joint"), ("ours", "ours")],
        "today": timezone.now().date(),
    }
    return render(request, "project/project.html", shown, status=status)


def _links(document: ProjectDocument, deal: str) -> list[tuple[RoomLink, str, str]]:
    names = {one.id: one.name for one in document.buyers}
    now = timezone.now()
    found = RoomLink.objects.filter(deal=deal).order_by("-pk")
    return [(one, names.get(one.person, "[erased]"), state_of(one, now)) for one in found]


def state_of(link: RoomLink, now: datetime) -> str:
    return "revoked" if link.ended_at is not None else "open" if link.ends_at > now else "over"
