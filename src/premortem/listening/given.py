"""Facts that somebody gives instead of having them heard: from a file in the form that `read --json` prints.

Each stands by its quote: one that is not in the touch word for word is left out and told. So a firm's own labels, or
another program's, go through the same checks as what the readers hear.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from premortem.errors import Unreadable
from premortem.ledger.claims import CLAIMS, OTHER, SPEAKER
from premortem.listening.days import days_said
from premortem.listening.money import amounts
from premortem.listening.readers._people import Crowd
from premortem.listening.readers.assembly import Hearing
from premortem.listening.scene import Named, Reading, Scene

REMEDY = 'Give JSON as `premortem read FOLDER --json` prints it: {"facts": [{"touch", "turn", "claim", "quote", …}]}.'


class GivenFact(Struct, frozen=True):
    """A fact as a file has it. `turn` is null in mails and notes; `person` a name, or a title; `value` as said."""

    touch: str
    claim: str
    quote: str
    turn: int | None = None
    person: str | None = None
    value: str | None = None
    confidence: float = 1.0


class _File(Struct):
    facts: list[GivenFact]


class Given:
    """Readers that hear what a file says, touch by touch."""

    def __init__(self, facts: list[GivenFact], version: str) -> None:
        self.version = version
        self._of: Mapping[str, list[GivenFact]] = defaultdict(list)
        for one in facts:
            self._of[one.touch].append(one)

    @classmethod
    def in_file(cls, path: Path) -> Given:
        """Raises Unreadable where it can't be read, is not of this form, or names a claim that there isn't."""
        try:
            data = path.read_bytes()
            facts = msgspec.json.decode(data, type=_File).facts
        except OSError as error:
            raise Unreadable(str(path), "", f"it can't be read: {error.strerror}", "Check the path.") from error
        except msgspec.MsgspecError as error:
            raise Unreadable(str(path), "", f"no facts can be read from it: {error}", REMEDY) from error
        for number, one in enumerate(facts):
            if one.claim not in CLAIMS:
                why = f"'{one.claim}' is no claim"
                raise Unreadable(str(path), f"fact {number + 1}", why, f"There are: {', '.join(CLAIMS)}.")
        return cls(facts, "given-" + hashlib.sha256(data).hexdigest()[:12])

    def hear(self, scene: Scene) -> Hearing:
        name = scene.conversation.name or ""
        readings, remarks = [], []
        for fact in self._of.get(name, ()):
            found = _reading(fact, scene)
            if found is None:
                remarks.append(f"a given fact ({fact.claim}) was left out: its quote is not in {name}")
            else:
                readings.append(found)
        return Hearing(readings, self.version, tuple(remarks))


def _reading(fact: GivenFact, scene: Scene) -> Reading | None:
    place = next(_places(fact, scene), None)
    if place is None:
        return None
    turn, start, end = place
    meaning = CLAIMS[fact.claim]
    person, named = None, None
    if meaning.about == SPEAKER and not scene.in_note:
        person = scene.speakers[turn]
    elif meaning.about in (OTHER, SPEAKER) and fact.person:
        known = Crowd(scene).named(fact.person) or Crowd(scene).titled(fact.person)
        person = known.id if known is not None else None
        named = _called(fact.person) if known is None else None
    found = Reading(meaning.claim, turn, start, end, fact.confidence, person, named, reader="given")
    return _valued(found, fact, scene)


def _places(fact: GivenFact, scene: Scene) -> Iterator[tuple[int, int, int]]:
    words = fact.quote.split()
    if not words:
        return
    whole = re.compile(r"\s+".join(map(re.escape, words)))
    for number, turn in enumerate(scene.turns):
        if fact.turn is None or fact.turn == number:
            hit = whole.search(turn.text)
            if hit:
                yield number, *hit.span()


def _called(person: str) -> Named:
    """'Dana Whitlock' is a name, 'the CFO' or 'head of IT' a title."""
    bare = re.sub(r"^(?:the|our|their|my|a|an)\s+", "", person.strip(), flags=re.IGNORECASE)
    is_title = bare != person.strip() or re.search(r"\b(?:of|for)\b", bare) is not None or bare[:1].islower()
    return Named(title=bare) if is_title else Named(name=bare)


def _valued(found: Reading, fact: GivenFact, scene: Scene) -> Reading:
    """With its value: a topic or a rival as given, a day or a sum as the quote tells it."""
    if found.claim in ("discovery_question", "competitor_named"):
        return replace(found, value=fact.value)
    kind = CLAIMS[found.claim].value
    if kind is None:
        return found
    quote = scene.turns[found.turn].text[found.start : found.end]
    spans = days_said(quote, scene.day) if "day" in kind else amounts(quote)
    for one in spans:
        return replace(found, value=one.value, value_at=(found.start + one.start, found.start + one.end))
    return found
