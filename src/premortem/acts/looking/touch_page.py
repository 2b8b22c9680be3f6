"""One touch as its page shows it: what was said, each fact in its place, who spoke when, and what nobody got to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Literal

from msgspec import Struct

from premortem.acts.bringing_in.mail_as_sent import FORMATS, flowing
from premortem.acts.looking.call_shown import CallShown, call_shown
from premortem.acts.looking.talk_strip import Lane, lanes, timed
from premortem.acts.telling.judge import entries_of, rejected_facts
from premortem.acts.witness import Witness, clock
from premortem.errors import Unknown
from premortem.learning.calls import calls
from premortem.ledger.claims import CLAIMS
from premortem.ledger.contents import Conversation
from premortem.ledger.deal import Deal, DealFact, DealTouch
from premortem.ledger.entries import Entry, FactId, TouchId, Verdict
from premortem.ledger.fold import deal_as_of
from premortem.ledger.store import Ledger

SURE = ((0.9, "nearly sure"), (0.7, "rather sure"), (0.5, "more likely right than wrong"), (0.0, "not sure"))
"""A reader's confidence in words, from which on."""
STANDINGS = {
    "read": "unsure: waits for a yes or no",
    "confirmed": "confirmed",
    "corrected": "corrected",
    "added": "added",
    "rejected": "rejected",
}


COUNTS = "counts; confirm it if you like"
"""Of a fact that nobody has given their word on, and that was read surely enough to count without it."""


class PersonChoice(Struct, frozen=True):
    """Somebody of the deal whom a fact may be about."""

    id: str
    name: str
    side: str


class FactOnPage(Struct, frozen=True):
    """A fact: what its claim means, whom it is about, how sure who is, and who said what of it.

    `sure` is a reader's confidence in words, None where a person spoke; `counts` is whether anything follows from it.
    """

    id: str
    turn: int
    start: int
    end: int
    quote: str
    claim: str
    called: str
    means: str
    person: str | None
    person_name: str | None
    value: str | None
    standing: Literal["read", "confirmed", "corrected", "added", "rejected"]
    stands: str
    sure: str | None
    percent: int
    by: str | None
    on: str | None
    counts: bool


class Piece(Struct, frozen=True):
    """A stretch of a turn under the same facts; `ends` are the facts that end with it, where their labels stand."""

    text: str
    facts: list[str]
    called: str
    ends: list[FactOnPage]


class TurnOnPage(Struct, frozen=True):
    """A turn, cut where facts that stand begin and end. `facts` are all, those too that somebody rejected."""

    number: int
    speaker: str | None
    side: str
    clock: str | None
    pieces: list[Piece]
    facts: list[FactOnPage]


class TouchPage(Struct, frozen=True):
    """A touch. `elsewhere` are facts that quote an earlier reading of its file; `call` is None for a mail or a note."""

    deal: str
    deal_name: str
    touch: str
    name: str
    type: str
    at: datetime
    subject: str | None
    erased: bool
    turns: list[TurnOnPage]
    elsewhere: list[FactOnPage]
    has_facts: bool
    waiting: int
    """Facts that nobody has given their word on: `unsure` of these wait for it, `counting` count already."""
    people: list[PersonChoice]
    took_part: list[PersonChoice]
    silent: list[str]
    lanes: list[Lane]
    length: str | None
    whole_mail: bool
    call: CallShown | None
    remarks: list[str]
    unsure: int = 0
    counting: int = 0
    first_unsure: FactId | None = None


def touch_page(ledger: Ledger, deal: str, touch: TouchId) -> TouchPage:
    """All that the page of a touch shows. Raises Unknown for a deal or a touch that is not there."""
    entries = entries_of(ledger, deal)
    view = deal_as_of(entries)
    known = next((one for one in view.touches if one.id == touch), None)
    if known is None:
        raise Unknown(f"there is no touch '{touch}' in {deal}", "Open it from the deal's page.")
    witness = Witness(view, ledger.contents)
    heard = witness.conversation(touch)
    facts = _facts(entries, view, known, witness)
    here = [one for one, words in facts if words == known.words]
    call = next((one for one in calls(view) if one.touch.id == touch), None)
    people = [PersonChoice(one.id, witness.name(one.id) or "", one.side) for one in view.people.values()]
    there = set(known.people())
    read = [one for one, _ in facts if one.standing == "read"]
    unsure = [one.id for one in read if not one.counts]
    return TouchPage(
        deal=deal,
        deal_name=view.name,
        touch=touch,
        name=witness.touch_name(touch),
        type=known.type,
        at=known.at,
        subject=heard.subject if heard else None,
        erased=heard is None,
        turns=_turns(heard, known, view, witness, here),
        elsewhere=[one for one, words in facts if words != known.words],
        has_facts=bool(facts),
        waiting=len(read),
        people=sorted(people, key=lambda one: (one.side, one.name.casefold())),
        took_part=[one for one in people if one.id in there],
        silent=_silent(known, witness),
        lanes=lanes(heard, known, view, witness) if heard and known.type == "call" else [],
        length=clock(max(turn.end or 0.0 for turn in heard.turns)) if heard and timed(heard) else None,
        whole_mail=heard is not None and heard.format in FORMATS,
        call=call_shown(call, witness) if call else None,
        remarks=list(heard.remarks) if heard else [],
        unsure=len(unsure),
        counting=len(read) - len(unsure),
        first_unsure=unsure[0] if unsure else None,
    )


