"""Change the buyer's project: from our side, or in the buyer's room by their own hand. Each change is an entry.

change(ledger, deal, hand, step, wanted, seen, now)    a step, or what the plan says of something, as it was typed
add(ledger, deal, hand, wanted, now, …)                a new one
comment(ledger, deal, hand, about, words, now, who)     a word beside a step

Two may write at once. A form says which version it had `seen`; what both changed apart is joined, and where both
changed the same thing nothing is written: the answer says what stands now, and the form keeps what was typed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Literal, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from premortem.acts.telling.judge import entries_of
from premortem.buying.project import COMMENT, READY, SAYINGS
from premortem.buying.readiness import QUESTIONS
from premortem.errors import Unknown
from premortem.ledger.contents import keep_text, text
from premortem.ledger.deal import Deal
from premortem.ledger.entries import BUYERS_HAND, Entry, Milestone, PersonId, encode_body
from premortem.ledger.fold import deal_as_of
from premortem.ledger.store import Contents, Ledger, MovedOn

TRIES = 8
"""How often a change is thought out anew where somebody else wrote meanwhile."""
WORDS = 2_000
"""Characters of a step, a note or a comment."""
MOST = 300
"""Steps, risks, busy weeks and comments that a plan may have: whoever has a link can't fill the ledger."""
MOST_OF_BUYERS = 500
"""Entries that a deal may have by its buyers' hands, whatever link they came by."""
HOURS = 2_000.0
FIRST, LAST = date(1970, 1, 1), date(2200, 12, 31)
"""The days that a step may have."""

Field = Literal["title", "whose", "owner", "due", "done", "note", "effort", "spent", "dropped"]
Value = str | date | float | bool | None
Wanted = Mapping[Field, Value]
"""What a form asks for; a field that is not there stays as it is."""
CALLED: dict[str, str] = {"title": "the words", "whose": "whose it is", "owner": "who does it", "due": "the day"}
CALLED |= {
    "done": "whether it is done",
    "note": "the note",
    "effort": "the hours",
    "spent": "the hours it took",
    "dropped": "whether it stands",
}


class Hand(NamedTuple):
    """Whose hand writes: a user of ours, or a buyer in their room."""

    author: str
    buyer: PersonId | None = None

    @classmethod
    def ours(cls, user: str) -> Hand:
        return cls(f"user:{user}")

    @classmethod
    def theirs(cls, person: PersonId) -> Hand:
        return cls(f"{BUYERS_HAND}{person}", person)


class Differs(Struct, frozen=True):
    """Something that somebody else changed meanwhile: `field`, what it is called, and what stands now."""

    field: str
    called: str
    now: Value
    by: str
    """Whose hand, as the ledger writes authors."""


class Changed(Struct, frozen=True):
    """What came of it. `told` is False where nothing was to be written: it stood so, or `clash` says why not.

    `beside` is what somebody else had changed since `seen` and stays as they wrote it.
    """

    step: str
    told: bool
    clash: tuple[Differs, ...] = ()
    beside: tuple[Differs, ...] = ()
    version: str = ""


def version(step: Milestone | None) -> str:
    """What tells one word on a step from another; empty where there is none yet."""
    return "" if step is None else hashlib.sha256(encode_body(step).encode()).hexdigest()[:16]


def change(
    ledger: Ledger,
    deal: str,
    hand: Hand,
    step: str,
    wanted: Wanted,
    seen: str,
    now: datetime,
    shared: bool | None = None,
    only_shared: bool = False,
) -> Changed:
    """Change a step, or say something of the project (`step` is then its element, which need not be there yet).

    With `only_shared`, what does not stand in the room is not there. Raises Unknown for a step that is not there and
    for values that no step can have.
    """
    wanted = _sound(wanted)
    for _ in range(TRIES):
        entries = entries_of(ledger, deal)
        has_room(entries, hand)
        view = deal_as_of(entries)
        known = view.milestones.get(step)
        if known is not None and only_shared and not known.shared:
            known = None
        if known is None and not _fixed(step):
            raise Unknown(
                f"there is no step '{step}' in this plan", "It may have been taken out: look at the plan anew."
            )
        _owner_there(view, wanted)
        found, body = _joined(entries, ledger.contents, step, known, wanted, seen, hand, shared)
        if body is None:
            return found
        try:
            ledger.store.append([Entry(deal, now, now, hand.author, body)], after=len(entries))
        except MovedOn:
            continue
        ledger.reading.refresh(deal)
        return replace(found, told=True, version=version(body))
    raise Unknown("others write to this plan at this very moment", "Try again.")


def add(
    ledger: Ledger,
    deal: str,
    hand: Hand,
    wanted: Wanted,
    now: datetime,
    element: str | None = None,
    shared: bool = False,
) -> str:
    """Add a step (or a risk, a busy week, a comment, by its element) and say its id. Raises Unknown without words."""
    wanted = _sound(wanted)
    if not wanted.get("title"):
        raise Unknown("a step without words says nothing", "Write what is to be done.")
    entries = entries_of(ledger, deal)
    has_room(entries, hand)
    view = deal_as_of(entries)
    if sum(not one.dropped for one in view.milestones.values()) >= MOST:
        raise Unknown(f"a plan holds {MOST} lines at most", "Take out what is done with.")
    _owner_there(view, wanted)
    step = f"m-{ledger.contents.nonce()}"
    blank = Milestone(step, "", "joint", element=element, shared=shared)
    ledger.store.append([Entry(deal, now, now, hand.author, _with(ledger.contents, blank, wanted, hand))])
    ledger.reading.refresh(deal)
    return step


