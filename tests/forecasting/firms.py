"""Firms of made-up deals for tests of forecasts: told as stories, put into a ledger in memory."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

import msgspec
from msgspec.structs import replace

from premortem.ledger.contents import Conversation, MemoryContents, MemoryLedger, Turn
from premortem.ledger.entries import Changed, Entry, Hash
from premortem.ledger.fold import noon
from tests.telling import told

START = date(2024, 1, 1)
NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
TODAY = NOW.date()


def deal(name: str, story: str, amount: float | None = 1000.0) -> list[Entry]:
    """The entries of a story under a name of its own; the amount is known from its first day."""
    entries = [replace(one, deal=name) for one in told(story)]
    first = min(one.at for one in entries)
    return [*entries, Entry(name, first, first, "import:story", Changed("amount", amount))] if amount else entries


class _Words(MemoryContents):
    """A story's touches keep no words: any stands in for them."""

    def get(self, key: Hash) -> bytes | None:
        try:
            return super().get(key)
        except KeyError:
            told = Conversation("call", "story", tuple(Turn("said " * 20) for _ in range(20)), name="a touch")
            return msgspec.json.encode(told)


def ledger_of(deals: Iterable[list[Entry]]) -> MemoryLedger:
    held = MemoryLedger()
    held.contents = _Words()
    for entries in deals:
        held.store.append(entries)
    return held


def plain(number: int, end: str | None, good: bool, weeks: int = 12, begin: date | None = None) -> list[Entry]:
    """A deal in which, where it is `good`, the buyer has money and a day; it ends after so many weeks, or goes on."""
    began = begin or START + timedelta(days=7 * (number % 80))
    day = [began + timedelta(days=days) for days in (0, 10, 20)]
    words = [
        'Tom budget_confirmed =50000 "we have fifty for it"',
        f'Tom decision_date_stated ={began + timedelta(days=200)} "we decide by then"',
    ]
    bad = ['Tom budget_missing "there is no money for it"', 'Tom delay_stated "not this year"']
    lines = [
        "deal: A deal",
        "sellers: Ines",
        "buyers: Tom",
        f"{day[0]} stage Proposal",
        f"{day[1]} call: Ines 50%, Tom 50%",
        *(f"  {one}" for one in (words if good else bad)),
        f"{day[2]} mail Tom to Ines",
    ]
    if end:
        lines.append(f"{began + timedelta(days=7 * weeks)} {end}")
    return deal(f"d-{number:03}", "\n".join(lines))


def later(entries: Iterable[Entry], learned: date) -> list[Entry]:
    """The same entries, learned on one later day, as an import of the past tells them."""
    return [replace(one, learned=max(one.at, noon(learned))) for one in entries]


def telling_firm(closed: int = 80, going: int = 4) -> MemoryLedger:
    """In this firm it tells: of good deals seven in eight are won, of others one in eight."""
    deals = []
    for number in range(closed):
        good, odd = number % 2 == 0, number % 8 in (6, 7)
        won = good != odd
        end = "won" if won else ("lost to Brightline" if number % 3 else "no_decision")
        deals.append(plain(number, end, good, weeks=6 + number % 9))
    deals += [plain(900 + number, None, number % 2 == 0, begin=TODAY - timedelta(days=30)) for number in range(going)]
    return ledger_of(deals)


def silent_firm(closed: int = 60, going: int = 2) -> MemoryLedger:
    """In this firm nothing tells won from lost: every deal looks alike."""
    deals = [plain(number, "won" if number % 3 == 0 else "lost to Brightline", True) for number in range(closed)]
    return ledger_of([*deals, *(plain(900 + n, None, True, begin=TODAY - timedelta(days=30)) for n in range(going))])
