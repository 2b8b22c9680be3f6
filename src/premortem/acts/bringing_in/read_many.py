"""Read files of many deals: processes of their own listen, this one appends.

Within a deal touches are read in their order, since each may introduce people; deals are read side by side. A reader
sees its deal as the ledger has it and gathers what it would say of some hundred files; the one writer appends that at
once. Few files are read here, touch by touch. An import that is killed loses at most what was being read, and goes on
from there when it is run again.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from msgspec import Struct

from premortem.acts.bringing_in.bring_in import BroughtIn, LeftOut, Progress, bring_in
from premortem.acts.bringing_in.gathered import GatheredLedger
from premortem.errors import Unknown
from premortem.ledger.entries import Entry
from premortem.ledger.store import Ledger, MovedOn
from premortem.listening.claim_model import THREADS
from premortem.listening.readers.assembly import Assembly, Readers

AT_ONCE, BYTES_AT_ONCE = 500, 64 << 20
"""Files of a deal that are laid out on disk and read together, and at how many bytes there are fewer."""
WORTH_A_PROCESS = 200
"""Files from which on it pays to start processes, each of which takes two seconds to be ready."""
AT_MOST = 4
"""Processes: each takes some 150 MB."""
LOOKS = 0.5
"""Seconds between two looks at how far the processes are."""


class ToRead(Struct, frozen=True):
    """A file to be read: the name by which its deal is to know it, and what fetches its bytes."""

    name: str
    whole: Callable[[], bytes]


class _Heard(Struct):
    """What a batch of a deal's files tells: entries behind the `after` that the deal had, and bytes to be kept."""

    done: BroughtIn
    after: int
    entries: list[Entry]
    kept: list[bytes]


class _Batch(Struct):
    """Files of a deal that lie in a folder, to be read. `missing` are those that could not be fetched."""

    deal: str
    folder: TemporaryDirectory[str]
    missing: list[LeftOut]
    size: int


def read_many(
    ledger: Ledger,
    files: Mapping[str, Sequence[ToRead]],
    now: datetime,
    progress: Progress | None = None,
    readers: Readers | None = None,
) -> Iterator[BroughtIn]:
    """Read these files of each deal, and say batch by batch what that added; `file` of what is left out is its name.

    `readers` are those of the package, unless others are given; others read here, since they can't go elsewhere.
    Raises Unknown where a deal is not in the ledger, or where a process that read was ended from outside.
    """
    of = sum(map(len, files.values()))
    workers = min(_cores(), AT_MOST, sum(bool(one) for one in files.values()))
    elsewhere = ledger.elsewhere() if readers is None and workers > 1 and of >= WORTH_A_PROCESS else None
    if elsewhere is None:
        yield from _here(ledger, files, now, progress, readers or Assembly.found(), of)
        return
    with ExitStack() as held:
        try:
            yield from _Side(ledger, files, now, elsewhere, workers, held).by_side(progress, of)
        except BrokenProcessPool as ended:
            what = "a process that was reading was ended from outside, mostly because memory ran out"
            raise Unknown(what, "Run it again: it goes on behind what was read so far.") from ended


def _here(
    ledger: Ledger,
    files: Mapping[str, Sequence[ToRead]],
    now: datetime,
    progress: Progress | None,
    readers: Readers,
    of: int,
) -> Iterator[BroughtIn]:
    before = 0
    for deal, several in sorted(files.items()):
        for batch in _batches(deal, iter(several)):

            def step(name: str, number: int, _: int, before: int = before) -> None:
                if progress is not None:
                    progress(name[:40], before + number, of)

            with batch.folder as folder:
                (done,) = bring_in(ledger, Path(folder), now, deal, step, readers)
            before += batch.size
            yield _told(batch, done)


