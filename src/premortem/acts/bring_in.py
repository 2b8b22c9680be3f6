"""Bring in what a firm has: deal folders, or single files of a deal that is there already.

Each touch is appended at once with its people and facts, so that an import that is killed leaves whole touches behind
and, run again, goes on where it stopped. What the ledger knows already adds nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from premortem.errors import Unknown, Unreadable
from premortem.importing.deal_folder.reading import (
    DealFolder,
    DealRow,
    created_at,
    crm_entries,
    deal_folders,
    listed_people,
    outcome_entry,
    read_deal_folder,
)
from premortem.ledger.contents import Card, card, conversation, digest, keep_text, text
from premortem.ledger.deal import Deal
from premortem.ledger.entries import Body, Entry, Fact, Hash, TouchId
from premortem.ledger.fold import deal_as_of
from premortem.ledger.store import Ledger
from premortem.listening.formats.opening import bytes_of, open_touches
from premortem.listening.listen import Source, listen, news_of
from premortem.listening.people import Roster
from premortem.listening.readers.assembly import Assembly

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done, and how many there are."""


class LeftOut(Struct, frozen=True):
    """A file that could not be taken, and one sentence that says why and what to do."""

    file: str
    why: str


class BroughtIn(Struct):
    """What an import did to one deal."""

    deal: str
    name: str = ""
    touches: int = 0
    known_already: int = 0
    turns: int = 0
    facts: int = 0
    entries: int = 0
    left_out: list[LeftOut] = []
    remarks: list[str] = []


def bring_in(
    ledger: Ledger, path: Path, now: datetime, deal: str | None = None, progress: Progress | None = None
) -> list[BroughtIn]:
    """Import what lies at a path: deal folders, or with `deal` the files of a deal that is there.

    Raises Unreadable where nothing at the path is a deal, and Unknown where `deal` is not in the ledger.
    """
    readers = Assembly.found()
    if deal is not None:
        if not ledger.store.read(deal):
            remedy = "Import its folder with deal.json first; `premortem deals` lists what is there."
            raise Unknown(f"there is no deal '{deal}' in the ledger", remedy)
        files = [path] if path.is_file() else sorted(one for one in path.rglob("*") if one.is_file())
        return [_DealImport(ledger, deal, readers, now).files(files)]
    folders = deal_folders(path) if path.is_dir() else []
    if not folders:
        remedy = "Give a folder with a deal.json and a folder 'touches', or name the deal these files belong to."
        raise Unreadable(str(path), "", "there is no deal here", remedy)
    brought = []
    for number, folder in enumerate(folders):
        if progress:
            progress(folder.name, number, len(folders))
        try:
            read = read_deal_folder(folder)
            brought.append(_DealImport(ledger, read.row.id, readers, now).folder(read))
        except Unreadable as error:
            brought.append(BroughtIn(folder.name, left_out=[LeftOut(error.file, str(error))]))
    return brought


