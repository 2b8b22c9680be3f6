"""Who is who in a deal: labels, addresses, signatures and spoken names → one person each.

A roster keeps one card a person and says what it learned. It joins two ways of calling somebody only where they can
mean one person; where two are possible it keeps a third and says whom it may be (`unsure`), so that a user can merge.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from premortem.ledger.contents import Card, Conversation, random_nonce
from premortem.ledger.entries import PersonId, Role, Side, Trade
from premortem.listening.people_clues import met
from premortem.listening.people_labels import Label, parse, same_telephone
from premortem.listening.people_names import like, words_of, written
from premortem.listening.people_seating import Seating, seat
from premortem.listening.people_sides import Sides
from premortem.listening.scene import Someone
from premortem.listening.titles import same_title, title_within, trades_of

__all__ = ["Found", "News", "Roster", "Seating"]

News = tuple[PersonId, Card, Side, frozenset[Role], bool, tuple[PersonId, ...], frozenset[Trade]]
"""A person who is new or changed: id, card, side, roles that were declared, whether the CRM has them, whom they might
be, and the kinds of work that their title tells."""


class Found(NamedTuple):
    """Whom a name means: one person, or several whom it could mean, or nobody known."""

    person: PersonId | None = None
    could_be: tuple[PersonId, ...] = ()

    @property
    def anybody(self) -> tuple[PersonId, ...]:
        """Everybody whom the name could mean."""
        return (self.person,) if self.person is not None else self.could_be


class _Known(Struct):
    card: Card
    side: Side
    roles: frozenset[Role] = frozenset()
    in_crm: bool = False
    unsure: tuple[PersonId, ...] = ()

    def news(self, person: PersonId) -> News:
        trades = trades_of(self.card.title)
        return person, self.card, self.side, self.roles, self.in_crm, self.unsure, trades


class Roster:
    """The people whom a deal knows. `seller` and `account` are the names of the two firms; `nonce` gives new cards
    theirs."""

    def __init__(self, deal: str, seller: str = "", account: str = "", nonce: Callable[[], str] = random_nonce) -> None:
        self._deal = deal
        self._nonce = nonce
        self._people: dict[PersonId, _Known] = {}
        self._told: dict[PersonId, News] = {}
        self._joined: dict[PersonId, PersonId] = {}
        self._joined_told: set[PersonId] = set()
        self.sides = Sides(seller, account)

    def know(
        self,
        card: Card,
        side: Side,
        *,
        id: PersonId | None = None,
        roles: Iterable[Role] = frozenset(),
        in_crm: bool = False,
    ) -> PersonId:
        """Somebody from the CRM, or with their `id` from the ledger, which then is no news.

        A row of the CRM joins whoever has its address or its full name; the same name with another address at the
        same firm is somebody else, who might be the same.
        """
        self.sides.learn(card.emails, side)
        if id is not None:
            before = self._people.get(id)
            known = _Known(card, side, frozenset(roles), in_crm, before.unsure if before else ())
            self._people[id] = known
            self._told[id] = known.news(id)
            return id
        person = self._same_row(card, side)
        if person is None:
            alike = () if card.name is None else self.resolve(card.name).anybody
            person = self.add(card, side, unsure=alike)
        known = self._people[person]
        known.roles |= frozenset(roles)
        known.in_crm |= in_crm
        known.side = side if side != "unknown" else known.side
        self.learn(person, name=card.name, title=card.title, emails=card.emails, phones=card.phones, labels=card.labels)
        return person

    def _same_row(self, card: Card, side: Side) -> PersonId | None:
        for email in card.emails:
            if (person := self.by_email(email)) is not None:
                return person
        person = self.resolve(card.name).person if card.name else None
        if person is None or {side, self._people[person].side} == {"buyer", "seller"}:
            return None  # namesakes on the two sides
        if like(card.name or "", self._people[person].card.name or "") != "same":
            return person if card.name and not words_of(card.name).full else None
        theirs = {email.split("@")[-1].lower() for email in self._people[person].card.emails}
        clash = any(email.split("@")[-1].lower() in theirs for email in card.emails)
        return None if clash else person

    def seat(self, conversation: Conversation) -> Seating:
        """Who speaks each turn, and who else takes part and how. New people are added to the roster."""
        return seat(self, conversation)

    def named(self, name: str | None, title: str | None, side: Side = "buyer") -> PersonId:
        """Somebody spoken of: whoever is known by that name or title, or else a new person who is absent.

        Where both are given, a person so far known by the title alone gets the name. Raises ValueError for neither.
        """
        if not name and not title:
            raise ValueError("somebody spoken of needs a name or a title")
        if not name:
            return self._titled(title or "", side)
        bare = self.by_title(title) if title else None
        nameless = bare is not None and self._people[bare].card.name is None
        found = self.resolve(written(name))
        person = found.person
        if person is None:
            taken = bare if nameless and not found.could_be else None
            person = taken or self.add(Card(name=written(name), title=title), side, unsure=found.could_be)
        if bare is not None and nameless and bare != person:
            self._join(bare, person)
        self.learn(person, name=written(name), title=title)
        return person

    def _both_halves(self, name: str, could_be: tuple[PersonId, ...], side: Side) -> PersonId | None:
        """'Kwame' and 'Dr Asante' turn out to be one person when somebody says 'Kwame Asante'."""
        words = words_of(name)
        halves = {one: words_of(self._people[one].card.name or "").words for one in could_be}
        firsts = [one for one, half in halves.items() if len(half) == 1 and like(half[0], words.words[0]) != "differs"]
        lasts = [one for one, half in halves.items() if len(half) == 1 and like(half[0], words.words[-1]) != "differs"]
        sides = {side, *(self._people[one].side for one in could_be)} - {"unknown"}
        if len(could_be) != 2 or not words.full or len(firsts) != 1 or len(lasts) != 1 or len(sides) > 1:
            return None
        self._join(lasts[0], firsts[0])
        return firsts[0]

    def learn_title(self, person: PersonId, title: str) -> None:
        """What somebody was said to be; whoever was known by that title alone turns out to be them."""
        self.learn(person, title=title)
        bare = [
            one
            for one, known in self._people.items()
            if one != person
            and not (known.card.name or known.card.labels)
            and same_title(known.card.title or "", title)
        ]
        if len(bare) == 1 and self._people[person].card.name is not None and self._people[person].side != "seller":
            self._join(bare[0], person)

    def _titled(self, title: str, side: Side) -> PersonId:
        return self.by_title(title) or self.add(Card(title=title.strip()), side)

    def _join(self, one: PersonId, into: PersonId) -> None:
        known = self._people.pop(one)
        self._joined[one] = into
        card = known.card
        called = (card.name,) if card.name else ()
        self.learn(into, title=card.title, emails=card.emails, phones=card.phones, labels=(*called, *card.labels))

    def joined(self) -> list[tuple[PersonId, PersonId]]:
        """Pairs (one, the person they turned out to be) since the last call: a title that got its name."""
        fresh = [pair for pair in self._joined.items() if pair[0] in self._told and pair[0] not in self._joined_told]
        self._joined_told.update(one for one, _ in fresh)
        return fresh

    def stands_for(self, person: PersonId) -> PersonId:
        """Whom an id that was given earlier stands for now: itself, unless a title got its name since."""
        while person in self._joined:
            person = self._joined[person]
        return person

    def met_in_note(self, text: str) -> list[PersonId]:
        """Whom a note says that we met or spoke to; people of our own side are left out."""
        people = [self.named(name, None) for name in met(text)]
        return [person for person in dict.fromkeys(people) if self._people[person].side != "seller"]

    def find(self, label: str) -> PersonId | None:
        """The one person whom a label, a name or an address means for sure; None where two could be meant or nobody."""
        taken_apart = parse(label)
        if taken_apart.address is not None:
            by_address = self.by_address(taken_apart)
            if by_address is not None:
                return by_address
        return self.resolve(taken_apart.name).person if taken_apart.name else None

    def someone(self) -> dict[PersonId, Someone]:
        """Everybody, as readers see them."""
        return {
            person: Someone(person, known.side, known.card.name, known.card.title, known.card.labels, known.roles)
            for person, known in self._people.items()
        }

    def news(self) -> list[News]:
        """Those who are new, or whose card, side, roles or doubts changed, since the last call."""
        fresh = [known.news(person) for person, known in self._people.items()]
        fresh = [news for news in fresh if self._told.get(news[0]) != news]
        self._told.update((news[0], news) for news in fresh)
        return fresh

    # What seating asks of the roster.

    def card(self, person: PersonId) -> Card:
        return self._people[self.stands_for(person)].card

    def side(self, person: PersonId) -> Side:
        return self._people[self.stands_for(person)].side

    def people(self, *sides: Side) -> list[PersonId]:
        """Everybody of these sides, in the order of getting known."""
        return [person for person, known in self._people.items() if known.side in sides]

    def in_crm(self, person: PersonId) -> bool:
        return self._people[person].in_crm

    def add(self, card: Card, side: Side, unsure: Iterable[PersonId] = ()) -> PersonId:
        """A new person; one whose card has a nonce that is known already is that person.

        Where the two whom they might be turn out to be the two halves of the name, those are one, and it is them.
        """
        unsure = tuple(unsure)
        whole = self._both_halves(card.name or "", unsure, side)
        if whole is not None:
            self.learn(whole, name=card.name, title=card.title, emails=card.emails, organisation=card.organisation)
            return whole
        card = card if card.nonce else replace(card, nonce=self._nonce())
        person = "p-" + hashlib.sha256(f"{self._deal}\n{card.nonce}".encode()).hexdigest()[:10]
        if person not in self._people:
            self._people[person] = _Known(card, side, unsure=tuple(unsure))
        return person

    def set_side(self, person: PersonId, side: Side) -> None:
        """What is known of a person's side stands; only 'unknown' gives way."""
        known = self._people[self.stands_for(person)]
        known.side = side if known.side == "unknown" else known.side

    def learn(
        self,
        person: PersonId,
        *,
        name: str | None = None,
        title: str | None = None,
        emails: Iterable[str] = (),
        phones: Iterable[str] = (),
        labels: Iterable[str] = (),
        organisation: str | None = None,
    ) -> None:
        """Add to a card what it lacks; a fuller name takes the place of a part of it, which becomes a label."""
        person = self.stands_for(person)
        card = self._people[person].card
        kept, more = card.name, list(labels)
        if name and not kept:
            kept = name
        elif name and kept and like(name, kept) == "fits" and _fuller(name, kept):
            kept, more = name, [kept, *more]
        self._people[person].card = replace(
            card,
            name=kept,
            title=title if _tells_more(title, card) else card.title,
            emails=tuple(dict.fromkeys((*card.emails, *(email.lower() for email in emails)))),
            phones=tuple(dict.fromkeys((*card.phones, *phones))),
            labels=tuple(dict.fromkeys(label for label in (*card.labels, *more) if label != kept)),
            organisation=card.organisation or organisation,
        )

    def resolve(self, name: str, leaving_out: Iterable[PersonId] = ()) -> Found:
        """Whom a name means. Somebody called exactly so comes before those of whose name it is a part."""
        left_out = frozenset(leaving_out)
        same: list[PersonId] = []
        fits: list[PersonId] = []
        for person, known in self._people.items():
            if person in left_out:
                continue
            likeness = {like(name, other) for other in (known.card.name, *known.card.labels) if other}
            if known.card.name and like(name, known.card.name) == "same":
                same.append(person)
            elif likeness - {"differs"} and not self._clash(name, known.card):
                fits.append(person)
        best = same or fits
        return Found(best[0]) if len(best) == 1 else Found(None, tuple(best))

    @staticmethod
    def _clash(name: str, card: Card) -> bool:
        """A label that fits, on a card whose full name is another full name, joins nobody."""
        return bool(card.name) and words_of(name).full and like(name, card.name or "") == "differs"

    def by_address(self, label: Label) -> PersonId | None:
        if label.kind == "phone":
            held = [
                p for p, k in self._people.items() if any(same_telephone(label.address or "", x) for x in k.card.phones)
            ]
            return held[0] if len(held) == 1 else None
        return self.by_email(label.address or "")

    def by_email(self, email: str) -> PersonId | None:
        return next(
            (p for p, known in self._people.items() if email.lower() in map(str.lower, known.card.emails)), None
        )

    def by_title(self, title: str) -> PersonId | None:
        """The one person, not of our side, who has this title or, if nobody has, a longer one that holds it."""
        others = [(p, k.card.title) for p, k in self._people.items() if k.card.title and k.side != "seller"]
        for fits in (same_title, title_within):
            held = [person for person, known in others if fits(title, known)]
            if held:
                return held[0] if len(held) == 1 else None
        return None


def _fuller(name: str, kept: str) -> bool:
    """'Eithne Moloney' is fuller than 'Eithne K', which is fuller than 'Eithne'."""
    a, b = words_of(name), words_of(kept)
    return (len(a.words), a.full) > (len(b.words), b.full) or (a.full and not b.full)


def _tells_more(title: str | None, card: Card) -> bool:
    """Whether a title takes the place of a card's: the first one does, 'head of IT' that of 'boss', 'Buyer' of 'buys'.

    What is written as a title, in capitals, outranks what was only said; a title is never the name itself.
    """
    if not title or (card.name is not None and like(title, card.name) != "differs"):
        return False
    known = card.title
    return known is None or known.lower() in _SAYS_LITTLE or (known.islower() and title[:1].isupper())


_SAYS_LITTLE = frozenset({"boss", "chief", "head", "manager", "the boss", "partner", "colleague", "director"})
