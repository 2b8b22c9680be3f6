"""Read tables say what the ledger says, and can be made from it at any time."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from premortem.ledger.entries import Entry
from premortem.ledger.fold import deal_as_of
from premortem.records.models import READ_TABLES, DealRow, FactRow, PersonRow, TouchRow
from premortem.records.opening import Ledger, open_ledger
from premortem.records.reading import rows_of
from tests.ledger.entries_drawn import ledgers
from tests.records.postgresql import Server
from tests.records.writers import CALL, DANA, MAIL, OMAR, OURS, START, a_deal


def day(number: int) -> datetime:
    return START + timedelta(days=number)


def test_a_deal_in_the_list(ledger: Ledger) -> None:
    ledger.store.append(a_deal())
    ledger.reading.refresh("quarry")
    row = DealRow.objects.using(ledger.alias).get(deal="quarry")
    assert (row.name, row.account, row.seller) == ("Quarry control room", "Quarry & Sons", "Ines")
    assert (row.stage, row.amount, row.currency) == ("Closed", 42_000, "EUR")
    assert (row.planned_close, row.created) == (date(2026, 6, 30), day(0))
    assert (row.status, row.ended) == ("lost", day(30))
    assert (row.last_touch_at, row.last_buyer_word_at) == (day(7), day(2))
    assert (row.touches, row.people, row.buyers, row.facts) == (2, 3, 2, 1)


def test_its_touches_people_and_facts(ledger: Ledger) -> None:
    ledger.store.append(a_deal())
    ledger.reading.refresh("quarry")
    touches = TouchRow.objects.using(ledger.alias).filter(deal="quarry").order_by("at")
    assert [(one.touch, one.type, one.turns, one.raw) for one in touches] == [
        (CALL, "call", 9, "a" * 64),
        (MAIL, "mail", 1, "d" * 64),
    ]
    people = PersonRow.objects.using(ledger.alias).order_by("pk")
    assert [(one.person, one.side, one.roles, one.met, one.card) for one in people] == [
        (DANA, "buyer", "influencer user_buyer", CALL, "c" * 64),
        (OMAR, "buyer", "influencer", None, None),
        (OURS, "seller", "", CALL, None),
    ]
    (fact,) = FactRow.objects.using(ledger.alias).all()  # the other one was rejected
    assert (fact.fact, fact.claim, fact.person, fact.standing) == ("f-1", "pain_stated", None, "read")


def test_a_deal_of_which_little_is_known_has_a_row_too(ledger: Ledger) -> None:
    ledger.store.append(a_deal()[1:2])
    ledger.reading.refresh("quarry")
    row = DealRow.objects.using(ledger.alias).get()
    assert (row.name, row.account, row.amount, row.status, row.created) == ("quarry", None, None, "open", None)


def test_refreshing_follows_the_ledger(ledger: Ledger) -> None:
    ledger.reading.refresh("quarry")
    assert not DealRow.objects.using(ledger.alias).exists()
    ledger.store.append(a_deal()[:-1])
    ledger.reading.refresh("quarry")
    ledger.store.append(a_deal()[-1:])
    ledger.reading.refresh("quarry")
    assert [row.status for row in DealRow.objects.using(ledger.alias).all()] == ["lost"]


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=ledgers())
def test_a_rebuild_equals_what_was_kept_current_byte_for_byte(ledger: Ledger, drawn: list[Entry]) -> None:
    deal = f"d-{len(ledger.store.deals())}"
    entries = [Entry(deal, one.at, one.learned, one.author, one.body) for one in drawn]
    for part in (entries[: len(entries) // 2], entries[len(entries) // 2 :]):
        ledger.store.append(part)
        ledger.reading.refresh(deal)
    kept_current = ledger.reading.digest()
    done: list[str] = []
    assert ledger.reading.rebuild(done.append) == len(ledger.store.deals())
    assert done == ledger.store.deals()
    assert ledger.reading.digest() == kept_current


def test_a_rebuild_repairs_what_somebody_changed(ledger: Ledger) -> None:
    for deal in ("a", "b"):
        ledger.store.append(a_deal(deal))
    ledger.reading.rebuild()
    sound = ledger.reading.digest()
    deals = DealRow.objects.using(ledger.alias)
    deals.filter(deal="a").update(amount=1)
    deals.create(deal="invented", name="x", status="won", touches=0, people=0, buyers=0, facts=0)
    for table in READ_TABLES[1:]:
        table._default_manager.using(ledger.alias).filter(deal="b").delete()
    assert ledger.reading.digest() != sound
    ledger.reading.rebuild()
    assert ledger.reading.digest() == sound


def test_a_rebuild_that_breaks_off_changes_nothing(ledger: Ledger) -> None:
    ledger.store.append(a_deal("a"))
    ledger.reading.refresh("a")
    before = ledger.reading.digest()

    def stop(deal: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ledger.reading.rebuild(stop)
    assert ledger.reading.digest() == before


def test_sqlite_and_postgresql_hold_the_same_to_the_byte(server: Server, tmp_path: object) -> None:
    digests = set()
    with server.fresh_database() as postgresql:
        for url in (postgresql, f"sqlite:///{tmp_path}/ledger.sqlite3"):
            ledger = open_ledger(url)
            for deal in ("b", "B", "a-b", "ab", "é"):
                ledger.store.append(a_deal(deal))
                ledger.reading.refresh(deal)
            digests.add((ledger.reading.digest(), ledger.store.head()))
            ledger.close()
    assert len(digests) == 1


def test_rows_are_a_pure_function_of_the_deal() -> None:
    deal = deal_as_of(a_deal())
    assert rows_of(deal) == rows_of(deal)
    assert [len(rows) for rows in rows_of(deal)] == [1, 2, 3, 1]
