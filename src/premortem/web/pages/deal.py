from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from premortem.web import access


def deal(request: HttpRequest, **place: object) -> HttpResponse:
    access.here(request)
    return render(request, "base.html")


def sheet(request: HttpRequest, **place: object) -> HttpResponse:
    access.here(request)
    return render(request, "base.html")


def waive(request: HttpRequest, **place: object) -> HttpResponse:
    access.here(request)
    return render(request, "base.html")
