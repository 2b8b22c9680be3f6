"""Whose a deal is: set on its page by admins, and by managers within their team; and a member's deals handed over."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from premortem.records.firm.models import DealHome, Member, Team
from premortem.web import access

OWNERS = ("rep", "manager", "admin")
"""The roles that work on deals."""


class OwnerForm(forms.Form):
    """Whose a deal is to be. A manager chooses among their own team's people, and the deal stays the team's."""

    owner = forms.ModelChoiceField(Member.objects.none(), required=False, empty_label="nobody", label="Owner")
    team = forms.ModelChoiceField(Team.objects.all(), required=False, empty_label="the owner's team", label="Team")

    def __init__(self, data: object, home: DealHome, by: Member) -> None:
        owner = Member.objects.filter(user_id=home.owner_id).first() if home.owner_id else None
        other = home.team if owner is None or home.team_id != owner.team_id else None
        super().__init__(data, initial={"owner": owner, "team": other}, auto_id="home_%s")  # type: ignore[arg-type]
        self._home = home
        self.fields["owner"].queryset = owners(by)  # type: ignore[attr-defined]
        if by.role != "admin":
            del self.fields["team"]

    def save(self) -> None:
        owner: Member | None = self.cleaned_data["owner"]
        if "team" in self.fields:
            theirs = owner.team if owner else self._home.team
            self._home.team = self.cleaned_data["team"] or theirs
        self._home.owner = owner.user if owner else None
        self._home.save()


class HandOverForm(forms.Form):
    """Who is to have all deals of a member."""

    to = forms.ModelChoiceField(Member.objects.none(), label="To")

    def __init__(self, data: object, whose: Member) -> None:
        super().__init__(data, auto_id="hand_over_%s")  # type: ignore[arg-type]
        self._whose = whose
        everybody = workers().exclude(pk=whose.pk)
        self.fields["to"].queryset = everybody  # type: ignore[attr-defined]

    def save(self) -> int:
        """Hand them over, and say how many they were. They go to the new owner's team."""
        to: Member = self.cleaned_data["to"]
        return deals_of(self._whose).update(owner=to.user, team=to.team)


def workers() -> QuerySet[Member]:
    """The members who may own a deal."""
    found = Member.objects.select_related("user", "team").filter(role__in=OWNERS, user__is_active=True)
    return found.order_by("user__first_name", "user__last_name", "user__username")


def owners(by: Member) -> QuerySet[Member]:
    """Those to whom a member may give a deal."""
    if by.role == "admin":
        return workers()
    return workers().filter(team=by.team) if by.team else Member.objects.none()


def deals_of(member: Member) -> QuerySet[DealHome]:
    return DealHome.objects.filter(owner=member.user)


def home_of(deal: str) -> DealHome:
    """Whose a deal is; a home that is not kept yet where it is nobody's."""
    return DealHome.objects.select_related("owner", "team").filter(deal=deal).first() or DealHome(deal=deal)


def may_give(member: Member, home: DealHome) -> bool:
    """Whether a member may say whose a deal is: admins always, a manager where it is their team's."""
    return member.role == "admin" or (
        member.role == "manager" and member.team_id is not None and home.team_id == member.team_id
    )


def giving(request: HttpRequest, deal: str) -> tuple[Member, DealHome]:
    """Who says whose a deal is, and whose it is now. Raises PermissionDenied where they may see it and not say so."""
    member, home = access.see(request, deal), home_of(deal)
    if not may_give(member, home):
        raise PermissionDenied
    return member, home


def shown(member: Member, deal: str) -> dict[str, object]:
    """What a deal's page shows of whose it is, and the form to those who may change it."""
    home = home_of(deal)
    named = home.owner.get_full_name() or home.owner.get_username() if home.owner else ""
    return {
        "owner": named,
        "team": home.team,
        "home": OwnerForm(None, home, member) if may_give(member, home) else None,
    }


@require_POST
def deal_home(request: HttpRequest, deal: str) -> HttpResponse:
    """Give a deal to somebody."""
    member, home = giving(request, deal)
    form = OwnerForm(request.POST, home, member)
    if form.is_valid():
        form.save()
        messages.success(request, f"The deal is {form.cleaned_data['owner'] or 'nobody'}'s now.")
    else:
        messages.error(request, "That person can't have this deal: choose one of the list.")
    return redirect("deal", deal) if access.may_see(member, deal) else redirect("deals")


@require_POST
def hand_over(request: HttpRequest, number: int) -> HttpResponse:
    """Hand all deals of a member to another."""
    access.manage(request)
    found = get_object_or_404(Member.objects.select_related("user"), pk=number)
    form = HandOverForm(request.POST, found)
    if form.is_valid():
        moved = form.save()
        messages.success(request, f"{moved} deal{'s' * (moved != 1)} went from {found} to {form.cleaned_data['to']}.")
    else:
        messages.error(request, "Choose who is to have the deals.")
    return redirect("member", number)
