"""What the ledger knows of a deal before an import: so that only what is new is told, and told once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from premortem.importing.deal_folder.reading import (
    DealFolder,
    DealRow,
    crm_entries,
    listed_people,
    outcome_entry,
)
from premortem.ledger.contents import Card, Conversation, card, conversation, keep_text, text
from premortem.ledger.deal import Deal
from premortem.ledger.entries import Body, Changed, Entry, Fact, Hash, Opened, Outcome, Person, PersonId, Touch, TouchId
from premortem.ledger.fold import deal_as_of
from premortem.ledger.store import Contents
from premortem.ledger.telling import end_told
from premortem.listening.people import Roster

NOW_ONLY = ("amount", "planned_close", "name")
"""Fields of which the row tells the present value alone, without a history."""


class KnownDeal:
    """A deal as the ledger has it."""

    def __init__(self, entries: list[Entry], contents: Contents) -> None:
        self._contents = contents
        self._deal: Deal | None = deal_as_of(entries) if entries else None
        self._end_told = end_told(one for one in entries if isinstance(one.body, Outcome) and not one.by_a_person)
        """How the CRM last told the end: what people tell of it in a post-mortem is not for an import to take back."""
        self._told = {entry.fingerprint() for entry in entries if isinstance(entry.body, Opened | Changed)}
        self._readings: dict[Hash, dict[TouchId, str]] = {}
        self._words: dict[TouchId, Hash] = {}
        self._first_known: dict[PersonId, datetime] = {}
        self._names: dict[str, TouchId] | None = None
        self._mails: dict[str, str] = {}
        self.rivals: set[str] = set()
        for touch in self._deal.touches if self._deal else ():
            self._readings.setdefault(touch.raw, {})[touch.id] = touch.reading
            self._words[touch.id] = touch.words
        self.add(entry for entry in entries if not isinstance(entry.body, Touch))

    @property
    def name(self) -> str | None:
        return self._deal.name if self._deal else None

    @property
    def account(self) -> str:
        return self._deal.opened.account if self._deal and self._deal.opened else ""

    @property
    def seller(self) -> str:
        return self._deal.opened.seller if self._deal and self._deal.opened else ""

    def introduce(self, roster: Roster) -> None:
        """Tell a roster everybody whom the deal knows."""
        for person in self._deal.people.values() if self._deal else ():
            known = card(self._contents, person.card) if person.card else None
            if known is not None:
                roster.know(known, person.side, id=person.id, roles=person.declared, in_crm=person.in_crm)
        roster.news()  # all of this the ledger has

    def has_read(self, raw: Hash, version: str) -> bool:
        """Whether readers of this version read all touches of this very file, and nothing newer took its place.

        What they read together with a language model ('version+model') they have read.
        A file from which somebody was erased counts as read for good: it would bring them back.
        """
        if self._deal is not None and raw in self._deal.erased:
            return True
        return raw in self._readings and all(_is(reading, version) for reading in self._readings[raw].values())

    def has_read_touch(self, raw: Hash, touch: TouchId, version: str) -> bool:
        """The same of one touch: of the mails in a mailbox, some may have been read and others not."""
        return _is(self._readings.get(raw, {}).get(touch, ""), version)

    def touch_called(self, name: str) -> TouchId | None:
        return self._by_name().get(name)

    def has_mail(self, talk: Conversation, name: str) -> bool:
        """Whether this mail came in before, in another file."""
        if talk.message_id is None:
            return False
        self._by_name()
        return self._mails.setdefault(talk.message_id, name) != name

    def _by_name(self) -> dict[str, TouchId]:
        if self._names is None:
            self._names = {}
            for touch, words in self._words.items():
                heard = conversation(self._contents, words)
                if heard is not None and heard.name is not None:
                    self._names[heard.name] = touch
                    if heard.message_id is not None:
                        self._mails[heard.message_id] = heard.name
        return self._names

    def since_earlier(self, entries: Iterable[Entry], at: datetime) -> Iterator[Entry]:
        """Of people who take part and whom the deal met in later touches only: that it can know them from now."""
        for entry in list(entries):
            if isinstance(entry.body, Touch):
                for part in entry.body.parts:
                    known = self._deal.people.get(part.person) if self._deal else None
                    if known is not None and self._first_known.get(part.person, at) > at:
                        body = Person(part.person, card=known.card, side=known.side)
                        yield Entry(entry.deal, at, entry.learned, "reader:people", body)

    def add(self, entries: Iterable[Entry]) -> None:
        """Know these too: what was there, and what was just appended."""
        for entry in entries:
            match entry.body:
                case Fact(claim="competitor_named", value=str(rival)):
                    self.rivals.add(rival)
                case Person(person=person):
                    self._first_known[person] = min(entry.at, self._first_known.get(person, entry.at))
                case Touch() as touch:
                    self._readings.setdefault(touch.raw, {})[touch.touch] = touch.reading
                case _:
                    pass

    def news(self, folder: DealFolder, created: datetime, now: datetime) -> list[tuple[datetime, Body]]:
        """What the CRM's row says that the ledger does not: a change we learn of without its day happened by now."""
        told: list[tuple[datetime, Body]] = []
        for at, body in crm_entries(folder):
            if isinstance(body, Opened) and self._deal is not None and self._deal.opened is not None:
                continue
            if isinstance(body, Changed) and body.field in NOW_ONLY:
                continue
            if Entry(folder.row.id, at, now, "import:deal-folder", body).fingerprint() not in self._told:
                told.append((at, body))
        told += self._present(folder.row, created, now)
        ended = self._ended(folder, now)
        return [*told, ended] if ended else told

    def _present(self, row: DealRow, created: datetime, now: datetime) -> Iterator[tuple[datetime, Body]]:
        planned = row.planned_close.isoformat() if row.planned_close else None
        before = self._deal
        had_planned = before.planned_close.isoformat() if before and before.planned_close else None
        if row.amount != (before.amount if before else None):
            yield (now if before and before.amounts else created), Changed("amount", row.amount)
        if planned != had_planned:
            yield (now if before and before.planned_closes else created), Changed("planned_close", planned)
        if before is not None and row.name and row.name != before.name:
            yield now, Changed("name", row.name)

    def _ended(self, folder: DealFolder, now: datetime) -> tuple[datetime, Outcome] | None:
        """How the deal ended, if the ledger does not say so already; that it goes on, if it was over."""
        before = self._end_told
        stated = folder.row.outcome.stated_reason if folder.row.outcome else None
        ended = outcome_entry(folder, None)
        if ended is None:
            return (now, Outcome("open")) if before else None
        kept = before[1].stated_reason if before else None
        same_words = stated == (text(self._contents, kept) if kept else None)
        reason = kept if same_words else keep_text(self._contents, stated) if stated else None
        found = outcome_entry(folder, reason)
        return None if found == before else found


def _is(reading: str, version: str) -> bool:
    read_by = reading.partition("/")[0]
    return read_by == version or read_by.startswith(f"{version}+")


def know_the_listed(roster: Roster, row: DealRow) -> None:
    """Tell a roster whom the CRM lists: a name that the other side has too is somebody else's."""
    for one, side in listed_people(row):
        by_address = roster.find(one.email) if one.email else None
        by_name = roster.find(one.name) if one.name else None
        if by_address is None and (by_name is None or roster.side(by_name) != side):
            emails, phones = (one.email,) if one.email else (), (one.phone,) if one.phone else ()
            roster.know(Card(one.name, one.title, emails, phones), side, in_crm=True)
