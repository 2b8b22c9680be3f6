from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from premortem.web import access


def settings(request: HttpRequest, **place: object) -> HttpResponse:
    access.here(request)
    return render(request, "base.html")