class _DealImport:
    """One deal being brought in: what the ledger knows of it, who its people are, and what was done so far."""

    def __init__(self, ledger: Ledger, deal: str, readers: Assembly, now: datetime) -> None:
        entries = ledger.store.read(deal)
        self._ledger, self._readers, self._now = ledger, readers, now
        self._before: Deal | None = deal_as_of(entries) if entries else None
        self._known = {entry.fingerprint() for entry in entries}
        self._done = BroughtIn(deal, self._before.name if self._before else deal)
        self._before_touches = self._before.touches if self._before else ()
        self._rivals = rivals_in(entries)
        opened = self._before.opened if self._before else None
        self._account, self._seller = (opened.account, opened.seller) if opened else ("", "")

    def folder(self, folder: DealFolder) -> BroughtIn:
        """The CRM's row, then the touches."""
        created = created_at(folder)
        row = folder.row
        self._done.name, self._account, self._seller = row.name or row.id, row.account, row.seller
        roster = self._roster()
        _know_the_listed(roster, row)
        told: list[tuple[datetime, Body]] = crm_entries(folder)
        told += [(created, person) for person in news_of(roster, self._ledger.contents)]
        ended = outcome_entry(folder, self._reason(row))
        if ended is not None:
            told.append(ended)
        self._append([Entry(row.id, at, self._now, "import:deal-folder", body) for at, body in told])
        return self._hear(folder.touches, roster)

    def files(self, files: Iterable[Path]) -> BroughtIn:
        """Touches alone."""
        return self._hear(files, self._roster())

    def _hear(self, files: Iterable[Path], roster: Roster) -> BroughtIn:
        read = {touch.raw: touch.reading for touch in self._before_touches}
        for file in files:
            try:
                data = bytes_of(file)
                if read.get(digest(data)) == self._readers.version:
                    self._done.known_already += 1
                else:
                    self._hear_file(file.name, data, roster)
            except Unreadable as error:
                self._done.left_out.append(LeftOut(str(file), str(error)))
        self._ledger.reading.refresh(self._done.deal)
        return self._done

    def _hear_file(self, file: str, data: bytes, roster: Roster) -> None:
        conversations = open_touches(file, data)
        entries: list[Entry] = []
        for number, talk in enumerate(conversations):
            name = file if len(conversations) == 1 else f"{file}#{number + 1}"
            if talk.at is None:
                remedy = "Begin the file's name with the day it happened, YYYY-MM-DD."
                raise Unreadable(name, "", "nothing tells when this was", remedy)
            source = self._source(name, digest(data))
            heard = listen(talk, source, roster, self._ledger.contents, self._readers)
            entries += heard.entries
            self._rivals |= rivals_in(heard.entries)
            self._done.turns += len(talk.turns)
            self._done.remarks += [f"{name}: {remark}" for remark in heard.remarks]
        self._ledger.contents.keep(data)
        self._append(entries)
        self._done.touches += len(conversations)
        self._done.facts += sum(entry.kind == "fact" for entry in entries)

    def _source(self, name: str, raw: Hash) -> Source:
        """A file of a name that the deal knows is that touch anew: a transcript that was corrected, say."""
        touch = self._touch_ids.setdefault(name, new_touch(self._ledger))
        rivals = tuple(sorted(self._rivals))
        return Source(self._done.deal, touch, name, raw, self._now, self._account, self._seller, rivals)

    @cached_property
    def _touch_ids(self) -> dict[str, TouchId]:
        known = ((touch, conversation(self._ledger.contents, touch.words)) for touch in self._before_touches)
        return {heard.name: touch.id for touch, heard in known if heard is not None and heard.name is not None}

    def _append(self, entries: list[Entry]) -> None:
        """All of these at once, except what the ledger knows already."""
        new = {entry.fingerprint(): entry for entry in entries if entry.fingerprint() not in self._known}
        if new:
            self._ledger.store.append(list(new.values()))
            self._known |= set(new)
            self._done.entries += len(new)

    def _roster(self) -> Roster:
        roster = Roster(self._done.deal, self._seller, self._account, self._ledger.contents.nonce)
        for person in self._before.people.values() if self._before else ():
            known = card(self._ledger.contents, person.card) if person.card else None
            if known is not None:
                roster.know(known, person.side, id=person.id, roles=person.roles, in_crm=person.in_crm)
        roster.news()  # all of this the ledger has
        return roster

    def _reason(self, row: DealRow) -> str | None:
        """The hash of the stated reason: the ledger's own where it says the same already."""
        if row.outcome is None or row.outcome.stated_reason is None:
            return None
        kept = self._before.outcome[1].stated_reason if self._before and self._before.outcome else None
        if kept is not None and text(self._ledger.contents, kept) == row.outcome.stated_reason:
            return kept
        return keep_text(self._ledger.contents, row.outcome.stated_reason)


def new_touch(ledger: Ledger) -> TouchId:
    return f"t-{ledger.contents.nonce()}"


def rivals_in(entries: Iterable[Entry]) -> set[str]:
    """The rivals whom these entries name: known by name, they are heard more surely in the next touch."""
    facts = (entry.body for entry in entries if isinstance(entry.body, Fact))
    return {fact.value for fact in facts if fact.claim == "competitor_named" and fact.value}


def _know_the_listed(roster: Roster, row: DealRow) -> None:
    for one, side in listed_people(row):
        known = (roster.find(one.email) if one.email else None) or (roster.find(one.name) if one.name else None)
        if known is None:
            emails, phones = (one.email,) if one.email else (), (one.phone,) if one.phone else ()
            roster.know(Card(one.name, one.title, emails, phones), side, in_crm=True)
