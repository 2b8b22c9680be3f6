"""Rapport and relations of one deal, and the lunch at the buyer's office."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from django.utils.timezone import localdate
from msgspec import Struct
from ninja import Router

from premortem.acts.buying.relations import RelationsDocument, held_lunch, plan_lunch
from premortem.acts.buying.relations import relations as standing
from premortem.api.asked import by, told_day
from premortem.api.shown import Given, Shown
from premortem.web import access
from premortem.web.ledger import ledger

router = Router()


class Lunch(Struct, frozen=True, forbid_unknown_fields=True):
    """A lunch to come, on a day; whose it is, by user name: one's own, unless told."""

    on: date
    owner: str = ""


class LunchHeld(Struct, frozen=True, forbid_unknown_fields=True):
    """That a lunch was held on a day: the planned one, by its id, or one that nobody had planned."""

    on: date
    lunch: str | None = None


@router.get("deals/{deal}/relations", response=Shown[RelationsDocument])
def relations(request: HttpRequest, deal: str) -> RelationsDocument:
    """The three rapports, the deciders, the ladder, the lunches."""
    member = access.see(request, deal)
    told = standing(ledger(), deal, localdate())
    access.note_look(member, deal)
    return told


@router.post("deals/{deal}/lunches", response={201: Shown[RelationsDocument]})
def lunch_plan(request: HttpRequest, deal: str, given: Given[Lunch]) -> RelationsDocument:
    """Plan a lunch at the buyer's office."""
    access.change(request, deal)
    who, now = by(request)
    plan_lunch(ledger(), deal, given.owner or who, told_day(given.on), who, now)
    return _after(request, deal)


@router.post("deals/{deal}/lunches/held", response={201: Shown[RelationsDocument]})
def lunch_held(request: HttpRequest, deal: str, given: Given[LunchHeld]) -> RelationsDocument:
    """Enter that a lunch was held."""
    access.change(request, deal)
    held_lunch(ledger(), deal, told_day(given.on), *by(request), given.lunch)
    return _after(request, deal)


def _after(request: HttpRequest, deal: str) -> RelationsDocument:
    access.note_look(access.here(request), deal)
    return standing(ledger(), deal, localdate())
