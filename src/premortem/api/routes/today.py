"""Today: what to ask this week, what is new, and all facts that wait for a yes or no."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from ninja import Router
from pydantic import Field

from premortem.acts.looking.today import TodayDocument
from premortem.acts.looking.today import today as today_document
from premortem.acts.looking.waiting import WaitingDocument
from premortem.acts.looking.waiting import waiting as waiting_document
from premortem.api.asked import Page
from premortem.api.shown import Shown
from premortem.records.deal_lists import Whose
from premortem.web import access
from premortem.web.ledger import ledger
from premortem.web.pages.deals import lists_of, own
from premortem.web.pages.today import AT_FIRST, judges

router = Router()
Days = Annotated[int, Field(ge=1, le=365)]


@router.get("today", response=Shown[TodayDocument])
def today(request: HttpRequest, days: Days = AT_FIRST.days, whose: Whose | None = None) -> TodayDocument:
    """What to ask this week, and the news of so many days. A program's look is not the member's."""
    member = access.here(request)
    since = timezone.now() - timedelta(days=days)
    told = today_document(ledger(), lists_of(member), whose or own(member), since, timezone.localdate(), judges(member))
    access.note_looks(member, told.quoted())
    return told


@router.get("waiting", response=Shown[WaitingDocument])
def waiting(request: HttpRequest, whose: Whose | None = None, page: Page = 1) -> WaitingDocument:
    """Facts that wait for a yes or no, the newest first, page by page."""
    member = access.here(request)
    if not judges(member):
        raise PermissionDenied
    told = waiting_document(ledger(), lists_of(member), whose or own(member), page)
    access.note_looks(member, told.quoted())
    return told
