"""Who works at the firm by an export's table of users: how the owner that a deal names is known by an address."""

from __future__ import annotations

from premortem.importing.mapped.columns import columns_of
from premortem.importing.mapped.lookups import Directory
from premortem.importing.mapped.mapping import Mapping
from premortem.importing.mapped.survey import Survey
from premortem.importing.tables.folder import Export
from premortem.importing.tables.sheet import nobody


class Owners:
    """The users of an export. `told` is how many it has; none where it has no such table."""

    def __init__(self, export: Export, mapping: Mapping) -> None:
        self._users = Directory()
        if mapping.users is not None:
            for columns in columns_of(export.tables, mapping.users, Survey(mapping), nobody):
                self._users.read(columns, None, ours=True)
        self.told = len(self._users)

    def has(self, email: str) -> bool:
        return bool(email) and self._users.find(email) is not None

    def email(self, owner: str) -> str | None:
        """The address of an owner as deals name them; None where no user, or more than one, is called so."""
        found = self._users.find(owner)
        return found.email if found is not None else owner.lower() if "@" in owner else None
