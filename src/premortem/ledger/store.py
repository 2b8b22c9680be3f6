"""Where a ledger is kept: a store can be appended to and read, nothing else."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date, datetime
from typing import Protocol

from msgspec import Struct

from premortem.ledger.chain import GENESIS, Row, open_row, seal
from premortem.ledger.entries import Entry, Hash, Lesson
from premortem.ledger.norms import EndedDeal


class Store(Protocol):
    """Append-only entries, a chain for each deal."""

    def append(self, entries: Sequence[Entry], after: int | None = None) -> None:
        """Add entries of one deal behind its last one: all of them or, if anything fails, none.

        `after` is how many entries the deal had when these were thought out. Raises MovedOn where it has others by now.
        """

    def append_each(self, told: Sequence[tuple[Sequence[Entry], int]]) -> None:
        """Add entries of many deals at once, each with how many entries its deal had: all of them or none.

        Raises MovedOn where one of the deals has others by now.
        """

    def read(self, deal: str) -> list[Entry]:
        """All entries of a deal in the order they were appended; empty for a deal that is not there."""

    def read_each(self, deals: Sequence[str]) -> Iterator[tuple[str, list[Entry]]]:
        """The entries of each of these deals that is there, a few hundred at once."""

    def deals(self) -> list[str]:
        """The ids of all deals, in order, without those that were withdrawn."""

    def rows(self) -> Iterator[Row]:
        """All entries as they are stored, ordered by deal and sequence number: what verification reads."""


class MovedOn(Exception):
    """Somebody else wrote to the deal meanwhile: read it again, and think again."""


class Contents(Protocol):
    """Names and words, kept apart from the ledger under the SHA-256 of their bytes."""

    def keep(self, data: bytes) -> Hash:
        """Keep bytes and say under which hash; the same bytes twice are kept once."""

    def keep_each(self, many: Collection[bytes]) -> None:
        """As `keep`, of many at once."""

    def get(self, key: Hash) -> bytes | None:
        """The bytes kept under a hash; None where they were erased. Raises KeyError where there never were any."""

    def get_each(self, keys: Collection[Hash]) -> dict[Hash, bytes | None]:
        """As `get`, of many at once. Raises KeyError where there never were any under one of them."""

    def erase(self, key: Hash) -> None:
        """Forget the bytes for good, and remember that they were erased. Raises KeyError where there never were any."""

    def damaged(self) -> Iterator[Hash]:
        """The keys whose bytes are no longer those that were kept."""

    def nonce(self) -> str:
        """A text that nobody can guess and that was not given before, to keep a name or a short text with."""


class ReadTables(Protocol):
    """What lists and pages read: made from the ledger, and made anew from it at will."""

    def refresh(self, deal: str) -> None:
        """Bring them up to date with the entries of a deal."""

    def refresh_each(self, deals: Sequence[str]) -> None:
        """As `refresh`, of many deals at once."""

    def rebuild(self) -> int:
        """Make all of them anew, and say of how many deals."""

    def ended(self, before: datetime | None = None, most: int = 1_000) -> list[EndedDeal]:
        """The deals that ended last (before a moment), the newest first."""

    def digest(self) -> str:
        """One hash over every value in them."""


class Reviewed(Struct, frozen=True):
    """A review that is kept for lists: of how many `entries` of a deal, and by what (`made_by`) it was made.

    `head` and `findings` are JSON: the deal's head as lists show it, and its findings without names or words. Of the
    things that every post-mortem asks first `unknown` are not known, `not_known` names them (JSON); `buyer_day` is the
    last day of the buyer's newest date for deciding. The review holds up to the end of the day `until`, when a waiver
    ends; without one, as long as nothing else changes. `raised` are the checks that found something, `said` the claims
    that were believed, each as `spaced` writes names.
    """

    deal: str
    entries: int
    made_by: str
    until: date | None
    as_of: datetime
    high: int
    medium: int
    low: int
    gravest: str | None
    failed: int
    head: str
    findings: str
    unknown: int = 0
    not_known: str = "[]"
    buyer_day: date | None = None
    raised: str = ""
    said: str = ""

    def holds(self, entries: int, made_by: str, today: date | None) -> bool:
        """Whether the deal would be reviewed the same again."""
        in_time = self.until is None or today is None or today <= self.until
        return (self.entries, self.made_by) == (entries, made_by) and in_time


def spaced(names: Collection[str]) -> str:
    """Names in one text in which each is found with its blanks: ' a b '; nothing for none."""
    return f" {' '.join(sorted(names))} " if names else ""


class Reviews(Protocol):
    """The newest review of each deal. They follow from the ledger, and can be made anew at will."""

    def outdated(self, made_by: str, today: date | None = None, among: Collection[str] | None = None) -> list[str]:
        """The deals (`among` these, where given), in order, that have no review or one that no longer holds."""

    def keep(self, reviews: Sequence[Reviewed]) -> None:
        """Put these in the place of older ones."""

    def watch(self, deal: str, lesson: Lesson) -> None:
        """Note which deals, by their reviews, look like this one did by a lesson that was made of it.

        From then on it is noted of each review that is kept.
        """

    def all(self) -> Iterator[Reviewed]:
        """Those of all deals, in the order of their ids."""

    def forget(self) -> None:
        """Drop all of them."""


class Ledger(Protocol):
    """A store, the contents that belong to it, and the read tables that follow from both."""

    @property
    def store(self) -> Store: ...

    @property
    def contents(self) -> Contents: ...

    @property
    def reading(self) -> ReadTables: ...

    @property
    def reviews(self) -> Reviews: ...

    def elsewhere(self) -> Callable[[], Ledger] | None:
        """What opens the same ledger in another process; None where only this one has it."""


class MemoryStore:
    """A store that lasts as long as the process: to review a folder without any set-up, and for tests."""

    def __init__(self) -> None:
        self._chains: dict[str, list[Row]] = {}

    def append(self, entries: Sequence[Entry], after: int | None = None) -> None:
        if not entries:
            return
        chain = self._chains.setdefault(one_deal(entries), [])
        if after is not None and after != len(chain):
            raise MovedOn(one_deal(entries))
        chain.extend(seal(entries, len(chain), chain[-1].hash if chain else GENESIS))

    def append_each(self, told: Sequence[tuple[Sequence[Entry], int]]) -> None:
        for entries, after in told:
            if len(self.read(one_deal(entries))) != after:
                raise MovedOn(one_deal(entries))
        for entries, after in told:
            self.append(entries, after)

    def read(self, deal: str) -> list[Entry]:
        return [open_row(row) for row in self._chains.get(deal, [])]

    def read_each(self, deals: Sequence[str]) -> Iterator[tuple[str, list[Entry]]]:
        return ((deal, self.read(deal)) for deal in deals if deal in self._chains)

    def deals(self) -> list[str]:
        return sorted(deal for deal, chain in self._chains.items() if not _withdrawn(chain))

    def rows(self) -> Iterator[Row]:
        for deal in sorted(self._chains):
            yield from self._chains[deal]


class MemoryReviews:
    """Reviews of the deals in a store, kept as long as the process lasts."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: dict[str, Reviewed] = {}

    def outdated(self, made_by: str, today: date | None = None, among: Collection[str] | None = None) -> list[str]:
        deals = [deal for deal in self._store.deals() if among is None or deal in among]
        return [deal for deal in deals if not self._holds(deal, made_by, today)]

    def keep(self, reviews: Sequence[Reviewed]) -> None:
        self._kept.update((one.deal, one) for one in reviews)

    def watch(self, deal: str, lesson: Lesson) -> None:
        """Nothing is noted: what lasts as long as a command is asked for no deals that look alike."""

    def all(self) -> Iterator[Reviewed]:
        return (self._kept[deal] for deal in sorted(self._kept))

    def forget(self) -> None:
        self._kept.clear()

    def _holds(self, deal: str, made_by: str, today: date | None) -> bool:
        kept = self._kept.get(deal)
        return kept is not None and kept.holds(len(self._store.read(deal)), made_by, today)


def _withdrawn(chain: Sequence[Row]) -> bool:
    """Whether the opening that was learned last was taken back."""
    last = max((row.learned for row in chain if row.kind == "withdrawn"), default=None)
    return last is not None and not any(row.kind == "opened" and row.learned > last for row in chain)


def one_deal(entries: Sequence[Entry]) -> str:
    """The deal that all these entries belong to. Raises ValueError where they belong to several."""
    deals = {entry.deal for entry in entries}
    if len(deals) != 1:
        raise ValueError(f"entries of several deals can't be appended at once: {', '.join(sorted(deals))}")
    return deals.pop()
