"""Touches: which there are, and one of them with each fact in its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta, Struct

from premortem.acts.looking.touch_page import FactOnPage, TurnOnPage, touch_page
from premortem.acts.witness import Witness
from premortem.assistant.reader import Reader
from premortem.assistant.telling import lines, plain, quote
from premortem.assistant.tools.tool import Deal, Page, Tool
from premortem.errors import Unknown
from premortem.ledger.deal import HEARD
from premortem.ledger.deal import Deal as DealInView
from premortem.ledger.fold import deal_as_of
from premortem.web.ledger import ledger

TURNS, TOUCHES = 30, 50
SAID = 3_000
"""Characters of a turn in the plain lines; the document has more."""


class OfDeal(Struct, forbid_unknown_fields=True):
    deal: Deal
    page: Page = 1


class Touching(Struct, forbid_unknown_fields=True):
    """Which touch."""

    deal: Deal
    touch: Annotated[str, Meta(description="Its id, or its name as quotes give it.", min_length=1, max_length=500)]
    page: Page = 1


class TouchLine(Struct, frozen=True):
    """A touch and who was heard in it."""

    id: str
    name: str
    kind: str
    on: str
    heard: list[str]


class TouchList(Struct, frozen=True):
    """A page of a deal's touches, the newest first."""

    deal: str
    touches: list[TouchLine]
    total: int
    page: int
    pages: int
    schema: str = "premortem.touches/1"


class FactRead(Struct, frozen=True):
    """A fact: what its claim means, whom it is about, how sure who is; `counts` is whether anything follows from it."""

    id: str
    claim: str
    means: str
    quote: str
    person: str | None
    value: str | None
    standing: str
    sure: str | None
    counts: bool


class TurnRead(Struct, frozen=True):
    """What somebody said, with the facts in it."""

    number: int
    speaker: str | None
    side: str
    clock: str | None
    said: str
    facts: list[FactRead]


class TouchRead(Struct, frozen=True):
    """A page of a touch's turns. `silent` are those who were there and said nothing."""

    deal: str
    touch: str
    name: str
    kind: str
    at: str
    subject: str | None
    erased: bool
    turns: list[TurnRead]
    silent: list[str]
    remarks: list[str]
    page: int
    pages: int
    schema: str = "premortem.touch/1"


def touches(reader: Reader, asked: OfDeal) -> TouchList:
    """The touches of a deal, the newest first."""
    view = deal_as_of(reader.deal(asked.deal))
    witness = Witness(view, ledger().contents)
    witness.hear(view.touches)
    every = view.touches[::-1]
    pages = max(1, -(-len(every) // TOUCHES))
    page = min(asked.page, pages)
    told = [
        TouchLine(
            one.id,
            witness.touch_name(one.id),
            one.type,
            one.at.date().isoformat(),
            [witness.name(who) or "" for who in one.people(*HEARD)],
        )
        for one in every[(page - 1) * TOUCHES : page * TOUCHES]
    ]
    return TouchList(asked.deal, told, len(every), page, pages)


def touch(reader: Reader, asked: Touching) -> TouchRead:
    """A touch by its id or its name. Raises Unknown where there is none."""
    found = touch_called(deal_as_of(reader.entries(asked.deal)), asked.touch)
    reader.note_look(asked.deal, found)
    whole = touch_page(ledger(), asked.deal, found)
    pages = max(1, -(-len(whole.turns) // TURNS))
    page = min(asked.page, pages)
    return TouchRead(
        deal=asked.deal,
        touch=found,
        name=whole.name,
        kind=whole.type,
        at=whole.at.isoformat(),
        subject=whole.subject,
        erased=whole.erased,
        turns=[_turn(one) for one in whole.turns[(page - 1) * TURNS : page * TURNS]],
        silent=whole.silent,
        remarks=whole.remarks,
        page=page,
        pages=pages,
    )


def touch_called(view: DealInView, called: str) -> str:
    """A touch's id. Raises Unknown where none, or more than one, goes by that."""
    witness = Witness(view, ledger().contents)
    witness.hear(view.touches)
    found = [one.id for one in view.touches if called in (one.id, witness.touch_name(one.id))]
    if len(found) != 1:
        raise Unknown(f"there {'is no' if not found else 'are several'} '{called}' in {view.id}", "See list_touches.")
    return found[0]


def _turn(turn: TurnOnPage) -> TurnRead:
    said = "".join(piece.text for piece in turn.pieces)
    facts = [_fact(one) for one in turn.facts]
    return TurnRead(turn.number, turn.speaker, turn.side, turn.clock, said, facts)


def _fact(one: FactOnPage) -> FactRead:
    return FactRead(
        one.id, one.claim, one.means, one.quote, one.person_name, one.value, one.standing, one.sure, one.counts
    )


def _listed(told: TouchList) -> str:
    first = f"{told.total} touches of {told.deal}, the newest first, page {told.page} of {told.pages}."
    return lines(
        first, (f"- {one.on} {one.kind} {one.name} ({', '.join(one.heard) or 'nobody'})" for one in told.touches)
    )


def _told(told: TouchRead) -> str:
    subject = f" Subject: {quote(told.subject)}." if told.subject else ""
    return lines(
        f"{told.kind} {told.name} of {told.at[:10]}, page {told.page} of {told.pages}.{subject}",
        "Its words were erased." if told.erased else "",
        (line for turn in told.turns for line in _said(turn)),
        f"There and silent: {', '.join(told.silent)}." if told.silent else "",
    )


def _said(turn: TurnRead) -> Iterator[str]:
    yield f"[{turn.number}] {turn.speaker or 'somebody'} ({turn.side}): {quote(turn.said, SAID)}"
    for one in turn.facts:
        about = f" about {one.person}" if one.person else ""
        sure = f", {one.sure}" if one.sure else ""
        yield f"fact {one.id}: {plain(one.claim)}{about} ({one.standing}{sure}) in {quote(one.quote)}"


TOOLS = (
    Tool(
        "list_touches",
        "List a deal's touches",
        "The calls, mails and notes of a deal, the newest first, and who was heard in each.",
        OfDeal,
        TouchList,
        touches,
        _listed,
    ),
    Tool(
        "read_touch",
        "Read a touch",
        "What was said in one call, mail or note, turn by turn, with each fact in its place and how sure it is.",
        Touching,
        TouchRead,
        touch,
        _told,
    ),
)
