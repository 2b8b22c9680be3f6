"""Which deals a cell names: of the export, or of what the ledger has from its source."""

from __future__ import annotations

import re
from collections.abc import Callable

from premortem.importing.tables.sheet import bare


class DealNames:
    """The deals of an export by id and, where only one has it, by name; `held` finds an earlier one's by id."""

    def __init__(self, held: Callable[[str], str | None] = lambda _: None) -> None:
        self._ids: dict[str, str | None] = {}
        self._by_name: dict[str, str | None] = {}
        self._held = held
        self.owners: set[str] = set()
        """Full names of their owners, as they are compared: people of ours, also where the export has no users."""

    def add(self, id: str, name: str, told: str = "", owner: str = "") -> None:
        """A deal under the id that the ledger has, and the one that is `told` by the export, where that is another."""
        self._ids[id] = self._ids[told or id] = id
        if " " in owner.strip():
            self.owners.add(bare(owner))
        known = self._by_name.setdefault(bare(name), id)
        if known != id:
            self._by_name[bare(name)] = None

    def find(self, told: str) -> tuple[str, ...] | None:
        """The deals that a cell names: one by its id or name, or several by ids; None where two have the name."""
        if whole := self._of_id(told):
            return (whole,)
        if bare(told) in self._by_name:
            named = self._by_name[bare(told)]
            return None if named is None else (named,)
        each = [one.strip() for one in re.split(r"[;,|]", told)]
        if not all(self._of_id(one) or is_id(one) for one in each):
            return ()
        return tuple(dict.fromkeys(found for one in each if (found := self._of_id(one))))

    def _of_id(self, told: str) -> str | None:
        if told not in self._ids:
            self._ids[told] = self._held(told)
        return self._ids[told]


def is_id(told: str) -> bool:
    return re.fullmatch(r"[0-9]+|(?=.*\d)[0-9A-Za-z]{15,18}|[0-9a-f-]{32,36}", told) is not None
