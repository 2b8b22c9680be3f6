"""What the ledger knows of a deal before an import: so that only what is new is told, and told once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from premortem.importing.deal_folder.reading import (
    DealFolder,
    DealRow,
    crm_entries,
    listed_people,
    outcome_entry,
)
from premortem.importing.mapped.mapping import Mapping
from premortem.ledger.case_safe import short
from premortem.ledger.contents import Card, Conversation, card, conversation, keep_text, text
from premortem.ledger.counting import since_withdrawn
from premortem.ledger.deal import Deal
from premortem.ledger.entries import Body, Changed, Entry, Fact, Hash, Opened, Outcome, Person, PersonId, Touch, TouchId
from premortem.ledger.fold import deal_in_all
from premortem.ledger.store import Contents, Ledger
from premortem.ledger.telling import end_told
from premortem.listening.listen import news_of
from premortem.listening.people import Roster

NOW_ONLY = ("amount", "planned_close", "name")
"""Fields of which the row tells the present value alone, without a history."""


class KnownDeal:
    """A deal as the ledger has it, with what was taken back: a file that comes in again is that touch again."""

    def __init__(self, entries: list[Entry], contents: Contents) -> None:
        self._contents = contents
        entries = since_withdrawn(entries)
        self._deal: Deal | None = deal_in_all(entries) if entries else None
        self._end_told = end_told(one for one in entries if isinstance(one.body, Outcome) and not one.by_a_person)
        """How the CRM last told the end: what people tell of it in a post-mortem is not for an import to take back."""
        self._told = {entry.fingerprint() for entry in entries if isinstance(entry.body, Opened | Changed)}
        self._readings: dict[Hash, dict[TouchId, str]] = {}
        self._words: dict[TouchId, Hash] = {}
        self._first_known: dict[PersonId, datetime] = {}
        self._names: dict[str, TouchId] | None = None
        self._mails: dict[str, str] = {}
        self._sent: dict[tuple[str, str, str], dict[str, Conversation]] = {}
        self._sides_set = {
            entry.body.person
            for entry in entries
            if isinstance(entry.body, Person) and entry.body.side and entry.by_a_person
        }
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

    def seat_ours(self, roster: Roster, people: Iterable[tuple[str, str]]) -> list[Person]:
        """Whom the deal has to learn of as one of us, of (name, address); whose side a person set keeps it."""
        self.introduce(roster)
        for name, email in people:
            held = roster.by_email(email)
            if held is None or (roster.side(held) != "seller" and held not in self._sides_set):
                roster.know(Card(name or None, emails=(email.lower(),)), "seller")
        return news_of(roster, self._contents)

    @property
    def any_erased(self) -> bool:
        return self._deal is not None and bool(self._deal.erased)

    def was_erased(self, raw: Hash) -> bool:
        """Whether somebody was erased from this very file."""
        return self._deal is not None and raw in self._deal.erased

    def has_read(self, raw: Hash, version: str) -> bool:
        """Whether readers of this version read all touches of this very file, and nothing newer took its place.

        What they read together with a language model ('version+model') they have read.
        A file from which somebody was erased counts as read for good: it would bring them back.
        """
        if self.was_erased(raw):
            return True
        return raw in self._readings and all(_is(reading, version) for reading in self._readings[raw].values())

    def has_read_touch(self, raw: Hash, touch: TouchId, version: str) -> bool:
        """The same of one touch: of the mails in a mailbox, some may have been read and others not."""
        return _is(self._readings.get(raw, {}).get(touch, ""), version)

    def touch_called(self, name: str) -> TouchId | None:
        return self._by_name().get(name)

    def has_mail(self, talk: Conversation, name: str) -> bool:
        """Whether this mail came in before, in another file: by its identifier or, where one of the two has none, by
        its sender, minute and subject. Where neither has one, it has to say the same too."""
        names = self._by_name()
        if talk.message_id is not None and self._mails.setdefault(talk.message_id, name) != name:
            return True
        if talk.type != "mail" or name in names:
            return False
        alike = self._sent.setdefault(_sent(talk), {})
        if any(_is_same(talk, other) for called, other in alike.items() if called != name):
            return True
        alike[name] = talk
        return False

    def _by_name(self) -> dict[str, TouchId]:
        if self._names is None:
            self._names = {}
            for touch, words in self._words.items():
                heard = conversation(self._contents, words)
                if heard is not None and heard.name is not None:
                    self._names[heard.name] = touch
                    if heard.type == "mail":
                        self._sent.setdefault(_sent(heard), {})[heard.name] = heard
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


def held_from(ledger: Ledger, mapping: Mapping) -> Callable[[str], str | None]:
    """What finds the deal that the ledger has under an id from this source: another's may mean another deal by it."""

    def held(told: str) -> str | None:
        for id, entries in ledger.store.read_each(list(dict.fromkeys((told, short(told))))):
            if mapping.ids == "salesforce" or any(entry.author == f"import:{mapping.source}" for entry in entries):
                return id
        return None

    return held


def _sent(mail: Conversation) -> tuple[str, str, str]:
    """By whom, in which minute and about what a mail was sent."""
    sender = next((one.email or one.name or "" for one in mail.mentions if one.how == "from"), "")
    minute = mail.at.isoformat(timespec="minutes") if mail.at else ""
    return sender.lower(), minute, " ".join((mail.subject or "").casefold().split())


def _is_same(one: Conversation, other: Conversation) -> bool:
    if one.message_id is None and other.message_id is None:
        return [turn.text for turn in one.turns] == [turn.text for turn in other.turns]
    return one.message_id is None or other.message_id is None


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
