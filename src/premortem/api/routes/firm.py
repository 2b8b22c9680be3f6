"""The firm, for admins: what holds for everybody, teams, members, invitations, and who looked at whose words."""

from __future__ import annotations

from datetime import datetime

import msgspec
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from msgspec import Struct
from ninja import Router

from premortem.api.asked import AT_FIRST, Most
from premortem.api.forms import filled
from premortem.api.parts import By, part
from premortem.api.shown import Given, Shown
from premortem.records.firm.models import Firm, Link, Look, Member, Team
from premortem.web import access
from premortem.web.joining import new_link
from premortem.web.pages.firm import FirmForm, Invitation, MemberForm, TeamForm

router = Router()


class FirmShown(Struct, frozen=True, forbid_unknown_fields=True):
    """What holds for everybody. `field_people` are user names, with blanks between, of those who may close a problem
    besides reps and managers."""

    name: str
    currency: str
    reps_see_team: bool
    field_people: str = ""


class Named(Struct, frozen=True, forbid_unknown_fields=True):
    """A name."""

    name: str


class TeamShown(Struct, frozen=True):
    """A team."""

    id: int
    name: str


class MemberShown(Struct, frozen=True):
    """A member. `active`: may sign in; `second_factor`: is asked for one."""

    id: int
    username: str
    name: str
    email: str
    role: str
    team: int | None
    active: bool
    second_factor: bool


class MemberSet(Struct, frozen=True, forbid_unknown_fields=True):
    """What an admin sets of a member; `team` by its id. `deals_along`: their deals move to the new team too."""

    role: str
    active: bool
    team: int | None = None
    email: str = ""
    deals_along: bool = False


class Invited(Struct, frozen=True, forbid_unknown_fields=True):
    """Whom to invite; `team` by its id."""

    email: str
    role: str
    team: int | None = None


class InvitationShown(Struct, frozen=True):
    """An invitation that waits."""

    id: int
    email: str
    role: str
    team: int | None
    ends_at: datetime


class LinkMade(Struct, frozen=True):
    """A link that works once. It is told this once: only its hash is kept."""

    link: str


class LookShown(Struct, frozen=True):
    """Somebody who is not of the deal's team looked at people's words; at a touch's, where it is named."""

    at: datetime
    username: str
    deal: str
    touch: str | None


class Looks(Struct, frozen=True):
    """A part of the log, the newest first."""

    looks: list[LookShown]
    next: str | None


@router.get("firm", response=Shown[FirmShown])
def firm(request: HttpRequest) -> FirmShown:
    """What holds for everybody."""
    access.manage(request)
    ours = Firm.ours()
    return FirmShown(ours.name, ours.currency, ours.reps_see_team, ours.field_people)


@router.put("firm", response=Shown[FirmShown])
def firm_write(request: HttpRequest, given: Given[FirmShown]) -> FirmShown:
    """Set what holds for everybody."""
    access.manage(request)
    filled(FirmForm(msgspec.to_builtins(given), instance=Firm.ours())).save()
    return firm(request)


@router.get("teams", response=Shown[list[TeamShown]])
def teams(request: HttpRequest) -> list[TeamShown]:
    """The teams."""
    access.manage(request)
    return [TeamShown(one.pk, one.name) for one in Team.objects.all()]


@router.post("teams", response={201: Shown[TeamShown]})
def team_add(request: HttpRequest, given: Given[Named]) -> TeamShown:
    """Add a team."""
    access.manage(request)
    made = filled(TeamForm(msgspec.to_builtins(given))).save()
    return TeamShown(made.pk, made.name)


@router.put("teams/{number}", response=Shown[TeamShown])
def team_rename(request: HttpRequest, number: int, given: Given[Named]) -> TeamShown:
    """Rename a team."""
    access.manage(request)
    found = get_object_or_404(Team, pk=number)
    made = filled(TeamForm(msgspec.to_builtins(given), instance=found)).save()
    return TeamShown(made.pk, made.name)


