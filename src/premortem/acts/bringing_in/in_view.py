"""A ledger of which only some deals are in view: what finds its deal by itself then finds none of the others."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from premortem.ledger.chain import Row
from premortem.ledger.entries import Entry
from premortem.ledger.store import Contents, Ledger, ReadTables, Reviews, Store


class InView:
    """The same ledger, read and written as before; its store lists these deals alone, and holds no other."""

    def __init__(self, ledger: Ledger, deals: Collection[str]) -> None:
        self._ledger = ledger
        self.store: Store = _InView(ledger.store, frozenset(deals))

    @property
    def contents(self) -> Contents:
        return self._ledger.contents

    @property
    def reading(self) -> ReadTables:
        return self._ledger.reading

    @property
    def reviews(self) -> Reviews:
        return self._ledger.reviews

    def elsewhere(self) -> Callable[[], Ledger] | None:
        return None  # another process would see all deals


class _InView:
    def __init__(self, base: Store, deals: frozenset[str]) -> None:
        self._base, self._deals = base, deals

    def append(self, entries: Sequence[Entry], after: int | None = None) -> None:
        self._base.append([one for one in entries if one.deal in self._deals], after)

    def append_each(self, told: Sequence[tuple[Sequence[Entry], int]]) -> None:
        self._base.append_each([one for one in told if one[0] and one[0][0].deal in self._deals])

    def read(self, deal: str) -> list[Entry]:
        return self._base.read(deal) if deal in self._deals else []

    def read_each(self, deals: Sequence[str]) -> Iterator[tuple[str, list[Entry]]]:
        return self._base.read_each([one for one in deals if one in self._deals])

    def deals(self) -> list[str]:
        return [one for one in self._base.deals() if one in self._deals]

    def rows(self) -> Iterator[Row]:
        return (row for row in self._base.rows() if row.deal in self._deals)
