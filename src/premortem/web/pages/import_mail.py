"""A mailbox or a calendar on its upload's page: what finds its deal, what is asked, and why the rest stays out."""

from __future__ import annotations

from typing import Any

import msgspec
from django.core.paginator import Paginator
from django.http import HttpRequest

from premortem.importing.placing.mails import NEVER
from premortem.records.firm.import_rows import MatchAnswer
from premortem.records.firm.models import Upload
from premortem.web import access
from premortem.web.mail_upload import MailsLooked, MeetingsLooked
from premortem.web.manner import zones

ASKED_A_PAGE = 25
DEALS_SHOWN = 100


def mails_shown(request: HttpRequest, upload: Upload) -> dict[str, Any]:
    """Where the mails would go, and those that are asked about, a page at a time."""
    looked = msgspec.convert(upload.preview, MailsLooked)
    answered = _answered(upload)
    waiting = [one for one in looked.asked if one.key not in answered]
    page = Paginator(waiting, ASKED_A_PAGE).get_page(request.GET.get("page"))
    deals = [deal for deal, _ in looked.deals[:DEALS_SHOWN]] + [one.deal for mail in page for one in mail.candidates]
    return {
        "looked": looked,
        "asked": page,
        "answered": len(looked.asked) - len(waiting),
        "names": names_of(request, deals),
        "deals_shown": looked.deals[:DEALS_SHOWN],
        "reads": looked.placed - looked.known,
        "never": NEVER,
    }


def mails_taken(request: HttpRequest, upload: Upload) -> dict[str, Any]:
    return {"looked": msgspec.convert(upload.preview, MailsLooked)}


def meetings_shown(request: HttpRequest, upload: Upload) -> dict[str, Any]:
    """Which call each meeting is, and who was invited and came, or not."""
    looked = msgspec.convert(upload.preview, MeetingsLooked)
    page = Paginator(looked.lines, ASKED_A_PAGE).get_page(request.GET.get("page"))
    return {
        "looked": looked,
        "lines": page,
        "names": names_of(request, [one.deal for one in page if one.deal]),
        "zones": sorted(zones()),
    }


def meetings_taken(request: HttpRequest, upload: Upload) -> dict[str, Any]:
    return {"looked": msgspec.convert(upload.preview, MeetingsLooked)}


def names_of(request: HttpRequest, deals: list[str]) -> dict[str, str]:
    """The names of those deals that whoever asks may see now."""
    return dict(access.deals_seen_by(access.here(request)).filter(deal__in=set(deals)).values_list("deal", "name"))


def _answered(upload: Upload) -> set[str]:
    return set(MatchAnswer.objects.filter(user=upload.user).values_list("key", flat=True))
