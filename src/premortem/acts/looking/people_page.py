"""People across deals, and one person in a deal: their words, what shows them in which role, where they took part."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from premortem.acts.looking.people import deal_in
from premortem.acts.playbook import rules_of
from premortem.acts.witness import Cited, Witness
from premortem.checks.coach_conditions import part_said, parts_said
from premortem.errors import Unknown
from premortem.ledger.contents import ERASED, Card, card
from premortem.ledger.deal import HEARD, Deal
from premortem.ledger.entries import Hash, PersonId, TouchId
from premortem.ledger.fold import deal_as_of
from premortem.ledger.norms import Norms
from premortem.ledger.people import DealPerson
from premortem.ledger.store import Contents, Ledger

ReadCards = Callable[[Collection[Hash]], Mapping[Hash, Card | None]]
"""Reads cards, many at once; None for one that was erased."""


class Place(Struct, frozen=True):
    """Somebody in one deal. `last_heard` is when they last spoke, wrote or were reached by a note's word."""

    deal: str
    deal_name: str
    person: PersonId
    side: str
    roles: list[str]
    met: bool
    last_heard: datetime | None
    parts: list[str] = []
    """The roles in words: 'perhaps a coach' until that is proved."""


class Human(Struct, frozen=True):
    """One human in the deals that were looked through: records with one address, or one name at one firm, are one."""

    name: str | None
    title: str | None
    places: list[Place]

    @property
    def last_heard(self) -> datetime | None:
        return max((one.last_heard for one in self.places if one.last_heard is not None), default=None)

    @property
    def met(self) -> bool:
        return any(one.met for one in self.places)

    @property
    def roles(self) -> list[str]:
        return sorted({role for one in self.places for role in one.roles})

    @property
    def parts(self) -> list[str]:
        """The roles in words. Who is proved a coach in one deal may still be 'perhaps a coach' in another."""
        return sorted({part for one in self.places for part in one.parts})


class Evidence(Struct, frozen=True):
    """What shows somebody in a role: quotes, their title, a colleague's word; `guessed` where nothing really does."""

    role: str
    declared: bool
    by_title: bool
    guessed: bool
    words: list[tuple[TouchId, Cited]]
    called: str = ""
    """The role in words: 'perhaps a coach' until that is proved."""


class Said(Struct, frozen=True):
    """A fact that somebody told, or that was told of them (`about`), with its words."""

    claim: str
    about: bool
    speaker: str | None
    sure: bool
    standing: str
    touch: TouchId
    words: Cited


class TookPart(Struct, frozen=True):
    touch: TouchId
    name: str
    kind: str
    at: datetime
    how: list[str]


class Other(Struct, frozen=True):
    id: PersonId
    name: str
    side: str


class PersonPage(Struct, frozen=True):
    """All that a deal knows of a person. `merged` are the records that were folded into theirs, `unsure` whom they
    might be; newest words first. `schema` changes when a meaning does."""

    deal: str
    deal_name: str
    id: PersonId
    name: str
    title: str | None
    emails: list[str]
    side: str
    in_crm: bool
    met: TookPart | None
    last_heard: datetime | None
    roles: list[Evidence]
    said: list[Said]
    touches: list[TookPart]
    merged: list[str]
    unsure: list[Other]
    others: list[Other]
    schema: str = "premortem.person/1"


def people_in(
    ledger: Ledger,
    deals: Sequence[str],
    side: str | None = "buyer",
    only: Collection[Hash] | None = None,
    read: ReadCards | None = None,
) -> list[Human]:
    """The people of these deals on one side, or on any; `only` those with one of these cards, as far as these are
    still there. Heard last comes first, people who were never heard after them by name. `read` gets many cards at
    once; without it, they are read one by one."""
    listed = [
        (deal, person, person.card)
        for deal in (deal_as_of(entries) for _, entries in ledger.store.read_each(list(deals)))
        for person in deal.people.values()
        if person.card is not None and side in (None, person.side) and (only is None or person.card in only)
    ]
    keys = {key for _, _, key in listed}
    cards = read(keys) if read is not None else {key: card(ledger.contents, key) for key in keys}
    heard = {deal.id: _last_heard(deal) for deal, _, _ in listed}
    found: dict[tuple[str, ...], tuple[Card, list[Place]]] = {}
    for deal, person, key in listed:
        known = cards.get(key) or Card(name=None if only is not None else ERASED)
        if known.name or known.title:
            account = deal.opened.account if deal.opened else deal.id
            kept = found.setdefault(_key(known, account, deal.id, person), (known, []))
            kept[1].append(_place(deal, person, heard[deal.id]))
    humans = [Human(known.name, known.title, places) for known, places in found.values()]
    by_name = sorted(humans, key=lambda one: (one.name or one.title or "").casefold())
    return sorted(by_name, key=lambda one: -one.last_heard.timestamp() if one.last_heard else 0.0)


