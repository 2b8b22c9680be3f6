"""Why did we lose? Five questions over the deals that one sees and that ended in a period, never by person."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from django.utils.timezone import localdate
from ninja import Router

from premortem.acts.afterwards.why import WhyDocument, wanted
from premortem.acts.afterwards.why_deals import DealsBehind, deals_behind
from premortem.api.asked import Day, Page, Words
from premortem.api.shown import Shown
from premortem.records.replays import Wanted
from premortem.web import access
from premortem.web.ledger import ledger
from premortem.web.pages.why import answers_of, replays_of
from premortem.web.replays_kept import bring_up_to_date

router = Router()


@router.get("why", response=Shown[WhyDocument])
def why(
    request: HttpRequest, first: Day | None = None, last: Day | None = None, segment: Words = "", seller: Words = ""
) -> WhyDocument:
    """The five questions, causes by end, ends by age, days blind, and what changed since the period before.

    Without days, of the year up to today. `waiting` deals ended and are being replayed.
    """
    member = access.here(request)
    bring_up_to_date()
    return answers_of(member, _period(first, last, segment, seller))


@router.get("why/{question}", response=Shown[DealsBehind])
def why_deals(
    request: HttpRequest,
    question: str,
    first: Day | None = None,
    last: Day | None = None,
    segment: Words = "",
    seller: Words = "",
    said: Words = "",
    end: Words = "",
    page: Page = 1,
) -> DealsBehind:
    """The deals behind an answer (`said`: yes, no, unknown) and an `end`, with the words; all where left empty."""
    member, asked = access.here(request), _period(first, last, segment, seller)
    told = deals_behind(ledger(), replays_of(member), asked, question, said, end, page)
    access.note_looks(member, [one.deal for one in told.deals if one.quotes])
    return told


def _period(first: date | None, last: date | None, segment: str, seller: str) -> Wanted:
    return wanted(first, last, localdate(), segment, seller)
