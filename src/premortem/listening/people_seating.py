"""Who speaks each turn of a touch, and who else takes part in it.

Labels are settled from the surest to the least sure: addresses and full names, then parts of names, then voices without
a name. The rules for those, and for the side of a stranger, in order:

    a voice without a name    is whoever it says it is, or is called right before it speaks; or the one person left
                              over, where it is the only such voice; or else a person of its own
    a stranger's side         that of the address; of the organisation in the label; ours, where one of us introduces
                              them; the buyer's, where one of us takes part; or else unknown, and a remark says so
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec import Struct

from premortem.ledger.contents import Card, Conversation, Mention
from premortem.ledger.entries import Part, PersonId, Side
from premortem.listening.people_clues import introduces_ours, names_for_voice
from premortem.listening.people_labels import Label, abbreviates, address_fits, parse
from premortem.listening.people_names import like, words_of, written
from premortem.listening.people_signatures import signed

if TYPE_CHECKING:
    from premortem.listening.people import Roster


class Seating(Struct, frozen=True):
    """`speakers` has one entry a turn, None where nobody can tell. `remarks` say in plain words what stayed unsure."""

    speakers: tuple[PersonId | None, ...]
    parts: tuple[Part, ...]
    remarks: tuple[str, ...] = ()


def seat(roster: Roster, conversation: Conversation) -> Seating:
    if conversation.type == "mail":
        return _seat_mail(roster, conversation)
    if conversation.type == "note":
        return _seat_note(roster, conversation)
    return _Call(roster, conversation).seated()


def _seat_mail(roster: Roster, mail: Conversation) -> Seating:
    remarks: list[str] = []
    ours = any(m.email and roster.sides.of_address(m.email) == "seller" for m in mail.mentions)
    parts: dict[PersonId, Part] = {}
    writer: PersonId | None = None
    for mention in sorted(mail.mentions, key=lambda m: ("from", "to", "cc", "listed", "author").index(m.how)):
        person = _addressee(roster, mention, ours, remarks)
        if person is None:
            continue
        if mention.how in ("from", "author") and writer is None:
            writer = person
            _read_signature(roster, person, mail.signature)
        how = "to" if mention.how == "to" else "cc" if mention.how in ("cc", "listed") else "wrote"
        parts.setdefault(person, Part(person, how))  # type: ignore[arg-type]  # mypy widens the choice to str
    return Seating((writer,) * len(mail.turns), tuple(parts.values()), tuple(remarks))


def _addressee(roster: Roster, mention: Mention, ours: bool, remarks: list[str]) -> PersonId | None:
    """The person of an address line. The address decides; then the name, unless they write from elsewhere."""
    label = parse(mention.name) if mention.name else Label("anonymous")
    name = label.name or (parse(mention.email).name if mention.email else None)
    person = roster.by_email(mention.email) if mention.email else None
    if person is None:
        person = _by_name_and_address(roster, name, mention.email)
    if person is None:
        side: Side = roster.sides.of_address(mention.email) if mention.email else "unknown"
        if side == "unknown" and ours and mention.email and not roster.sides.knows_domain_of("buyer"):
            side = "buyer"
        if not name and not mention.email:
            return None
        person = roster.add(Card(name=name), side, unsure=roster.resolve(name).anybody if name else ())
        if side == "unknown":
            remarks.append(f"which side {name or mention.email} is on can't be told from the address")
    roster.learn(person, name=name, emails=[mention.email] if mention.email else [], organisation=mention.organisation)
    return person


def _by_name_and_address(roster: Roster, name: str | None, email: str | None) -> PersonId | None:
    """Somebody known by name, unless the address is of another side; or whose name the address is made of."""
    side = roster.sides.of_address(email) if email else "unknown"
    person = roster.resolve(name).person if name else None
    if person is None and name is None and email is not None and side in ("buyer", "seller"):
        made = [
            one
            for one in roster.people(side, "unknown")
            if not roster.card(one).emails and address_fits(email, roster.card(one).name or "")
        ]
        person = made[0] if len(made) == 1 else None
    if person is None or _of_another_side(roster, person, side):
        return None
    if name and not words_of(name).full and roster.card(person).emails:
        return None  # a first name with an address of its own is not enough
    return person


def _of_another_side(roster: Roster, person: PersonId, side: Side) -> bool:
    """Whether an address can't be theirs: it is the other firm's, or a stranger's while they have one already."""
    if side == "unknown" or roster.side(person) in (side, "unknown"):
        return False
    return side != "outside" or bool(roster.card(person).emails)


def _read_signature(roster: Roster, person: PersonId, signature: str | None) -> None:
    card = roster.card(person)
    told = signed(signature or "", card.name, card.emails, lambda org: roster.sides.of_organisation(org) != "unknown")
    roster.learn(person, name=told.name, title=told.title, phones=told.phones)


