"""Done once, however often it is sent: whoever gives a write an Idempotency-Key gets its first answer again for a day.

An answer may hold people's words, or a secret that is shown once. So it is kept encrypted, under a key that is made
from the program's own word and kept nowhere: from the database alone nobody can read it.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from datetime import timedelta

import msgspec
from cryptography.fernet import Fernet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from msgspec import Struct

from premortem.api.keys import READS, Asker
from premortem.api.problems import Refused
from premortem.records.firm.models import KeptAnswer

HEADER = "Idempotency-Key"
KEPT = timedelta(days=1)
LONGEST = 255


class _Answer(Struct, frozen=True):
    """What is kept of an answer."""

    status: int
    type: str
    body: bytes


def once(request: HttpRequest, who: Asker, body: str, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """The answer, made now, or the one that was made when the same key came first. `body` is the SHA-256 of what came.

    Raises Refused: 422 where the key came with something else, 409 while the first request is still being done.
    """
    key = request.headers.get(HEADER)
    if key is None or request.method in READS:
        return answer()
    if not 0 < len(key) <= LONGEST or not key.isprintable():
        raise Refused(400, f"An {HEADER} has 1 to {LONGEST} letters.")
    asked = hashlib.sha256(f"{request.method} {request.get_full_path()} {body}".encode()).hexdigest()
    KeptAnswer.objects.filter(made_at__lt=timezone.now() - KEPT).delete()
    kept, new = KeptAnswer.objects.get_or_create(token=who.token, key=key, defaults={"asked": asked})
    if not new:
        return _again(kept, asked, who)
    return _first(kept, who, answer)


def _first(kept: KeptAnswer, who: Asker, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """Where we failed, nothing is kept, so that the same key may try again."""
    done = False
    try:
        made = answer()
        done = made.status_code < 500
    finally:
        if not done:
            kept.delete()
    if done:
        told = _Answer(made.status_code, made.headers.get("Content-Type", ""), made.content)
        locked = _lock(who.word, kept.key).encrypt(msgspec.msgpack.encode(told))
        KeptAnswer.objects.filter(pk=kept.pk).update(answer=locked)  # it is gone where the key just ended itself
    return made


def _again(kept: KeptAnswer, asked: str, who: Asker) -> HttpResponse:
    if kept.asked != asked:
        raise Refused(422, f"This {HEADER} came before with another request. Take a new key for each thing to be done.")
    if kept.answer is None:
        why = "The first request with this key is being done, or was cut off. Look whether it was done, or wait."
        raise Refused(409, why, {"Retry-After": "2"})
    told = msgspec.msgpack.decode(_lock(who.word, kept.key).decrypt(bytes(kept.answer)), type=_Answer)
    again = HttpResponse(told.body, status=told.status, content_type=told.type or None)
    again["Idempotency-Replayed"] = "true"
    return again


def _lock(word: str, key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"answer\0{word}\0{key}".encode()).digest()))
