"""The ledger that the pages show: the one that the settings' database holds."""

from __future__ import annotations

from functools import cache

from premortem.records.opening import Ledger, open_ledger


@cache
def ledger() -> Ledger:
    """Opened once a process; threads share it."""
    return open_ledger()
