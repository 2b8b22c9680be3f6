"""Who is named: buyer-side people who take no part in the touch, by name or by a title that points to one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from premortem.ledger.claims import Claim
from premortem.listening.readers._about import with_person
from premortem.listening.readers._cues import cue, reading_at, split
from premortem.listening.readers._people import Mention, is_spoken_to, mentions
from premortem.listening.scene import Reading, Scene
from premortem.listening.sentences import just_before

GIVES: frozenset[Claim] = frozenset({"person_named"})
NEEDS: frozenset[Claim] = frozenset()
VERSION = "2"

MET = (
    r"\b(?:met|rang|phoned|called|saw|visited|walked?|spoke|talked|call|lunch|coffee|debrief|chat|catch-?up|meeting|demo|sat|visit"
    r"|w|with|zoom|plant|rung|teams|quick|phone|on site|site|drinks|dinner|review)\b"
)
"""Words in the opening of a note that tell whom it reports on."""
TELLS = (
    r" ?(?:says|said|reckons|thinks|showed|walked|explained|asked me|told me|sat|joined|came|was there|there|counted)\b"
)
"""What a note writes behind the name of somebody who told it to the writer."""


def read(scene: Scene, before: Iterable[Reading]) -> Iterable[Reading]:
    named: list[set[str]] = []
    for one in _absent(scene):
        who = _words(scene, one)
        if any(who <= other or other <= who for other in named):
            continue
        named.append(who)
        yield _reading(scene, one)


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
        called = [_words(scene, one) for one in found if is_spoken_to(scene, one)]
        found = [one for one in found if _words(scene, one) not in called]
    yield from found


def _name_words(scene: Scene, person: str) -> set[str]:
    known = scene.people.get(person)
    return set(re.findall(r"\w+", (known.name or "").lower())) if known is not None else set()


def _took_part(scene: Scene, one: Mention) -> bool:
    """Whether a note tells that its writer met or phoned them."""
    text = scene.turns[one.turn].text
    opening = next(iter(split(text)), None)
    if (
        opening is not None
        and one.start < opening.end
        and re.search(MET, just_before(text, one.start) + " " + text[one.end : one.end + 12], re.IGNORECASE)
    ):
        return True
    return re.match(TELLS, text[one.end :], re.IGNORECASE) is not None


def _reading(scene: Scene, one: Mention) -> Reading:
    known = "known" if one.person is not None else "title" if one.named and not one.named.name else None
    found = reading_at(
        scene, cue("person_named", f"{known or 'name'}.{scene.conversation.type}"), one.turn, one.start, one.end
    )
    return with_person(found, one.person, one.named)
