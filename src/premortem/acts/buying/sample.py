"""A month's sample: contacts drawn by lot, all asked the same, and their answers side by side.

draw(contacts, today)                                    whose turn it is to be asked in the month of a day
sample(ledger, contacts, today, turn)                    what `premortem sample --json` prints
answered(ledger, contacts, deal, person, how, words, …)  what one of them said
overdue(ledger, entries, rows, today)                    the matters whose day has passed, for a list
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import astuple

from premortem.acts.buying.visibility import LONGEST, put_matter
from premortem.acts.looking.people import person_called
from premortem.acts.witness import Witnesses
from premortem.buying.visibility import ANSWERS, DRAWN, QUESTION, SAMPLE, Open, drawn, matters, month_of, sample_id
from premortem.errors import Unknown
from premortem.ledger.contents import keep_text, text
from premortem.ledger.entries import Entry, OpenMatter, PersonId
from premortem.ledger.fold import deal_as_of
from premortem.ledger.store import Ledger
from premortem.records.models import DealRow
from premortem.records.pieces import Contacts


class Draw(Struct, frozen=True):
    """The contacts of a month, deal and person of each, and of how many they were drawn."""

    month: str
    of: int
    lot: tuple[tuple[str, PersonId], ...]


class AskedShown(Struct, frozen=True):
    """A contact who was drawn; `how` and `words` are null until they answered."""

    deal: str
    name: str
    account: str | None
    person: str
    person_id: str
    how: str | None
    words: str | None
    on: str | None


class AnswersShown(Struct, frozen=True):
    """How many gave an answer."""

    how: str
    number: int


class SampleDocument(Struct, frozen=True):
    """The sample of a month: `of` contacts in open deals `drawn` by lot; `before` compares the month before."""

    month: str
    question: str
    of: int
    drawn: int
    answered: int
    asked: list[AskedShown]
    answers: list[AnswersShown]
    before: list[AnswersShown]
    schema: str = "premortem.sample/1"


class OverdueShown(Struct, frozen=True):
    """A matter whose day has passed: `type` says whether it is unknown or assumed."""

    deal: str
    name: str
    matter: str
    type: str
    words: str
    owner: str | None
    due: date
    late: int


def draw(contacts: Contacts, today: date, most: int = DRAWN) -> Draw:
    """Whose turn it is to be asked in the month of a day."""
    month, there = month_of(today), contacts.met()
    return Draw(month, len(there), tuple(drawn(there, month, most)))


def sample(ledger: Ledger, contacts: Contacts, today: date, turn: Draw | None = None) -> SampleDocument:
    """The contacts to ask in the month of a day (they are drawn anew without `turn`), and what those who were asked
    said."""
    month, of, lot = astuple(turn or draw(contacts, today))
    rows = contacts.seen([deal for deal, _ in lot])
    told = dict(ledger.store.read_each(list(dict.fromkeys(deal for deal, _ in lot))))
    witnesses = Witnesses([deal_as_of(entries) for entries in told.values()], ledger.contents)
    asked = [_asked(ledger, told[deal], rows[deal], person, month, witnesses) for deal, person in lot if deal in told]
    how = [one.how for one in asked if one.how is not None]
    before = _of_month(ledger, contacts, month_of(date.fromordinal(today.replace(day=1).toordinal() - 1)))
    return SampleDocument(month, QUESTION, of, len(lot), len(how), asked, _tally(how), _tally(before))


def _asked(
    ledger: Ledger, entries: Sequence[Entry], row: DealRow, person: str, month: str, witnesses: Witnesses
) -> AskedShown:
    witness = witnesses.of(row.deal)
    body = witness.deal.open_matters.get(sample_id(month, person))
    how, words = _said(text(ledger.contents, body.words)) if body is not None else (None, None)
    on = body.settled.isoformat() if body is not None and body.settled else None
    return AskedShown(row.deal, row.name, row.account, witness.name(person) or "", person, how, words, on)


def _said(answer: str) -> tuple[str | None, str]:
    """'worse: orders fell' as its two halves; an answer that was erased has no first one."""
    how, _, words = answer.partition(": ")
    return (how, words) if how in ANSWERS else (None, answer)


def _of_month(ledger: Ledger, contacts: Contacts, month: str) -> list[str]:
    """What the contacts of another month answered, in the deals that may be seen."""
    newest: dict[tuple[str, str], OpenMatter] = {}
    for entry in contacts.matters():
        body = entry.body
        if isinstance(body, OpenMatter) and body.matter.startswith(f"{SAMPLE}{month}-"):
            newest[entry.deal, body.matter] = body
    seen = contacts.seen(sorted({deal for deal, _ in newest}))
    said = [_said(text(ledger.contents, body.words))[0] for (deal, _), body in newest.items() if deal in seen]
    return [how for how in said if how is not None]


def _tally(told: Sequence[str]) -> list[AnswersShown]:
    return [AnswersShown(how, told.count(how)) for how in ANSWERS] if told else []


def answered(
    ledger: Ledger, contacts: Contacts, deal: str, person: str, how: str, words: str, by: str, now: datetime
) -> OpenMatter:
    """Enter what a contact of this month's sample said. The newest word counts.

    Raises Unknown for somebody who was not drawn: a sample of those whom one picks is none; and for no such answer.
    """
    month, _, lot = astuple(draw(contacts, now.date()))
    entries = ledger.store.read(deal)
    if not entries or deal not in {one for one, _ in lot}:
        raise Unknown(f"nobody in '{deal}' was drawn in {month}", "`premortem sample` shows who was.")
    found = person_called(ledger, deal_as_of(entries), person)
    if (deal, found) not in lot:
        raise Unknown(f"'{person}' was not drawn in {month}", "Ask those who were: `premortem sample` shows them.")
    if how not in ANSWERS:
        raise Unknown(f"'{how}' can't be compared", f"Say one of: {', '.join(ANSWERS)}.")
    kept = keep_text(ledger.contents, f"{how}: {words.strip()[:LONGEST]}")
    way = keep_text(ledger.contents, f"asked in the sample of {month}")
    body = OpenMatter(sample_id(month, found), "unknown", kept, by, way, now.date(), now.date())
    return put_matter(ledger, deal, body, by, now)


def overdue(
    ledger: Ledger, entries: Iterable[Entry], rows: Mapping[str, DealRow], today: date, most: int
) -> tuple[list[OverdueShown], int]:
    """Of these entries of several deals, the matters whose day has passed, the newest first; and how many more."""
    of_deal: dict[str, list[Entry]] = {}
    for entry in entries:
        of_deal.setdefault(entry.deal, []).append(entry)
    late = [(deal, one) for deal, told in of_deal.items() for one in matters(told, today) if one.standing == "overdue"]
    late.sort(key=lambda pair: (pair[1].late, pair[0], pair[1].matter.matter))
    late = [pair for pair in late if pair[0] in rows]
    return [_overdue(ledger, rows[deal], one) for deal, one in late[:most]], max(0, len(late) - most)


def _overdue(ledger: Ledger, row: DealRow, one: Open) -> OverdueShown:
    told = one.matter
    assert told.due is not None
    words = text(ledger.contents, one.asked)
    return OverdueShown(row.deal, row.name, told.matter, told.type, words, told.owner, told.due, one.late)
