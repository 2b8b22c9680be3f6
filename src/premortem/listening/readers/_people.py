# ruff: noqa: E501  (a pattern is easier to read on one line than broken)
"""Who is spoken of: names and titles in a sentence → people of the deal, or somebody it does not know yet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from premortem.ledger.entries import PersonId
from premortem.listening.people_titles import title_beside, title_of_own
from premortem.listening.readers._naming import (
    HONORIFIC,
    firm_precedes,
    introduced,
    names,
    person_follows,
    person_precedes,
    place_precedes,
    titled,
)
from premortem.listening.readers._vocabulary import (
    ALSO_WORDS,
    COURTESIES,
    GIVEN_NAMES,
    HOLIDAYS,
    KIN,
    NO_NAMES,
    SALUTATIONS,
)
from premortem.listening.scene import Named, Scene, Someone
from premortem.listening.sentences import just_before, opens_sentence

NEAR = 80
"""How many characters before a name tell whether it is a person's."""


class Mention(NamedTuple):
    """Somebody named at characters `start` to `end` of a turn: known (`person`) or not (`named`)."""

    turn: int
    start: int
    end: int
    person: PersonId | None
    named: Named | None
    strong: bool
    """False where a capitalised word might as well be a product or a place."""
    title: str | None = None
    """The title said beside the name."""


