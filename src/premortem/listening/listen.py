"""A touch in, entries out: who took part, how the talk was shared, and the facts with their quotes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from premortem.ledger.contents import Conversation, keep_card, keep_conversation
from premortem.ledger.entries import (
    Body,
    Entry,
    Fact,
    Hash,
    Measures,
    Part,
    Person,
    PersonId,
    Question,
    Touch,
    TouchId,
    fact_id,
)
from premortem.ledger.store import Contents
from premortem.listening.asking import asked_in
from premortem.listening.follow_ups import with_follow_ups
from premortem.listening.measures import measure
from premortem.listening.people import Roster, Seating
from premortem.listening.people_present import present, put_to
from premortem.listening.readers._people import titles_told
from premortem.listening.readers.assembly import Readers
from premortem.listening.scene import Reading, Scene


class Source(Struct, frozen=True):
    """Which touch of which deal is listened to: its id, the name and hash of its file, and when we learned of it."""

    deal: str
    touch: TouchId
    name: str
    raw: Hash
    learned: datetime
    account: str = ""
    seller: str = ""
    rivals: tuple[str, ...] = ()


class Heard(NamedTuple):
    """The entries of a touch, in plain words what was odd about it or stayed unsure, and which readers read it."""

    entries: list[Entry]
    remarks: tuple[str, ...]
    version: str


def listen(conversation: Conversation, source: Source, roster: Roster, contents: Contents, readers: Readers) -> Heard:
    """What a touch tells, as entries: new people first, then the touch, then its facts.

    The roster learns whoever is new. Raises ValueError where the conversation has no time: a touch without one can't
    be placed in a deal.
    """
    if conversation.at is None:
        raise ValueError(f"{source.name} has no time")
    at, conversation = conversation.at, replace(conversation, name=source.name)
    seating = roster.seat(conversation)
    scene = _scene(conversation, source, roster, seating)
    words = keep_conversation(contents, conversation)
    heard = readers.hear(scene)
    readings = heard.readings
    reading = f"{heard.version}/{words[:12]}"
    about = [_about(reading, roster) for reading in readings]
    _learn_titles(scene, roster)
    silent = present(scene, roster)
    about = [who or put_to(scene, proposed, silent, roster) for proposed, who in zip(readings, about, strict=True)]
    seating = _with_silent(_settled(seating, roster), silent)
    facts = [
        _fact(proposed, person and roster.stands_for(person), source.touch, words, seating, reading)
        for proposed, person in zip(readings, about, strict=True)
    ]
    asked = with_follow_ups(scene, _questions(scene, readings))
    touch = Touch(
        touch=source.touch,
        type=conversation.type,
        raw=source.raw,
        words=words,
        turns=len(conversation.turns),
        reading=reading,
        parts=_parts(seating, facts),
        seats=_seats(seating),
        measures=_measures(conversation, seating, roster, asked),
        questions=asked,
    )
    people = news_of(roster, contents)
    told: list[tuple[str, Body]] = [("reader:people", person) for person in people]
    told.append(("import:files", touch))
    told += [(f"reader:{fact.reader}", fact) for fact in facts]
    entries = [Entry(source.deal, at, source.learned, author, body) for author, body in told]
    return Heard(entries, (*conversation.remarks, *seating.remarks, *heard.remarks), heard.version)


def news_of(roster: Roster, contents: Contents) -> list[Person]:
    """What the roster learned of people since it was last asked, their cards kept apart."""
    joined = [Person(one, same_as=into) for one, into in roster.joined()]
    return joined + [
        Person(
            person=person,
            card=keep_card(contents, card),
            side=side,
            roles=tuple(sorted(roles)) or None,
            in_crm=in_crm or None,
            unsure=unsure,
            trades=tuple(sorted(trades)) or None,
        )
        for person, card, side, roles, in_crm, unsure, trades in roster.news()
    ]


def _scene(conversation: Conversation, source: Source, roster: Roster, seating: Seating) -> Scene:
    assert conversation.at is not None
    return Scene(
        conversation=conversation,
        speakers=seating.speakers,
        people=roster.someone(),
        present=frozenset(part.person for part in seating.parts),
        day=conversation.at.date(),
        account=source.account,
        seller=source.seller,
        rivals=source.rivals,
    )


def _about(reading: Reading, roster: Roster) -> PersonId | None:
    """Whom a reading is about; somebody whom nobody knew yet becomes known here."""
    if reading.person is None and reading.named is not None:
        return roster.named(reading.named.name, reading.named.title)
    return reading.person


def _learn_titles(scene: Scene, roster: Roster) -> None:
    """Titles that were said beside names, of whoever is known by now."""
    for who, title in titles_told(scene):
        person = roster.stands_for(who) if isinstance(who, str) else roster.resolve(who.name or "").person
        if person is not None and roster.side(person) != "seller":
            roster.learn_title(person, title)


def _settled(seating: Seating, roster: Roster) -> Seating:
    """The seating by whom everybody turned out to be once all was heard."""
    parts = tuple(dict.fromkeys(replace(part, person=roster.stands_for(part.person)) for part in seating.parts))
    speakers = tuple(one and roster.stands_for(one) for one in seating.speakers)
    return replace(seating, speakers=speakers, parts=parts)


def _with_silent(seating: Seating, silent: Iterable[PersonId]) -> Seating:
    """The seating with those who were there and never spoke."""
    here = {part.person for part in seating.parts}
    more = tuple(Part(person, "listed") for person in silent if person not in here)
    return replace(seating, parts=(*seating.parts, *more))


def _fact(
    proposed: Reading, person: PersonId | None, touch: TouchId, words: Hash, seating: Seating, reading: str
) -> Fact:
    about = person or proposed.value
    return Fact(
        fact=fact_id(words, proposed.turn, proposed.start, proposed.end, proposed.claim, about),
        touch=touch,
        turn=proposed.turn,
        start=proposed.start,
        end=proposed.end,
        claim=proposed.claim,
        speaker=seating.speakers[proposed.turn],
        reader=proposed.reader,
        confidence=proposed.confidence,
        person=person,
        value=proposed.value,
        value_at=proposed.value_at,
        reading=reading,
    )


def _questions(scene: Scene, readings: Iterable[Reading]) -> tuple[Question, ...]:
    """Every question of a call or mail, with the topic that a reader saw in it."""
    topics = [one for one in readings if one.claim == "discovery_question"]
    found = []
    for number, (start, end, is_open) in asked_in(scene):
        topic = next((one.value for one in topics if one.turn == number and one.start < end and one.end > start), None)
        found.append(Question(number, start, end, scene.speakers[number], topic, is_open))
    return tuple(found)


def _parts(seating: Seating, facts: Iterable[Fact]) -> tuple[Part, ...]:
    """Who took part, and who was spoken of while absent."""
    here = {part.person for part in seating.parts}
    absent = dict.fromkeys(fact.person for fact in facts if fact.person is not None and fact.person not in here)
    return (*seating.parts, *(Part(person, "named") for person in absent))


def _seats(seating: Seating) -> tuple[int, ...]:
    place = {part.person: number for number, part in reversed(list(enumerate(seating.parts)))}
    return tuple(-1 if speaker is None else place.get(speaker, -1) for speaker in seating.speakers)


def _measures(
    conversation: Conversation, seating: Seating, roster: Roster, asked: Iterable[Question]
) -> Measures | None:
    asked_by: dict[PersonId, int] = {}
    for question in asked:
        if question.person is not None:
            asked_by[question.person] = asked_by.get(question.person, 0) + 1
    sides = {person: someone.side for person, someone in roster.someone().items()}
    return measure(conversation, seating.speakers, seating.parts, sides, asked_by)
