"""A page that is opened where only a form may be sent, told in our own look instead of a blank answer."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

FOR_PROGRAMS = ("/api/", "/hook/")


class InOurLook:
    """Middleware: Django answers a wrong method with nothing at all; members get a page that says where to go on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self._answer(request)
        blank = answer.status_code == 405 and not answer.streaming and not answer.content
        if not blank or not request.user.is_authenticated or request.path.startswith(FOR_PROGRAMS):
            return answer  # a buyer's page has nothing of ours about it
        page = render(request, "405.html", status=405)
        page["Allow"] = answer["Allow"]
        return page
