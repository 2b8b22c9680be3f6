"""A folder into which recordings drop their transcripts: each file finds its deal, is asked about, or left out.

A deal is told by the folder that a file lies in, by the deal's or account's name in the file's own, by the full names
and addresses of those who speak, and by the day. Files stay where they are; the same file twice adds nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from functools import partial
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Literal

from msgspec import Struct

from premortem.acts.bringing_in.bring_in import bring_in
from premortem.acts.bringing_in.deals_known import deals_known
from premortem.errors import Unreadable
from premortem.importing.mailbox.letter import Letter
from premortem.importing.placing.answers import Question
from premortem.importing.placing.deals import Deals
from premortem.importing.placing.fitting import Candidate, Signs, Verdict, decide, fits
from premortem.importing.placing.mails import NEVER, Mail, place_mails
from premortem.importing.placing.privacy import Privacy
from premortem.ledger.contents import Conversation, digest
from premortem.ledger.entries import Touch
from premortem.ledger.store import Ledger
from premortem.listening.formats.opening import bytes_of, open_touches
from premortem.listening.formats.times import day_in_name, day_written
from premortem.listening.readers.assembly import Assembly, Readers

Became = Literal["placed", "known", "asked", "left_out"]
Progress = Callable[[str, int, int], None]
Stamp = tuple[int, int]
"""When a file was written, in nanoseconds, and its size in bytes."""
SETTLED = 2.0
"""Seconds for which a file must have been left alone: what is still being written waits for the next look."""
_BELONGS_NOWHERE = "nobody and nothing in it tells a deal"


class FileLine(Struct, frozen=True):
    """One file and what became of it; `file` is its path within the folder."""

    file: str
    became: Became
    why: str
    deal: str | None = None
    candidates: tuple[Candidate, ...] = ()
    facts: int = 0

    @property
    def question(self) -> Question:
        could_be = tuple(f"{one.deal} ({one.why})" for one in self.candidates)
        return Question(self.file, "", "", self.file, self.why, could_be)


class WatchDocument(Struct, frozen=True):
    """What one look at a folder found that was new. `schema` changes when a meaning does."""

    files: list[FileLine]
    waiting: int = 0
    """Files that are still being written."""
    schema: str = "premortem.watch/1"

    @property
    def counts(self) -> Counter[str]:
        return Counter(one.became for one in self.files)


class Watch:
    """A folder being watched. Each look takes what is new or was written anew since the one before."""

    def __init__(
        self, ledger: Ledger, folder: Path, privacy: Privacy | None = None, readers: Readers | None = None
    ) -> None:
        self._ledger, self._folder = ledger, folder
        self._privacy, self._readers = privacy or Privacy(), readers
        self._seen: dict[str, Stamp] = {}
        self._asked: set[str] = set()

    def look(
        self, now: datetime, answers: Mapping[str, str] | None = None, progress: Progress | None = None
    ) -> WatchDocument:
        """Take in what is new. `answers` name a deal, or `never`, by a file's path within the folder.

        A file that was asked about and has an answer by now is taken, though nobody touched it.
        """
        answers = answers or {}
        new, waiting = self._new(now, answers)
        if not new:
            return WatchDocument([], waiting)
        taking = _Taking(self._ledger, self._privacy, now, answers, self._readers or Assembly.found())
        files = []
        for number, (file, name, stamp) in enumerate(new):
            if progress is not None:
                progress(name, number, len(new))
            line = taking.take(file, name)
            files.append(line)
            self._seen[name] = stamp
            self._asked = self._asked - {name} | ({name} if line.became == "asked" else set())
        return WatchDocument(files, waiting)

    def _new(self, now: datetime, answers: Mapping[str, str]) -> tuple[list[tuple[Path, str, Stamp]], int]:
        found, waiting = [], 0
        for file in sorted(one for one in self._folder.rglob("*") if one.is_file()):
            name = file.relative_to(self._folder).as_posix()
            stat = file.stat()
            stamp = stat.st_mtime_ns, stat.st_size
            hidden = any(part.startswith(".") for part in PurePosixPath(name).parts)
            answered = name in self._asked and name in answers
            if hidden or (self._seen.get(name) == stamp and not answered):
                continue
            if 0 <= now.timestamp() - stat.st_mtime < SETTLED:
                waiting += 1
            else:
                found.append((file, name, stamp))
        return found, waiting


class _Taking:
    """One look's work: the deals as they stand, and a file after the other."""

    def __init__(
        self, ledger: Ledger, privacy: Privacy, now: datetime, answers: Mapping[str, str], readers: Readers
    ) -> None:
        self._ledger, self._privacy, self._now, self._answers = ledger, privacy, now, answers
        self._readers = readers
        self._deals: Deals = deals_known(ledger, privacy)
        self._files = dict(_files(ledger))

    def take(self, file: Path, name: str) -> FileLine:
        try:
            data = bytes_of(file)
            if (deal := self._files.get(digest(data))) is not None:
                return FileLine(name, "known", "the deal has this very file", deal)
            called = name_with_day(name)
            verdict = self._verdict(name, called, data)
        except Unreadable as error:
            return FileLine(name, "left_out", str(error))
        if verdict.deal is None:
            return FileLine(name, verdict.became, verdict.why, None, verdict.candidates)
        return self._bring_in(name, called, data, verdict.deal, verdict.why)

    def _verdict(self, name: str, called: str, data: bytes) -> Verdict:
        answer = self._answers.get(name)
        if answer == NEVER:
            return Verdict("left_out", "you said that it belongs to no deal")
        talks = open_touches(called, data)
        if len(talks) > 1:
            remedy = "Bring it in as a mailbox: premortem mail FILE."
            raise Unreadable(name, "", f"it holds {len(talks)} mails", remedy)
        talk = talks[0]
        mail = Mail.of(Letter(name, data, partial(bytes, data))) if talk.type == "mail" else None
        if (why := self._forbidden(name, talk, mail)) is not None:
            return Verdict("left_out", why)
        if answer is not None:
            return Verdict("placed", "you said so", answer)
        folder = next((one for one in PurePosixPath(name).parent.parts if one in self._deals.by_id), None)
        if folder is not None:
            return Verdict("placed", f"it lies in the folder {folder}", folder)
        if mail is not None:
            return place_mails([mail], self._deals, self._privacy)[0]
        if talk.at is None:
            remedy = "Begin the file's name, or its folder's, with the day it happened, YYYY-MM-DD."
            raise Unreadable(name, "", "nothing tells when this was", remedy)
        return self._fitted(name, talk)

    def _forbidden(self, name: str, talk: Conversation, mail: Mail | None) -> str | None:
        """Why a file is never read, wherever it lies and whatever was answered; None where nothing forbids it."""
        addresses = (*_addresses(talk), *(mail.head.addresses if mail else ()))
        subject = mail.head.subject if mail else talk.subject or ""
        return self._privacy.never_read(addresses, subject, PurePosixPath(name).parent.as_posix())

    def _fitted(self, name: str, talk: Conversation) -> Verdict:
        said = (*(one.name for one in talk.mentions), *(turn.speaker for turn in talk.turns))
        names = tuple(dict.fromkeys(one for one in said if one and len(one.split()) > 1))
        signs = Signs(talk.at, _addresses(talk), names, f"{name} {talk.subject or ''}")
        found = fits(signs, self._deals)
        return decide(signs, found, self._deals) if found else Verdict("asked", _BELONGS_NOWHERE)

    def _bring_in(self, name: str, called: str, data: bytes, deal: str, why: str) -> FileLine:
        """By a name that no other file of the folder has, since a deal knows its touches by name."""
        with TemporaryDirectory(prefix="premortem-watch-") as laid_out:
            (Path(laid_out) / called).write_bytes(data)
            (done,) = bring_in(self._ledger, Path(laid_out), self._now, deal, None, self._readers)
        if done.left_out:
            return FileLine(name, "left_out", done.left_out[0].why.replace(f"{laid_out}/", ""))
        if not done.touches:
            return FileLine(name, "known", "the deal has it already", deal)
        return FileLine(name, "placed", why, deal, (), done.facts)


