"""People: those of the deals that one may see, one person in a deal, and merging, parting, their side."""

from __future__ import annotations

from django.http import HttpRequest
from msgspec import Struct
from ninja import Router

from premortem.acts.looking.people import merge_people, set_side, split_person
from premortem.acts.looking.people_page import Human, PersonPage, people_in, person_page
from premortem.acts.looking.reviewing import review_changed
from premortem.api.asked import AT_FIRST, Most, Words, by
from premortem.api.parts import By, part
from premortem.api.shown import Given, Shown
from premortem.ledger.entries import Side
from premortem.records.cards import Cards
from premortem.web import access
from premortem.web.ledger import ledger, rules
from premortem.web.pages.people import LAST_MOVED, LEAST_LETTERS, cards_found

router = Router()


class People(Struct, frozen=True):
    """People of a part of the deals; `next` is the cursor of the deals after these, `more` says that more were found
    than are told."""

    people: list[Human]
    next: str | None = None
    more: bool = False


class Same(Struct, frozen=True, forbid_unknown_fields=True):
    """Another person of the deal, by id, who is the same human."""

    other: str


class OnSide(Struct, frozen=True, forbid_unknown_fields=True):
    """On which side somebody is."""

    side: Side


class Parted(Struct, frozen=True):
    """The ids of those who stand for themselves again."""

    people: list[str]


@router.get("people", response=Shown[People])
def people(
    request: HttpRequest, q: Words = "", side: Side | None = None, limit: Most = AT_FIRST, cursor: str | None = None
) -> People:
    """The people of the deals that you may see, of `limit` deals at a time, those that moved last first; or all whom
    two or more letters of a name, a title or an address find."""
    deals = access.deals_seen_by(access.here(request)).order_by(LAST_MOVED, "deal")
    wanted = q.strip()
    if len(wanted) < LEAST_LETTERS:
        rows, after = part(request, deals, (By("last_touch_at", down=True), By("deal")), limit, cursor)
        return People(people_in(ledger(), [row.deal for row in rows], side, read=Cards(ledger().alias).read), after)
    found = cards_found(wanted, deals, side)
    some = dict(found[:limit])
    humans = people_in(ledger(), sorted(set(some.values())), side, set(some), Cards(ledger().alias).read)
    return People(humans, more=len(found) > limit)


@router.get("deals/{deal}/people/{person}", response=Shown[PersonPage])
def person(request: HttpRequest, deal: str, person: str) -> PersonPage:
    """One person in a deal: what they said, their roles with what shows them, where they took part."""
    member = access.see(request, deal)
    page = person_page(ledger(), deal, person)
    access.note_look(member, deal)
    return page


@router.post("deals/{deal}/people/{person}/same", response=Shown[PersonPage])
def merge(request: HttpRequest, deal: str, person: str, given: Given[Same]) -> PersonPage:
    """Say that two of a deal's people are one human."""
    access.change(request, deal)
    return _after(request, deal, merge_people(ledger(), deal, _id(deal, person), _id(deal, given.other), *by(request)))


@router.delete("deals/{deal}/people/{person}/same", response=Shown[Parted])
def split(request: HttpRequest, deal: str, person: str) -> Parted:
    """Part everybody who was merged into this person from them again."""
    access.change(request, deal)
    parted = split_person(ledger(), deal, _id(deal, person), *by(request))
    _after(request, deal, parted[0])
    return Parted(parted)


@router.put("deals/{deal}/people/{person}/side", response=Shown[PersonPage])
def side(request: HttpRequest, deal: str, person: str, given: Given[OnSide]) -> PersonPage:
    """Say on which side somebody is."""
    access.change(request, deal)
    return _after(request, deal, set_side(ledger(), deal, _id(deal, person), given.side, *by(request)))


def _id(deal: str, person: str) -> str:
    """The id under which a person of the deal goes. Raises Unknown where none has it: names are not guessed at."""
    return person_page(ledger(), deal, person).id


def _after(request: HttpRequest, deal: str, person: str) -> PersonPage:
    review_changed(ledger(), rules(), by(request)[1].date(), only=[deal])
    access.note_look(access.here(request), deal)
    return person_page(ledger(), deal, person)
