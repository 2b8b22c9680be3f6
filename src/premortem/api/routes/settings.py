"""Settings: what a member sets for themselves, and their programs' keys."""

from __future__ import annotations

import secrets
from datetime import date, datetime, time

import msgspec
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from msgspec import Struct
from ninja import Router

from premortem.api.forms import filled
from premortem.api.problems import Refused
from premortem.api.shown import Given, Shown
from premortem.records.firm.models import Token
from premortem.web import access
from premortem.web.keys import secret_of
from premortem.web.pages.settings import NewToken, You, keep

router = Router()


class Me(Struct, frozen=True):
    """The member whose key this is."""

    username: str
    first_name: str
    last_name: str
    email: str
    role: str
    team: str | None
    time_zone: str
    language: str


class AboutMe(Struct, frozen=True, forbid_unknown_fields=True):
    """What a member tells of themselves."""

    first_name: str
    time_zone: str
    language: str
    last_name: str = ""


class Key(Struct, frozen=True):
    """A program's key, without its word."""

    id: int
    name: str
    scopes: list[str]
    made_at: datetime
    ends_at: datetime
    used_at: datetime | None


class NewKey(Struct, frozen=True):
    """A key that was just made. `word` is told this once."""

    key: Key
    word: str


class KeyWanted(Struct, frozen=True, forbid_unknown_fields=True):
    """A key to make: what it is for, what it may do (read, write), its last day."""

    name: str
    scopes: list[str]
    ends_on: date


@router.get("me", response=Shown[Me])
def me(request: HttpRequest) -> Me:
    """Whose key this is, and what they may see by their role."""
    member = access.here(request)
    user, team = member.user, member.team.name if member.team else None
    names = (user.get_username(), user.first_name, user.last_name, user.email)
    return Me(*names, member.role, team, member.time_zone, member.language)


@router.put("me", response=Shown[Me])
def me_write(request: HttpRequest, given: Given[AboutMe]) -> Me:
    """Set one's name, time zone and language."""
    member = access.here(request)
    keep(member, filled(You(msgspec.to_builtins(given))).cleaned_data)
    return me(request)


@router.get("keys", response=Shown[list[Key]])
def keys(request: HttpRequest) -> list[Key]:
    """One's own programs' keys, the newest first."""
    found = Token.objects.filter(user=access.here(request).user).order_by("-made_at", "-pk")
    return [_key(one) for one in found[:200]]


@router.post("keys", response={201: Shown[NewKey]})
def key_make(request: HttpRequest, given: Given[KeyWanted]) -> NewKey:
    """Make a key of one's own; admins may. It may do no more than the key that asks, and lives no longer."""
    member = access.manage(request)
    told = filled(NewToken(msgspec.to_builtins(given))).cleaned_data
    asking: Token = request.key  # type: ignore[attr-defined]  # the gate sets it
    ends_at = min(timezone.make_aware(datetime.combine(told["ends_on"], time.max)), asking.ends_at)
    if more := set(told["scopes"]) - set(asking.scopes.split()):
        raise Refused(403, f"The key that asks may not {more.pop()}, so it makes none that may.")
    word = f"pm_{secrets.token_urlsafe(32)}"
    made = Token.objects.create(
        user=member.user, name=told["name"], secret=secret_of(word), scopes=" ".join(told["scopes"]), ends_at=ends_at
    )
    return NewKey(_key(made), word)


@router.delete("keys/{number}", response={204: None})
def key_end(request: HttpRequest, number: int) -> None:
    """End a key of one's own."""
    get_object_or_404(Token, pk=number, user=access.here(request).user).delete()


def _key(one: Token) -> Key:
    return Key(one.pk, one.name, one.scopes.split(), one.made_at, one.ends_at, one.used_at)
