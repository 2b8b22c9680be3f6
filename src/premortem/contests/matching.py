"""Who in a contest is which member here, and under which names their deals stand. What is not sure is asked.

An address says it for sure. A name never does: two may share one, and a name is written in many ways.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from premortem.contests.contest import Contest, Person, key_of


class Known(NamedTuple):
    """A member: the name they go by, the address they were invited by, their team and what they work in."""

    name: str
    email: str
    team: str = ""
    function: str = ""


class Seat(NamedTuple):
    """Somebody in a contest, by number. `member` is who they are by their address, `ask` who they may be."""

    person: int
    member: Known | None
    ask: tuple[Known, ...]


class Unclaimed(NamedTuple):
    """A name that deals stand under and nobody in the contest has; `ask` are the numbers of those who may be meant."""

    owner: str
    deals: int
    ask: tuple[int, ...]


def keys_of(person: Person) -> set[str]:
    """All by which somebody's deals are found."""
    return {key_of(name) for name in (person.name, *person.also)}


def seats(contest: Contest, members: Sequence[Known]) -> list[Seat]:
    """Each in the contest and the member that they are, or may be."""
    by_address = {key_of(one.email): one for one in members if one.email}
    found = []
    sure = {key: by_address[key] for one in contest.people for key in keys_of(one) if key in by_address}
    free = [one for one in members if one.email and key_of(one.email) not in sure]
    like: dict[frozenset[str], set[Known]] = {}
    for member in free:
        for words in _words(member.name) | _words(member.email):
            like.setdefault(words, set()).add(member)
    for number, person in enumerate(contest.people):
        known = next((sure[key] for key in sorted(keys_of(person)) if key in sure), None)
        alike = {one for key in keys_of(person) for words in _words(key) for one in like.get(words, ())}
        found.append(Seat(number, known, () if known else tuple(sorted(alike))))
    return found


def unclaimed(contest: Contest, owners: Mapping[str, int]) -> list[Unclaimed]:
    """The owners of won deals that nobody in the contest is called, those first who may be somebody in it."""
    taken = {key for one in contest.people for key in keys_of(one)}
    words: dict[frozenset[str], list[int]] = {}
    for number, person in enumerate(contest.people):
        for name in (person.name, *person.also):
            for these in _words(name):
                words.setdefault(these, []).append(number)
    found = []
    for owner, deals in owners.items():
        if key_of(owner) not in taken:
            ask = sorted({number for these in _words(owner) for number in words.get(these, ())})
            found.append(Unclaimed(owner, deals, tuple(ask)))
    return sorted(found, key=lambda one: (not one.ask, -one.deals, one.owner))


def _words(name: str) -> set[frozenset[str]]:
    """A name as its words, in any order: 'Falk, Ines', 'ines.falk@firm.example'; and as initial and last name."""
    words = [one for one in re.split(r"[^\w]+|_", key_of(name.partition("@")[0])) if one]
    if not words:
        return set()
    found = {frozenset(words)}
    if len(words) > 1:
        first, last = (words[-1], words[0]) if "," in name else (words[0], words[-1])
        found |= {frozenset((first[0], last)), frozenset((first[0] + last,))}
    return found
