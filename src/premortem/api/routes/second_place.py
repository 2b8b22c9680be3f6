"""Second place: the lost deals with what to do next in each, our record of the way back, and one deal's way back."""

from __future__ import annotations

from datetime import date
from typing import Literal

from django.http import HttpRequest
from django.utils.timezone import localdate
from msgspec import Struct
from ninja import Router

from premortem.acts.afterwards.comeback import comeback as way_back
from premortem.acts.afterwards.comeback import tell_step
from premortem.acts.afterwards.comeback_shown import ComebackDocument
from premortem.acts.afterwards.second_place import SecondPlaceDocument
from premortem.acts.afterwards.second_place import second_place as pipeline
from premortem.api.asked import Page, by, told_day
from premortem.api.shown import Given, Shown
from premortem.records.lost_deals import LostDeals
from premortem.web import access
from premortem.web.ledger import ledger, usual

router = Router()


class StepTold(Struct, frozen=True, forbid_unknown_fields=True):
    """What came of a step, on a day (today, unless told), and what they answered."""

    state: Literal["planned", "asked", "got", "refused", "done", "dropped"]
    on: date | None = None
    words: str = ""


@router.get("second-place", response=Shown[SecondPlaceDocument])
def second_place(request: HttpRequest, page: Page = 1) -> SecondPlaceDocument:
    """The lost deals that you may see, those with something late first, and the record."""
    lost = LostDeals(seen=access.deals_seen_by(access.here(request)))
    return pipeline(ledger(), lost, localdate(), usual().whole, page)


@router.get("deals/{deal}/comeback", response=Shown[ComebackDocument])
def comeback(request: HttpRequest, deal: str) -> ComebackDocument:
    """One deal's way back. What has not ended has none (404)."""
    member = access.see(request, deal)
    access.note_look(member, deal)
    return way_back(ledger(), deal, localdate(), usual().whole)


@router.put("deals/{deal}/comeback/{step}", response=Shown[ComebackDocument])
def comeback_step(request: HttpRequest, deal: str, step: str, given: Given[StepTold]) -> ComebackDocument:
    """Enter what came of a step."""
    access.change(request, deal)
    tell_step(ledger(), deal, step, given.state, *by(request), told_day(given.on), given.words, usual().whole)
    access.note_look(access.here(request), deal)
    return way_back(ledger(), deal, localdate(), usual().whole)