def comment(
    ledger: Ledger, deal: str, hand: Hand, about: str, words: str, now: datetime, who: PersonId | None = None
) -> str:
    """Say something beside a step that is shared; `who` is whose words they are, where they are a buyer's."""
    known = deal_as_of(entries_of(ledger, deal)).milestones.get(about)
    if known is None or not known.shared:
        raise Unknown("there is no such step in this plan", "It may have been taken out: look at the plan anew.")
    wanted: Wanted = {"title": words[:WORDS], "owner": who, "done": now.date(), "whose": "buyer" if who else "ours"}
    return add(ledger, deal, hand, wanted, now, f"{COMMENT}:{about}", shared=True)


def has_room(entries: Sequence[Entry], hand: Hand) -> None:
    """Raises Unknown for a buyer's hand where the buyers wrote all that they may."""
    if hand.buyer is not None and sum(one.by_the_buyer for one in entries) >= MOST_OF_BUYERS:
        raise Unknown(f"a plan takes {MOST_OF_BUYERS} changes from its links", "Ask whoever shared it with you.")


def _fixed(step: str) -> bool:
    """Whether a plan has this at most once, under this very id."""
    head, _, key = step.partition(":")
    return step in SAYINGS or (head == READY and key in QUESTIONS)


def _joined(
    entries: Sequence[Entry],
    contents: Contents,
    step: str,
    known: Milestone | None,
    wanted: Wanted,
    seen: str,
    hand: Hand,
    shared: bool | None,
) -> tuple[Changed, Milestone | None]:
    """The step as it is to be, or why nothing is to be written."""
    base = _seen(entries, step, seen)
    then, stands = _fields(base, contents), _fields(known, contents)
    mine: dict[Field, Value] = {field: value for field, value in wanted.items() if value != then[field]}
    others = [field for field in stands if stands[field] != then[field]]
    told = [one.author for one in entries if isinstance(one.body, Milestone) and one.body.milestone == step]
    by = told[-1] if told else ""
    differ = {field: Differs(field, CALLED[field], stands[field], by) for field in others}
    clash = tuple(differ[field] for field in others if field in mine and mine[field] != stands[field])
    if clash:
        return Changed(step, False, clash, version=version(known)), None
    beside = tuple(differ[field] for field in others if field not in mine)
    blank = known or Milestone(step, keep_text(contents, _heading(step)), "buyer", element=step, shared=bool(shared))
    body = _with(contents, blank, {field: value for field, value in mine.items() if value != stands[field]}, hand)
    body = body if shared is None else replace(body, shared=shared)
    return Changed(step, False, (), beside, version(known)), None if body == known else body


def _seen(entries: Sequence[Entry], step: str, seen: str) -> Milestone | None:
    """The word on a step that somebody had before them."""
    told = [entry.body for entry in entries if isinstance(entry.body, Milestone) and entry.body.milestone == step]
    return next((one for one in reversed(told) if version(one) == seen), None)


def _heading(step: str) -> str:
    head, _, key = step.partition(":")
    return QUESTIONS[key] if head == READY else SAYINGS[step].called


def _fields(step: Milestone | None, contents: Contents) -> dict[Field, Value]:
    if step is None:
        blank: dict[Field, Value] = {"title": "", "whose": "buyer", "owner": None, "due": None, "done": None}
        return blank | {"note": "", "effort": None, "spent": None, "dropped": False}
    note = text(contents, step.note) if step.note else ""
    days: dict[Field, Value] = {"due": step.due, "done": step.done, "effort": step.effort, "dropped": step.dropped}
    days["spent"] = step.spent
    return {"title": text(contents, step.title), "whose": step.whose, "owner": step.owner, "note": note, **days}


def _with(contents: Contents, step: Milestone, fields: Wanted, hand: Hand) -> Milestone:
    """The step with these fields changed; whoever sets its day is who set it."""
    new: dict[str, object] = {name: value for name, value in fields.items()}  # noqa: C416  names widen to text
    if "title" in fields:
        new["title"] = keep_text(contents, str(fields["title"]))
    if "note" in fields:
        new["note"] = keep_text(contents, str(fields["note"])) if fields["note"] else None
    if "due" in fields:
        new["due_set_by"] = "unknown" if fields["due"] is None else "buyer" if hand.buyer is not None else "rep"
    return replace(step, **new)


def _owner_there(deal: Deal, wanted: Wanted) -> None:
    owner = wanted.get("owner")
    if owner is not None and owner not in deal.people:
        raise Unknown("there is nobody of that name in this plan", "Add the person first.")


def _sound(wanted: Wanted) -> Wanted:
    """What was asked for, its texts trimmed. Raises Unknown for what no step can have."""
    sound: dict[Field, Value] = dict(wanted)
    for field in ("title", "note"):
        if field in sound:
            sound[field] = str(sound[field] or "").replace("\r\n", "\n").replace("\0", "").strip()[:WORDS]
    for hours in (sound.get("effort"), sound.get("spent")):
        if hours is not None and not (isinstance(hours, float) and 0 <= hours <= HOURS):
            raise Unknown(f"'{hours}' is no number of hours", f"Write a number from 0 to {HOURS:g}.")
    for day in (sound.get("due"), sound.get("done")):
        if isinstance(day, date) and not FIRST <= day <= LAST:
            raise Unknown(f"{day} is no day for a plan", f"Choose one from {FIRST.year} to {LAST.year}.")
    if "whose" in sound and sound["whose"] not in ("buyer", "joint", "ours"):
        raise Unknown(f"'{sound['whose']}' is nobody's", "A step is the buyer's, joint or ours.")
    return sound
