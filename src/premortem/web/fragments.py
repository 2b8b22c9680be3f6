"""Fragments and whole pages share their addresses: each answer says so, and Back gets the whole page."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers


class ToldApart:
    """Middleware: a browser keeps what HTMX fetched apart from the page at the same address, and never shows it alone.

    Going back to a page that HTMX no longer holds, it asks for it anew and needs the whole of it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.headers.get("HX-History-Restore-Request") == "true":
            request.META.pop("HTTP_HX_REQUEST", None)
            vars(request).pop("headers", None)  # Django keeps them as they were first read
        answer = self._answer(request)
        patch_vary_headers(answer, ["HX-Request", "HX-History-Restore-Request"])
        return answer
