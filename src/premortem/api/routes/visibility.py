"""What we see of a customer, what is open and whose that is; and the month's sample of contacts."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from django.http import HttpRequest
from django.utils.timezone import localdate
from msgspec import Meta, Struct
from ninja import Router

from premortem.acts.buying import visibility as acts
from premortem.acts.buying.sample import SampleDocument, answered
from premortem.acts.buying.visibility import LONGEST, VisibilityDocument
from premortem.api.asked import by, told_day
from premortem.api.shown import Given, Shown
from premortem.records.pieces import Contacts
from premortem.web import access
from premortem.web.ledger import ledger
from premortem.web.pages.visibility import sample_of

router = Router()
Text = Annotated[str, Meta(max_length=LONGEST)]


class ToFindOut(Struct, frozen=True, forbid_unknown_fields=True):
    """Something to find out: whose it is (one's own, unless told), how, and by when. `matter` names one that is there,
    or the id that a gap would get."""

    what: Text
    way: Text
    due: date
    owner: str = ""
    matter: str | None = None


class Assumed(Struct, frozen=True, forbid_unknown_fields=True):
    """Something assumed until a day on which it is looked at again; `way` is how it would be found out, if known."""

    what: Text
    due: date
    owner: str = ""
    way: Text = ""


class Settled(Struct, frozen=True, forbid_unknown_fields=True):
    """What was found out, in words."""

    answer: Text


class SampleAnswer(Struct, frozen=True, forbid_unknown_fields=True):
    """What a contact who was drawn, by id, said."""

    person: str
    how: Literal["better", "the same", "worse", "not sure"]
    words: Text = ""


@router.get("deals/{deal}/visibility", response=Shown[VisibilityDocument])
def visibility(request: HttpRequest, deal: str) -> VisibilityDocument:
    """What is known of a deal's customer and from whom, and what is open."""
    member = access.see(request, deal)
    told = acts.visibility(ledger(), deal, localdate())
    access.note_look(member, deal)
    return told


@router.post("deals/{deal}/matters", response={201: Shown[VisibilityDocument]})
def matter_ask(request: HttpRequest, deal: str, given: Given[ToFindOut]) -> VisibilityDocument:
    """Enter something to find out, or change whose it is, the way or the day."""
    access.change(request, deal)
    (who, now), due = by(request), told_day(given.due)
    acts.ask_for(ledger(), deal, given.what, given.owner or who, given.way, due, who, now, given.matter)
    return _after(request, deal)


@router.post("deals/{deal}/assumptions", response={201: Shown[VisibilityDocument]})
def matter_assume(request: HttpRequest, deal: str, given: Given[Assumed]) -> VisibilityDocument:
    """Enter something assumed."""
    access.change(request, deal)
    who, now = by(request)
    acts.assume(ledger(), deal, given.what, given.owner or who, told_day(given.due), who, now, given.way)
    return _after(request, deal)


@router.post("deals/{deal}/matters/{matter}/settled", response=Shown[VisibilityDocument])
def matter_settle(request: HttpRequest, deal: str, matter: str, given: Given[Settled]) -> VisibilityDocument:
    """It was found out, or an assumption proved right or wrong."""
    access.change(request, deal)
    acts.settle(ledger(), deal, matter, given.answer, *by(request))
    return _after(request, deal)


def _after(request: HttpRequest, deal: str) -> VisibilityDocument:
    access.note_look(access.here(request), deal)
    return acts.visibility(ledger(), deal, localdate())


@router.delete("deals/{deal}/matters/{matter}", response={204: None})
def matter_drop(request: HttpRequest, deal: str, matter: str) -> None:
    """It no longer matters."""
    access.change(request, deal)
    acts.drop(ledger(), deal, matter, *by(request))


@router.get("sample", response=Shown[SampleDocument])
def sample(request: HttpRequest) -> SampleDocument:
    """Whom to ask this month, drawn by lot from the open deals that you may see, and what they said."""
    member = access.here(request)
    told = sample_of(member)
    access.note_looks(member, {one.deal for one in told.asked if one.how})
    return told


@router.post("deals/{deal}/sample", response={201: Shown[SampleDocument]})
def sample_answer(request: HttpRequest, deal: str, given: Given[SampleAnswer]) -> SampleDocument:
    """Enter what a contact who was drawn said."""
    member = access.change(request, deal)
    contacts = Contacts(seen=access.deals_seen_by(member))
    answered(ledger(), contacts, deal, given.person, given.how, given.words, *by(request))
    told = sample_of(member)
    access.note_looks(member, {one.deal for one in told.asked if one.how})
    return told
