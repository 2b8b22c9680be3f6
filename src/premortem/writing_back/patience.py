"""Waiting where a server asks for it: too many calls (429) or too busy (503), for as long as its Retry-After says."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

from premortem.writing_back.crm import HungUp

Answer = TypeVar("Answer")

WAITS = (1.0, 4.0, 15.0, 60.0)
"""Seconds before each further try, where the server does not say."""
LONGEST = 300.0
"""A server that wants us to wait longer than this is left alone."""
AGAIN = "Run it again later: what was written is not written a second time."

sleep: Callable[[float], None] = time.sleep


class Busy(Exception):
    """The server can't answer now. `seconds` is what it asks for; None where it does not say."""

    def __init__(self, why: str, retry_after: str | None = None) -> None:
        super().__init__(why)
        self.seconds = _seconds(retry_after)


def patiently(called: str, call: Callable[[], Answer]) -> Answer:
    """The answer of a call that raises Busy. Raises HungUp where it stays busy, or wants us to wait too long."""
    for wait in WAITS:
        try:
            return call()
        except Busy as busy:
            seconds = wait if busy.seconds is None else busy.seconds
            if seconds > LONGEST:
                raise HungUp(called, f"{busy}; it asks to wait {seconds / 60:.0f} minutes", AGAIN) from busy
            sleep(seconds)
    try:
        return call()
    except Busy as busy:
        raise HungUp(called, f"{busy}, after {len(WAITS) + 1} tries", AGAIN) from busy


def _seconds(told: str | None) -> float | None:
    """Retry-After is a number of seconds or a date (RFC 9110, 10.2.3)."""
    if told is None:
        return None
    try:
        return max(0.0, float(told))
    except ValueError:
        pass  # then it is a date, or nothing that can be understood
    try:
        return max(0.0, (parsedate_to_datetime(told) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None
