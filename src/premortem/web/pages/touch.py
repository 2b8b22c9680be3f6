"""One touch: its words with each fact in place, and a yes, a no or a better word on each of them."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from msgspec.structs import replace

from premortem.acts.bringing_in.mail_as_sent import mail_as_sent
from premortem.acts.looking.touch_page import FactOnPage, TouchPage, touch_page
from premortem.acts.telling import judge as judging
from premortem.acts.telling.fact_said import Said
from premortem.checks.called import called
from premortem.errors import Unknown
from premortem.ledger.claims import CLAIMS, TOPICS
from premortem.records.firm.models import Member
from premortem.web import access
from premortem.web.harmless import harmless, pictures_in
from premortem.web.ledger import ledger, rules
from premortem.web.pictures.talk_strip import LEGEND

FAMILIES = [(family, list(told)) for family, told in groupby(CLAIMS.values(), key=lambda one: one.family)]
"""The claims as a form offers them, family by family."""
DONE = {"confirmed": "Confirmed.", "rejected": "Rejected.", "corrected": "Corrected.", "added": "Added."}


@require_safe
def touch(request: HttpRequest, deal: str, touch: str) -> HttpResponse:
    """The whole page, or, where a form beside a fact is asked for, the turn that it stands in."""
    member = access.see(request, deal)
    page = _page(deal, touch)
    access.note_look(member, deal, touch)
    correcting = next((one for one in _facts(page) if one.id == request.GET.get("correct", "")), None)
    told = _told(page, correcting, access.may_change(member, deal))
    if _wants_part(request) and correcting is not None:
        return _turn(request, told, correcting.turn)
    return render(request, "touch/touch.html", told)


@require_safe
def as_sent(request: HttpRequest, deal: str, touch: str) -> HttpResponse:
    """A mail with all that it quoted and signed, its HTML made harmless. Raises Http404 for what is no mail."""
    member = access.see(request, deal)
    try:
        mail = mail_as_sent(ledger(), deal, touch)
    except Unknown as absent:
        raise Http404 from absent
    access.note_look(member, deal, touch)
    shown = harmless(mail.markup)
    told = {"mail": mail, "shown": shown if shown.strip() else "", "left_out": pictures_in(mail.markup)}
    return render(request, "touch/sent.html", told)


@require_POST
def judge(request: HttpRequest, deal: str, fact: str) -> HttpResponse:
    """Confirm, reject or correct a fact; its turn is shown again, and what that does to the deal's findings."""
    member = access.change(request, deal)
    said = _said(request) if request.POST.get("says") == "corrected" else None
    by, now = member.user.get_username(), datetime.now(UTC)
    try:
        done = judging.judge(ledger(), deal, fact, request.POST.get("says", ""), by, now, said, rules())
    except Unknown as refused:
        return _refused(request, member, _page(deal, request.POST.get("touch", "")), fact, refused)
    messages.success(request, _outcome(done))
    back = request.POST.get("back", "")
    if back.startswith(f"{reverse('waiting')}?"):
        return redirect(back)
    return _shown_again(request, deal, done)


@require_POST
def add_fact(request: HttpRequest, deal: str, touch: str) -> HttpResponse:
    """Add a fact that no reader heard, carried by words that stand in a turn."""
    member = access.change(request, deal)
    by, now = member.user.get_username(), datetime.now(UTC)
    asked = request.POST
    try:
        turn, start = _count(asked.get("turn")), _count(asked.get("start"))
        done = judging.add_fact(
            ledger(),
            deal,
            touch,
            -1 if turn is None else turn - 1,
            asked.get("words", ""),
            _said(request),
            by,
            now,
            start,
            rules(),
        )
    except Unknown as refused:
        return _adding_again(request, member, _page(deal, touch), refused)
    messages.success(request, _outcome(done))
    return redirect(_place(deal, done))


def _page(deal: str, touch: str) -> TouchPage:
    try:
        return touch_page(ledger(), deal, touch)
    except Unknown as absent:
        raise Http404 from absent


def _told(page: TouchPage, correcting: FactOnPage | None, may_change: bool = True) -> dict[str, Any]:
    """What the page shows: which fact is being corrected, and what the forms offer."""
    return {
        "page": page,
        "may_change": may_change,
        "strip_legend": LEGEND,
        "correcting": correcting,
        "families": FAMILIES,
        "topics": TOPICS,
    }


def _facts(page: TouchPage) -> list[FactOnPage]:
    return [one for turn in page.turns for one in turn.facts] + page.elsewhere


def _wants_part(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))


def _said(request: HttpRequest) -> Said:
    asked = request.POST
    return Said(asked.get("claim", ""), asked.get("person") or None, asked.get("value") or None)


def _count(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else None


def _outcome(done: judging.Judged) -> str:
    if not done.told:
        return "That was said before: nothing changed."
    moved = []
    if done.gone:
        moved.append(f"No longer found in this deal: {_listed(done.gone)}.")
    if done.come:
        moved.append(f"Newly found in this deal: {_listed(done.come)}.")
    return " ".join([DONE[done.says], *(moved or ["The deal's findings stay as they are."])])


def _listed(checks: list[str]) -> str:
    return "; ".join(called(one) for one in checks)


def _place(deal: str, done: judging.Judged) -> str:
    return f"{reverse('touch', args=[deal, done.touch])}#fact-{done.fact}"


def _shown_again(request: HttpRequest, deal: str, done: judging.Judged) -> HttpResponse:
    if not _wants_part(request):
        return redirect(_place(deal, done))
    page = _page(deal, done.touch)
    return _turn(request, {"page": page, "may_change": True, "correcting": None, "says": True}, done.turn)


def _turn(request: HttpRequest, told: dict[str, Any], number: int) -> HttpResponse:
    page: TouchPage = told["page"]
    if number >= len(page.turns):
        raise Http404
    return render(request, "touch/turn_again.html", {**told, "turn": page.turns[number]})


def _refused(request: HttpRequest, member: Member, page: TouchPage, fact: str, why: Unknown) -> HttpResponse:
    """The reason, beside the fact: a correction keeps its form open, with what was typed.

    Raises Http404 where the fact is not on the page.
    """
    found = next((one for one in _facts(page) if one.id == fact), None)
    if found is None:
        raise Http404
    reason = f"Nothing was written: {why}"
    told = _told(page, None)
    if request.POST.get("says") == "corrected":
        said = _said(request)
        told["correcting"] = replace(found, claim=said.claim, person=said.person, value=said.value)
        told["refused"] = reason
    else:
        messages.error(request, reason)
        told["says"] = True
    if _wants_part(request):
        return _turn(request, told, found.turn)
    if told["correcting"] is None:
        return redirect(f"{reverse('touch', args=[page.deal, page.touch])}#fact-{fact}")
    return _whole(request, member, told)


def _adding_again(request: HttpRequest, member: Member, page: TouchPage, why: Unknown) -> HttpResponse:
    """The whole page, with the form open that was sent, what was typed in it, and the reason."""
    asked = {name: request.POST.get(name, "") for name in ("words", "turn", "start", "claim", "person", "value")}
    if not 1 <= (_count(asked["turn"]) or 0) <= len(page.turns):
        why = Unknown("there is no such turn", f"Give its number, from 1 to {len(page.turns)}.")
    told = {**_told(page, None), "adding": asked, "refused": f"Nothing was written: {why}"}
    return _whole(request, member, told)


def _whole(request: HttpRequest, member: Member, told: dict[str, Any]) -> HttpResponse:
    page: TouchPage = told["page"]
    access.note_look(member, page.deal, page.touch)
    return render(request, "touch/touch.html", told)
