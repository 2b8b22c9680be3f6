"""Deals: the list with the page's filters; one deal as of a day, its review, its call sheet, what is set aside."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from django.http import Http404, HttpRequest
from django.utils import timezone
from msgspec import Struct
from ninja import Router
from pydantic import Field

from premortem.acts.looking.deal_page import DealPage, deal_page
from premortem.acts.looking.deal_table import DealLine, deal_line
from premortem.acts.looking.prepare import PrepareDocument, prepare
from premortem.acts.looking.review import ReviewDocument
from premortem.acts.looking.reviewing import review_changed
from premortem.acts.telling import waive as waiving
from premortem.api.asked import AT_FIRST, Day, Most, Words, by, today
from premortem.api.parts import By, part
from premortem.api.shown import Given, Shown
from premortem.ledger.entries import Entry
from premortem.records.deal_lists import Sort, Status, Wanted, Whose, reviews_of
from premortem.web import access
from premortem.web.ledger import ledger, rules, usual
from premortem.web.pages.deals import lists_of, own

router = Router()
Severity = Literal["high", "medium", "low", "none"]
Days = Annotated[int, Field(ge=0, le=9999)]


class Deals(Struct, frozen=True):
    """A part of the list; `total` deals fit the filters, `next` is the cursor of those after these."""

    deals: list[DealLine]
    total: int
    next: str | None


class SetAside(Struct, frozen=True, forbid_unknown_fields=True):
    """Why a check is set aside in a deal, and until which day; without one, for good."""

    because: str
    until: date | None = None


@router.get("deals", response=Shown[Deals])
def deals(
    request: HttpRequest,
    whose: Whose | None = None,
    status: Status = "open",
    stage: Words = "",
    severity: Severity | None = None,
    text: Words = "",
    silent: Days | None = None,
    lesson: Words = "",
    sort: Sort = "findings",
    down: bool = True,
    limit: Most = AT_FIRST,
    cursor: str | None = None,
) -> Deals:
    """The deals that you may see. Without `whose`, a rep's own and a manager's team's, as on the page.

    `silent`: the buyer has said nothing for so many days, at least. `text`: words in the deal's, account's, seller's or
    owner's name. `lesson`: the id of a lesson that they look like. What is not known comes last, whichever way the list
    is sorted.
    """
    member, now = access.here(request), timezone.localdate()
    wanted = Wanted(whose or own(member), status, stage, severity or "", text.strip(), silent, sort, down, lesson)
    lists = lists_of(member)
    order = (By("told", down), By("planned_close"), By("deal"))
    rows, after = part(request, lists.in_order(wanted, now), order, limit, cursor)
    listed = [row.deal for row in rows]
    reviews, owners = reviews_of(listed), lists.owners(listed)
    lines = [deal_line(row, reviews.get(row.deal), now, owners.get(row.deal)) for row in rows]
    return Deals(lines, lists.count(wanted, now), after)


@router.get("deals/{deal}", response=Shown[DealPage])
def deal(request: HttpRequest, deal: str, as_of: Day | None = None) -> DealPage:
    """One deal as of a day, as its page shows it: review, people, what was told twice differently, touches, dates.

    A day before the deal's first, or after its last, counts as that one.
    """
    member = access.see(request, deal)
    page = seen(deal, as_of)
    access.note_look(member, deal)
    return page


@router.get("deals/{deal}/review", response=Shown[ReviewDocument])
def review(request: HttpRequest, deal: str, as_of: Day | None = None) -> ReviewDocument:
    """The deal's review as of a day: what was found, what is not known, and what to ask next, with the words."""
    member = access.see(request, deal)
    found = seen(deal, as_of).review
    access.note_look(member, deal)
    return found


@router.get("deals/{deal}/call-sheet", response=Shown[PrepareDocument])
def call_sheet(request: HttpRequest, deal: str, as_of: Day | None = None) -> PrepareDocument:
    """What the next meeting needs: who is who, what is known and not, what to ask, what to avoid."""
    member = access.see(request, deal)
    sheet = prepare(entries_of(deal), ledger().contents, as_of, rules=rules(), today=today(), usual=usual(as_of))
    access.note_look(member, deal)
    return sheet


@router.put("deals/{deal}/waivers/{check}", response={204: None})
def waive(request: HttpRequest, deal: str, check: str, given: Given[SetAside]) -> None:
    """Set a check aside in this deal, with a reason."""
    access.change(request, deal)
    who, now = by(request)
    waiving.waive(ledger(), rules(), deal, check, given.because, who, now, given.until)
    review_changed(ledger(), rules(), now.date(), only=[deal])


@router.delete("deals/{deal}/waivers/{check}", response={204: None})
def waive_end(request: HttpRequest, deal: str, check: str) -> None:
    """Let a check speak again."""
    access.change(request, deal)
    who, now = by(request)
    waiving.take_back(ledger(), rules(), deal, check, who, now)
    review_changed(ledger(), rules(), now.date(), only=[deal])


def seen(deal: str, as_of: date | None) -> DealPage:
    """The deal as of a day. Raises Http404 where the ledger has nothing of it."""
    return deal_page(entries_of(deal), ledger().contents, as_of, rules(), today(), usual(as_of))


def entries_of(deal: str) -> list[Entry]:
    """Raises Http404 where the ledger has nothing of a deal."""
    entries = ledger().store.read(deal)
    if not entries:
        raise Http404
    return entries