def _key(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()


class Crowd:
    """The people of a scene, by all the ways in which they may be called."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.by_name: dict[str, list[Someone]] = {}
        self.by_title: dict[str, list[Someone]] = {}
        for someone in scene.people.values():
            for way in self._ways(someone):
                self.by_name.setdefault(way, []).append(someone)
            if someone.title and someone.side != "seller":
                self.by_title.setdefault(_key(someone.title), []).append(someone)
        firm = _key(f"{scene.account} {scene.seller} {' '.join(scene.rivals)}")
        self.firms = set(firm.split())

    @staticmethod
    def _ways(someone: Someone) -> Iterator[str]:
        for name in (someone.name, *someone.aliases):
            words = _key(name or "").split()
            if not words:
                continue
            ways = {" ".join(words), words[0], words[-1]}
            yield from (way for way in ways if len(way) > 2)

    def named(self, name: str) -> Someone | None:
        """The one person whom a name can mean; None where it is nobody, or more than one."""
        found = self.by_name.get(_key(name)) or []
        if not found and " " in name:
            found = [one for one in self.by_name.get(_key(name).split()[0], []) if _fits(one, name)]
        return _the_one(found)

    def is_firm(self, name: str, honoured: bool) -> bool:
        """Whether a name is one of the two firms' or a rival's; 'Mrs Raatz' and 'Imke Raatz' are people of Raatz & Co."""
        words = _key(name).split()
        if honoured or not set(words) & self.firms:
            return False
        return len(words) < 2 or words[0] not in GIVEN_NAMES or set(words) <= self.firms

    def titled(self, title: str) -> Someone | None:
        found = self.by_title.get(_key(title)) or [
            one for key, several in self.by_title.items() if _key(title) in key for one in several
        ]
        return _the_one(found)


def _the_one(found: list[Someone]) -> Someone | None:
    """The only one of them; of 'Ruta' and 'Ruta Balode' the fuller name; None where they are different people."""
    unique = {one.id: set(_key(one.name or "").split()) for one in found}
    by_id = {one.id: one for one in found}
    fullest = max(unique, key=lambda one: (len(unique[one]), one), default=None)
    if fullest is None or any(not words <= unique[fullest] for words in unique.values()):
        return None
    return by_id[fullest]


def _fits(someone: Someone, name: str) -> bool:
    own = set(_key(someone.name or "").split())
    return len(own) == 1 or set(_key(name).split()) <= own


_last: list[tuple[Scene, list[Mention]]] = []


def mentions(scene: Scene) -> list[Mention]:
    """Everybody spoken of in a touch, present or not, in the order of speaking; sellers are left out.

    Several readers ask for those of the same scene, so the last answer is kept.
    """
    for known, found in _last:
        if known is scene:
            return found
    found = _mentions(scene)
    _last[:] = [(scene, found)]
    return found


def _mentions(scene: Scene) -> list[Mention]:
    crowd = Crowd(scene)
    found: list[Mention] = []
    for number in range(len(scene.turns)):
        found += _in_turn(scene, crowd, number)
    places = _places(scene)
    found = [one for one in found if not (one.named is not None and one.title is None and one.named.name in places)]
    found = [one for one in found if not _sellers(scene, one) and not _of_ours(scene, one)]
    firm = _firmly_people(found)
    found = sorted([*found, *_again(scene, firm, found)], key=lambda one: (one.turn, one.start))
    return [
        one._replace(strong=one.strong or (one.named is not None and (one.named.name or "") in firm)) for one in found
    ]


def _places(scene: Scene) -> set[str]:
    """Names that somewhere in the touch stand as a place: 'based in Charlotte', 'he's from Croydon'."""
    pattern = re.compile(
        r"\b(?:based in|lives? in|up in|down in|over in|office in|site in|(?:['’]s|is|am|are|['’]m|came) from) ([A-Z][a-z]+)(?! [A-Z])"
    )
    return {hit[1] for turn in scene.turns for hit in pattern.finditer(turn.text)}


def _again(scene: Scene, firm: set[str], found: Sequence[Mention]) -> Iterator[Mention]:
    """Who was a person once is one wherever the name comes again."""
    told = {one.named.name for one in found if one.named is not None and one.named.name}
    if not told:
        return
    pattern = re.compile(
        r"\b(?:" + "|".join(sorted(map(re.escape, told), key=lambda name: (-len(name), name))) + r")\b"
    )
    taken = {(one.turn, place) for one in found for place in range(one.start, one.end)}
    for number, turn in enumerate(scene.turns):
        for hit in pattern.finditer(turn.text):
            if (number, hit.start()) not in taken:
                yield Mention(number, hit.start(), hit.end(), None, Named(hit[0]), hit[0] in firm)


def _firmly_people(found: Iterable[Mention]) -> set[str]:
    return {one.named.name for one in found if one.strong and one.named is not None and one.named.name}


def _sellers(scene: Scene, one: Mention) -> bool:
    known = scene.people.get(one.person) if one.person is not None else None
    return known is not None and known.side == "seller"


def _of_ours(scene: Scene, one: Mention) -> bool:
    """Whether a seller speaks of a colleague: 'our engineer Bea', 'Bea, she's our best'."""
    if one.person is not None or scene.side(one.turn) != "seller" or scene.in_note:
        return False
    text = scene.turns[one.turn].text
    around = text[max(0, one.start - 40) : one.start] + " | " + text[one.end : one.end + 40]
    return re.search(r"\b(?:our|my|with us|from us|on our side|from our side)\b", around, re.IGNORECASE) is not None


def is_spoken_to(scene: Scene, one: Mention) -> bool:
    """Whether a name calls on somebody who is there: 'Hey Randall', 'thanks, Mo.', 'Ken, are you there?'"""
    text = scene.turns[one.turn].text
    if re.search(
        r"\b(?:hey|hi|hello|thanks|thank you|morning|afternoon|bye|cheers|sorry|welcome|dear|cara|caro|chère|cher|liebe|lieber|beste|querida|querido|ciao|kære|hej|hallo|this is|it['’]s|i['’]m|over to),?\s$",
        just_before(text, one.start),
        re.IGNORECASE,
    ):
        return True
    if re.match(
        r",? (?:here|speaking|joining|is (?:also )?(?:joining|here|with us|on the (?:line|call))|next to me|is in the room)\b",
        text[one.end :],
    ):
        return True
    asks = (
        re.match(r",\s(?:are|can|could|do|would|did|you|what|how|is|any|have|shall|when|why)\b[^.]*\?", text[one.end :])
        is not None
    )
    last = text[one.end : one.end + 2].strip() in (".", "?", "!", "") and text.endswith(", ", 0, one.start)
    opens = one.start < 20 and not text[: one.start].strip()
    return (asks and opens) or (
        last and scene.conversation.type == "call" and not re.search(r"\band\b", text[one.start - 8 : one.start])
    )


def _in_turn(scene: Scene, crowd: Crowd, number: int) -> Iterator[Mention]:
    text = scene.turns[number].text
    capitals = sum(1 for word in text.split() if word[:1].isupper())
    found = list(_by_capital(crowd, number, text))
    if capitals <= len(text.split()) / 25:
        found += _by_small_letters(crowd, number, text)
    found += _by_title(scene, crowd, number, text, found)
    yield from sorted(found, key=lambda one: one.start)


def _by_capital(crowd: Crowd, number: int, text: str) -> Iterator[Mention]:
    told = 0
    for hit in names().finditer(text):
        start, end = _trimmed(text, hit)
        if start == end or start < told:
            continue
        someone = crowd.named(text[start:end])
        if someone is not None:
            yield Mention(number, start, end, someone.id, None, True, title_beside(text, _with_honour(hit, start), end))
            continue
        if hit["initials"] and start == hit.start("name"):
            start = hit.start("initials")
        name = text[start:end]
        given = _given_after(text, end) if hit["honour"] else None
        if given is not None:
            name, end = f"{given[1]} {name}", given.end(1)
        if crowd.is_firm(name, hit["honour"] is not None) or _key(name) in crowd.by_name:
            continue
        strong = _is_person(text, hit, name.split(), start, end)
        if strong is not None:
            told = end
            title = title_beside(text, _with_honour(hit, start), end)
            yield Mention(number, start, end, None, Named(name, title), strong, title)


def _trimmed(text: str, hit: re.Match[str]) -> tuple[int, int]:
    """Where the name itself begins and ends: without greetings before it and courtesies behind; empty for 'Easter Eve'."""
    words = [(one.start(), one.end(), _plain(one[0])) for one in re.finditer(r"\S+", hit["name"])]
    at = hit.start("name")
    before = _plain(just_before(text, at, 20).rpartition(" ")[0].rpartition(" ")[2]) if at else ""
    while words and (words[0][2] in NO_NAMES | KIN or (len(words) > 1 and words[0][2] in SALUTATIONS)):
        before = words.pop(0)[2]
    while words and (words[-1][2] in NO_NAMES or (len(words) > 1 and words[-1][2] in COURTESIES)):
        words.pop()
    if not words or (before in HOLIDAYS and words[0][2] in ("eve", "day")):
        return at, at
    return at + words[0][0], at + words[-1][1]


def _with_honour(hit: re.Match[str], start: int) -> int:
    """Where a name begins with the 'Mrs.' before it."""
    return hit.start("honour") if hit["honour"] and hit.start("name") == start else start


def _given_after(text: str, end: int) -> re.Match[str] | None:
    """The first name in 'Mrs Kest. Ruta.', said by itself right behind a surname with an honorific."""
    hit = re.compile(r"[.,] ([A-Z][\w-]+)(?=[.,?!])").match(text, end)
    return hit if hit and hit[1].lower() in GIVEN_NAMES else None


def _plain(word: str) -> str:
    return (_key(word).split() or [""])[0]


def _is_person(text: str, hit: re.Match[str], words: list[str], start: int, end: int) -> bool | None:
    """True where it surely is a person, False where it may be, None where it rather is not."""
    if hit["honour"]:
        return True
    if not hit["own"] and place_precedes().search(just_before(text, start, NEAR)):
        return None
    if _plain(words[0]) in GIVEN_NAMES:
        return None if text[end : end + 2] in ("'t", "’t") or _only_a_word(text, words, start, end) else True
    opens = opens_sentence(text, start)
    if title_beside(text, _with_honour(hit, start), end) is not None and (len(words) > 1 or not opens):
        return True
    if firm_precedes().search(just_before(text, start, NEAR)):
        return None
    if introduced().match(text, end):
        return True
    follows = person_follows().match(text, end) is not None
    precedes = person_precedes().search(just_before(text, start, NEAR)) is not None
    if hit["initials"] and (follows or precedes):
        return True
    return False if not opens and follows and precedes else None


def _only_a_word(text: str, words: list[str], start: int, end: int) -> bool:
    """Whether 'Will' or 'Mark' opens a sentence and nothing behind it speaks of a person."""
    return (
        len(words) == 1
        and opens_sentence(text, start)
        and words[0].lower() in ALSO_WORDS
        and not person_follows().match(text, end)
    )


def _by_small_letters(crowd: Crowd, number: int, text: str) -> Iterator[Mention]:
    for hit in re.finditer(r"[^\W\d_]{3,}", text):
        word = hit[0].lower()
        if word in NO_NAMES or word in ALSO_WORDS or word in KIN:
            continue
        someone = crowd.named(word)
        title = title_beside(text, *hit.span()) if someone is not None or word in GIVEN_NAMES else None
        if someone is not None:
            yield Mention(number, hit.start(), hit.end(), someone.id, None, True, title)
        elif word in crowd.firms or place_precedes().search(just_before(text, hit.start(), NEAR)):
            continue
        elif word in GIVEN_NAMES and hit[0].islower() and len(word) > 3:
            yield Mention(number, hit.start(), hit.end(), None, Named(word.capitalize(), title), True, title)


def _by_title(scene: Scene, crowd: Crowd, number: int, text: str, named: list[Mention]) -> Iterator[Mention]:
    for hit in titled().finditer(text):
        if any(_one_breath(text, hit, one) for one in named):
            continue  # 'Hanna, our head of fleet' is one person
        ours = scene.side(number) == "seller"
        if hit["whose"].lower() in (("our", "my") if ours else ("your", "their")):
            continue  # our own boss, or that of a third
        someone = crowd.titled(hit["title"])
        if someone is not None:
            yield Mention(number, hit.start(), hit.end(), someone.id, None, True)
        else:
            title = re.sub(r"\s+", " ", hit["title"])
            yield Mention(number, hit.start(), hit.end(), None, Named(None, title), True)


def _one_breath(text: str, title: re.Match[str], one: Mention) -> bool:
    between = text[title.end() : one.start]
    honoured = re.fullmatch(rf"\W*(?:{HONORIFIC}\s+){{0,2}}", between) is not None if between else False
    return honoured or abs(one.start - title.end()) <= 6 or abs(title.start() - one.end) <= 14


def titles_told(scene: Scene) -> Iterator[tuple[PersonId | Named, str]]:
    """Titles said of people of the buyer's, by name or of themselves, in the order of speaking."""
    for one in mentions(scene):
        ours = scene.side(one.turn) == "seller" and not scene.in_note and _of_ours(scene, one)
        if one.title is not None and not ours:
            yield one.person or one.named or Named(), one.title
    for number, turn in enumerate(scene.turns):
        speaker = scene.speakers[number]
        if speaker is not None and not scene.in_note and scene.side(number) != "seller":
            title = title_of_own(turn.text)
            if title is not None:
                yield speaker, title
