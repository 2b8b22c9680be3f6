from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from premortem.web import access


@require_GET
def today(request: HttpRequest, **place: object) -> HttpResponse:
    access.here(request)
    return render(request, "base.html")
