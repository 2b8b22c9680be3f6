"""Any single changed byte is found, and so is an entry that is missing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from premortem.ledger.chain import Row, head, open_row, read_time, seal, verify, write_time
from premortem.ledger.entries import Entry, Opened
from premortem.ledger.store import MemoryStore
from tests.ledger.entries_drawn import ledgers


@given(ledgers())
def test_what_was_sealed_verifies_and_opens_to_what_it_was(entries: list[Entry]) -> None:
    rows = seal(entries)
    assert list(verify(rows)) == []
    assert [open_row(row) for row in rows] == entries


@given(ledgers(), st.data())
def test_any_single_changed_byte_is_found(entries: list[Entry], data: st.DataObject) -> None:
    rows = seal(entries)
    victim = data.draw(st.integers(0, len(rows) - 1))
    column = data.draw(st.sampled_from(Row._fields))
    text = str(getattr(rows[victim], column))
    place = data.draw(st.integers(0, len(text) - 1))
    byte = data.draw(st.sampled_from('0123456789abcdefXYZ{}" :-'))
    changed = text[:place] + byte + text[place + 1 :]
    if changed == text or (column == "seq" and (not changed.isdigit() or int(changed) == rows[victim].seq)):
        return
    value: object = int(changed) if column == "seq" else changed
    rows[victim] = rows[victim]._replace(**{column: value})  # type: ignore[arg-type]
    assert list(verify(rows)) != []


@given(ledgers(), st.data())
def test_a_missing_entry_is_found(entries: list[Entry], data: st.DataObject) -> None:
    rows = seal(entries)
    gone = data.draw(st.integers(0, len(rows) - 1))
    whole, cut = head([("d-1", rows[-1].hash)]), rows[:gone] + rows[gone + 1 :]
    if gone < len(rows) - 1:
        assert "missing" in next(verify(cut)).why
    else:  # a chain cut at its end still verifies: the head tells
        assert head([("d-1", cut[-1].hash)] if cut else []) != whole


def test_a_swapped_pair_is_found() -> None:
    when = datetime(2026, 1, 1, tzinfo=UTC)
    rows = seal([Entry("d", when, when, "import:test", Opened(name, "b", "c")) for name in "xyz"])
    rows[0], rows[1] = rows[1]._replace(seq=1), rows[0]._replace(seq=2)
    assert next(verify(rows)).seq == 1


def test_the_head_does_not_depend_on_the_order_of_deals() -> None:
    assert head([("a", "1"), ("b", "2")]) == head([("b", "2"), ("a", "1")]) != head([("a", "2"), ("b", "1")])


def test_times_are_written_in_one_form_that_sorts() -> None:
    early, late = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, 0, 0, 0, 1, tzinfo=UTC)
    assert write_time(early) == "2026-01-01T00:00:00.000000Z" < write_time(late)
    assert read_time(write_time(late)) == late
    with pytest.raises(ValueError, match="without a zone"):
        write_time(datetime(2026, 1, 1))  # noqa: DTZ001


@given(ledgers("a"), ledgers("b"))
def test_a_store_keeps_each_deals_chain_apart(first: list[Entry], second: list[Entry]) -> None:
    store = MemoryStore()
    for one, other in zip(first, second, strict=False):
        store.append([one])
        store.append([other])
    assert list(verify(store.rows())) == []
    assert store.deals() == ["a", "b"]
    assert store.read("a") == first[: len(second)]
    assert store.read("nowhere") == []


def test_a_store_refuses_entries_of_two_deals_at_once() -> None:
    when = datetime(2026, 1, 1, tzinfo=UTC)
    two = [Entry(deal, when, when, "import:test", Opened("a", "b", "c")) for deal in ("d-1", "d-2")]
    with pytest.raises(ValueError, match="several deals"):
        MemoryStore().append(two)
