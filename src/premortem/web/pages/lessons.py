"""Lessons: what deals that ended looked like, the open deals that look the same, and how often each lesson held."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from premortem.acts.afterwards import lessons as acts
from premortem.acts.afterwards.lessons import Choices, choices
from premortem.acts.afterwards.lessons_shown import lessons as all_lessons
from premortem.acts.afterwards.lessons_shown import says
from premortem.acts.looking.reviewing import review_changed
from premortem.errors import Unknown
from premortem.ledger.entries import Entry
from premortem.ledger.fold import deal_as_of, end_of
from premortem.ledger.norms import Norms
from premortem.records.firm.models import Member
from premortem.records.resembling import Resembling
from premortem.web import access
from premortem.web.ledger import ledger, rules, usual
from premortem.web.pages.post_mortem import entries_of, takes_part, team_of

NO_DAY = "That is no day. Write it as YYYY-MM-DD."


@require_GET
def lessons(request: HttpRequest) -> HttpResponse:
    """All lessons. A member sees the open deals that are theirs to see; records count all deals."""
    member = access.here(request)
    told = all_lessons(ledger(), of(member))
    mine = {deal for deal in {one.lesson.deal for one in told.lessons} if deal and team_of(member, deal) is not None}
    return render(request, "lessons/lessons.html", {"told": told, "mine": mine})


@require_POST
def make(request: HttpRequest, deal: str) -> HttpResponse:
    """Make a lesson of what is ticked, and say at once which open deals look the same."""
    member, _ = takes_part(request, deal)
    given, by, now = request.POST, request.user.get_username(), datetime.now(UTC)
    try:
        on = date.fromisoformat(given.get("on", ""))
        stood, said, unsaid = (given.getlist(name) for name in ("findings", "claims", "unsaid"))
        norms = norms_on(entries_of(deal), on)
        made = acts.make(ledger(), rules(), deal, on, given.get("title", ""), by, now, stood, said, unsaid, norms)
    except (Unknown, ValueError) as mistake:
        messages.error(request, _in_words(mistake) if isinstance(mistake, Unknown) else NO_DAY)
        return redirect(f"{reverse('replay', args=[deal])}?on={_day_of(given.get('on', ''))}#lesson")
    review_changed(ledger(), rules(), timezone.localdate(), only=[deal])
    alike = of(member).open([made.lesson]).get(made.lesson, 0)
    messages.success(request, f"Kept. {says(alike, made.seen)} From now on it is watched.")
    return redirect(f"{reverse('lessons')}#{made.lesson}")


@require_POST
def drop(request: HttpRequest, deal: str, lesson: str) -> HttpResponse:
    """Take a lesson back: it is watched no longer."""
    takes_part(request, deal)
    try:
        acts.drop(ledger(), deal, lesson, request.user.get_username(), datetime.now(UTC))
        review_changed(ledger(), rules(), timezone.localdate(), only=[deal])
        messages.success(request, "This lesson is watched no longer.")
    except Unknown as mistake:
        messages.error(request, str(mistake))
    return redirect("lessons")


def of(member: Member) -> Resembling:
    """What a member sees of the deals that look alike."""
    return Resembling() if member.role in access.READ_ALL else Resembling(seen=access.deals_seen_by(member))


def to_choose(deal: str, entries: list[Entry], member: Member, asked: str, last: str) -> tuple[Choices | None, str]:
    """Of what a lesson can be made, as of the day asked for or the last; and what is wrong with that day.

    Nothing for a member who takes no part.
    """
    if team_of(member, deal) is None:
        return None, ""
    last_day = date.fromisoformat(last)
    try:
        on = date.fromisoformat(asked) if asked else last_day
        return choices(entries, on, rules(), norms_on(entries, on)), ""
    except (Unknown, ValueError) as mistake:
        wrong = str(mistake) if isinstance(mistake, Unknown) else NO_DAY
        return choices(entries, last_day, rules(), norms_on(entries, last_day)), wrong


def norms_on(entries: list[Entry], on: date) -> Norms:
    """What was usual for such a deal then."""
    seen = deal_as_of(entries, end_of(on))
    return usual(on).of(seen.amount, seen.opened.currency if seen.opened else None)


def _in_words(mistake: Unknown) -> str:
    """A sentence of the command line's, without the options that it names there."""
    told = str(mistake)
    if "needs a title" in told:
        return "Say in a few words what this lesson warns of."
    return "Tick at least one thing that has to hold." if "needs a pattern" in told else told


def _day_of(written: str) -> str:
    """What was sent as a day, if it is one: an address repeats nothing else."""
    try:
        return date.fromisoformat(written).isoformat()
    except ValueError:
        return ""