def _silent(touch: DealTouch, witness: Witness) -> list[str]:
    silent = touch.measures.silent if touch.measures else ()
    return [witness.name(one) or "" for one in silent]


def _facts(entries: Sequence[Entry], view: Deal, touch: DealTouch, witness: Witness) -> list[tuple[FactOnPage, str]]:
    """Each fact of the touch, in the order of its words, with the hash of the words that it quotes."""
    told = _told(entries)
    standing = [(known, False) for known in view.facts if known.fact.touch == touch.id]
    denied = [(known, True) for known in rejected_facts(entries, view) if known.fact.touch == touch.id]
    both = sorted(standing + denied, key=lambda one: (one[0].fact.turn, one[0].fact.start, one[0].fact.fact))
    return [(_fact(known, no, told.get(known.fact.fact), witness), known.words) for known, no in both]


def _told(entries: Iterable[Entry]) -> dict[FactId, Entry]:
    """The newest verdict on each fact."""
    told: dict[FactId, Entry] = {}
    for entry in sorted(entries, key=lambda one: one.learned):
        if isinstance(entry.body, Verdict):
            told[entry.body.fact] = entry
    return told


def _fact(known: DealFact, rejected: bool, verdict: Entry | None, witness: Witness) -> FactOnPage:
    fact = known.fact
    standing = "rejected" if rejected else known.standing
    author = verdict.author if verdict else fact.reader
    by_person = author.startswith("user:")
    learned = verdict.learned if verdict else known.learned
    return FactOnPage(
        id=fact.fact,
        turn=fact.turn,
        start=fact.start,
        end=fact.end,
        quote=witness.said(known, fact.start, fact.end),
        claim=fact.claim,
        called=fact.claim.replace("_", " "),
        means=CLAIMS[fact.claim].means.replace("one of the TOPICS", "a topic that decides deals"),
        person=fact.person,
        person_name=witness.name(fact.person),
        value=fact.value,
        standing=standing,
        stands=COUNTS if standing == "read" and known.believed else STANDINGS[standing],
        sure=None if by_person else next(word for least, word in SURE if fact.confidence >= least),
        percent=round(fact.confidence * 100),
        by=author.removeprefix("user:") if by_person else None,
        on=learned.date().isoformat() if by_person else None,
        counts=not rejected and known.believed,
    )


def _turns(
    heard: Conversation | None, touch: DealTouch, view: Deal, witness: Witness, facts: list[FactOnPage]
) -> list[TurnOnPage]:
    of_turn: dict[int, list[FactOnPage]] = defaultdict(list)
    for fact in facts:
        of_turn[fact.turn].append(fact)
    shown = flowing if touch.type == "mail" else str
    turns = []
    for number, turn in enumerate(heard.turns if heard else ()):
        speaker = touch.speakers[number] if number < len(touch.speakers) else None
        turns.append(
            TurnOnPage(
                number=number,
                speaker=witness.name(speaker) or turn.speaker,
                side=view.side(speaker),
                clock=clock(turn.start) if turn.start is not None else None,
                pieces=pieces(shown(turn.text), [one for one in of_turn[number] if one.standing != "rejected"]),
                facts=of_turn[number],
            )
        )
    return turns


def pieces(text: str, facts: Sequence[FactOnPage]) -> list[Piece]:
    """A turn cut wherever a fact begins or ends; facts may overlap, and one piece then carries several."""
    cuts = sorted({0, len(text), *(min(cut, len(text)) for one in facts for cut in (one.start, one.end))})
    found = []
    for start, end in pairwise(cuts):
        over = [one for one in facts if one.start <= start and one.end >= end]
        called = ", ".join(one.called for one in over)
        found.append(Piece(text[start:end], [one.id for one in over], called, [one for one in over if one.end == end]))
    return found
