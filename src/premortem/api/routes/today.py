"""Today: what to ask this week, and what is new."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router
from pydantic import Field

from premortem.acts.looking.today import TodayDocument
from premortem.acts.looking.today import today as today_document
from premortem.api.shown import Shown
from premortem.web import access
from premortem.web.ledger import ledger
from premortem.web.pages.deals import lists_of, own
from premortem.web.pages.today import AT_FIRST

router = Router()


@router.get("today", response=Shown[TodayDocument])
def today(request: HttpRequest, days: Annotated[int, Field(ge=1, le=365)] = AT_FIRST.days) -> TodayDocument:
    """What to ask this week, and the news of so many days. A program's look is not the member's."""
    member = access.here(request)
    judges = member.role in ("rep", "manager", "admin")
    since = timezone.now() - timedelta(days=days)
    told = today_document(ledger(), lists_of(member), own(member), since, timezone.localdate(), judges)
    access.note_looks(member, told.quoted())
    return told
