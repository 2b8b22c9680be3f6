# ruff: noqa: E501  (a pattern is easier to read on one line than broken)
"""Rivals, by name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from msgspec.structs import replace

from premortem.ledger.claims import Claim
from premortem.listening.readers._listened import LEAST, Listened
from premortem.listening.readers._quoted import quoted
from premortem.listening.readers._vocabulary import GIVEN_NAMES, NO_NAMES, listed
from premortem.listening.scene import Reading, Scene
from premortem.listening.sentences import just_before, opens_sentence

GIVES: frozenset[Claim] = frozenset({"competitor_named"})
NEEDS: frozenset[Claim] = frozenset({"person_named"})
VERSION = "4"

CAPITAL = re.compile(r"(?<![\w@.])(?P<name>[A-Z][a-zA-Z]{3,}(?: [A-Z][a-zA-Z]{2,})?)(?P<own>['’]s)?")
NEAR = 80
"""How many characters around a name are looked at."""

_OFFERED = r"(?:quotes?|quotation|offers?|demo|demonstration|proposal|bid|price|pricing|salesman|salesperson|rep|sales ?(?:guy|people))"
BEFORE = re.compile(
    rf"(?:\b(?:versus|vs\.?|against|alternatives? like|looked at|looking at|trialled|trialling|compared (?:to|with)|gone with|going with|go with|went with|signed with|sign with"
    rf"|instead of|switch(?:ed|ing)? (?:from|to)|chang(?:ed|e) (?:from|to)|mov(?:ed|e|ing) (?:away )?(?:from|off)|stay(?:ing)? with|tied to|locked in with|chose|picked|awarded [a-z ]{{0,30}}to"
    rf"|{_OFFERED} (?:from|of|with|by|off)|(?:contract|renewal|subscription|licen[cs]e) (?:with|of)|(?:competitor|vendor|supplier|incumbent|provider|rival)s?(?: is| are| was|,| called|:)?"
    r"|(?:current|existing|present|old) (?:provider|supplier|vendor|system|tool|platform|host|package)(?: is| was|,|:)?"
    r"|(?:outfit|crowd|company|firm|start-?up|house|tool|vendor|supplier|mob)(?: called| named|,)|(?:a|the) (?:tool|system|box|module) from)(?: a| an| the| from)? )$",
    re.IGNORECASE,
)
AFTER = re.compile(
    rf"^(?:['’]s)? (?:{_OFFERED}\b|(?:guys|fellas?|fellow|lads?|people) (?:were|was|have|had|came|come|offered|want|keep|will|showed|also)\b|handheld\b"
    r"|(?:is |are |was |were |has |have |had )?(?:also )?(?:came in (?:at|with|under|on)|come in at|coming in at|in at \d|offered|offers|offering|quoted|quotes|scored|charges?\b|bidding|undercut|bundles?|sniffing|pitched|pitching|proposed|sent (?:us |me |in )?(?:a|an|their|his) (?:quote|offer|price|proposal|letter)"
    r"|showed us|gave us (?:a )?(?:demo|price|quote|discount)|had (?:a lad|people|somebody|two people)|loaded|(?:was|were|been) here)\b|ha(?:s|ve) come back,? with\b)",
)
PLACED = re.compile(
    r"\b(?:in|at|near|outside|around|over in|up in|down in|out of|office in|trip to|drive to|visit to|plant in|site in) $",
    re.IGNORECASE,
)
"""What stands before a place: 'the Ghent quote' may be a rival's, 'in Ghent' is none."""
_NOT_RIVALS = listed(
    "board group legal finance security procurement purchasing operations quality head office corporate mother father mama engineering"
)

SURE_KNOWN, SURE_PLACED = 0.84, 0.77
"""How often a known rival's name, and a name spoken of as vendors are, was one: measured on the corpus's deals, and a
tenth taken off for deals that nobody had seen."""


def read(scene: Scene, before: Iterable[Reading]) -> Iterable[Reading]:
    """A rival's first mention in a touch: a known rival, a name spoken of as vendors are, or one that the model hears so.

    Whatever makes a name a rival's in one place of a touch makes it one everywhere in it.
    """
    named = list(_names(scene, before))
    evidence: dict[str, float] = {rival.lower(): SURE_KNOWN for rival in scene.rivals}
    listened = Listened(scene)
    for one in named:
        placed = SURE_PLACED if _spoken_of_as_vendors_are(scene.turns[one.turn].text, one) else 0.0
        heard = listened.sure_of_words("competitor_named", one.turn, one.start, one.end)
        key = one.name.lower()
        evidence[key] = max(evidence.get(key, 0.0), placed, heard)
    seen: set[str] = set()
    for one in named:
        short = one.name.split()[0].lower()
        sure = max(evidence[one.name.lower()], evidence.get(short, 0.0))
        if sure < LEAST or short in seen:
            continue
        seen.add(short)
        found = quoted(scene, "competitor_named", one.turn, one.start, one.end, sure)
        yield replace(found, value=one.name, value_at=(one.start, one.end))


class _Name(NamedTuple):
    """A capitalised name that may be a firm's or a product's, at its characters of a turn."""

    turn: int
    start: int
    end: int
    name: str


def _names(scene: Scene, before: Iterable[Reading]) -> Iterator[_Name]:
    """All names that are no person's, no party's to the deal, and no plain word."""
    ours = set(re.findall(r"\w+", f"{scene.account} {scene.seller}".lower()))
    never = NO_NAMES | _NOT_RIVALS | GIVEN_NAMES
    people = _people_words(scene, before)
    known = {rival.lower() for rival in scene.rivals}
    for number, turn in enumerate(scene.turns):
        for hit in CAPITAL.finditer(turn.text):
            name, words = hit["name"], hit["name"].lower().split()
            at = hit.start("name")
            if name.lower() in known or words[0] in known:
                end = at + len(name if name.lower() in known else name.split()[0])
                yield _Name(number, at, end, turn.text[at:end])
            elif not (
                words[0] in never or people & set(words) or ours & set(words) or words[0] in _small_words(turn.text)
            ):
                yield _Name(number, at, at + len(name), name)


def _spoken_of_as_vendors_are(text: str, one: _Name) -> bool:
    if opens_sentence(text, one.start) and re.match(rf" {_OFFERED}\b", text[one.end : one.end + NEAR]):
        return False  # 'Sending proposal on Monday'
    before = just_before(text, one.start, NEAR)
    if PLACED.search(before) is not None:
        return False
    return AFTER.match(text[one.end : one.end + NEAR]) is not None or BEFORE.search(before) is not None


@lru_cache(maxsize=64)
def _small_words(text: str) -> frozenset[str]:
    """The words that a turn has in small letters; one that is among them is no name where a sentence begins with it."""
    return frozenset(re.findall(r"\b[a-z]+\b", text))


def _people_words(scene: Scene, before: Iterable[Reading]) -> set[str]:
    names = [one.named.name or "" for one in before if one.named is not None]
    names += [someone.name or "" for someone in scene.people.values()]
    return {word for name in names for word in re.findall(r"\w+", name.lower())}
