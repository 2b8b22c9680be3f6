"""Visibility: what is known of a customer and from whom, and what is open: whose it is, in which way, by when.

visibility(ledger, deal, today)      what `premortem unknowns DEAL --json` prints
ask_for(…), assume(…)                something to find out; something assumed until it is looked at again
settle(…), drop(…)                   it was found out; it no longer matters
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from premortem.acts.telling.judge import entries_of
from premortem.acts.witness import Cited, Witness
from premortem.buying.relations import LUNCH
from premortem.buying.visibility import SAMPLE, Known, Open, known_of, lacking, matters
from premortem.checks.unknowns import Unknown as NotKnown
from premortem.checks.unknowns import unknowns
from premortem.errors import Unknown
from premortem.ledger.contents import keep_text, text
from premortem.ledger.entries import Entry, OpenMatter
from premortem.ledger.fold import deal_as_of
from premortem.ledger.store import Contents, Ledger
from premortem.playbook.mistakes import meant

NEWEST = 5
"""Quotes that are shown of a subject; the others stand in the deal."""
LONGEST = 2_000
"""Characters of somebody's own words."""


class SubjectShown(Struct, frozen=True):
    """What is known of one side of a customer: the newest words, from whom; `one_voice` where one person said it all.

    `question` opens it where nothing is known."""

    key: str
    what: str
    quotes: list[Cited]
    more: int
    people: list[str]
    one_voice: bool
    question: str


class MatterShown(Struct, frozen=True):
    """A matter: what was asked or assumed, whose it is, how and by when; `lacks` says which of these nobody told."""

    id: str
    type: Literal["unknown", "assumption"]
    words: str
    owner: str | None
    way: str | None
    due: str | None
    standing: str
    late: int
    settled: str | None
    answer: str | None
    lacks: list[str]


class GapShown(Struct, frozen=True):
    """What every purchase turns on, nobody knows here, and nobody is to find out; `matter` is the id it would get."""

    matter: str
    what: str
    state: str
    question: str
    to: str | None


class VisibilityDocument(Struct, frozen=True):
    """What we see of a customer. `overdue` counts matters whose day has passed; `gaps` have no owner at all."""

    deal: str
    name: str
    as_of: str
    subjects: list[SubjectShown]
    matters: list[MatterShown]
    overdue: int
    gaps: list[GapShown]
    schema: str = "premortem.unknowns/1"


def visibility(ledger: Ledger, deal: str, today: date) -> VisibilityDocument:
    """What we see of a customer on a day. Raises Unknown for a deal that is not there."""
    entries = entries_of(ledger, deal)
    view = deal_as_of(entries)
    witness = Witness(view, ledger.contents)
    shown = [matter_shown(one, ledger.contents) for one in _own(entries, today)]
    held = {one.id for one in shown}
    return VisibilityDocument(
        deal=deal,
        name=view.name,
        as_of=today.isoformat(),
        subjects=[_subject(one, witness) for one in known_of(view)],
        matters=shown,
        overdue=sum(one.standing == "overdue" for one in shown),
        gaps=[_gap(one, witness) for one in unknowns(view) if _is_gap(one, held)],
    )


def _own(entries: Sequence[Entry], today: date) -> list[Open]:
    """The matters of this customer; answers of the monthly sample stand on its own page, lunches with the relations."""
    return [one for one in matters(entries, today) if not one.matter.matter.startswith((SAMPLE, LUNCH))]


def _subject(one: Known, witness: Witness) -> SubjectShown:
    newest = list(reversed(one.facts))
    return SubjectShown(
        one.subject.key,
        one.subject.what,
        [witness.cite(known.quote) for known in newest[:NEWEST]],
        max(0, len(newest) - NEWEST),
        [witness.name(person) or "" for person in one.people],
        one.one_voice,
        one.subject.question,
    )


def matter_shown(one: Open, contents: Contents) -> MatterShown:
    """A matter in words."""
    told = one.matter
    return MatterShown(
        told.matter,
        told.type,
        text(contents, one.asked),
        told.owner,
        text(contents, told.way) if told.way else None,
        told.due.isoformat() if told.due else None,
        one.standing,
        one.late,
        told.settled.isoformat() if told.settled else None,
        text(contents, one.answer) if one.answer else None,
        [] if told.settled else lacking(told),
    )


