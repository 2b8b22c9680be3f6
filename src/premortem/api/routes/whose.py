"""Whose a deal is, and a member's deals handed over to another."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from msgspec import Struct
from ninja import Router

from premortem.api.forms import filled
from premortem.api.shown import Given, Shown
from premortem.records.firm.models import DealHome, Member
from premortem.web import access
from premortem.web.pages.whose import HandOverForm, OwnerForm, giving, home_of

router = Router()


class HomeShown(Struct, frozen=True):
    """Whose a deal is: the member by their id and name, and the team by its id. None of a deal that is nobody's."""

    owner: int | None
    name: str | None
    team: int | None


class HomeSet(Struct, frozen=True, forbid_unknown_fields=True):
    """Whose a deal is to be, by the ids of a member and a team. Without a team it is the owner's.

    What a manager gives stays their team's: they name no other.
    """

    owner: int | None = None
    team: int | None = None


class To(Struct, frozen=True, forbid_unknown_fields=True):
    """The member, by their id, who gets the deals."""

    to: int


class HandedOver(Struct, frozen=True):
    """How many deals went to another member."""

    deals: int


@router.get("deals/{deal}/owner", response=Shown[HomeShown])
def deal_home(request: HttpRequest, deal: str) -> HomeShown:
    """Whose a deal is."""
    access.see(request, deal)
    return _told(home_of(deal))


@router.put("deals/{deal}/owner", response=Shown[HomeShown])
def deal_home_write(request: HttpRequest, deal: str, given: Given[HomeSet]) -> HomeShown:
    """Give a deal to somebody: an admin to whom they like, a manager within their team."""
    member, home = giving(request, deal)
    filled(OwnerForm({"owner": given.owner, "team": given.team}, home, member)).save()
    return _told(home)


@router.post("members/{number}/deals", response=Shown[HandedOver])
def hand_over(request: HttpRequest, number: int, given: Given[To]) -> HandedOver:
    """Hand all deals of a member to another. They go to that member's team."""
    access.manage(request)
    found = get_object_or_404(Member.objects.select_related("user"), pk=number)
    return HandedOver(filled(HandOverForm({"to": given.to}, found)).save())


def _told(home: DealHome) -> HomeShown:
    owner = Member.objects.select_related("user").filter(user_id=home.owner_id).first() if home.owner_id else None
    return HomeShown(owner.pk if owner else None, str(owner) if owner else None, home.team_id)