@router.delete("teams/{number}", response={204: None})
def team_end(request: HttpRequest, number: int) -> None:
    """End a team: its members and its deals stay, without a team."""
    access.manage(request)
    get_object_or_404(Team, pk=number).delete()


@router.get("members", response=Shown[list[MemberShown]])
def members(request: HttpRequest) -> list[MemberShown]:
    """Who works here."""
    access.manage(request)
    secured = set(Authenticator.objects.values_list("user_id", flat=True))
    found = Member.objects.select_related("user").order_by("-user__is_active", "user__username")
    return [_member(one, one.user_id in secured) for one in found]


@router.get("members/{number}", response=Shown[MemberShown])
def member(request: HttpRequest, number: int) -> MemberShown:
    """One member."""
    access.manage(request)
    return _told(number)


@router.put("members/{number}", response=Shown[MemberShown])
def member_write(request: HttpRequest, number: int, given: Given[MemberSet]) -> MemberShown:
    """Set a member's role and team, and whether they may sign in. Somebody stays admin."""
    access.manage(request)
    found = get_object_or_404(Member.objects.select_related("user"), pk=number)
    filled(MemberForm(msgspec.to_builtins(given), instance=found)).save()
    return _told(number)


@router.post("members/{number}/link", response={201: Shown[LinkMade]})
def member_link(request: HttpRequest, number: int) -> LinkMade:
    """A way in for a member who forgot the password: a link that signs them in once, within a day."""
    access.manage(request)
    found = get_object_or_404(Member, pk=number, user__is_active=True)
    return _link(request, "first", new_link(user=found.user))


@router.delete("members/{number}/factor", response={204: None})
def member_factor(request: HttpRequest, number: int) -> None:
    """Take the second factor off a member who lost it."""
    access.manage(request)
    Authenticator.objects.filter(user=get_object_or_404(Member, pk=number).user).delete()


@router.get("invitations", response=Shown[list[InvitationShown]])
def invitations(request: HttpRequest) -> list[InvitationShown]:
    """The invitations that wait."""
    access.manage(request)
    waiting = Link.objects.filter(used_at=None, user=None, ends_at__gt=timezone.now()).order_by("-made_at", "-pk")
    return [InvitationShown(one.pk, one.email, one.role, one.team_id, one.ends_at) for one in waiting]


@router.post("invitations", response={201: Shown[LinkMade]})
def invite(request: HttpRequest, given: Given[Invited]) -> LinkMade:
    """Make an invitation. Nothing is mailed: its link lets one person join, within a week."""
    access.manage(request)
    form = filled(Invitation(msgspec.to_builtins(given)))
    return _link(request, "join", new_link(**form.cleaned_data))


@router.delete("invitations/{number}", response={204: None})
def invite_end(request: HttpRequest, number: int) -> None:
    """Take an invitation back that nobody has used."""
    access.manage(request)
    get_object_or_404(Link, pk=number, used_at=None).delete()


@router.get("looks", response=Shown[Looks])
def looks(request: HttpRequest, limit: Most = AT_FIRST, cursor: str | None = None) -> Looks:
    """Who looked at people's words without being of the deal's team."""
    access.manage(request)
    every = Look.objects.select_related("user").order_by("-at", "-pk")
    rows, after = part(request, every, (By("at", down=True), By("pk", down=True)), limit, cursor)
    return Looks([LookShown(one.at, one.user.get_username(), one.deal, one.touch or None) for one in rows], after)


def _told(number: int) -> MemberShown:
    found = get_object_or_404(Member.objects.select_related("user"), pk=number)
    return _member(found, Authenticator.objects.filter(user=found.user).exists())


def _member(one: Member, secured: bool) -> MemberShown:
    user = one.user
    return MemberShown(
        one.pk, user.get_username(), str(one), user.email, one.role, one.team_id, user.is_active, secured
    )


def _link(request: HttpRequest, leads_to: str, word: str) -> LinkMade:
    return LinkMade(request.build_absolute_uri(reverse(leads_to, args=[word])))