def _seat_note(roster: Roster, note: Conversation) -> Seating:
    """A note's author is one of us and is `listed`: they were there, and a note is no word to the buyer."""
    named = [mention for mention in note.mentions if mention.how in ("author", "from")]
    label = next((m.name or m.email for m in named if m.name or m.email), None) or next(
        (turn.speaker for turn in note.turns if turn.speaker), None
    )
    author: PersonId | None = None
    if label is not None:
        taken_apart = parse(label)
        ours = [
            one
            for one in roster.people("seller")
            if like(taken_apart.name or "", roster.card(one).name or "") != "differs"
        ]
        author = ours[0] if len(ours) == 1 else roster.find(label)
        if author is None or roster.side(author) not in ("seller", "unknown"):
            emails = (taken_apart.address,) if taken_apart.kind == "email" and taken_apart.address else ()
            author = roster.add(Card(name=taken_apart.name, emails=emails), "seller")
        roster.set_side(author, "seller")
    parts = [Part(author, "listed")] if author else []
    met = [p for turn in note.turns for p in roster.met_in_note(turn.text) if p != author]
    parts += [Part(person, "reported") for person in dict.fromkeys(met)]
    return Seating((author,) * len(note.turns), tuple(parts))


class _Call:
    """One call while its labels are being settled."""

    def __init__(self, roster: Roster, call: Conversation) -> None:
        self.roster, self.call = roster, call
        self.labels = {turn.speaker: parse(turn.speaker) for turn in call.turns if turn.speaker}
        self.seats: dict[str, PersonId] = {}
        self.listed: dict[PersonId, None] = {}
        self.strangers: dict[PersonId, str] = {}
        self.remarks: list[str] = []

    def seated(self) -> Seating:
        for mention in self.call.mentions:
            self._list(mention)
        for settle in (self._by_address, self._by_full_name, self._by_part_of_name, self._by_abbreviation):
            for label in [label for label in self.labels if label not in self.seats]:
                settle(label, self.labels[label])
        self._give_sides()
        nameless = [label for label in self.labels if label not in self.seats]
        for label in nameless:
            self._nameless(label, alone=len(nameless) == 1)
        self._give_sides()
        spoke = dict.fromkeys(self.seats[turn.speaker] for turn in self.call.turns if turn.speaker)
        parts = [Part(person, "spoke") for person in spoke]
        parts += [Part(person, "listed") for person in self.listed if person not in spoke]
        speakers = tuple(self.seats[turn.speaker] if turn.speaker else None for turn in self.call.turns)
        return Seating(speakers, tuple(parts), tuple(self.remarks))

    def _list(self, mention: Mention) -> None:
        person = _addressee(self.roster, mention, False, [])
        if person is not None:
            self.listed[person] = None
            if self.roster.side(person) == "unknown":
                self.strangers[person] = mention.organisation or ""

    def _take(self, label: str, person: PersonId, organisation: str | None = None) -> None:
        self.seats[label] = person
        parsed = self.labels[label]
        emails = [parsed.address] if parsed.address and parsed.kind != "phone" else []
        phones = [label] if parsed.kind == "phone" else []
        said = [label] if parsed.kind == "name" and label != parsed.name else []
        self.roster.learn(
            person, name=parsed.name, emails=emails, phones=phones, labels=said, organisation=organisation
        )

    def _by_address(self, label: str, parsed: Label) -> None:
        person = self.roster.by_address(parsed) if parsed.address else None
        if person is None and parsed.kind == "email":
            person = _addressee(self.roster, Mention("listed", email=parsed.address), False, self.remarks)
        if person is not None:
            self._take(label, person)

    def _by_full_name(self, label: str, parsed: Label) -> None:
        if parsed.name and words_of(parsed.name).full and not self._is_device(label, parsed):
            found = self.roster.resolve(parsed.name)
            self._take(label, found.person or self._stranger(parsed, found.could_be), parsed.organisation)

    def _by_part_of_name(self, label: str, parsed: Label) -> None:
        """A first name is not somebody who speaks under a label of their own already, nor of another firm."""
        if not parsed.name or self._is_device(label, parsed) or _abbreviation(parsed.name):
            return
        found = self.roster.resolve(parsed.name, leaving_out={*self.seats.values(), *self._other_firm(parsed)})
        could_be = found.could_be
        if found.person is None and could_be:
            listed = [one for one in could_be if one in self.listed]
            found = found._replace(person=listed[0]) if len(listed) == 1 else found
        if found.person is None and not could_be:
            could_be = tuple(p for p in (self.roster.resolve(parsed.name).person,) if p in self.seats.values() and p)
        if found.person is None and could_be:
            names = " or ".join(self.roster.card(one).called for one in could_be)
            self.remarks.append(f"'{label}' could be {names}; kept as a person of their own")
        self._take(label, found.person or self._stranger(parsed, could_be), parsed.organisation)

    def _by_abbreviation(self, label: str, parsed: Label) -> None:
        """'DLM' among those listed, where one name alone gives these letters in this order."""
        if not parsed.name or not _abbreviation(parsed.name):
            return
        free = [one for one in self.listed if one not in self.seats.values()]
        ranked = [(abbreviates(parsed.name, self.roster.card(one).name or ""), one) for one in free]
        best = max((rank for rank, _ in ranked), default=0)
        fits = [one for rank, one in ranked if rank == best > 0]
        self._take(label, fits[0] if len(fits) == 1 else self._stranger(parsed, tuple(fits)))

    def _other_firm(self, parsed: Label) -> Iterable[PersonId]:
        side = self.roster.sides.of_organisation(parsed.organisation or "")
        other: Side = "seller" if side == "buyer" else "buyer"
        return self.roster.people(other) if side in ("buyer", "seller") else ()

    def _is_device(self, label: str, parsed: Label) -> bool:
        """'Northmoor Dock 2' in a deal with Northmoor Freight is a room or a shared login."""
        if parsed.organisation or self.roster.sides.begins_with_firm(label) == "unknown":
            return False
        return self.roster.resolve(parsed.name or "").person is None

    def _stranger(self, parsed: Label, could_be: tuple[PersonId, ...]) -> PersonId:
        side = self.roster.sides.of_organisation(parsed.organisation or "")
        if could_be:  # a person kept apart in an earlier touch under this very name comes back
            again = [
                p for p in could_be if (self.roster.card(p).name or "").casefold() == (parsed.name or "").casefold()
            ]
            if len(again) == 1:
                return again[0]
        person = self.roster.add(Card(name=parsed.name, organisation=parsed.organisation), side, unsure=could_be)
        self.strangers[person] = parsed.name or ""
        return person

    def _nameless(self, label: str, alone: bool) -> None:
        own = {p: self.roster.card(p).name for p in self.seats.values()}
        taken = [words_of(name).words[0] for name in own.values() if name]
        known = [self.roster.card(p).name for p in self.roster.people("buyer", "seller", "outside", "unknown")]
        firsts = [words_of(name).words[0] for name in known if name]
        votes = names_for_voice(self.call.turns, label, taken, firsts).most_common(2)
        surest = (
            votes
            and votes[0][1] >= (1 if alone else _SURE_AMONG_MANY)
            and (len(votes) == 1 or votes[0][1] > votes[1][1])
        )
        person = self._named_voice(votes[0][0]) if surest else self._left_over() if alone else None
        if person is None:
            told = self.call.turns[0].text + label + "".join(turn.text for turn in self.call.turns)
            card = Card(labels=(label,), nonce=hashlib.sha256(told.encode()).hexdigest()[:16])
            person = self.roster.add(card, self.roster.sides.begins_with_firm(label))
            self.remarks.append(f"'{label}' is nobody whom the deal knows for sure; kept as a person of their own")
        self.strangers.setdefault(person, "")
        self._take(label, person)

    def _named_voice(self, name: str) -> PersonId | None:
        found = self.roster.resolve(name, leaving_out=self.seats.values())
        if found.person is not None or found.could_be:
            return found.person
        return self.roster.add(Card(name=written(name)), "unknown")

    def _left_over(self) -> PersonId | None:
        """The one of those listed who has no seat; or the buyer's one known contact, where no other buyer speaks."""
        listed = [one for one in self.listed if one not in self.seats.values()]
        if self.listed:
            return listed[0] if len(listed) == 1 else None
        buyers = [one for one in self.roster.people("buyer") if self.roster.in_crm(one)]
        seated = {self.roster.side(one) for one in self.seats.values()}
        return buyers[0] if len(buyers) == 1 and seated == {"seller"} else None

    def _give_sides(self) -> None:
        """The sides of strangers, by the rules told at the head of this module."""
        seated = {*self.seats.values(), *self.listed}
        us = [person for person in seated if self.roster.side(person) == "seller"]
        ours = [
            name
            for turn in self.call.turns
            if turn.speaker and self.seats.get(turn.speaker) in us
            for name in introduces_ours(turn.text)
        ]
        for person, name in self.strangers.items():
            if self.roster.side(person) != "unknown" or (person not in seated):
                continue
            if name and any(like(name, one) != "differs" for one in ours):
                self.roster.set_side(person, "seller")
            elif us:
                self.roster.set_side(person, "buyer")
            elif person in self.seats.values():
                who = self.roster.card(person).called
                self.remarks.append(f"which side {who} is on can't be told: nobody known to be ours takes part")


_SURE_AMONG_MANY = 2
"""How often a name must point to a voice where several have none: what is called out may be meant for another."""


def _abbreviation(name: str) -> bool:
    return bool(re.fullmatch(r"[A-Z]{2,4}", name))