class _Side:
    """Deals being read side by side: of each deal one batch at a time, those with most left first."""

    def __init__(
        self,
        ledger: Ledger,
        files: Mapping[str, Sequence[ToRead]],
        now: datetime,
        elsewhere: Callable[[], Ledger],
        workers: int,
        held: ExitStack,
    ) -> None:
        self._ledger, self._now, self._workers = ledger, now, workers
        context = get_context("spawn")  # a process that forks would share this one's connection to the database
        self._heard = context.Value("q", 0)
        self._pool = ProcessPoolExecutor(workers, context, _Reader.start, (elsewhere, self._heard))
        held.callback(self._pool.shutdown, cancel_futures=True)
        by_size = sorted(files.items(), key=lambda one: (-len(one[1]), one[0]))
        self._waiting = deque(_batches(deal, iter(several)) for deal, several in by_size)
        self._running: dict[Future[_Heard], tuple[_Batch, Iterator[_Batch]]] = {}
        self._held = held

    def by_side(self, progress: Progress | None, of: int) -> Iterator[BroughtIn]:
        self._fill()
        while self._running:
            done, _ = wait(self._running, LOOKS, FIRST_COMPLETED)
            if progress is not None:
                progress("", min(self._heard.value, of), of)
            for one in done:
                batch, more = self._running.pop(one)
                heard = one.result()
                if not _written(self._ledger, heard):
                    self._begin(batch, more)  # another process wrote to the deal: hear it again beside what that wrote
                    continue
                batch.folder.cleanup()
                self._waiting.append(more)
                self._fill()
                yield _told(batch, heard.done)

    def _fill(self) -> None:
        """One batch more than there are processes, so that none waits while this one writes."""
        while self._waiting and len(self._running) <= self._workers:
            more = self._waiting.popleft()
            if (batch := next(more, None)) is not None:
                self._held.callback(batch.folder.cleanup)
                self._begin(batch, more)

    def _begin(self, batch: _Batch, more: Iterator[_Batch]) -> None:
        self._running[self._pool.submit(_Reader.hear, batch.deal, batch.folder.name, self._now)] = (batch, more)


class _Reader:
    """What a process that reads has open."""

    ledger: Ledger
    readers: Readers
    heard: Any

    @classmethod
    def start(cls, opened: Callable[[], Ledger], heard: Any) -> None:
        os.environ[THREADS] = "1"  # as many processes as cores: more threads would wait for each other, and burn time
        cls.ledger, cls.readers, cls.heard = opened(), Assembly.found(), heard

    @classmethod
    def hear(cls, deal: str, folder: str, now: datetime) -> _Heard:
        beside = GatheredLedger(cls.ledger, deal)
        (done,) = bring_in(beside, Path(folder), now, deal, cls._count, cls.readers)
        return _Heard(done, beside.store.after, beside.store.told, list(beside.contents.kept.values()))

    @classmethod
    def _count(cls, name: str, number: int, of: int) -> None:
        with cls.heard.get_lock():
            cls.heard.value += 1


def _written(ledger: Ledger, heard: _Heard) -> bool:
    """Append what was heard; False where the deal has other entries by now than those that it rests on."""
    ledger.contents.keep_each(heard.kept)
    if not heard.entries:
        return True
    try:
        ledger.store.append_each([(heard.entries, heard.after)])
    except MovedOn:
        return False
    ledger.reading.refresh_each([heard.done.deal])
    return True


def _batches(deal: str, files: Iterator[ToRead]) -> Iterator[_Batch]:
    """Each laid out in a folder of its own, which whoever takes it removes."""
    while (first := next(files, None)) is not None:
        batch = _Batch(deal, TemporaryDirectory(prefix="premortem-read-"), [], 0)
        size = _lay_out(first, batch)
        while batch.size < AT_ONCE and size < BYTES_AT_ONCE and (more := next(files, None)) is not None:
            size += _lay_out(more, batch)
        yield batch


def _lay_out(file: ToRead, batch: _Batch) -> int:
    """Bytes that a file has, which lies in the batch's folder now, or is told as missing."""
    batch.size += 1
    try:
        return (Path(batch.folder.name) / file.name).write_bytes(file.whole())
    except OSError as fault:
        batch.missing.append(LeftOut(file.name, f"it can't be read: {(fault.strerror or str(fault)).lower()}"))
        return 0


def _told(batch: _Batch, done: BroughtIn) -> BroughtIn:
    """What was done, in which files go by their names instead of by where they were laid out."""
    above = f"{batch.folder.name}/"
    left = [LeftOut(Path(one.file).name, one.why.replace(above, "")) for one in done.left_out]
    done.left_out = [*batch.missing, *left]
    return done


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
