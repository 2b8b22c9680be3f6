"""Who is in a call without ever speaking: told as there, greeted, or heard to be listening.

    listens    'she only listens', 'he's on mute', 'Rick will just listen in'
    there      'Devan's come up from IT', 'I'm here with Rui', 'Steph's next to me', 'our data officer is on too'
    greeted    'hey Keisha' at the opening, of somebody whom the deal knows

We speak of our own people too, so of what one of us tells only 'I see Tunde' and a greeting count. Whoever could be one
of the voices is not silent: a name that fits a speaker, one by which a voice calls itself, or anybody at all while a
voice of theirs has no name, unless they are said to listen. Nor is somebody there who sends apologies, is on the way,
or was only asked after.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from premortem.ledger.contents import Turn
from premortem.ledger.entries import PersonId
from premortem.listening.people import Roster
from premortem.listening.people_clues import introduces_self
from premortem.listening.people_names import like, words_of
from premortem.listening.people_there import AFTER, BEFORE, away, greeted, listens, seen, told_there
from premortem.listening.readers._naming import HONORIFIC, names
from premortem.listening.readers._people import Crowd, mentions
from premortem.listening.readers._vocabulary import COURTESIES, GIVEN_NAMES, KIN, NO_NAMES, SALUTATIONS
from premortem.listening.scene import Named, Reading, Scene

OPENING = 10
"""Turns in which people say who is there."""


class _Told(NamedTuple):
    """Somebody named at characters `start` to `end` of a turn of the opening, by name or by title alone."""

    turn: int
    start: int
    end: int
    who: Named
    known: PersonId | None


def present(scene: Scene, roster: Roster) -> list[PersonId]:
    """The buyer's people who are in a call and never speak; whoever is new becomes known to the roster."""
    if scene.conversation.type != "call":
        return []
    told = [one for number in range(min(OPENING, len(scene.turns))) for one in _in_turn(scene, number)]
    found: dict[PersonId, None] = {}
    for one in told:
        same = [other for other in told if _same(one, other)]
        if one is same[0] and _silent(scene, roster, same) and _is_there(scene, same):
            found.setdefault(_person(roster, same))
    return [one for one in found if roster.side(one) == "buyer"]


def put_to(scene: Scene, question: Reading, there: Iterable[PersonId], roster: Roster) -> PersonId | None:
    """To whom of those who are there and silent a question is put by name: 'Rick, what does finance make of it?'"""
    if question.claim != "discovery_question":
        return None
    words = scene.turns[question.turn].text[question.start : question.end]
    before = scene.turns[question.turn].text[max(0, question.start - 40) : question.start]
    for person in there:
        name = roster.card(person).name
        first = re.escape(words_of(name).words[0]) if name else None
        if first and re.search(rf"(?i)^\W*(?:(?:and|so|but|okay|then),? )*{first}\b|[, ]{first}\W*$", words):
            return person
        if first and re.search(rf"(?i)(?:^|[.?!,] |and ){first}[,.:]? $", before):
            return person
    return None


def _same(one: _Told, other: _Told) -> bool:
    if one.known is not None and one.known == other.known:
        return True
    if one.who.name and other.who.name:
        return like(one.who.name, other.who.name) != "differs"
    return one is other


def _person(roster: Roster, same: list[_Told]) -> PersonId:
    known = next((roster.stands_for(one.known) for one in same if one.known is not None), None)
    if known is None:
        fullest = max((one.who for one in same), key=lambda who: len((who.name or "").split()))
        known = roster.named(fullest.name, fullest.title)
    if roster.side(known) == "unknown":
        roster.set_side(known, "buyer")
    return known


# Whom a turn names.


def _in_turn(scene: Scene, number: int) -> Iterator[_Told]:
    """Those whom the readers of people see, and any other capitalised name; patterns decide whether they are there."""
    text = scene.turns[number].text
    seen = [one for one in mentions(scene) if one.turn == number]
    for one in seen:
        known = scene.people.get(one.person) if one.person is not None else None
        named = one.named or Named(known.name if known else None, known.title if known else None)
        yield _Told(number, one.start, one.end, named, one.person)
    crowd = Crowd(scene)
    for hit in names().finditer(text):
        start, end = _bare(text, hit)
        if start == end or any(one.start < end and start < one.end for one in seen):
            continue
        someone = crowd.named(text[start:end])
        if someone is not None or not (hit["honour"] or crowd.is_firm(text[start:end], False)):
            yield _Told(number, start, end, Named(text[start:end]), someone.id if someone is not None else None)


