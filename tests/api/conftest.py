"""The firm of the pages' tests, asked by programs: a key for each of its cast."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from premortem.records.firm.models import Token
from premortem.web.keys import secret_of
from tests.web.conftest import House, built, house

__all__ = ["Program", "a_key", "built", "house"]


def a_key(who: str, scopes: str = "read write", lives: timedelta = timedelta(days=1)) -> str:
    """The word of a new key of somebody's."""
    word = f"pm_{secrets.token_urlsafe(32)}"
    user = get_user_model().objects.get(username=who)
    Token.objects.create(
        user=user, name="a test", secret=secret_of(word), scopes=scopes, ends_at=timezone.now() + lives
    )
    return word


class Program:
    """A program that asks with a key; `nobody` has none."""

    def __init__(self, house: House, who: str = "seller", scopes: str = "read write") -> None:
        self.house, self.word = house, "" if who == "nobody" else a_key(who, scopes)
        self._client = Client()

    def ask(self, method: str, path: str, given: Any = None, headers: Mapping[str, str] | None = None) -> Any:
        """The answer. `given` goes out as JSON; bytes as they are."""
        told = {"Authorization": f"Bearer {self.word}"} if self.word else {}
        kind = "application/octet-stream" if isinstance(given, bytes) else "application/json"
        body = given if isinstance(given, bytes) else b"" if given is None else json.dumps(given).encode()
        return self._client.generic(method.upper(), f"/api/{path}", body, kind, headers={**told, **(headers or {})})

    def get(self, path: str) -> Any:
        return self.ask("get", path)
