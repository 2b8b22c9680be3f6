"""Links by which buyers come to the room of their project: made for one of them, and revoked."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from msgspec import Struct
from ninja import Router

from premortem.api.routes.firm import LinkMade
from premortem.api.shown import Given, Shown
from premortem.records.firm.models import RoomLink
from premortem.web import access
from premortem.web.pages.project import end_link, new_link, state_of

router = Router()


class Guest(Struct, frozen=True, forbid_unknown_fields=True):
    """For whom a link is, by id."""

    buyer: str


class RoomLinkShown(Struct, frozen=True):
    """A link to the room, for whom by id; its `state`: open, revoked, over."""

    id: int
    person: str
    state: str
    ends_at: datetime


class Revoked(Struct, frozen=True):
    """How many links were ended: that one, and those that were made by it."""

    links: int


@router.get("deals/{deal}/project/links", response=Shown[list[RoomLinkShown]])
def room_links(request: HttpRequest, deal: str) -> list[RoomLinkShown]:
    """The links to the room, the newest first."""
    access.see(request, deal)
    now = timezone.now()
    found = RoomLink.objects.filter(deal=deal).order_by("-pk")
    return [RoomLinkShown(one.pk, one.person, state_of(one, now), one.ends_at) for one in found]


@router.post("deals/{deal}/project/links", response={201: Shown[LinkMade]})
def room_link(request: HttpRequest, deal: str, given: Given[Guest]) -> LinkMade:
    """Make a link to the room for one buyer. It is told this once: only its hash is kept."""
    member = access.change(request, deal)
    word, _ = new_link(member, deal, given.buyer)
    return LinkMade(request.build_absolute_uri(reverse("room", args=[word])))


@router.delete("deals/{deal}/project/links/{number}", response=Shown[Revoked])
def room_link_end(request: HttpRequest, deal: str, number: int) -> Revoked:
    """Revoke a link, and those that were made by it: from now on they open nothing."""
    access.change(request, deal)
    return Revoked(end_link(get_object_or_404(RoomLink, pk=number, deal=deal)))
