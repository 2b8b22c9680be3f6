"""Views of the list of deals that a member saved under a name."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from msgspec import Meta, Struct
from ninja import Router

from premortem.api.shown import Given, Shown
from premortem.records.firm.models import SavedView
from premortem.web import access
from premortem.web.pages.deals import KEPT

router = Router()


class View(Struct, frozen=True):
    """A list's filters under a name, as the query of its page's address."""

    id: int
    name: str
    query: str


class NewView(Struct, frozen=True, forbid_unknown_fields=True):
    """A name, and a query as `whose=mine&severity=high`; of it what the list does not know is left out."""

    name: Annotated[str, Meta(min_length=1, max_length=100)]
    query: Annotated[str, Meta(max_length=2000)]


@router.get("views", response=Shown[list[View]])
def views(request: HttpRequest) -> list[View]:
    """The views that one saved."""
    mine = SavedView.objects.filter(user=access.here(request).user, page="deals")
    return [View(one.pk, one.name, one.query) for one in mine]


@router.post("views", response=Shown[View])
def view_save(request: HttpRequest, given: Given[NewView]) -> View:
    """Save a view; one of the same name is written over."""
    query = urlencode([(key, value) for key, value in parse_qsl(given.query) if key in KEPT])
    user = access.here(request).user
    kept, _ = SavedView.objects.update_or_create(user=user, page="deals", name=given.name, defaults={"query": query})
    return View(kept.pk, kept.name, kept.query)


@router.delete("views/{number}", response={204: None})
def view_end(request: HttpRequest, number: int) -> None:
    """Forget a view."""
    get_object_or_404(SavedView, pk=number, user=access.here(request).user, page="deals").delete()
