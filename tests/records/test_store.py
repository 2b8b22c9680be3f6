"""Nothing that is appended is lost, and nobody changes it unnoticed."""

from __future__ import annotations

import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby

import pytest
from django.db import connections
from hypothesis import HealthCheck, given, settings

from premortem.ledger import store as ledger_protocol
from premortem.ledger.chain import GENESIS, Row, head, seal, verify
from premortem.ledger.entries import Changed, Entry, Outcome
from premortem.ledger.store import MemoryStore
from premortem.records.errors import LedgerError
from premortem.records.opening import Ledger, open_ledger
from tests.ledger.entries_drawn import ledgers
from tests.records.processes import run_together, start
from tests.records.writers import a_deal, append_many, append_until_killed, entry


def test_entries_come_back_as_they_were_appended(ledger: Ledger) -> None:
    any_ledger: ledger_protocol.Ledger = ledger
    store = any_ledger.store
    store.append(a_deal("b"))
    store.append(a_deal("a")[:3])
    store.append(a_deal("a")[3:])
    store.append([])
    assert store.read("a") == a_deal("a")
    assert store.read("nowhere") == []
    assert store.deals() == ["a", "b"]
    assert list(verify(store.rows())) == []


def test_deals_are_in_the_order_that_python_gives_them(ledger: Ledger) -> None:
    deals = ["b", "B", "a-1", "a_1", "a1", "é", "z", "Ä"]
    for deal in deals:
        ledger.store.append([entry(deal, 0, Outcome("won"))])
        ledger.reading.refresh(deal)
    assert ledger.store.deals() == sorted(deals)
    assert [row.deal for row in ledger.store.rows()] == sorted(deals)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=ledgers())
def test_a_database_holds_what_memory_holds(ledger: Ledger, drawn: list[Entry]) -> None:
    deal = f"d-{len(ledger.store.deals())}"
    entries = [Entry(deal, one.at, one.learned, one.author, one.body) for one in drawn]
    memory = MemoryStore()
    memory.append(entries)
    ledger.store.append(entries)
    assert ledger.store.read(deal) == memory.read(deal)
    assert [row for row in ledger.store.rows() if row.deal == deal] == list(memory.rows())


def test_an_append_that_fails_leaves_nothing(ledger: Ledger) -> None:
    ledger.store.append(a_deal()[:2])
    with pytest.raises(ValueError, match="several deals"):
        ledger.store.append([*a_deal()[2:], *a_deal("other")])

    def all_or_nothing() -> None:
        with ledger.transaction():
            ledger.store.append(a_deal()[2:])
            ledger.contents.keep(b"words")
            raise RuntimeError("the import broke off")

    with pytest.raises(RuntimeError):
        all_or_nothing()
    assert ledger.store.read("quarry") == a_deal()[:2]
    with pytest.raises(KeyError):
        ledger.contents.get("0" * 64)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_file_that_stays_locked_is_an_error_that_says_who_holds_it(ledger: Ledger) -> None:
    with connections[ledger.alias].cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 10")
    other = sqlite3.connect(ledger.place, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(LedgerError, match="another premortem writes to it"):
        ledger.store.append(a_deal())
    other.close()
    ledger.store.append(a_deal())
    assert ledger.store.read("quarry") == a_deal()


def test_the_head_sums_up_all_chains(ledger: Ledger) -> None:
    assert ledger.store.head() == head([])
    for deal in ("b", "a"):
        ledger.store.append(a_deal(deal))
    lasts = [(deal, list(rows)[-1].hash) for deal, rows in groupby(ledger.store.rows(), key=lambda row: row.deal)]
    assert ledger.store.head() == head(lasts)


def test_two_processes_that_append_to_one_deal_lose_nothing(ledger: Ledger, url: str) -> None:
    run_together(append_many, [(url, "shared", name, 200) for name in ("one", "two")])
    told = [one.body.value for one in ledger.store.read("shared") if isinstance(one.body, Changed)]
    for name in ("one", "two"):
        assert [value for value in told if str(value).startswith(name)] == [f"{name} {n}" for n in range(200)]
    assert len(told) == 400
    assert list(verify(ledger.store.rows())) == []


def test_threads_that_append_to_one_deal_lose_nothing(ledger: Ledger, url: str) -> None:
    barrier = threading.Barrier(4, timeout=30)
    with ThreadPoolExecutor(4) as threads:
        for done in [threads.submit(append_many, url, "shared", f"thread-{n}", 25, barrier) for n in range(4)]:
            done.result()
    assert len(ledger.store.read("shared")) == 100
    assert list(verify(ledger.store.rows())) == []


def test_a_writer_killed_midway_leaves_a_ledger_that_holds_and_goes_on(ledger: Ledger, url: str) -> None:
    writer = start(append_until_killed, url)
    deadline = time.monotonic() + 30
    while len(ledger.store.deals()) < 20 and time.monotonic() < deadline:
        time.sleep(0.01)
    writer.kill()
    writer.join()
    assert writer.exitcode == -9

    deals = ledger.store.deals()
    assert len(deals) >= 20
    assert list(verify(ledger.store.rows())) == []
    assert all(ledger.store.read(deal) == a_deal(deal) for deal in deals)  # whole deals or none of it
    before = ledger.reading.digest()
    ledger.reading.rebuild()
    assert ledger.reading.digest() == before

    ledger.store.append(a_deal("afterwards"))
    assert list(verify(open_ledger(url).store.rows())) == []


def test_reading_all_rows_starts_before_the_last_is_fetched(ledger: Ledger) -> None:
    for number in range(3):
        ledger.store.append([entry(f"deal-{number}", day, Changed("stage", "x")) for day in range(1_000)])
    rows = ledger.store.rows()
    first = next(rows)
    assert first == Row._make(seal([entry("deal-0", 0, Changed("stage", "x"))], 0, GENESIS)[0])
    ledger.store.append([entry("deal-3", 0, Outcome("won"))])  # writing goes on while somebody reads
    assert len(list(rows)) + 1 >= 3_000
