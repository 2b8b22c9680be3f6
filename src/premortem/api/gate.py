"""What stands before every route: who asks and whether they may, how often, and that a write is done once."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from io import SEEK_END, BytesIO
from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast

from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from premortem.api.keys import asker, tell_limits
from premortem.api.once import once
from premortem.api.problems import Refused, problem, problem_of
from premortem.web.manner import zone_of
from premortem.web.receiving import MOST_BYTES, too_large

log = logging.getLogger("django.request")
View = Callable[..., HttpResponse]
A_BLOCK = 1024 * 1024
WENT_WRONG = "This went wrong on our side. Ask again; if it fails again, tell whoever runs the server."


def gate(view: View) -> View:
    """The view, behind the gate. Keys alone let anybody in, no cookie does: so no other site can ask in their name."""

    @csrf_exempt
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            answer = _through(request, lambda: view(request, *args, **kwargs))
        except Exception as mistake:  # noqa: BLE001  told as a problem, and logged where nobody foresaw it
            answer = problem_of(request, mistake) or _broken(request)
        answer["Cache-Control"] = "no-store"
        return answer

    return guarded


def nothing(request: HttpRequest) -> HttpResponse:
    """What answers where there is no route."""
    return problem(404, "There is no such place. /api/openapi.json lists those that there are.")


def sent_file(request: HttpRequest) -> tuple[IO[bytes], int]:
    """The bytes that came as the body, whatever they are, from their start; and how many they are."""
    file: IO[bytes] = getattr(request, "sent", None) or BytesIO(request.body)
    size = file.seek(0, SEEK_END)
    file.seek(0)
    return file, size


def _broken(request: HttpRequest) -> HttpResponse:
    log.exception("%s %s", request.method, request.path)
    got_request_exception.send(sender=None, request=request)
    return problem(500, WENT_WRONG)


def _through(request: HttpRequest, answer: Callable[[], HttpResponse]) -> HttpResponse:
    who = asker(request)
    request.user, request.member, request.key = who.member.user, who.member, who.token  # type: ignore[attr-defined]
    try:
        body = _receive(request)
        with timezone.override(zone_of(who.member)):
            made = once(request, who, body, lambda: _plain(request, answer()))
    except Refused as refused:
        made = cast(HttpResponse, problem_of(request, refused))
    tell_limits(made, who)
    return made


def _plain(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """django-ninja's own 'not allowed' as a problem like the others."""
    if answer.status_code != 405:
        return answer
    allowed = answer["Allow"]
    return problem(405, f"{request.method} does nothing here. Allowed: {allowed}.", headers={"Allow": allowed})


def _receive(request: HttpRequest) -> str:
    """Take in the body; its SHA-256. JSON stays in memory, files are laid aside. Raises Refused if it overreaches."""
    if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
        raise Refused(400, "An address holds no character of value nought.")
    if request.content_type in ("", "application/json"):
        if rb"\u0000" in request.body:
            raise Refused(400, "A text holds no character of value nought.")
        return hashlib.sha256(request.body).hexdigest()
    if too_large(request):
        raise Refused(413, f"This is more than {MOST_BYTES // 1024 // 1024} MB. Send it in parts.")
    return _lay_aside(request)


def _lay_aside(request: HttpRequest) -> str:
    sent, seen = SpooledTemporaryFile(max_size=4 * A_BLOCK), hashlib.sha256()  # noqa: SIM115  closed with its request
    while block := request.read(A_BLOCK):
        seen.update(block)
        sent.write(block)
    request.sent = sent  # type: ignore[attr-defined]
    request._body = b"?" if sent.tell() else b""  # the stream is read: no one asks it again
    return seen.hexdigest()
