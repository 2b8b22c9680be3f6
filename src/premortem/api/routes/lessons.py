"""Lessons: what deals that ended looked like, the open deals that look the same, and how often each lesson held."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from msgspec import Struct
from ninja import Router

from premortem.acts.afterwards import lessons as acts
from premortem.acts.afterwards.lessons import Choices
from premortem.acts.afterwards.lessons_shown import LessonsDocument
from premortem.acts.afterwards.lessons_shown import lessons as all_lessons
from premortem.acts.looking.reviewing import review_changed
from premortem.api.asked import Day, by, told_day
from premortem.api.routes.deals import entries_of
from premortem.api.shown import Given, Shown
from premortem.web import access
from premortem.web.ledger import ledger, rules
from premortem.web.pages.lessons import norms_on, of
from premortem.web.pages.post_mortem import takes_part

router = Router()


class Wish(Struct, frozen=True, forbid_unknown_fields=True):
    """A lesson of what a deal looked like on a day: findings by check, claims that were said, claims that nobody said.

    All of it must have held then; the deal's choices list what did.
    """

    on: date
    title: str
    findings: list[str] = []
    claims: list[str] = []
    unsaid: list[str] = []


@router.get("lessons", response=Shown[LessonsDocument])
def lessons(request: HttpRequest) -> LessonsDocument:
    """All lessons. Of open deals that look alike those are named that you may see; records count all deals."""
    return all_lessons(ledger(), of(access.here(request)))


@router.get("deals/{deal}/lessons/choices", response=Shown[Choices])
def lesson_choices(request: HttpRequest, deal: str, on: Day) -> Choices:
    """Of what a lesson can be made, as the deal stood at the end of a day."""
    member, _ = takes_part(request, deal)
    entries = entries_of(deal)
    access.note_look(member, deal)
    return acts.choices(entries, on, rules(), norms_on(entries, on))


@router.post("deals/{deal}/lessons", response={201: Shown[LessonsDocument]})
def lesson_make(request: HttpRequest, deal: str, given: Given[Wish]) -> LessonsDocument:
    """Make a lesson of a deal that ended: from now on it is watched. Tells the open deals that look the same."""
    member, _ = takes_part(request, deal)
    (who, now), on = by(request), told_day(given.on)
    norms = norms_on(entries_of(deal), on)
    stood = (given.findings, given.claims, given.unsaid)
    made = acts.make(ledger(), rules(), deal, on, given.title, who, now, *stood, norms)
    review_changed(ledger(), rules(), now.date(), only=[deal])
    return all_lessons(ledger(), of(member), made.lesson)


@router.delete("deals/{deal}/lessons/{lesson}", response={204: None})
def lesson_drop(request: HttpRequest, deal: str, lesson: str) -> None:
    """Take a lesson back: it is watched no longer."""
    takes_part(request, deal)
    who, now = by(request)
    acts.drop(ledger(), deal, lesson, who, now)
    review_changed(ledger(), rules(), now.date(), only=[deal])