def _bare(text: str, hit: re.Match[str]) -> tuple[int, int]:
    """Where a name begins and ends without the greeting before it."""
    at = hit.start("name")
    words = [(at + one.start(), at + one.end(), one[0].lower()) for one in re.finditer(r"\S+", hit["name"])]
    while words and words[0][2] in NO_NAMES | SALUTATIONS | KIN | _GREETINGS:
        words.pop(0)
    while words and words[-1][2] in NO_NAMES | COURTESIES | _GREETINGS:
        words.pop()
    return (words[0][0], words[-1][1]) if words else (at, at)


_GREETINGS = frozenset(re.findall(r"\w+", "hi hello hey hiya welcome morning afternoon evening thanks bye cheers dear"))


# Whether they could be one of the voices.


def _silent(scene: Scene, roster: Roster, same: list[_Told]) -> bool:
    """Whether nobody who speaks could be them."""
    spoke = {roster.stands_for(one) for one in scene.speakers if one is not None}
    called = {one.who.name for one in same if one.who.name}
    known = {roster.stands_for(one.known) for one in same if one.known is not None}
    if spoke & known.union(*(roster.resolve(name).anybody for name in called)):
        return False
    selves = [name for turn in scene.turns for name in _own_names(turn)]
    if any(like(name, own) != "differs" for name in called for own in selves):
        return False
    if any(_shared(scene.turns[one.turn].text) for one in same):
        return False
    if any(_listens(scene, one) for one in same):
        return True
    voices = [one for one in spoke if roster.side(one) != "seller"]
    nameless = [one for one in voices if not roster.card(one).name]
    if any(_honoured(scene, one) for one in same) and any(not words_of(roster.card(v).name or "").full for v in voices):
        return False  # 'Dr Osei' may be the voice called Kwabena
    return not nameless and None not in scene.speakers and (bool(called) or len(voices) == 1)


def _honoured(scene: Scene, one: _Told) -> bool:
    before = scene.turns[one.turn].text[: one.start]
    return " " not in (one.who.name or " ") and re.search(rf"\b{HONORIFIC}\.? $", before) is not None


def _own_names(turn: Turn) -> list[str]:
    opens = re.match(r"(?:(?:yeah|yes|hi|hello|hey),? )?(?P<who>[A-Z]\w+)(?:,? (?:here|speaking|yeah)\b)", turn.text)
    own = re.sub(r"\b[Aa]nd this is\b", "", turn.text)  # 'and this is Kim' introduces another
    return [*introduces_self(own), *([opens["who"]] if opens else [])]


def _shared(text: str) -> bool:
    """Whether two sit at one laptop, so that its voice may be either's."""
    return re.search(r"(?i)\bshar(?:e|es|ing) (?:the|a|one|this|my) (?:laptop|mic|microphone|phone)", text) is not None


# Whether they are told to be there.


def _is_there(scene: Scene, same: list[_Told]) -> bool:
    around = [(scene.side(one.turn) == "seller", *_around(scene, one)) for one in same]
    if any(away(after) for _, _, after in around):
        return False
    if any(not ours and told_there(before, after) for ours, before, after in around):
        return True
    if any(_listens(scene, one) for one in same) and _is_a_person(same):
        return True
    welcomed = any(ours and greeted(before, after) for ours, before, after in around)
    known = any(one.known is not None for one in same)
    return welcomed and (known or any(seen(before, after) for _, before, after in around))


def _is_a_person(same: list[_Told]) -> bool:
    return any(one.known or one.who.title or (one.who.name or "").split()[0].lower() in GIVEN_NAMES for one in same)


def _around(scene: Scene, one: _Told) -> tuple[str, str]:
    text = scene.turns[one.turn].text
    return text[max(0, one.start - BEFORE) : one.start], text[one.end : one.end + AFTER]


def _listens(scene: Scene, one: _Told) -> bool:
    return scene.side(one.turn) != "seller" and listens(_around(scene, one)[1])
