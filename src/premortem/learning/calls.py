"""One call, counted: how the talk was shared, what our side asked, and what was never got to.

    calls(deal)     every call of a deal, in the order of time
    Call            one of them, with its figures; people stand in it by their ids

A question's topic is that of the fact which stands at its place, so what a person rejected or corrected counts as they
said. Talk of voices on no known side is nobody's: it lowers both shares, and is told as what it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from premortem.ledger.areas import AREAS, GROUNDS, Area, Kind, area_of, kind_of
from premortem.ledger.deal import Deal, DealFact, DealTouch
from premortem.ledger.entries import Measures, PersonId, Question, Voice

Reached = Literal["asked", "told", "never"]
"""Whether we asked about an area, whether the buyer spoke of it unasked, or neither."""

ENOUGH_WORDS = 150
"""Words in a call of about a minute: below that its shares tell nothing."""

UNKNOWN_TALK = 0.2
"""The part of the talk that may be nobody's before the shares of both sides tell nothing."""


class Call(Struct, frozen=True):
    """A call and its figures. Shares are in 0..1 of all talk; lengths are in what `by` says, seconds or words.

    `asked` are our side's questions. `unanswering` are the buyers who were there, and took up the word behind none of
    them: whether one called them by their name is for whoever has the words to say.
    """

    deal: str
    touch: DealTouch
    by: Literal["time", "words"] | None
    shares: dict[str, float]
    voices: tuple[Voice, ...]
    asked: tuple[Question, ...]
    areas: dict[Area, Reached]
    buyers: tuple[PersonId, ...]
    unanswering: tuple[PersonId, ...]
    sides: dict[PersonId, str]

    @property
    def at(self) -> datetime:
        return self.touch.at

    @property
    def words(self) -> int:
        return sum(voice.words for voice in self.voices)

    @property
    def tells(self) -> bool:
        """Whether its shares tell something: long enough, both sides heard, and hardly a voice unknown."""
        shares = self.shares
        both = shares.get("seller", 0) > 0 and shares.get("buyer", 0) > 0
        return self.words >= ENOUGH_WORDS and both and shares["unknown"] <= UNKNOWN_TALK

    @property
    def never_reached(self) -> list[Area]:
        return [area for area in AREAS if self.areas[area] == "never"]

    def kinds(self, by: PersonId | None = None) -> Counter[Kind]:
        """How many questions were on the decision, how many technical, how many neither."""
        return Counter(kind_of(one.topic) for one in self.asked_by(by))

    def asked_by(self, one: PersonId | None) -> list[Question]:
        """Our side's questions, or those of one of us."""
        return [question for question in self.asked if one is None or question.person == one]

    def longest(self, side: str) -> Voice | None:
        """The voice of a side that had the longest stretch."""
        of_side = [voice for voice in self.voices if self.sides[voice.person] == side and voice.longest_monologue]
        return max(of_side, key=lambda voice: (voice.longest_monologue or 0, voice.person), default=None)


def calls(deal: Deal) -> list[Call]:
    """Every call of a deal, also one in which nobody said a word."""
    return [_call(deal, touch) for touch in deal.touches if touch.type == "call"]


def areas_reached(deal: Deal) -> dict[Area, Reached]:
    """How a deal stands with each area, by all that was asked, said, written and noted in it."""
    asked = {area_of(known.fact.value) for known in deal.said("discovery_question")}
    notes = {touch.id for touch in deal.touches if touch.type == "note"}
    told = [one for one in deal.facts if one.fact.touch in notes or deal.side(one.fact.speaker) != "seller"]
    return {area: _reached(area, asked, told) for area in AREAS}


def _call(deal: Deal, touch: DealTouch) -> Call:
    measures = touch.measures
    voices = measures.voices if measures is not None else ()
    told = [known for known in deal.facts if known.fact.touch == touch.id and known.words == touch.words]
    asked = tuple(one for one in _questions(touch, told) if deal.side(one.person) == "seller")
    there = dict.fromkeys(
        [*touch.people("spoke", "listed"), *(voice.person for voice in voices), *(measures.silent if measures else ())]
    )
    buyers = tuple(one for one in there if deal.side(one) == "buyer")
    theirs = [known for known in told if deal.side(known.fact.speaker) != "seller"]
    opened = {area_of(one.topic) for one in asked}
    return Call(
        deal=deal.id,
        touch=touch,
        by=measures.by if measures is not None else None,
        shares=_shares(deal, measures),
        voices=voices,
        asked=asked,
        areas={area: _reached(area, opened, theirs) for area in AREAS},
        buyers=buyers,
        unanswering=_unanswering(deal, touch, asked, buyers),
        sides={voice.person: deal.side(voice.person) for voice in voices},
    )


def _questions(touch: DealTouch, told: Iterable[DealFact]) -> list[Question]:
    """Every question heard, each with the topic of the fact that stands where it stands.

    A fact may also stand where no question was heard, 'I'd love to know who signs': a question all the same.
    """
    facts = [known.fact for known in told if known.fact.claim == "discovery_question"]
    found = []
    for question in touch.questions:
        here = [f for f in facts if f.turn == question.turn and f.start < question.end and f.end > question.start]
        found.append(replace(question, topic=here[0].value if here else None))
        facts = [fact for fact in facts if fact not in here]
    found += [Question(fact.turn, fact.start, fact.end, fact.speaker, fact.value, True) for fact in facts]
    return sorted(found, key=lambda one: (one.turn, one.start))


def _reached(area: Area, asked: set[Area | None], told: Iterable[DealFact]) -> Reached:
    if area in asked:
        return "asked"
    return "told" if any(known.fact.claim in GROUNDS[area].told_by for known in told) else "never"


def _shares(deal: Deal, measures: Measures | None) -> dict[str, float]:
    """The part of each side; what is left of the whole is talk of voices whose side nobody knows."""
    shares = {"seller": 0.0, "buyer": 0.0, "outside": 0.0}
    for voice in measures.voices if measures is not None else ():
        side = deal.side(voice.person)
        if side in shares:
            shares[side] += voice.share
    return {**shares, "unknown": max(0.0, 1.0 - sum(shares.values())) if measures is not None else 0.0}


def _unanswering(
    deal: Deal, touch: DealTouch, asked: Iterable[Question], buyers: tuple[PersonId, ...]
) -> tuple[PersonId, ...]:
    """The only buyer in a call is asked whatever is asked; of several, whoever of them speaks next, as far as one can
    tell."""
    asked = list(asked)
    if len(buyers) == 1 and asked:
        return ()
    answered = {_next_buyer(deal, touch, question.turn) for question in asked}
    return tuple(one for one in buyers if one not in answered)


def _next_buyer(deal: Deal, touch: DealTouch, turn: int) -> PersonId | None:
    return next((one for one in touch.speakers[turn + 1 :] if deal.side(one) == "buyer"), None)
