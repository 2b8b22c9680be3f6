"""Who is named: buyer-side people who take no part in the touch, by name or by a title that points to one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from premortem.ledger.claims import Claim
from premortem.listening.readers._about import with_person
from premortem.listening.readers._people import Mention, is_spoken_to, mentions
from premortem.listening.readers._quoted import quoted
from premortem.listening.readers._vocabulary import GIVEN_NAMES
from premortem.listening.scene import Named, Reading, Scene
from premortem.listening.sentences import Sentence, just_before, sentences

GIVES: frozenset[Claim] = frozenset({"person_named"})
NEEDS: frozenset[Claim] = frozenset()
VERSION = "3"

MET = (
    r"\b(?:met|rang|phoned|called|saw|visited|walked?|spoke|talked|call|lunch|coffee|debrief|chat|catch-?up|meeting|demo|sat|visit"
    r"|w|with|zoom|plant|rung|teams|quick|phone|on site|site|drinks|dinner|review)\b"
)
"""Words in the opening of a note that tell whom it reports on."""
TELLS = (
    r" ?(?:says|said|reckons|thinks|showed|walked|explained|asked me|told me|sat|joined|came|was there|there|counted)\b"
)
"""What a note writes behind the name of somebody who told it to the writer."""


SURE = {
    "known": 0.86,
    "full": 0.86,
    "introduced": 0.82,
    "given": 0.76,
    "name": 0.55,
    "title": 0.56,
    "loose": 0.2,
    "relation": 0.13,
}
"""How somebody may be named, the surest first, and how often it is somebody of the buyer's who isn't there: measured on
the corpus's deals, and a tenth taken off for deals that nobody had seen."""
KINDS = tuple(SURE)

RELATIONS = frozenset({"boss", "chief", "manager"})
"""Whose boss it is changes with who speaks, so it points to nobody by itself."""


def read(scene: Scene, before: Iterable[Reading]) -> Iterable[Reading]:
    """One reading a person: where they are first named, by the fullest name that the touch gives them."""
    told: list[list[Mention]] = []
    for one in _absent(scene):
        who = _words(scene, one)
        same = next((group for group in told if any(_part_of(who, _words(scene, other)) for other in group)), None)
        if same is None:
            told.append([one])
        else:
            same.append(one)
    for group in told:
        yield _reading(scene, group)


def _part_of(one: set[str], other: set[str]) -> bool:
    return one <= other or other <= one


def _words(scene: Scene, one: Mention) -> set[str]:
    known = scene.people.get(one.person) if one.person is not None else None
    named = one.named
    name = (known.name or known.title) if known is not None else named and (named.name or named.title)
    return set(re.findall(r"\w+", (name or "").lower()))


def _absent(scene: Scene) -> Iterator[Mention]:
    here = [_name_words(scene, person) for person in scene.present]
    found = [one for one in mentions(scene) if one.person not in scene.present]
    found = [one for one in found if not any(_words(scene, one) <= other for other in here)]
    if scene.in_note:
        told = [_words(scene, one) for one in found if _took_part(scene, one)]
        found = [
            one for one in found if not any(who <= _words(scene, one) or _words(scene, one) <= who for who in told)
        ]
    else:
        called = [_words(scene, one) for one in found if one.title is None and is_spoken_to(scene, one)]
        found = [one for one in found if _words(scene, one) not in called]
    yield from found


def _name_words(scene: Scene, person: str) -> set[str]:
    known = scene.people.get(person)
    return set(re.findall(r"\w+", (known.name or "").lower())) if known is not None else set()


@lru_cache(maxsize=8)
def _opening(text: str) -> Sentence | None:
    return next(iter(sentences(text)), None)


def _took_part(scene: Scene, one: Mention) -> bool:
    """Whether a note tells that its writer met or phoned them."""
    text = scene.turns[one.turn].text
    opening = _opening(text)
    if (
        opening is not None
        and one.start < opening.end
        and re.search(MET, just_before(text, one.start) + " " + text[one.end : one.end + 12], re.IGNORECASE)
    ):
        return True
    return re.match(TELLS, text[one.end :], re.IGNORECASE) is not None


def _reading(scene: Scene, group: list[Mention]) -> Reading:
    first = group[0]
    known = next((one.person for one in group if one.person is not None), None)
    kinds = [_kind(one) for one in group]
    kind = min(kinds, key=KINDS.index)
    if kind == "loose" and any(_he_or_she(scene, one) for one in group):
        kind = "name"
    found = quoted(scene, "person_named", first.turn, first.start, first.end, SURE[kind])
    if known is not None:
        return with_person(found, known, None)
    named = [one.named for one in group if one.named is not None]
    fullest = max((one.name or "" for one in named), key=lambda name: len(name.split()))
    title = next((one.title for one in named if one.title), None)
    return with_person(found, None, Named(fullest or None, title))


def _he_or_she(scene: Scene, one: Mention) -> bool:
    """Whether the very next words go on with 'she' or 'he': a firm would be 'it' or 'they'."""
    after = scene.turns[one.turn].text[one.end : one.end + 45]
    return (
        re.match(
            r"(?-i:[^A-Z]{0,30}?)(?:[.?!] (?:[A-Z][a-z]+ )?(?:so )?)?[^A-Z]{0,12}?\b(?:[sS]?he|[hH]er|[hH]im|[hH]is)\b",
            after,
        )
        is not None
    )


def _kind(one: Mention) -> str:
    """How somebody is named, which tells how sure it is that they are a person of the buyer's."""
    if one.person is not None:
        return "known"
    named = one.named or Named()
    if not named.name:
        return "relation" if named.title and named.title.lower() in RELATIONS else "title"
    if named.title:
        return "introduced"
    if named.name.split()[0].lower() in GIVEN_NAMES:
        return "full" if " " in named.name else "given"
    return "name" if one.strong else "loose"
