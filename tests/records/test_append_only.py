"""The database itself refuses to change the ledger; where somebody gets around that, verification finds it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from premortem.ledger.chain import Break, verify
from premortem.records.errors import LedgerError
from premortem.records.opening import Ledger
from tests.records.writers import a_deal

COLUMNS = ("deal", "seq", "kind", "at", "learned", "author", "body", "hash")
FORBIDDEN = [
    "UPDATE records_entry SET body = '{}' WHERE seq = 2",
    "UPDATE records_entry SET seq = seq",
    "DELETE FROM records_entry WHERE seq = 14",
    "DELETE FROM records_entry",
]
FORBIDDEN_ON = {
    "sqlite": [
        "INSERT OR REPLACE INTO records_entry SELECT * FROM records_entry WHERE seq = 3",
        "INSERT OR REPLACE INTO records_entry (rowid, deal, seq, kind, at, learned, author, body, hash)"
        " SELECT 3, 'another', 1, kind, at, learned, author, body, hash FROM records_entry WHERE seq = 3",
    ],
    "postgresql": [
        "TRUNCATE records_entry",
        "INSERT INTO records_entry SELECT * FROM records_entry WHERE seq = 3"
        " ON CONFLICT (deal, seq) DO UPDATE SET body = '{}'",
    ],
}


def run(ledger: Ledger, statement: str, *given: Any) -> None:
    with connections[ledger.alias].cursor() as cursor:
        cursor.execute(statement, given or None)


def test_the_database_refuses_to_change_delete_or_replace_an_entry(ledger: Ledger) -> None:
    ledger.store.append(a_deal())
    for statement in FORBIDDEN + FORBIDDEN_ON[connections[ledger.alias].vendor]:
        with pytest.raises(DatabaseError, match="never changed or deleted"):
            run(ledger, statement)
    assert ledger.store.read("quarry") == a_deal()


@pytest.fixture
def unguarded(ledger: Ledger) -> Ledger:
    """A ledger whose triggers somebody with power over the database has dropped."""
    ledger.store.append(a_deal())
    if connections[ledger.alias].vendor == "sqlite":
        for trigger in ("update", "delete", "insert"):
            run(ledger, f"DROP TRIGGER records_entry_{trigger}")
    else:
        run(ledger, "ALTER TABLE records_entry DISABLE TRIGGER USER")
    return ledger


@contextmanager
def undone(ledger: Ledger) -> Iterator[None]:
    with ledger.transaction():
        yield
        connections[ledger.alias].set_rollback(True)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_single_changed_byte_in_any_column_is_found(unguarded: Ledger, data: st.DataObject) -> None:
    column, seq = data.draw(st.sampled_from(COLUMNS)), data.draw(st.integers(1, len(a_deal())))
    row = next(row for row in unguarded.store.rows() if row.seq == seq)
    text = str(getattr(row, column)).encode()
    place = data.draw(st.integers(0, len(text) - 1))
    byte = data.draw(st.sampled_from(b'0123456789abcXYZ{}" :-_'))
    changed = (text[:place] + bytes([byte]) + text[place + 1 :]).decode()
    if changed == text.decode() or (column == "seq" and (not changed.isdigit() or 1 <= int(changed) <= len(a_deal()))):
        return
    with undone(unguarded):
        run(unguarded, f"UPDATE records_entry SET {column} = %s WHERE seq = %s", changed, seq)
        assert list(verify(unguarded.store.rows())) != []


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # PostgreSQL lets no invalid text in
def test_a_byte_that_is_no_text_at_all_is_found(unguarded: Ledger) -> None:
    for column in set(COLUMNS) - {"seq"}:
        with undone(unguarded):
            broken = f"SET {column} = CAST(x'ff' || substr(CAST({column} AS BLOB), 2) AS TEXT) WHERE seq = 2"
            run(unguarded, f"UPDATE records_entry {broken}")
            assert list(verify(unguarded.store.rows())) != []
    assert list(verify(unguarded.store.rows())) == []


def test_an_entry_taken_out_is_found(unguarded: Ledger) -> None:
    with undone(unguarded):
        run(unguarded, "DELETE FROM records_entry WHERE seq = 5")
        assert list(verify(unguarded.store.rows())) == [Break("quarry", 6, "entry 5 is missing")]


def test_a_chain_cut_at_its_end_changes_the_head(unguarded: Ledger) -> None:
    noted = unguarded.store.head()
    with undone(unguarded):
        run(unguarded, "DELETE FROM records_entry WHERE seq = 14")
        assert unguarded.store.head() != noted
    assert unguarded.store.head() == noted


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_file_with_a_damaged_page_is_an_error_that_names_the_remedy(ledger: Ledger) -> None:
    for number in range(30):
        ledger.store.append(a_deal(f"deal-{number}"))
    ledger.close()  # the last to leave writes the log back into the file
    file_of_it = Path(ledger.place)
    with file_of_it.open("r+b") as file:
        half = file_of_it.stat().st_size // 4096 // 2 * 4096
        file.seek(half)  # the tables' own description lies in front, entries behind
        file.write(b"\xff" * (file_of_it.stat().st_size - half))
    with pytest.raises(LedgerError, match="Restore it from a back-up"):
        list(verify(ledger.store.rows()))
