"""Take back what one import brought in: its touches no longer count, and the ledger keeps that they once did.

Nothing is deleted. A touch that the import brought is entered anew without turns, people or facts, and from then on
nothing shows it (`ledger.counting`); one that it only read again goes back to its earlier reading. Facts that a person
confirmed stay, and so does what the CRM's row told. The same file imported again counts again. A deal that the import
opened, and of which nothing else is left, is withdrawn.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from premortem.acts.bringing_in.undo_export import opened_by
from premortem.acts.witness import Witness
from premortem.ledger.contents import Conversation, conversation, keep_conversation
from premortem.ledger.counting import TAKEN_BACK, since_withdrawn
from premortem.ledger.deal import Deal
from premortem.ledger.entries import Changed, Entry, Opened, Outcome, Touch, TouchId, Withdrawn
from premortem.ledger.fold import deal_as_of, deal_in_all
from premortem.ledger.store import Contents, Ledger


class TouchBrought(Struct, frozen=True):
    """A touch that an import brought; `counts` is False once it was taken back."""

    touch: TouchId
    name: str
    kind: str
    on: str
    facts: int
    counts: bool


def touches_brought(ledger: Ledger, deal: str, learned: datetime) -> list[TouchBrought]:
    """The touches of a deal that the import of that moment brought, or read anew, in the order of time."""
    entries = ledger.store.read(deal)
    if not entries:
        return []
    view, gone = deal_in_all(entries), deal_as_of(entries).withdrawn
    witness = Witness(view, ledger.contents)
    facts = [known.fact.touch for known in view.facts]
    return [
        TouchBrought(
            touch=one.body.touch,
            name=witness.touch_name(one.body.touch),
            kind=one.body.type,
            on=one.at.date().isoformat(),
            facts=facts.count(one.body.touch),
            counts=not gone and _stands(view, one.body),
        )
        for one in sorted(_brought(entries, learned), key=lambda one: one.at)
        if isinstance(one.body, Touch)
    ]


def undo_import(
    ledger: Ledger, deal: str, learned: datetime, by: str, now: datetime, only: Collection[TouchId] | None = None
) -> int:
    """Take back the touches (`only` these, where given) that the import of that moment brought; how many there were.

    Those that were taken back or read anew since are left as they are.
    """
    entries = ledger.store.read(deal)
    if not entries:
        return 0
    view = deal_in_all(entries)
    told = [
        _before(entries, one, ledger.contents, by, now)
        for one in _brought(entries, learned)
        if isinstance(one.body, Touch) and _stands(view, one.body) and (only is None or one.body.touch in only)
    ]
    ledger.store.append(told, after=len(entries))
    ledger.reading.refresh(deal)
    return len(told)


def withdraw(ledger: Ledger, deal: str, learned: datetime, by: str, now: datetime) -> bool:
    """Withdraw a deal that the import of that moment opened, if no touch is left of it and nobody else told of it.

    No list has it then; an import that brings it again opens it anew, and it begins anew.
    """
    entries = ledger.store.read(deal)
    since = since_withdrawn(entries)
    if not opened_by(since, learned) or deal_as_of(entries).touches or any(_rests(one, learned) for one in since):
        return False
    opened = next(one for one in since if isinstance(one.body, Opened))
    ledger.store.append([Entry(deal, opened.at, now, f"user:{by}", Withdrawn())], after=len(entries))
    ledger.reading.refresh(deal)
    return True


def _rests(entry: Entry, learned: datetime) -> bool:
    """Whether an entry is somebody's work on a deal, or what another import told: then the deal stays.

    What an import is taken back by is written by a person too: values, an end that goes on, touches.
    """
    body = entry.body
    if entry.by_a_person:
        return not isinstance(body, Changed | Touch) and not (isinstance(body, Outcome) and body.status == "open")
    return entry.learned != learned and entry.author.startswith("import:") and not isinstance(body, Touch)


def _brought(entries: list[Entry], learned: datetime) -> Iterator[Entry]:
    return (one for one in entries if one.learned == learned and one.kind == "touch" and not one.by_a_person)


def _stands(view: Deal, touch: Touch) -> bool:
    return view.touch(touch.touch).reading == touch.reading


def _before(entries: list[Entry], brought: Entry, contents: Contents, by: str, now: datetime) -> Entry:
    """The entry that puts a touch back to what it was before."""
    assert isinstance(brought.body, Touch)
    touch = brought.body
    earlier = [
        one
        for one in entries
        if isinstance(one.body, Touch) and one.body.touch == touch.touch and one.learned < brought.learned
    ]
    if earlier:
        return replace(max(earlier, key=lambda one: one.learned), learned=now, author=f"user:{by}")
    heard = conversation(contents, touch.words)
    name = heard.name if heard is not None else None
    empty = Conversation(touch.type, "none", (), name=name, remarks=("Taken back: this file no longer counts.",))
    words = keep_conversation(contents, empty)
    body = Touch(touch.touch, touch.type, touch.raw, words, 0, f"{TAKEN_BACK}/{words[:12]}")
    return replace(brought, learned=now, author=f"user:{by}", body=body)
