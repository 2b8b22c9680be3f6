"""Person entries, touches and facts → who is who in a deal, as more and more of them are told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from premortem.ledger.deal import MET, DealFact, DealTouch
from premortem.ledger.entries import Entry, Erasure, Person, PersonId, TouchId
from premortem.ledger.people import DealPerson, Known, known_people, same_people
from premortem.ledger.ranking import by_whose_word, in_order
from premortem.ledger.roles import RoleShown, Spoken, Standing
from premortem.ledger.told_touches import Merges


class People:
    """The people told so far."""

    def __init__(self) -> None:
        self.human: Mapping[PersonId, PersonId] = {}
        """Which id stands for which human, up to the last call of `merges`."""
        self._told: dict[PersonId, list[Entry]] = defaultdict(list)
        self._erased: set[PersonId] = set()
        self._merges: Merges = {}
        self._known: dict[PersonId, Known] = {}
        self._news = False
        self._seen = Seen()
        self._made: dict[PersonId, DealPerson] = {}
        self._shown: dict[PersonId, tuple[Standing, tuple[RoleShown, ...]]] = {}
        self._named_most: frozenset[PersonId] = frozenset()

    def hear(self, entry: Entry, person: Person) -> None:
        self._told[person.person].append(entry)
        self._news = True

    def hear_erasure(self, erasure: Erasure) -> None:
        if erasure.person is not None:
            self._erased.add(erasure.person)
            self._made.clear()

    def merges(self) -> Merges:
        """Take in what was told of people, and say who of them stands for another."""
        if self._news:
            self._news = False
            told = [body for one in self._told.values() for body in _persons(one)]
            self.human = same_people(told)
            self._merges = {one: other for one, other in self.human.items() if one != other}
            before, self._known = self._known, known_people(told, self.human)
            self._forget(one for one in {**before, **self._known} if before.get(one) != self._known.get(one))
        return self._merges

    def in_view(self, touches: tuple[DealTouch, ...], facts: tuple[DealFact, ...]) -> dict[PersonId, DealPerson]:
        """Everybody who was told of; `touches` and `facts` are all that are in view, people merged."""
        if not self._seen.leads_to(touches, facts):
            self._seen = Seen()
            self._made.clear()
            self._shown.clear()
        met, spoken_of = self._seen.take_in(touches, facts)
        self._forget(met)
        self._weigh_anew(spoken_of)
        buyers = [one for one, known in self._known.items() if known.side != "seller"]
        named_most = self._seen.spoken.most_named(buyers)
        self._weigh_anew(self._named_most ^ named_most)
        self._named_most = named_most
        gone = {self.human.get(one, one) for one in self._erased}
        for one in self._known.keys() - self._made.keys():
            self._made[one] = self._person(one, self._known[one], one in gone)
        return {one: self._made[one] for one in self._known}

    def _forget(self, people: Iterable[PersonId]) -> None:
        for one in people:
            self._made.pop(one, None)

    def _weigh_anew(self, people: Iterable[PersonId]) -> None:
        for one in people:
            self._made.pop(one, None)
            self._shown.pop(one, None)

    def _person(self, one: PersonId, known: Known, gone: bool) -> DealPerson:
        seen = self._seen
        met, first_named = seen.met.get(one), seen.first_named.get(one)
        standing = Standing(known.trades, known.roles, known.in_crm, met is not None, first_named is not None)
        shown = () if known.side == "seller" else self._roles(one, standing)
        return DealPerson(
            id=one,
            side=known.side or "unknown",
            roles=known.roles | {role.role for role in shown},
            declared=known.roles,
            shown=shown,
            trades=known.trades,
            card=None if gone else known.card,
            cards=known.cards,
            in_crm=known.in_crm,
            unsure=known.unsure,
            merged=known.merged,
            first_named=first_named,
            met=met,
            present=tuple(seen.present.get(one, ())),
            shared=None if gone else known.shared,
        )

    def _roles(self, one: PersonId, standing: Standing) -> tuple[RoleShown, ...]:
        before = self._shown.get(one)
        if before is not None and before[0] == standing:
            return before[1]
        shown = self._seen.spoken.roles(one, standing, one in self._named_most)
        self._shown[one] = standing, shown
        return shown


class Seen:
    """Where people took part or were spoken of, in the order of time, and what was said of them and by them."""

    def __init__(self) -> None:
        self.first_named: dict[PersonId, TouchId] = {}
        self.met: dict[PersonId, TouchId] = {}
        self.present: dict[PersonId, dict[TouchId, None]] = defaultdict(dict)
        self.spoken = Spoken()
        self._touches: tuple[DealTouch, ...] = ()
        self._facts: tuple[DealFact, ...] = ()
        self._in_place = True
        """Whether all facts are of touches that are in view."""

    def leads_to(self, touches: tuple[DealTouch, ...], facts: tuple[DealFact, ...]) -> bool:
        """Whether these only add to what was seen: nothing but further touches, and facts of these, at the end."""
        if touches[: len(self._touches)] != self._touches or facts[: len(self._facts)] != self._facts:
            return False
        new = {touch.id for touch in touches[len(self._touches) :]}
        return self._in_place and all(known.fact.touch in new for known in facts[len(self._facts) :])

    def take_in(
        self, touches: tuple[DealTouch, ...], facts: tuple[DealFact, ...]
    ) -> tuple[set[PersonId], set[PersonId]]:
        """See what is further there, and say who was met or named in it, and of whom something was said in it."""
        met, matters = set[PersonId](), set[PersonId]()
        named: dict[TouchId, list[PersonId]] = defaultdict(list)
        for known in facts[len(self._facts) :]:
            fact = known.fact
            if fact.person is not None:
                named[fact.touch].append(fact.person)
            if known.believed:
                matters.update(self.spoken.hear(fact))
        for touch in touches[len(self._touches) :]:
            for part in touch.parts:
                self._see(touch.id, part.person, part.how)
                met.add(part.person)
            for one in named.pop(touch.id, ()):
                self._see(touch.id, one, "named")
                met.add(one)
        self._touches, self._facts = touches, facts
        self._in_place = not named
        return met, matters

    def _see(self, touch: TouchId, one: PersonId, how: str) -> None:
        self.first_named.setdefault(one, touch)
        if how != "named":
            self.present[one][touch] = None
        if how in MET:
            self.met.setdefault(one, touch)


def _persons(told: list[Entry]) -> Iterable[Person]:
    ordered = in_order(told, by_whose_word) if len(told) > 1 else told
    return (entry.body for entry in ordered if isinstance(entry.body, Person))
