"""Bring in what a firm has: deal folders, or single files of a deal that is there already.

Each touch is appended at once with its people and facts, so that an import that is killed leaves whole touches behind
and, run again, goes on where it stopped. What the ledger knows already adds nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from pathlib import Path

from msgspec import Struct

from premortem.acts.bringing_in.known_deal import KnownDeal, know_the_listed
from premortem.errors import PremortemError, Unknown, Unreadable
from premortem.importing.deal_folder.reading import DealFolder, created_at, deal_folders, read_deal_folder
from premortem.ledger.contents import Conversation, digest
from premortem.ledger.entries import Entry, Hash, Person, Touch
from premortem.ledger.fold import ALWAYS
from premortem.ledger.store import Ledger, MovedOn
from premortem.listening.formats.mailbox import NAME as MAILBOX
from premortem.listening.formats.opening import bytes_of, open_touches
from premortem.listening.listen import Source, listen, news_of
from premortem.listening.people import Roster
from premortem.listening.readers.assembly import Assembly, Readers

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
    ledger: Ledger,
    path: Path,
    now: datetime,
    deal: str | None = None,
    progress: Progress | None = None,
    readers: Readers | None = None,
) -> list[BroughtIn]:
    """Import what lies at a path: deal folders, or with `deal` the files of a deal that is there.

    `readers` are those of the package, unless others are given.

    Raises Unreadable where nothing at the path is a deal, and Unknown where `deal` is not in the ledger.
    """
    readers = readers or Assembly.found()
    if deal is not None:
        if not ledger.store.read(deal):
            remedy = "Import its folder with deal.json first; `premortem deals` lists what is there."
            raise Unknown(f"there is no deal '{deal}' in the ledger", remedy)
        files = [path] if path.is_file() else sorted(one for one in path.rglob("*") if one.is_file())
        root = path.parent if path.is_file() else path
        return [
            _DealImport(ledger, deal, readers, now, progress).files(
                (one, one.relative_to(root).as_posix()) for one in files
            )
        ]
    folders = deal_folders(path) if path.is_dir() else []
    if not folders:
        remedy = "Give a folder with a deal.json and a folder 'touches', or name the deal these files belong to."
        raise Unreadable(str(path), "", "there is no deal here", remedy)
    brought = []
    for number, folder in enumerate(folders):
        if progress is not None and len(folders) > 1:
            progress(folder.name, number, len(folders))
        by_touch = progress if len(folders) == 1 else None
        try:
            read = read_deal_folder(folder)
            brought.append(_DealImport(ledger, read.row.id, readers, now, by_touch).folder(read))
        except Unreadable as error:
            brought.append(BroughtIn(folder.name, left_out=[LeftOut(error.file, str(error))]))
        except PremortemError:
            raise
        except Exception as error:  # noqa: BLE001  as above, for a row that no check foresaw
            brought.append(BroughtIn(folder.name, left_out=[LeftOut(str(folder), _broke(str(folder), error))]))
    return brought


def _broke(file: str, error: Exception) -> str:
    return f"{file}: it broke premortem ({error!r}). Nothing of it was kept; please report it."


class _DealImport:
    """One deal being brought in: what the ledger knows of it, who its people are, and what was done so far.

    What is appended rests on what was read before. Where another process wrote to the deal meanwhile, the ledger says
    so, and the same is thought out anew from what it holds now.
    """

    def __init__(
        self, ledger: Ledger, deal: str, readers: Readers, now: datetime, progress: Progress | None = None
    ) -> None:
        self._ledger, self._deal, self._readers, self._now = ledger, deal, readers, now
        self._progress = progress
        self._done = BroughtIn(deal, deal)
        self._look()

    def _look(self) -> None:
        """Take in what the ledger holds of the deal by now."""
        entries = self._ledger.store.read(self._deal)
        self._length = len(entries)
        self._known = KnownDeal(entries, self._ledger.contents)
        self._roster = Roster(self._deal, self._known.seller, self._known.account, self._ledger.contents.nonce)
        self._known.introduce(self._roster)
        self._done.name = self._known.name or self._done.name

    def folder(self, folder: DealFolder) -> BroughtIn:
        """The CRM's row, then the touches."""
        self._until_settled(lambda: self._take_row(folder))
        touches = folder.path / "touches"
        return self.files([(file, file.relative_to(touches).as_posix()) for file in folder.touches])

    def files(self, files: Iterable[tuple[Path, str]]) -> BroughtIn:
        """Touches, each with the name by which the deal knows it."""
        listed = list(files)
        for number, (file, name) in enumerate(listed):
            if self._progress is not None:
                self._progress(name, number, len(listed))
            try:
                self._until_settled(partial(self._take_file, file, name))
            except Unreadable as error:
                self._done.left_out.append(LeftOut(str(file), str(error)))
            except PremortemError:
                raise
            except Exception as error:  # noqa: BLE001  one odd file must not stop a firm's import; it is named and told
                self._done.left_out.append(LeftOut(str(file), _broke(str(file), error)))
        self._ledger.reading.refresh(self._deal)
        return self._done

    def _until_settled(self, take: Callable[[], None]) -> None:
        while True:
            try:
                return take()
            except MovedOn:
                self._look()

    def _take_row(self, folder: DealFolder) -> None:
        row = folder.row
        if self._known.account and row.account and self._known.account != row.account:
            why = f"the ledger knows '{row.id}' as a deal of {self._known.account}, and this one is of {row.account}"
            raise Unreadable(str(folder.path / "deal.json"), "id", why, "Give one of the two another id.")
        know_the_listed(self._roster, row)
        told = self._known.news(folder, created_at(folder), self._now)
        told += [(ALWAYS, person) for person in news_of(self._roster, self._ledger.contents)]
        self._append([Entry(self._deal, at, self._now, "import:deal-folder", body) for at, body in told])
        self._look()

    def _take_file(self, file: Path, name: str) -> None:
        data = bytes_of(file)
        if self._known.has_read(digest(data), self._readers.version):
            self._done.known_already += 1
            return
        conversations = open_touches(name, data)
        entries: list[Entry] = []
        remarks: list[str] = []
        for number, talk in enumerate(conversations, 1):
            called = f"{name}#{number}" if talk.format == MAILBOX else name
            if talk.at is None:
                remedy = "Begin the file's name with the day it happened, YYYY-MM-DD."
                raise Unreadable(called, "", "nothing tells when this was", remedy)
            if not self._known.has_mail(talk, called):
                told, odd = self._heard(talk, self._source(called, digest(data)), talk.at)
                entries += told
                remarks += odd
        self._ledger.contents.keep(data)
        self._append(entries)
        self._known.add(entries)
        self._count(entries, remarks, known=sum(entry.kind == "touch" for entry in entries) == 0)

    def _heard(self, talk: Conversation, source: Source, at: datetime) -> tuple[list[Entry], list[str]]:
        """What a touch adds, and what was odd about it. Where a language model fails, what it read before stands."""
        if self._known.has_read_touch(source.raw, source.touch, self._readers.version):
            return [], []
        heard = listen(talk, source, self._roster, self._ledger.contents, self._readers)
        entries = heard.entries
        if self._known.has_read_touch(source.raw, source.touch, heard.version):
            entries = [entry for entry in entries if isinstance(entry.body, Person)]
        remarks = [f"{source.name}: {remark}" for remark in heard.remarks]
        return [*entries, *self._known.since_earlier(entries, at)], remarks

    def _source(self, name: str, raw: Hash) -> Source:
        """A file of a name that the deal knows is that touch anew: a transcript that was corrected, say."""
        known = self._known
        touch = known.touch_called(name) or f"t-{self._ledger.contents.nonce()}"
        return Source(self._deal, touch, name, raw, self._now, known.account, known.seller, tuple(sorted(known.rivals)))

    def _append(self, entries: list[Entry]) -> None:
        if entries:
            self._ledger.store.append(entries, after=self._length)
            self._length += len(entries)
            self._done.entries += len(entries)

    def _count(self, entries: list[Entry], remarks: list[str], known: bool) -> None:
        touches = [entry.body for entry in entries if isinstance(entry.body, Touch)]
        self._done.known_already += known
        self._done.touches += len(touches)
        self._done.turns += sum(touch.turns for touch in touches)
        self._done.facts += sum(entry.kind == "fact" for entry in entries)
        self._done.remarks += remarks
