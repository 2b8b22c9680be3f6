"""Releases, each with the gate that it passes before it meets people who are making up their minds."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from msgspec import Meta, Struct
from ninja import Router

from premortem.api.shown import Given, Shown
from premortem.buying.release_gate import Item, Tick, may_ship, standings
from premortem.records.firm.models import Release, ReleaseTick
from premortem.web import access
from premortem.web.pages.problems import document
from premortem.web.pages.releases import new_release, tick_off, ticks_of, works_on_it

router = Router()


class ReleaseListed(Struct, frozen=True):
    """A release; `why_not` says what keeps it from shipping, empty where nothing does."""

    id: int
    name: str
    why_not: list[str]


class ItemShown(Struct, frozen=True):
    """A thing to do, and its tick where it was done."""

    item: Item
    tick: Tick | None


class StepShown(Struct, frozen=True):
    """A step of the gate; `waits_for` names an earlier one that is not done."""

    number: int
    says: str
    waits_for: int | None
    items: list[ItemShown]


class ReleaseShown(Struct, frozen=True):
    """A release with its steps."""

    release: ReleaseListed
    steps: list[StepShown]


class ReleaseName(Struct, frozen=True, forbid_unknown_fields=True):
    """What a release is called: its version or its day."""

    name: Annotated[str, Meta(max_length=100)]


class Ticked(Struct, frozen=True, forbid_unknown_fields=True):
    """What is told with a tick, where the thing asks for it."""

    told: Annotated[str, Meta(max_length=2000)] = ""


@router.get("releases", response=Shown[list[ReleaseListed]])
def releases(request: HttpRequest) -> list[ReleaseListed]:
    """All releases, and what keeps each from shipping."""
    breaking = document(access.here(request)).breaking_trust
    return [_listed(one, breaking) for one in Release.objects.prefetch_related("ticks")]


@router.post("releases", response={201: Shown[ReleaseShown]})
def release_add(request: HttpRequest, given: Given[ReleaseName]) -> ReleaseShown:
    """Name a release."""
    works_on_it(access.here(request))
    return _shown(request, new_release(given.name))


@router.get("releases/{number}", response=Shown[ReleaseShown])
def release(request: HttpRequest, number: int) -> ReleaseShown:
    """One release: its steps, what is done and what waits for what."""
    access.here(request)
    return _shown(request, get_object_or_404(Release, pk=number))


@router.put("releases/{number}/items/{item}", response=Shown[ReleaseShown])
def release_tick(request: HttpRequest, number: int, item: str, given: Given[Ticked]) -> ReleaseShown:
    """Tick a thing that was done."""
    works_on_it(access.here(request))
    found = get_object_or_404(Release, pk=number)
    tick_off(found, item, request.user.get_username(), given.told)
    return _shown(request, found)


@router.delete("releases/{number}/items/{item}", response=Shown[ReleaseShown])
def release_untick(request: HttpRequest, number: int, item: str) -> ReleaseShown:
    """Open a thing again."""
    works_on_it(access.here(request))
    found = get_object_or_404(Release, pk=number)
    ReleaseTick.objects.filter(release=found, item=item).delete()
    return _shown(request, found)


def _listed(one: Release, breaking: int) -> ReleaseListed:
    return ReleaseListed(one.pk, one.name, may_ship(ticks_of(one), breaking))


def _shown(request: HttpRequest, found: Release) -> ReleaseShown:
    ticks = ticks_of(found)
    steps = [
        StepShown(one.step.number, one.step.says, one.waits_for, [_item(item, ticks) for item in one.step.items])
        for one in standings(ticks)
    ]
    return ReleaseShown(_listed(found, document(access.here(request)).breaking_trust), steps)


def _item(item: Item, ticks: dict[str, Tick]) -> ItemShown:
    return ItemShown(item, ticks.get(item.key))
