"""What goes wrong with a ledger on disk: one sentence that names the place and the remedy."""

from __future__ import annotations

from premortem.errors import PremortemError


class LedgerError(PremortemError):
    """A ledger that can't be found, opened, read or brought up to date."""
