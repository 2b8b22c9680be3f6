"""Deals to write, and what other processes do with a ledger."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol

from premortem.ledger.entries import (
    Body,
    Changed,
    Entry,
    Fact,
    Opened,
    Outcome,
    Part,
    Person,
    Touch,
    Verdict,
)
from premortem.records.opening import open_ledger, start_django

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
DANA, OMAR, OURS = "p-00000000aa", "p-00000000bb", "p-00000000cc"
CALL, MAIL = "2026-03-04-call.vtt", "2026-03-09-mail.eml"


def entry(deal: str, day: int, body: Body, author: str = "import:test") -> Entry:
    return Entry(deal, START + timedelta(days=day), START + timedelta(days=90), author, body)


def a_deal(deal: str = "quarry") -> list[Entry]:
    """Dana of the buyer's side takes part in a call, hears a price by mail, and buys elsewhere."""
    fact = Fact("f-1", CALL, 2, 0, 20, "pain_stated", DANA, "reader:pains", 0.9, reading="r1")
    wrong = Fact("f-2", CALL, 4, 3, 9, "budget_confirmed", DANA, "reader:money", 0.6, reading="r1")
    return [
        entry(deal, 0, Opened("Quarry control room", "Quarry & Sons", "Ines", "EUR")),
        entry(deal, 0, Changed("stage", "Discovery")),
        entry(deal, 0, Changed("amount", 42_000)),
        entry(deal, 0, Changed("planned_close", "2026-06-30")),
        entry(deal, 2, Person(DANA, card="c" * 64, side="buyer", roles=("user_buyer", "influencer"), in_crm=True)),
        entry(deal, 2, Person(OMAR, side="buyer")),
        entry(deal, 2, Person(OURS, side="seller")),
        entry(deal, 2, Touch(CALL, "call", "a" * 64, "b" * 64, 9, "r1", (Part(DANA, "spoke"), Part(OURS, "spoke")))),
        entry(deal, 7, Touch(MAIL, "mail", "d" * 64, "e" * 64, 1, "r1", (Part(OURS, "wrote"), Part(OMAR, "cc")))),
        entry(deal, 2, fact, "reader:pains"),
        entry(deal, 2, wrong, "reader:money"),
        entry(deal, 2, Verdict("f-2", "rejected"), "user:ines"),
        entry(deal, 30, Changed("stage", "Closed")),
        entry(deal, 30, Outcome("lost", to="Granite Soft")),
    ]


class Barrier(Protocol):
    """Where several writers wait until all are there."""

    def wait(self) -> int: ...


def append_many(url: str, deal: str, name: str, entries: int, barrier: Barrier) -> None:
    """Append entries to a deal one by one, each with a number of its own, as soon as all writers are ready."""
    ledger = open_ledger(url)
    barrier.wait()
    for number in range(entries):
        ledger.store.append([entry(deal, 0, Changed("stage", f"{name} {number}"))])
    ledger.close()


def append_until_killed(url: str) -> None:
    """Write whole deals, with their contents and read tables, for as long as the process lives."""
    ledger = open_ledger(url)
    number = 0
    while True:
        number += 1
        deal = f"deal-{number:06}"
        with ledger.transaction():
            ledger.contents.keep(f"the words of {deal}".encode())
            ledger.store.append(a_deal(deal)[:8])
            ledger.store.append(a_deal(deal)[8:])
            ledger.reading.refresh(deal)


def open_only(url: str, barrier: Barrier) -> None:
    start_django()
    barrier.wait()
    open_ledger(url).close()


def keep_all(url: str, texts: int, barrier: Barrier) -> None:
    ledger = open_ledger(url)
    barrier.wait()
    for number in range(texts):
        ledger.contents.keep(f"text {number}".encode())
    ledger.close()
