"""Person entries → who is who in a deal: merged and split, with side and roles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from premortem.ledger.entries import Hash, Person, PersonId, Role, Side, TouchId, Trade
from premortem.ledger.roles import RoleShown


class DealPerson(Struct, frozen=True):
    """A person as a deal knows them.

    `first_named` is the first touch in which they took part or were spoken of; `met` the first in which they spoke,
    wrote, were written to, or were met or phoned by a note's word; `present` the touches where they were there or in
    copy. Someone silent in the room, or only in Cc, is present and not met. `roles` are those that somebody declared
    and those in which facts and the title show them (`shown`).
    """

    id: PersonId
    side: Side = "unknown"
    roles: frozenset[Role] = frozenset()
    declared: frozenset[Role] = frozenset()
    shown: tuple[RoleShown, ...] = ()
    trades: frozenset[Trade] = frozenset()
    card: Hash | None = None
    cards: tuple[Hash, ...] = ()
    in_crm: bool = False
    unsure: tuple[PersonId, ...] = ()
    merged: tuple[PersonId, ...] = ()
    first_named: TouchId | None = None
    met: TouchId | None = None
    present: tuple[TouchId, ...] = ()
    shared: Hash | None = None
    """The card by which the buyer's room shows them; None where it does not."""

    @property
    def proven(self) -> frozenset[Role]:
        """The roles that rest on more than that they are there: declared, or shown by a title or by what was said."""
        return self.declared | {one.role for one in self.shown if not one.guessed}

    @property
    def ref(self) -> str:
        """How a sentence speaks of them; the door that shows it puts in the name."""
        return "{" + self.id + "}"


class Known(Struct):
    """What Person entries said of one human so far, field by field."""

    side: Side | None = None
    roles: frozenset[Role] = frozenset()
    trades: frozenset[Trade] = frozenset()
    card: Hash | None = None
    cards: tuple[Hash, ...] = ()
    in_crm: bool = False
    unsure: tuple[PersonId, ...] = ()
    merged: tuple[PersonId, ...] = ()
    shared: Hash | None = None


def same_people(told: Iterable[Person]) -> dict[PersonId, PersonId]:
    """Which id stands for which human: merges followed to their end, in the order told; a circle ends at its least."""
    leads: dict[PersonId, PersonId] = {}
    for person in told:
        leads.setdefault(person.person, person.person)
        if person.same_as is not None:
            leads[person.person] = person.same_as
    return {one: _end_of(one, leads) for one in leads}


def _end_of(one: PersonId, leads: Mapping[PersonId, PersonId]) -> PersonId:
    path = [one]
    while (following := leads.get(path[-1], path[-1])) != path[-1]:
        if following in path:
            return min(path[path.index(following) :])
        path.append(following)
    return path[-1]


def known_people(told: Iterable[Person], human: Mapping[PersonId, PersonId]) -> dict[PersonId, Known]:
    """What is known of each human, from Person entries in the order in which later ones outrank earlier ones."""
    own: dict[PersonId, Known] = {}
    for person in told:
        known = own.setdefault(person.person, Known())
        known.side = person.side or known.side
        known.roles = known.roles if person.roles is None else frozenset(person.roles)
        known.trades = known.trades if person.trades is None else frozenset(person.trades)
        known.in_crm = known.in_crm if person.in_crm is None else person.in_crm
        known.unsure = tuple(dict.fromkeys(known.unsure + person.unsure))
        if person.card is not None:
            known.card, known.cards = person.card, (*known.cards, person.card)
        if person.shared is not None:
            known.shared, known.cards = person.shared, tuple(dict.fromkeys((*known.cards, person.shared)))
    people: dict[PersonId, Known] = {}
    for one in sorted(own, key=lambda one: (human[one] != one, one)):  # a human's own id speaks before those merged in
        _join(people.setdefault(human[one], Known()), own[one], one if human[one] != one else None, human)
    return people


def _join(whole: Known, part: Known, merged: PersonId | None, human: Mapping[PersonId, PersonId]) -> None:
    if whole.side in (None, "unknown"):
        whole.side = part.side or whole.side
    whole.roles |= part.roles
    whole.trades = whole.trades or part.trades
    whole.in_crm |= part.in_crm
    whole.card = whole.card or part.card
    whole.shared = whole.shared or part.shared
    whole.cards += part.cards
    whole.unsure = tuple(dict.fromkeys(whole.unsure + tuple(human.get(one, one) for one in part.unsure)))
    if merged is not None:
        whole.merged += (merged,)