def _is_gap(one: NotKnown, held: set[str]) -> bool:
    return one.state not in ("known", "denied") and _id_of(one.what) not in held


def _id_of(what: str) -> str:
    return what.replace(" ", "-")


def _gap(one: NotKnown, witness: Witness) -> GapShown:
    to = witness.name(one.ask.to) if one.ask.to else None
    return GapShown(_id_of(one.what), one.what, one.state, witness.sentence(one.ask.question), to)


def ask_for(
    ledger: Ledger,
    deal: str,
    what: str,
    owner: str,
    way: str,
    due: date | None,
    by: str,
    now: datetime,
    matter: str | None = None,
) -> OpenMatter:
    """Something to find out. `matter` names one that is there, to change whose it is, the way or the date.

    Raises Unknown where it has no words, no owner, no way or no date to come: nobody would close it.
    """
    return _tell(ledger, deal, "unknown", what, owner, way, due, by, now, matter)


def assume(
    ledger: Ledger, deal: str, what: str, owner: str, review: date | None, by: str, now: datetime, way: str = ""
) -> OpenMatter:
    """Something assumed until a day on which it is looked at again. `way` is how it would be found out, if known."""
    return _tell(ledger, deal, "assumption", what, owner, way or "look at it again", review, by, now, None)


def _tell(
    ledger: Ledger,
    deal: str,
    type: Literal["unknown", "assumption"],
    what: str,
    owner: str,
    way: str,
    due: date | None,
    by: str,
    now: datetime,
    matter: str | None,
) -> OpenMatter:
    view = deal_as_of(entries_of(ledger, deal))
    named = "the day on which it is looked at again" if type == "assumption" else "by when"
    parts = (("what it is", what.strip()), ("whose it is", owner.strip()), ("in which way", way.strip()), (named, due))
    if missing := [name for name, told in parts if not told]:
        remedy = "Without it nobody closes it; an open matter has words, an owner, a way and a date."
        raise Unknown(f"nobody told {' or '.join(missing)}", remedy)
    if due is not None and due < now.date():
        raise Unknown(f"{due.isoformat()} is past", "Name a day to come.")
    before = view.open_matters.get(matter or "")
    words = before.words if before is not None else keep_text(ledger.contents, what.strip()[:LONGEST])
    kept = keep_text(ledger.contents, way.strip()[:LONGEST])
    name = matter or f"m-{ledger.contents.nonce()[-12:]}"
    return put_matter(ledger, deal, OpenMatter(name, type, words, owner.strip(), kept, due), by, now)


def settle(ledger: Ledger, deal: str, matter: str, answer: str, by: str, now: datetime) -> OpenMatter:
    """It was found out, or an assumption proved right or wrong: in words. Raises Unknown without a matter or words."""
    told = _matter(ledger, deal, matter)
    if not answer.strip():
        raise Unknown("nobody said what was found out", "'They don't know' is an answer too.")
    words = keep_text(ledger.contents, answer.strip()[:LONGEST])
    return put_matter(ledger, deal, replace(told, words=words, settled=now.date()), by, now)


def drop(ledger: Ledger, deal: str, matter: str, by: str, now: datetime) -> OpenMatter:
    """It no longer matters. Raises Unknown for a matter that is not there."""
    return put_matter(ledger, deal, replace(_matter(ledger, deal, matter), dropped=True), by, now)


def _matter(ledger: Ledger, deal: str, matter: str) -> OpenMatter:
    told = deal_as_of(entries_of(ledger, deal)).open_matters
    if matter not in told or told[matter].dropped:
        known = [one for one, body in told.items() if not body.dropped]
        raise Unknown(f"there is no matter '{matter}' in {deal}", meant(matter, known) if known else "There is none.")
    return told[matter]


def put_matter(ledger: Ledger, deal: str, body: OpenMatter, by: str, now: datetime) -> OpenMatter:
    """Append a word on a matter."""
    ledger.store.append([Entry(deal, now, now, f"user:{by}", body)])
    ledger.reading.refresh(deal)
    return body
