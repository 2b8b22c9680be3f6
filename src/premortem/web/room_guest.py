"""Who is in the buyer's room, by which link, and how each side is called there."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from django.utils import timezone

from premortem.acts.buying.project_change import Hand
from premortem.acts.buying.room import PersonInRoom, RoomDocument
from premortem.acts.buying.room import room as room_of
from premortem.ledger.contents import card
from premortem.ledger.entries import BUYERS_HAND, PersonId
from premortem.ledger.fold import deal_as_of
from premortem.records.firm.models import Member, RoomLink
from premortem.web import access
from premortem.web.keys import secret_of
from premortem.web.ledger import ledger
from premortem.web.pages.interview import our_name
from premortem.web.pages.post_mortem import entries_of


class Closed(Exception):
    """The link opens nothing: there is no such one, it ended, or whoever made it does not work on this any more."""


def maker_of(link: RoomLink) -> Member | None:
    """Who made a link; None where they are no active member any more, or don't work on the deal."""
    member = Member.objects.select_related("user").filter(user_id=link.made_by_id, user__is_active=True).first()
    return member if member is not None and access.may_change(member, link.deal) else None


def known_addresses(deal: str, person: PersonId) -> set[str]:
    """The addresses on somebody's card, in small letters: no link can write one there."""
    view = deal_as_of(entries_of(deal))
    known = view.people.get(view.human.get(person, person))
    kept = card(ledger().contents, known.card) if known is not None and known.card else None
    return {one.casefold() for one in kept.emails} if kept is not None else set()


class Guest:
    """Who is in the room, by which link, and how our side is called there."""

    def __init__(self, request: HttpRequest, word: str) -> None:
        now = timezone.now()
        link = RoomLink.objects.filter(secret=secret_of(word), ended_at=None, ends_at__gt=now).first()
        member = maker_of(link) if link else None
        if link is None or member is None:
            raise Closed
        self.link, self.word, self.deal = link, word, link.deal
        self.today: date = now.date()
        self.document: RoomDocument = room_of(entries_of(link.deal), ledger().contents, self.today)
        me = self.document.person(link.person)
        if me is None:
            raise Closed  # they were erased, or stand on another side by now
        self.me: PersonInRoom = me
        self.hand = Hand.theirs(me.id)
        self.ours, self.shared_by = our_name(link.deal), str(member)
        self.may_write = not request.user.is_authenticated

    def called(self, author: str) -> str:
        """Who changed something, as the room may say it."""
        if not author.startswith(BUYERS_HAND):
            return self.ours
        known = self.document.person(author.removeprefix(BUYERS_HAND))
        return known.name if known else "A colleague"

    def owner(self, person: str) -> str:
        known = self.document.person(person)
        return known.name if known else "somebody who is not shown here"
