"""Contests on both databases: what was announced or awarded is locked by the database; bookings come in once."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connections

from premortem.acts.contests.contests import announce, approve, award, bookings, new, standings
from premortem.errors import Unknown
from premortem.ledger.entries import Body, Changed, Entry, Opened, Outcome
from premortem.records.contests import DatabaseContests
from premortem.records.opening import Ledger
from tests.contests.telling import PEOPLE, written

BEFORE, DURING, AFTER = (datetime(2026, month, 15, tzinfo=UTC) for month in (3, 5, 7))
CSV = ["deal,owner,day,amount,currency", "a,Ana Petrova,2026-05-01,100,EUR", "b,cy lind,2026-05-02,250.50,EUR"]
FORBIDDEN = (
    "UPDATE records_contestrow SET body = '{}'",
    "DELETE FROM records_contestrow",
    "UPDATE records_awardrow SET body = '{}'",
    "DELETE FROM records_awardrow",
)


def announced(ledger: Ledger) -> DatabaseContests:
    kept = DatabaseContests(ledger.alias)
    new(kept, written(), PEOPLE, "lead", BEFORE)
    announce(kept, "the-cup", "lead", BEFORE)
    return kept


def a_won_deal(deal: str, owner: str, amount: float | None) -> list[Entry]:
    day = datetime(2026, 5, 3, 12, tzinfo=UTC)
    bodies: list[Body] = [
        Opened(deal, "Acme", owner, "EUR"),
        *([Changed("amount", amount)] if amount else []),
        Outcome("won"),
    ]
    return [Entry(deal, day, day, "import:test", body) for body in bodies]


def test_what_was_announced_and_awarded_is_locked_by_the_database(ledger: Ledger) -> None:
    kept = announced(ledger)
    award(kept, "the-cup", "lead", AFTER)
    for statement in FORBIDDEN:
        with (
            pytest.raises(DatabaseError, match="never changed or deleted"),
            connections[ledger.alias].cursor() as cursor,
        ):
            cursor.execute(statement)
    with pytest.raises(Unknown, match="is locked"):
        new(kept, written(prize='"Another cup"'), PEOPLE, "lead", BEFORE)
    assert standings(kept, "the-cup", AFTER.date()).contest.prize == "A cup for a quarter"


def test_a_draft_can_change_and_loses_its_approval(ledger: Ledger) -> None:
    kept = DatabaseContests(ledger.alias)
    new(kept, written(cost="9000"), PEOPLE, "lead", BEFORE)
    with pytest.raises(Unknown, match="nobody approved its budget"):
        announce(kept, "the-cup", "lead", BEFORE)
    assert approve(kept, "the-cup", "finance", BEFORE).approved_by == "finance"
    new(kept, written(cost="9001"), PEOPLE, "lead", BEFORE)
    with pytest.raises(Unknown, match="nobody approved"):
        announce(kept, "the-cup", "lead", BEFORE)
    approve(kept, "the-cup", "finance", BEFORE)
    assert announce(kept, "the-cup", "lead", BEFORE).state == "announced"


def test_bookings_come_in_once_and_corrections_count(ledger: Ledger) -> None:
    kept = announced(ledger)
    assert (bookings(kept, CSV).new, bookings(kept, CSV).new) == (2, 0)
    changed = bookings(kept, [CSV[0], CSV[1].replace("100", "300"), CSV[2]])
    assert (changed.new, changed.changed) == (0, 1)
    told = standings(kept, "the-cup", DURING.date(), ["ANA@lark.example"])
    assert [(one.name, one.value) for one in told.places] == [
        ("Ana Petrova", 300),
        ("Cy Lind", 250.5),
        ("Ben Okoro", 0),
    ]
    assert told.mine is not None
    assert told.mine.place == 1


def test_the_ledgers_won_deals_count_and_a_file_takes_their_place(ledger: Ledger) -> None:
    kept = announced(ledger)
    for deal, owner, amount in (("a", "Cy Lind", 80.0), ("x", "Ben Okoro", 70.25), ("y", "Ben Okoro", None)):
        ledger.store.append(a_won_deal(deal, owner, amount))
        ledger.reading.refresh(deal)
    told = standings(kept, "the-cup", DURING.date())
    assert [(one.name, one.value, one.deals) for one in told.places][:2] == [
        ("Cy Lind", 80, 1),
        ("Ben Okoro", 70.25, 2),
    ]
    bookings(kept, CSV[:2])
    assert standings(kept, "the-cup", DURING.date()).places[0].name == "Ana Petrova"


def test_the_award_is_computed_and_later_bookings_do_not_move_it(ledger: Ledger) -> None:
    kept = announced(ledger)
    bookings(kept, CSV)
    with pytest.raises(Unknown, match="runs through 2026-06-30"):
        award(kept, "the-cup", "lead", DURING)
    assert standings(kept, "the-cup", AFTER.date()).contest.state == "over"
    assert standings(kept, "the-cup", AFTER.date()).leaders[0].name == "Cy Lind"
    award(kept, "the-cup", "lead", AFTER)
    bookings(kept, [CSV[0], "z,Ana Petrova,2026-05-01,99999,EUR"])
    again = award(kept, "the-cup", "somebody else", AFTER)
    assert again.award is not None
    assert ([one.name for one in again.award.winners], again.award.given_by) == (["Cy Lind"], "lead")


def test_what_is_told_afterwards_or_never_is_no_incentive(ledger: Ledger) -> None:
    kept = DatabaseContests(ledger.alias)
    new(kept, written(), PEOPLE, "lead", BEFORE)
    with pytest.raises(Unknown, match="a reward, not an incentive"):
        announce(kept, "the-cup", "lead", DURING)
    with pytest.raises(Unknown, match="never announced"):
        award(kept, "the-cup", "lead", AFTER)
    assert kept.one("the-cup") is not None
    assert date(2026, 6, 30).isoformat() == standings(kept, "the-cup", AFTER.date()).contest.last
