"""Who asks: a program, by the key that a member made on their settings page. It has that member's rights, and no more.

A key's word is never kept, only its SHA-256. How often a key was used in this minute stands beside it in the database,
so that all processes count together.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db.models import Case, F, When
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from premortem.api.problems import Refused
from premortem.records.firm.models import Member, Token
from premortem.web.keys import key_of

READS = ("GET", "HEAD", "OPTIONS")
A_MINUTE = timedelta(minutes=1)


class Asker(NamedTuple):
    """A key, its word, whose it is, and how many requests are left to it in so many seconds."""

    token: Token
    word: str
    member: Member
    left: int
    seconds: int


def asker(request: HttpRequest) -> Asker:
    """Who asks. Raises Refused: 401 without a key that holds, 403 where it may not do that, 429 asked too often."""
    kind, _, word = request.headers.get("Authorization", "").partition(" ")
    if kind.casefold() != "bearer" or not word.strip():
        raise _unknown("Send a key, made under Settings, as 'Authorization: Bearer pm_…'.")
    key = key_of(word)
    if key is None:
        raise _unknown("This key does not hold: it ended, or never was. Make one under Settings.")
    left, seconds = _spend(key.token, timezone.now())
    needed = "read" if request.method in READS else "write"
    if not key.may(needed):
        raise Refused(403, f"This key may not {needed}. Make one that may, under Settings.")
    return Asker(key.token, word.strip(), key.member, left, seconds)


def _unknown(why: str) -> Refused:
    return Refused(401, why, {"WWW-Authenticate": 'Bearer realm="premortem"'})


def _spend(token: Token, now: datetime) -> tuple[int, int]:
    """Count one request; how many are left in this minute, and its seconds to come. Raises Refused (429)."""
    minute = now.replace(second=0, microsecond=0)
    asked = token.asked if token.minute == minute else 0
    seconds = int((minute + A_MINUTE - now).total_seconds()) + 1
    if asked >= settings.API_PER_MINUTE:
        why = f"This key asked {settings.API_PER_MINUTE} times in this minute. Ask again in {seconds} s."
        raise Refused(429, why, {"Retry-After": str(seconds), **limits(0, seconds)})
    counted = Case(When(minute=minute, then=F("asked") + 1), default=1)
    Token.objects.filter(pk=token.pk).update(asked=counted, minute=minute, used_at=now)
    return settings.API_PER_MINUTE - asked - 1, seconds


def limits(left: int, seconds: int) -> dict[str, str]:
    """The headers that tell a program how often it may ask (draft-ietf-httpapi-ratelimit-headers-10)."""
    return {
        "RateLimit-Policy": f'"minute";q={settings.API_PER_MINUTE};w=60',
        "RateLimit": f'"minute";r={left};t={seconds}',
    }


def tell_limits(answer: HttpResponse, who: Asker) -> None:
    for name, value in limits(who.left, who.seconds).items():
        answer[name] = value