def person_page(ledger: Ledger, deal: str, person: PersonId) -> PersonPage:
    """Raises Unknown where the deal or the person is not there. Of merged people, any id finds the human."""
    view = deal_in(ledger, deal)
    known = view.people.get(view.human.get(person, person))
    if known is None:
        raise Unknown(f"there is no person '{person}' in {deal}", "`premortem people` lists them.")
    witness = Witness(view, ledger.contents)
    witness.hear(view.touches_with(known.id))
    shown, touches = witness.cards[known.id], _touches(view, known.id, witness)
    others = [_other(one, view, witness) for one in view.people if one != known.id]
    return PersonPage(
        deal=deal,
        deal_name=view.name,
        id=known.id,
        name=witness.name(known.id) or ERASED,
        title=shown.title if shown else None,
        emails=list(shown.emails) if shown else [],
        side=known.side,
        in_crm=known.in_crm,
        met=next((one for one in touches if one.touch == known.met), None),
        last_heard=_last_heard(view).get(known.id),
        roles=list(_roles(view, known, witness)),
        said=list(_said(view, known.id, witness)),
        touches=touches[::-1],
        merged=[_merged_name(view, one, ledger.contents) for one in known.merged],
        unsure=[_other(view.human.get(one, one), view, witness) for one in known.unsure],
        others=sorted(others, key=lambda one: (one.side != known.side, one.name.casefold())),
    )


def _key(known: Card, account: str, deal: str, person: DealPerson) -> tuple[str, ...]:
    """By what a human is known again: an address, else a name at one firm; a title alone is never enough."""
    if known.emails:
        return ("address", known.emails[0].casefold())
    if known.name and known.name != ERASED:
        return ("name", known.name.casefold(), (known.organisation or account).casefold())
    return ("record", person.id, deal)


def _place(deal: Deal, person: DealPerson, heard: dict[PersonId, datetime]) -> Place:
    roles: list[str] = sorted(person.proven)
    parts = parts_said(deal, person, rules_of().norms_of(deal) if "coach" in roles else Norms())
    met = person.met is not None
    return Place(deal.id, deal.name, person.id, person.side, roles, met, heard.get(person.id), parts)


def _last_heard(deal: Deal) -> dict[PersonId, datetime]:
    return {one: touch.at for touch in deal.touches for one in touch.people(*HEARD)}


def _touches(deal: Deal, person: PersonId, witness: Witness) -> list[TookPart]:
    took = []
    for touch in deal.touches:
        how = [part.how for part in touch.parts if part.person == person]
        if how:
            took.append(
                TookPart(touch.id, witness.touch_name(touch.id), touch.type, touch.at, list(dict.fromkeys(how)))
            )
    return took


def _roles(deal: Deal, person: DealPerson, witness: Witness) -> Iterator[Evidence]:
    facts, norms = {known.fact.fact: known for known in deal.facts}, rules_of().norms_of(deal)
    for one in sorted(person.shown, key=lambda one: (one.guessed, one.role)):
        words = [(facts[key].fact.touch, witness.cite(facts[key].quote)) for key in one.facts if key in facts]
        yield Evidence(
            one.role,
            one.role in person.declared,
            one.by_title,
            one.guessed,
            words,
            part_said(one.role, deal, person.id, norms),
        )
    for role in sorted(person.declared - {one.role for one in person.shown}):
        yield Evidence(role, True, False, False, [], part_said(role, deal, person.id, norms))


def _said(deal: Deal, person: PersonId, witness: Witness) -> Iterator[Said]:
    for known in reversed(deal.facts):
        fact = known.fact
        if person in (fact.speaker, fact.person):
            speaker = witness.name(fact.speaker)
            about = fact.speaker != person
            yield Said(
                fact.claim, about, speaker, known.believed, known.standing, fact.touch, witness.cite(known.quote)
            )


def _other(one: PersonId, deal: Deal, witness: Witness) -> Other:
    return Other(one, witness.name(one) or ERASED, deal.side(one))


def _merged_name(deal: Deal, one: PersonId, contents: Contents) -> str:
    """How a record that was folded into another is called: by its own newest card, which the human's id no longer
    shows."""
    human = deal.people[deal.human[one]]
    names = [known.called for key in human.cards if (known := card(contents, key)) is not None]
    return ", ".join(dict.fromkeys(names)) or ERASED
