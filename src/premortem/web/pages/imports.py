from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from premortem.web import access


def imports(request: HttpRequest, **place: object) -> HttpResponse:
    access.here(request)
    return render(request, "base.html")


def upload(request: HttpRequest, **place: object) -> HttpResponse:
    access.here(request)
    return render(request, "base.html")
