"""A ledger beside the real one: it knows what that one knows, and what is written to it is forgotten."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from premortem.ledger.contents import MemoryLedger, digest
from premortem.ledger.entries import Entry, Hash
from premortem.ledger.store import Contents, Ledger, MemoryStore, Store


def beside(ledger: Ledger) -> Ledger:
    """A ledger in memory that knows what this one knows; what is written to it stays there."""
    aside = MemoryLedger()
    aside.store, aside.contents = _Copied(ledger.store), _Beside(ledger.contents)
    return aside


class _Copied(MemoryStore):
    """A store that begins with the entries of another."""

    def __init__(self, base: Store) -> None:
        super().__init__()
        self._base, self._copied = base, set[str]()

    def read(self, deal: str) -> list[Entry]:
        if deal not in self._copied:
            self._copied.add(deal)
            self.append(self._base.read(deal))
        return super().read(deal)


class _Beside:
    """Contents that are read from others and kept here. What was erased there stays erased here."""

    def __init__(self, base: Contents) -> None:
        self._base, self._own = base, dict[Hash, bytes | None]()

    def keep(self, data: bytes) -> Hash:
        key = digest(data)
        if key not in self._own:
            try:
                self._base.get(key)
            except KeyError:
                self._own[key] = data
        return key

    def keep_each(self, many: Collection[bytes]) -> None:
        for data in many:
            self.keep(data)

    def get(self, key: Hash) -> bytes | None:
        return self._own[key] if key in self._own else self._base.get(key)

    def get_each(self, keys: Collection[Hash]) -> dict[Hash, bytes | None]:
        own = {key: self._own[key] for key in keys if key in self._own}
        return own | self._base.get_each([key for key in keys if key not in own])

    def erase(self, key: Hash) -> None:
        self._own[key] = None

    def damaged(self) -> Iterator[Hash]:
        return iter(())

    def nonce(self) -> str:
        return self._base.nonce()
