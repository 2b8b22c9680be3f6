"""A ledger that is read as it lies and written beside: what is said and kept is gathered, for one writer to append."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from premortem.ledger.chain import GENESIS, Row, seal
from premortem.ledger.contents import digest
from premortem.ledger.entries import Entry, Hash
from premortem.ledger.store import Contents, Ledger, MovedOn, ReadTables, Reviews, Store


class GatheredContents:
    """Contents that are read from `read`, which was read at once, or from `base`, and gathered to be kept at once."""

    def __init__(self, base: Contents, read: Mapping[Hash, bytes | None] | None = None) -> None:
        self._base, self._read = base, read or {}
        self.kept: dict[Hash, bytes] = {}

    def keep(self, data: bytes) -> Hash:
        key = digest(data)
        if key not in self._read:
            self.kept[key] = data
        return key

    def keep_each(self, many: Collection[bytes]) -> None:
        for data in many:
            self.keep(data)

    def get(self, key: Hash) -> bytes | None:
        return self.kept[key] if key in self.kept else self._read[key] if key in self._read else self._base.get(key)

    def get_each(self, keys: Collection[Hash]) -> dict[Hash, bytes | None]:
        """As the protocol says: what was gathered, then what was read, and the rest from below in one go."""
        found: dict[Hash, bytes | None] = {key: self.kept[key] for key in keys if key in self.kept}
        found |= {key: self._read[key] for key in keys if key not in found and key in self._read}
        below = [key for key in keys if key not in found]
        return found | (self._base.get_each(below) if below else {})

    def erase(self, key: Hash) -> None:
        self._base.erase(key)

    def damaged(self) -> Iterator[Hash]:
        return iter(())

    def nonce(self) -> str:
        return self._base.nonce()


class GatheredStore:
    """A store that knows one deal: what is appended to it stands behind the entries that it had, and goes nowhere.

    `after` is how many entries the deal had, `told` is what was appended since.
    """

    def __init__(self, base: Store, deal: str) -> None:
        self._deal, self._held = deal, base.read(deal)
        self.after = len(self._held)
        self.told: list[Entry] = []

    def append(self, entries: Sequence[Entry], after: int | None = None) -> None:
        if after is not None and after != self.after + len(self.told):
            raise MovedOn(self._deal)
        self.told += entries

    def append_each(self, told: Sequence[tuple[Sequence[Entry], int]]) -> None:
        for entries, after in told:
            self.append(entries, after)

    def read(self, deal: str) -> list[Entry]:
        return [*self._held, *self.told] if deal == self._deal else []

    def read_each(self, deals: Sequence[str]) -> Iterator[tuple[str, list[Entry]]]:
        return ((deal, self.read(deal)) for deal in deals if self.read(deal))

    def deals(self) -> list[str]:
        return [self._deal] if self.read(self._deal) else []

    def rows(self) -> Iterator[Row]:
        return iter(seal(self.read(self._deal), 0, GENESIS))


class GatheredLedger:
    """One deal of a ledger, read as it lies; what is appended and kept is gathered in `store` and `contents`."""

    def __init__(self, base: Ledger, deal: str) -> None:
        self._base = base
        self.store = GatheredStore(base.store, deal)
        self.contents = GatheredContents(base.contents)
        self.reading: ReadTables = _TablesLater(base.reading)

    @property
    def reviews(self) -> Reviews:
        return self._base.reviews

    def elsewhere(self) -> Callable[[], Ledger] | None:
        return None


class _TablesLater:
    """Read tables that whoever appends brings up to date."""

    def __init__(self, base: ReadTables) -> None:
        self.rebuild, self.ended, self.digest = base.rebuild, base.ended, base.digest

    def refresh(self, deal: str) -> None:
        """Nothing was appended yet."""

    def refresh_each(self, deals: Sequence[str]) -> None:
        """Nothing was appended yet."""
