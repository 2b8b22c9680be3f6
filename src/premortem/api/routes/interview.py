"""The buyer's interview: what to ask, what they said, and links by which a buyer answers without an account."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from msgspec import Meta, Struct
from ninja import Router

from premortem.acts.afterwards.interview import InterviewDocument
from premortem.acts.afterwards.interview import interview as interview_of
from premortem.api.asked import today, told_day
from premortem.api.routes.deals import entries_of
from premortem.api.routes.firm import LinkMade
from premortem.api.shown import Given, Shown
from premortem.learning.interview import known_keys
from premortem.records.firm.models import BuyerLink
from premortem.web import access
from premortem.web.ledger import ledger, rules
from premortem.web.pages.interview import LONGEST, new_link, state_of, take_down

router = Router()
Text = Annotated[str, Meta(max_length=LONGEST)]


class Said(Struct, frozen=True, forbid_unknown_fields=True):
    """What a buyer said: by question's key, by the buyer's id, on a day (today, unless told)."""

    answers: dict[str, Text]
    buyer: str
    on: date | None = None


class LinkWanted(Struct, frozen=True, forbid_unknown_fields=True):
    """A link for one buyer, by id, with these questions, by their keys."""

    buyer: str
    questions: list[str]


class LinkShown(Struct, frozen=True):
    """A link, for whom by id; its `state`: open, answered, revoked, over."""

    id: int
    person: str
    state: str
    ends_at: datetime


@router.get("deals/{deal}/interview", response=Shown[InterviewDocument])
def interview(request: HttpRequest, deal: str) -> InterviewDocument:
    """What to ask the buyer of a deal, and whom."""
    access.see(request, deal)
    return interview_of(entries_of(deal), ledger().contents, rules())


@router.post("deals/{deal}/interview", response={202: None})
def interview_write(request: HttpRequest, deal: str, given: Given[Said]) -> None:
    """Take down what a buyer said: it is read in the background, and is a note of the deal then."""
    member = access.change(request, deal)
    answers = {key: given.answers[key] for key in known_keys(given.answers)}
    take_down(member, deal, answers, given.buyer, told_day(given.on) or today())


@router.get("deals/{deal}/interview/links", response=Shown[list[LinkShown]])
def interview_links(request: HttpRequest, deal: str) -> list[LinkShown]:
    """The links that were made for the deal's buyers, the newest first."""
    access.see(request, deal)
    return [_link(one) for one in BuyerLink.objects.filter(deal=deal).order_by("-pk")]


@router.post("deals/{deal}/interview/links", response={201: Shown[LinkMade]})
def interview_link(request: HttpRequest, deal: str, given: Given[LinkWanted]) -> LinkMade:
    """Make a link by which one buyer answers, once. It is told this once: only its hash is kept."""
    member = access.change(request, deal)
    word, _ = new_link(member, deal, given.buyer, given.questions)
    return LinkMade(request.build_absolute_uri(reverse("answer", args=[word])))


@router.delete("deals/{deal}/interview/links/{number}", response={204: None})
def interview_link_end(request: HttpRequest, deal: str, number: int) -> None:
    """Revoke a link: from now on it opens nothing."""
    access.change(request, deal)
    link = get_object_or_404(BuyerLink, pk=number, deal=deal)
    BuyerLink.objects.filter(pk=link.pk, ended_at=None).update(ended_at=timezone.now())


def _link(one: BuyerLink) -> LinkShown:
    return LinkShown(one.pk, one.person, state_of(one), one.ends_at)
