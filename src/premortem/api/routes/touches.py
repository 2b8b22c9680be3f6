"""Touches: those of a deal, one with each fact in its place, a yes or no on each of them, and facts nobody heard."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from msgspec import Meta, Struct
from msgspec.structs import replace
from ninja import Router

from premortem.acts.bringing_in.mail_as_sent import MailAsSent, mail_as_sent
from premortem.acts.looking.deal_page import TouchOnPage
from premortem.acts.looking.touch_page import TouchPage, touch_page
from premortem.acts.telling import judge as judging
from premortem.acts.telling.fact_said import Said
from premortem.acts.telling.judge import Judged, Saying
from premortem.api.asked import Day, by
from premortem.api.routes.deals import seen
from premortem.api.shown import Given, Shown
from premortem.web import access
from premortem.web.harmless import harmless
from premortem.web.ledger import ledger, rules

router = Router()
Place = Annotated[int, Meta(ge=0, le=10_000_000)]


class WordOnFact(Struct, frozen=True, forbid_unknown_fields=True):
    """What a person says of a fact; `instead` is what the words rather carry, where they correct it."""

    says: Saying
    instead: Said | None = None


class NewFact(Struct, frozen=True, forbid_unknown_fields=True):
    """Words that stand in a turn (counted from nought), those at `start` or the first that read so, and what they
    carry: a claim, by its name; whom it is about, by an id of the deal; its value."""

    turn: Place
    words: str
    claim: str
    person: str | None = None
    value: str | None = None
    start: Place | None = None


@router.get("deals/{deal}/touches", response=Shown[list[TouchOnPage]])
def touches(request: HttpRequest, deal: str, as_of: Day | None = None) -> list[TouchOnPage]:
    """The deal's calls, mails and notes until a day, the oldest first."""
    member = access.see(request, deal)
    found = seen(deal, as_of).touches
    access.note_look(member, deal)
    return found


@router.get("deals/{deal}/touches/{touch}", response=Shown[TouchPage])
def touch(request: HttpRequest, deal: str, touch: str) -> TouchPage:
    """One touch: what was said, with each fact in its place, who took part, and what was counted of a call."""
    member = access.see(request, deal)
    page = touch_page(ledger(), deal, touch)
    access.note_look(member, deal, touch)
    return page


@router.get("deals/{deal}/touches/{touch}/mail", response=Shown[MailAsSent])
def mail(request: HttpRequest, deal: str, touch: str) -> MailAsSent:
    """A mail as it was sent, with all that it quoted and signed; of its HTML what can do no harm."""
    member = access.see(request, deal)
    found = mail_as_sent(ledger(), deal, touch)
    access.note_look(member, deal, touch)
    return replace(found, markup=harmless(found.markup) + "")  # a plain string again


@router.post("deals/{deal}/facts/{fact}/word", response=Shown[Judged])
def judge(request: HttpRequest, deal: str, fact: str, given: Given[WordOnFact]) -> Judged:
    """Confirm, reject or correct a fact; which findings went by that, and which came."""
    access.change(request, deal)
    return judging.judge(ledger(), deal, fact, given.says, *by(request), given.instead, rules())


@router.post("deals/{deal}/touches/{touch}/facts", response={201: Shown[Judged]})
def add_fact(request: HttpRequest, deal: str, touch: str, given: Given[NewFact]) -> Judged:
    """Add a fact that no reader heard, carried by words that stand in the touch."""
    access.change(request, deal)
    said = Said(given.claim, given.person, given.value)
    return judging.add_fact(ledger(), deal, touch, given.turn, given.words, said, *by(request), given.start, rules())
