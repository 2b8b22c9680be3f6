"""Read: what was heard in touches, with the quotes; the document that `premortem read --json` prints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from premortem.acts.bringing_in.bring_in import BroughtIn, LeftOut, Progress, bring_in
from premortem.acts.witness import Witness
from premortem.errors import Unreadable
from premortem.importing.deal_folder.reading import deal_folders
from premortem.ledger.contents import MemoryLedger, digest
from premortem.ledger.deal import Deal, DealFact, DealTouch
from premortem.ledger.entries import Entry, Measures, Opened
from premortem.ledger.fold import deal_as_of
from premortem.ledger.people import DealPerson
from premortem.ledger.store import Contents, Ledger
from premortem.listening.formats.opening import bytes_of, open_touches
from premortem.listening.listen import Source, listen
from premortem.listening.people import Roster
from premortem.listening.readers.assembly import Assembly, Readers


class FactShown(Struct, frozen=True):
    """A fact in words. `turn` counts from 0 in a call and is null in a mail or a note."""

    fact: str
    touch: str
    turn: int | None
    claim: str
    speaker: str | None
    person: str | None
    value: str | None
    normalised: str | None
    quote: str
    start: int
    end: int
    confidence: float
    reader: str
    standing: str


class RoleEvidence(Struct, frozen=True):
    """What shows somebody in a role: words of a touch, or their title, where `touch` is null."""

    role: str
    quote: str
    touch: str | None


class PersonShown(Struct, frozen=True):
    """A person in words. `met` and `first_named` are names of touches; `unsure` whom they might be the same as."""

    id: str
    name: str | None
    title: str | None
    side: str
    roles: list[str]
    met: str | None
    first_named: str | None
    in_crm: bool
    unsure: list[str]
    role_evidence: list[RoleEvidence]


class QuestionShown(Struct, frozen=True):
    quote: str
    topic: str | None
    open: bool


class TurnShown(Struct, frozen=True):
    """A turn in words. `speaker` is the person where we know them, else the label of the file."""

    turn: int
    speaker: str | None
    side: str
    start: float | None
    text: str
    questions: list[QuestionShown]


class VoiceShown(Struct, frozen=True):
    """How much one person talked: `share` in 0..1; `longest_monologue` in what `by` says, seconds or words."""

    speaker: str | None
    side: str
    share: float
    words: int
    turns: int
    questions: int
    seconds: float | None
    longest_monologue: float | None


class MeasuresShown(Struct, frozen=True):
    by: Literal["time", "words"]
    share_by_side: dict[str, float]
    voices: list[VoiceShown]
    first_buyer_turn: float | None
    silent: list[str]


class TouchShown(Struct, frozen=True):
    """A touch in words. `at` is a moment with its zone, or the day alone where nothing tells more."""

    touch: str
    kind: str
    at: str
    measures: MeasuresShown | None
    turns: list[TurnShown]


class ReadDocument(Struct, frozen=True):
    """What was heard in the touches of one deal, or in one file. `schema` changes when a field's meaning does."""

    deal: str
    name: str
    facts: list[FactShown]
    people: list[PersonShown]
    touches: list[TouchShown]
    left_out: list[LeftOut]
    remarks: list[str]
    schema: str = "premortem.read/1"


def read(path: Path, now: datetime, progress: Progress | None = None, readers: Readers | None = None) -> ReadDocument:
    """Read a deal folder, or a single transcript, mail or note, without any set-up and without keeping anything.

    `readers` are those of the package, unless others are given.

    Raises Unreadable where the path is neither, and where a folder holds several deals.
    """
    if path.is_dir():
        ledger, done = hear_folder(path, now, progress, readers)
        return read_document(deal_as_of(ledger.store.read(done.deal)), ledger.contents, done.left_out, done.remarks)
    return _read_file(path, now, readers or Assembly.found())


def hear_folder(
    path: Path, now: datetime, progress: Progress | None = None, readers: Readers | None = None
) -> tuple[Ledger, BroughtIn]:
    """A ledger in memory that holds one deal folder. Raises Unreadable where there is none or more than one."""
    folders = deal_folders(path)
    if len(folders) > 1:
        remedy = "Give one of them, or import them all: premortem import PATH."
        raise Unreadable(str(path), "", f"there are {len(folders)} deals here", remedy)
    ledger = MemoryLedger()
    (done,) = bring_in(ledger, path, now, progress=progress, readers=readers)
    if not ledger.store.read(done.deal):
        raise Unreadable(done.left_out[0].file, "", done.left_out[0].why, "")
    return ledger, done