def name_with_day(name: str) -> str:
    """A file's path as one name, begun by the day that it, else a folder of it, is called by: what dates a transcript.

    Recorders put the day anywhere: GMT20260917-140000_Recording.vtt, Plan-20260917_100012-Meeting Recording.vtt.
    """
    path = PurePosixPath(name)
    *folders, own = path.parts
    whole = f"{path.stem} ({', '.join(folders)}){path.suffix}" if folders else own
    if day_in_name(own) is not None:
        return whole
    if (day := _day_within(own)) is not None:
        return f"{day} {whole}"
    for at, folder in enumerate(folders):
        if day_in_name(folder) is not None:
            return " - ".join([*folders[at:], *folders[:at], own])
    day = next((day for one in folders if (day := _day_within(one)) is not None), None)
    return f"{day} {whole}" if day is not None else whole


_TOGETHER = re.compile(r"(?<!\d)(20\d{2})_?(\d{2})_?(\d{2})(?=\D|$|\d{4}(?:\d{2})?(?:\D|$))")


def _day_within(name: str) -> date | None:
    """The one day that is written in a name; None where none or several are."""
    found = day_written(name)
    if found is not None:
        return found.date()
    try:
        days = {date(*map(int, one.groups())) for one in _TOGETHER.finditer(name)}
    except ValueError:
        return None
    return days.pop() if len(days) == 1 else None


def _addresses(talk: Conversation) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.email.lower() for one in talk.mentions if one.email))


def _files(ledger: Ledger) -> Iterator[tuple[str, str]]:
    """The files that deals have, by their hash."""
    for deal, entries in ledger.store.read_each(ledger.store.deals()):
        for entry in entries:
            if isinstance(entry.body, Touch):
                yield entry.body.raw, deal
