"""One call as coaching shows it: names put back to its figures, and in plain words what they can't tell."""

from __future__ import annotations

import re
from typing import Literal

from msgspec import Struct

from premortem.acts.witness import Witness
from premortem.learning.calls import ENOUGH_WORDS, UNKNOWN_TALK, Call, Reached
from premortem.ledger.areas import AREAS, area_of
from premortem.ledger.entries import PersonId, Voice

Unit = Literal["seconds", "words"]


class Stretch(Struct, frozen=True):
    """The longest stretch of one voice on a side: who, and how long, in seconds or in words."""

    speaker: str | None
    length: float
    unit: Unit


class QuestionsShown(Struct, frozen=True):
    """How many questions: `decision` on how it will be bought, `technical` on the use case, `other` on neither.

    `follow_ups` are those that took up what the buyer just said, as far as their words show it.
    """

    all: int
    open: int
    decision: int
    technical: int
    other: int
    follow_ups: int


class AreaShown(Struct, frozen=True):
    """One of the five areas: whether we asked about it, the buyer told of it unasked, or nobody got to it."""

    area: str
    reached: Reached
    questions: int


class ShareShown(Struct, frozen=True):
    """One person's part of the talk, in 0..1, and the questions that they put."""

    speaker: str | None
    side: str
    share: float
    longest: float | None
    questions: int


class CallShown(Struct, frozen=True):
    """One call, counted. Shares are in 0..1 of all talk, by `by`; null where nothing could be measured.

    `asked_nothing` are buyers who were there, whom no turn of ours with a question names and who had the word behind
    none. `remarks` say in words what this call's figures can't tell.
    """

    touch: str
    on: str
    by: Literal["time", "words"] | None
    our_share: float | None
    their_share: float | None
    unknown_share: float | None
    shares: list[ShareShown]
    questions: QuestionsShown
    areas: list[AreaShown]
    never_reached: list[str]
    our_longest: Stretch | None
    their_longest: Stretch | None
    asked_nothing: list[str]
    remarks: list[str]


def call_shown(call: Call, witness: Witness) -> CallShown:
    """A call with its people's names."""
    measured = call.by is not None
    return CallShown(
        touch=witness.touch_name(call.touch.id),
        on=call.at.date().isoformat(),
        by=call.by,
        our_share=round(call.shares["seller"], 4) if measured else None,
        their_share=round(call.shares["buyer"], 4) if measured else None,
        unknown_share=round(call.shares["unknown"], 4) if measured else None,
        shares=[_share(voice, call, witness) for voice in call.voices],
        questions=questions_shown(call),
        areas=[
            AreaShown(area, call.areas[area], sum(area_of(one.topic) == area for one in call.asked)) for area in AREAS
        ],
        never_reached=list(call.never_reached),
        our_longest=_stretch(call, "seller", witness),
        their_longest=_stretch(call, "buyer", witness),
        asked_nothing=[witness.name(one) or one for one in _asked_nothing(call, witness)],
        remarks=_remarks(call),
    )


def questions_shown(call: Call, by: PersonId | None = None) -> QuestionsShown:
    """The questions of our side in a call, or those of one of us."""
    asked, kinds = call.asked_by(by), call.kinds(by)
    return QuestionsShown(
        all=len(asked),
        open=sum(one.open for one in asked),
        decision=kinds["decision"],
        technical=kinds["technical"],
        other=kinds["other"],
        follow_ups=sum(one.follow_up for one in asked),
    )


def _share(voice: Voice, call: Call, witness: Witness) -> ShareShown:
    side = call.sides[voice.person]
    return ShareShown(
        speaker=witness.name(voice.person),
        side=side,
        share=round(voice.share, 4),
        longest=voice.longest_monologue,
        questions=len(call.asked_by(voice.person)) if side == "seller" else voice.questions,
    )


def _stretch(call: Call, side: str, witness: Witness) -> Stretch | None:
    voice = call.longest(side)
    if voice is None or voice.longest_monologue is None:
        return None
    return Stretch(witness.name(voice.person), voice.longest_monologue, "seconds" if call.by == "time" else "words")


def _asked_nothing(call: Call, witness: Witness) -> list[PersonId]:
    """Of those who had the word behind no question, the ones whom no turn with a question names either."""
    heard = witness.conversation(call.touch.id)
    turns = {heard.turns[one.turn].text for one in call.asked if one.turn < len(heard.turns)} if heard else set()
    spoken = {word for turn in turns for word in re.findall(r"\w+", turn.casefold())}
    return [one for one in call.unanswering if spoken.isdisjoint(_parts_of_name(one, witness))]


def _parts_of_name(one: PersonId, witness: Witness) -> set[str]:
    card = witness.cards.get(one)
    names = (card.name, *card.labels) if card is not None else ()
    return {part for name in names if name for part in re.findall(r"\w{3,}", name.casefold())}


def _remarks(call: Call) -> list[str]:
    if call.by is None:
        return ["Nobody's words are in this file, so there is nothing to measure."]
    remarks = []
    if call.by == "words":
        remarks.append("This file has no times: talk is counted in words.")
    if call.words < ENOUGH_WORDS:
        remarks.append("Hardly a minute of words: its shares tell nothing.")
    if call.shares["unknown"] > UNKNOWN_TALK:
        remarks.append(
            f"{call.shares['unknown']:.0%} of the talk is of voices whose side nobody knows, so both sides' parts may "
            "be larger: `premortem people` lists them, `premortem side` says where they stand."
        )
    if not call.asked and call.shares["seller"] > 0:
        remarks.append("No question of ours was heard in this call.")
    return remarks
