"""Where a ledger is kept: a store can be appended to and read, nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from premortem.ledger.chain import GENESIS, Row, open_row, seal
from premortem.ledger.entries import Entry, Hash


class Store(Protocol):
    """Append-only entries, a chain for each deal."""

    def append(self, entries: Sequence[Entry], after: int | None = None) -> None:
        """Add entries of one deal behind its last one: all of them or, if anything fails, none.

        `after` is how many entries the deal had when these were thought out. Raises MovedOn where it has others by now.
        """

    def read(self, deal: str) -> list[Entry]:
        """All entries of a deal in the order they were appended; empty for a deal that is not there."""

    def deals(self) -> list[str]:
        """The ids of all deals, in order."""

    def rows(self) -> Iterator[Row]:
        """All entries as they are stored, ordered by deal and sequence number: what verification reads."""


class MovedOn(Exception):
    """Somebody else wrote to the deal meanwhile: read it again, and think again."""


class Contents(Protocol):
    """Names and words, kept apart from the ledger under the SHA-256 of their bytes."""

    def keep(self, data: bytes) -> Hash:
        """Keep bytes and say under which hash; the same bytes twice are kept once."""

    def get(self, key: Hash) -> bytes | None:
        """The bytes kept under a hash; None where they were erased. Raises KeyError where there never were any."""

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

    def rebuild(self) -> int:
        """Make all of them anew, and say of how many deals."""

    def digest(self) -> str:
        """One hash over every value in them."""


class Ledger(Protocol):
    """A store, the contents that belong to it, and the read tables that follow from both."""

    @property
    def store(self) -> Store: ...

    @property
    def contents(self) -> Contents: ...

    @property
    def reading(self) -> ReadTables: ...


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

    def read(self, deal: str) -> list[Entry]:
        return [open_row(row) for row in self._chains.get(deal, [])]

    def deals(self) -> list[str]:
        return sorted(self._chains)

    def rows(self) -> Iterator[Row]:
        for deal in self.deals():
            yield from self._chains[deal]


def one_deal(entries: Sequence[Entry]) -> str:
    """The deal that all these entries belong to. Raises ValueError where they belong to several."""
    deals = {entry.deal for entry in entries}
    if len(deals) != 1:
        raise ValueError(f"entries of several deals can't be appended at once: {', '.join(sorted(deals))}")
    return deals.pop()
