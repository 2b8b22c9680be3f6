"""Words that open something, and keys that programs hold: only their SHA-256 is kept."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from django.utils import timezone

from premortem.records.firm.models import Member, Token
from premortem.web import access


class Key(NamedTuple):
    """A key that holds, and the member whose it is."""

    token: Token
    member: Member

    def may(self, scope: str) -> bool:
        """Whether it may `read`, or `write`."""
        return scope in self.token.scopes.split()

    def used(self) -> None:
        Token.objects.filter(pk=self.token.pk).update(used_at=timezone.now())


def secret_of(word: str) -> str:
    """What is kept of a word."""
    return hashlib.sha256(word.encode()).hexdigest()


def key_of(word: str) -> Key | None:
    """The key that this word is; None where it never was one, has ended, or is of nobody who works here still."""
    known = Token.objects.select_related("user").filter(secret=secret_of(word.strip()), user__is_active=True)
    token = known.filter(ends_at__gt=timezone.now()).first()
    member = access.member_of(token.user) if token is not None else None
    return Key(token, member) if token is not None and member is not None else None
