"""Work beside the pages waits for a database that is busy, rather than fail."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django.db import OperationalError

from premortem.records.errors import LedgerError

log = logging.getLogger(__name__)

WAITS = (1.0, 5.0)
"""Seconds between tries; after the last it is given up."""


def patiently(do: Callable[[], None]) -> None:
    """Do something; where the database is busy, again after a while. Raises what it raised at last."""
    for wait in WAITS:
        try:
            return do()
        except (OperationalError, LedgerError):
            log.warning("the database was busy; this is tried again in %s s", wait, exc_info=True)
            time.sleep(wait)
    return do()
