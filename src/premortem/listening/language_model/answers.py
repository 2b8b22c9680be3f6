"""What came back, taken at its quotes: whatever a model was talked into, only claims with words of their turn come out.

A fact is dropped, and counted, where its quote is not in the turn that it names, word for word; where its claim is none
of ours or its side may not make it; where its topic is no topic; where whom or what it must name is not in the touch.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

import msgspec
from msgspec import Struct

from premortem.ledger.claims import CLAIMS, TOPICS, Claim, may_say
from premortem.ledger.entries import PersonId
from premortem.listening.days import days_said
from premortem.listening.language_model.pieces import Part
from premortem.listening.language_model.who import Who
from premortem.listening.money import amounts
from premortem.listening.scene import Named, Reading, Scene

CONFIDENCE = 0.7
"""How sure a fact of a language model counts. Nobody measured it: it is a careful guess, the same for every model and
every claim, and holds until such facts are calibrated against labelled ones."""

LONGEST = 60
"""Words of a quote; what needs more is no quote."""

LONGEST_NAME = 5
"""Words of a rival's name."""

Reason = Literal["form", "claim", "side", "turn", "quote", "topic", "name"]
REASONS: Mapping[Reason, str] = {
    "form": "not in the form asked for",
    "claim": "no claim of ours",
    "side": "a claim that this side can't make",
    "turn": "about a turn that was not asked about",
    "quote": "a quote that is not in its turn word for word",
    "topic": "no topic of ours",
    "name": "about nobody whom the touch names",
}


class NotAnAnswer(ValueError):
    """What came back is not the JSON that was asked for."""


class Verified(NamedTuple):
    """Readings whose quotes are there, and how many were dropped, by reason."""

    readings: list[Reading]
    dropped: Counter[Reason]


class _Answer(Struct):
    facts: list[msgspec.Raw]


class _Told(Struct):
    claim: str
    turn: int
    quote: str
    person: str | None = None
    title: str | None = None
    value: str | None = None


class _Dropped(Exception):
    def __init__(self, reason: Reason) -> None:
        self.reason = reason


def verified(answer: str, scene: Scene, piece: Iterable[Part], people: Mapping[str, PersonId], reader: str) -> Verified:
    """The facts of an answer about a piece of a touch. Raises NotAnAnswer where it is no JSON object with facts."""
    try:
        told = msgspec.json.decode(_bare(answer), type=_Answer).facts
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise NotAnAnswer("it answered something other than the JSON that was asked for") from error
    parts = {part.turn: part for part in piece}
    who = Who(scene, people)
    found: dict[tuple[object, ...], Reading] = {}
    dropped: Counter[Reason] = Counter()
    for raw in told:
        try:
            one = _reading(raw, scene, parts, who, reader)
        except _Dropped as why:
            dropped[why.reason] += 1
        else:
            found.setdefault((one.claim, one.turn, one.start, one.end, one.person, one.named, one.value), one)
    return Verified(list(found.values()), dropped)


def _bare(answer: str) -> str:
    """An answer without what many models put around it: their thoughts before it, a fence of back-ticks."""
    answer = re.sub(r"\A\s*<think>.*?</think>", "", answer, flags=re.DOTALL).strip()
    fenced = re.fullmatch(r"```(?:json)?\s*\n(.*)\n```", answer, re.DOTALL)
    return fenced[1] if fenced else answer


def _reading(raw: msgspec.Raw, scene: Scene, parts: Mapping[int, Part], who: Who, reader: str) -> Reading:
    told = _decoded(raw)
    if told.claim not in CLAIMS:
        raise _Dropped("claim")
    meaning = CLAIMS[told.claim]
    part = parts.get(told.turn)
    if part is None:
        raise _Dropped("turn")
    if not may_say(told.claim, scene.side(told.turn), scene.in_note):
        raise _Dropped("side")
    at = _found(told.quote, scene.turns[told.turn].text, part.start, part.end)
    if at is None:
        raise _Dropped("quote")
    person, named = _about(told, scene, who)
    value, value_at = _value(told, scene, at)
    return Reading(meaning.claim, told.turn, *at, CONFIDENCE, person, named, value, value_at, reader)


def _decoded(raw: msgspec.Raw) -> _Told:
    try:
        return msgspec.json.decode(raw, type=_Told)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise _Dropped("form") from error


def _found(words: str, text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where these very words stand in a stretch of a text, whole, white space aside."""
    wanted = words.split()
    if len(wanted) > LONGEST or len(words) > len(text) * 2 or not re.search(r"\w", words):
        return None
    whole = r"\s+".join(map(re.escape, wanted))
    before = r"(?<!\w)" if wanted[0][0].isalnum() else ""
    after = r"(?!\w)" if wanted[-1][-1].isalnum() else ""
    hit = re.compile(before + whole + after).search(text, start, end)
    return hit.span() if hit else None


def _about(told: _Told, scene: Scene, who: Who) -> tuple[PersonId | None, Named | None]:
    """Whom a claim is about: somebody whom the deal knows, or who is named in this touch; else nobody."""
    about = CLAIMS[told.claim].about
    if about == "the speaker":
        return (None if scene.in_note else scene.speakers[told.turn]), None
    if about == "nobody":
        return None, None
    person, named = who.meant(told.person, told.title)
    if _impossible(told.claim, told.turn, scene, person, named):
        raise _Dropped("name")
    return person, named


def _impossible(claim: str, turn: int, scene: Scene, person: PersonId | None, named: Named | None) -> bool:
    """Whether a claim can't be about this person: of our own side, or present where absentees are named."""
    if person is not None and scene.people[person].side == "seller":
        return True
    if claim == "decision_maker_named":
        return person is not None and person == scene.speakers[turn]
    return claim == "person_named" and (person in scene.present if person is not None else named is None)


def _value(told: _Told, scene: Scene, at: tuple[int, int]) -> tuple[str | None, tuple[int, int] | None]:
    """A topic or a rival as the model says it, once it is verified; days and sums are read from the quote itself."""
    claim: Claim = CLAIMS[told.claim].claim
    if claim == "discovery_question":
        if told.value not in TOPICS:
            raise _Dropped("topic")
        return told.value, None
    text = scene.turns[told.turn].text
    if claim == "competitor_named":
        return _rival(told.value or "", text, at, scene)
    kind = CLAIMS[claim].value
    if kind is None:
        return None, None
    quote = text[slice(*at)]
    spans = days_said(quote, scene.day) if "day" in kind else amounts(quote)
    return next(((one.value, (at[0] + one.start, at[0] + one.end)) for one in spans), (None, None))


def _rival(name: str, text: str, at: tuple[int, int], scene: Scene) -> tuple[str, tuple[int, int]]:
    """A rival, named in the quote itself, and neither of the two firms."""
    span = _found(name, text, *at)
    ours = f"{scene.account} {scene.seller}".lower().split()
    if span is None or len(name.split()) > LONGEST_NAME or all(word in ours for word in name.lower().split()):
        raise _Dropped("name")
    said = " ".join(text[slice(*span)].split())
    return next((rival for rival in scene.rivals if rival.lower() == said.lower()), said), span
