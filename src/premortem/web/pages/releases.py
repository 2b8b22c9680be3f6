"""Releases, each with the gate that it passes before it meets people who are making up their minds."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from premortem.buying.release_gate import Tick, may_ship, standings, tick
from premortem.errors import Unknown
from premortem.records.firm.models import Member, Release, ReleaseTick
from premortem.web import access
from premortem.web.pages.problems import document, works_on_deals


@require_http_methods(["GET", "POST"])
def releases(request: HttpRequest) -> HttpResponse:
    """All releases; a new one is named here."""
    member = access.here(request)
    if request.method == "POST":
        works_on_it(member)
        try:
            return redirect("release", new_release(request.POST.get("name", "")).pk)
        except Unknown as mistake:
            messages.error(request, str(mistake))
            return redirect("releases")
    breaking = document(member).breaking_trust
    rows = [(one, may_ship(ticks_of(one), breaking)) for one in Release.objects.prefetch_related("ticks")]
    return render(request, "problems/releases.html", {"rows": rows, "may_tell": works_on_deals(member)})


@require_http_methods(["GET", "POST"])
def release(request: HttpRequest, number: int) -> HttpResponse:
    """One release: its steps, what is done and what waits for what."""
    member, found = access.here(request), get_object_or_404(Release, pk=number)
    ticks = ticks_of(found)
    if request.method == "POST":
        works_on_it(member)
        _tick(request, found)
        return redirect("release", number)
    shown = {
        "release": found,
        "ticks": ticks,
        "steps": [
            (one, [(item, ticks.get(item.key)) for item in one.step.items], one.step.number) for one in standings(ticks)
        ],
        "why_not": may_ship(ticks, document(member).breaking_trust),
        "may_tell": works_on_deals(member),
    }
    return render(request, "problems/release.html", shown)


def new_release(told: str) -> Release:
    """Name a release. Raises Unknown without a name, or where another one has it."""
    name = told.strip()[:100]
    if not name:
        raise Unknown("a release without a name", "Name it: its version or its day.")
    try:
        with transaction.atomic():
            return Release.objects.create(name=name)
    except IntegrityError as taken:
        raise Unknown(f"There is a release '{name}'", "Name this one otherwise.") from taken


def _tick(request: HttpRequest, found: Release) -> None:
    item = request.POST.get("item", "")
    if request.POST.get("undo"):
        ReleaseTick.objects.filter(release=found, item=item).delete()
        messages.success(request, "Open again.")
        return
    try:
        tick_off(found, item, request.user.get_username(), request.POST.get("told", ""))
        messages.success(request, "Ticked.")
    except Unknown as mistake:
        messages.error(request, str(mistake))


def tick_off(found: Release, item: str, by: str, told: str) -> None:
    """Keep that a thing was done today. Raises Unknown as `tick`."""
    done = tick(ticks_of(found), item, by, timezone.localdate(), told[:2_000])
    kept = {"by": done.by, "on": done.on, "told": done.told}
    ReleaseTick.objects.update_or_create(release=found, item=item, defaults=kept)


def ticks_of(found: Release) -> dict[str, Tick]:
    return {one.item: Tick(one.by, one.on, one.told) for one in found.ticks.all()}


def works_on_it(member: Member) -> None:
    if not works_on_deals(member):
        raise PermissionDenied