def _read_file(path: Path, now: datetime, readers: Readers) -> ReadDocument:
    data = bytes_of(path)
    ledger = MemoryLedger()
    roster = Roster(path.name, nonce=ledger.contents.nonce)
    conversations = open_touches(path.name, data)
    remarks: list[str] = []
    told = [Entry(path.name, now, now, "import:file", Opened(path.name, "", ""))]
    for number, conversation in enumerate(conversations):
        name = path.name if len(conversations) == 1 else f"{path.name}#{number + 1}"
        source = Source(path.name, f"t-{ledger.contents.nonce()}", name, digest(data), now)
        dated = conversation if conversation.at else replace(conversation, at=now)
        heard = listen(dated, source, roster, ledger.contents, readers)
        told += heard.entries
        remarks += heard.remarks
    if any(conversation.at is None for conversation in conversations):
        remarks.append(f"nothing in {path.name} tells when it was: it is read as if it were of today")
    return read_document(deal_as_of(told), ledger.contents, [], remarks)


def read_document(deal: Deal, contents: Contents, left_out: list[LeftOut], remarks: list[str]) -> ReadDocument:
    """Everything heard in a deal, in words."""
    witness = Witness(deal, contents)
    return ReadDocument(
        deal=deal.id,
        name=deal.name,
        facts=[_fact(known, deal, witness) for known in deal.facts],
        people=_people(deal, witness),
        touches=[_touch(touch, deal, witness) for touch in deal.touches],
        left_out=left_out,
        remarks=remarks,
    )


def _fact(known: DealFact, deal: Deal, witness: Witness) -> FactShown:
    fact = known.fact
    value = fact.value
    if fact.value_at is not None:
        value = witness.said(known, *fact.value_at)
    return FactShown(
        fact=fact.fact,
        touch=witness.touch_name(fact.touch),
        turn=fact.turn if deal.touch(fact.touch).type == "call" else None,
        claim=fact.claim,
        speaker=witness.name(fact.speaker),
        person=witness.name(fact.person),
        value=value,
        normalised=fact.value,
        quote=witness.said(known, fact.start, fact.end),
        start=fact.start,
        end=fact.end,
        confidence=fact.confidence,
        reader=fact.reader,
        standing=known.standing,
    )


def _people(deal: Deal, witness: Witness) -> list[PersonShown]:
    """Everybody who has a name or a title; a voice that has neither speaks in the touches alone."""
    shown = []
    facts = {known.fact.fact: known for known in deal.facts}
    for person in deal.people.values():
        card = witness.cards[person.id]
        if card is not None and not card.name and not card.title:
            continue
        shown.append(
            PersonShown(
                id=person.id,
                name=card.name if card else witness.name(person.id),
                title=card.title if card else None,
                side=person.side,
                roles=sorted(person.roles),
                met=witness.touch_name(person.met) if person.met else None,
                first_named=witness.touch_name(person.first_named) if person.first_named else None,
                in_crm=person.in_crm,
                unsure=[witness.name(other) or other for other in person.unsure],
                role_evidence=list(_shown_by(person, card.title if card else None, facts, witness)),
            )
        )
    return sorted(shown, key=lambda one: (one.side, one.name or "", one.title or "", one.id))


def _shown_by(
    person: DealPerson, title: str | None, facts: Mapping[str, DealFact], witness: Witness
) -> Iterator[RoleEvidence]:
    for shown in person.shown:
        if shown.by_title and title is not None:
            yield RoleEvidence(shown.role, title, None)
        for one in shown.facts:
            known = facts[one]
            quote = witness.said(known, known.fact.start, known.fact.end)
            yield RoleEvidence(shown.role, quote, witness.touch_name(known.fact.touch))


def _touch(touch: DealTouch, deal: Deal, witness: Witness) -> TouchShown:
    heard = witness.conversation(touch.id)
    turns = []
    for number, turn in enumerate(heard.turns if heard else ()):
        asked = [
            QuestionShown(turn.text[one.start : one.end], one.topic, one.open)
            for one in touch.questions
            if one.turn == number
        ]
        person = touch.speakers[number] if number < len(touch.speakers) else None
        speaker = witness.name(person) or turn.speaker
        turns.append(TurnShown(number, speaker, deal.side(person), turn.start, turn.text, asked))
    measures = measures_shown(touch.measures, deal, witness)
    at = touch.at.date().isoformat() if heard is not None and heard.day_only else touch.at.isoformat()
    return TouchShown(witness.touch_name(touch.id), touch.type, at, measures, turns)


def measures_shown(measures: Measures | None, deal: Deal, witness: Witness) -> MeasuresShown | None:
    """How the talk was shared, by name and by side."""
    if measures is None:
        return None
    by_side: dict[str, float] = {}
    for voice in measures.voices:
        side = deal.side(voice.person)
        by_side[side] = round(by_side.get(side, 0.0) + voice.share, 4)
    return MeasuresShown(
        by=measures.by,
        share_by_side=by_side,
        voices=[
            VoiceShown(
                witness.name(voice.person),
                deal.side(voice.person),
                round(voice.share, 4),
                voice.words,
                voice.turns,
                voice.questions,
                voice.seconds,
                voice.longest_monologue,
            )
            for voice in measures.voices
        ],
        first_buyer_turn=measures.first_buyer_turn,
        silent=[witness.name(one) or one for one in measures.silent],
    )
