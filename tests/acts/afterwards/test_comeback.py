"""A deal is lost on Tuesday; by Friday the criteria are asked for, and in the ledger."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from premortem.acts.afterwards.comeback import comeback, tell_step
from premortem.acts.afterwards.second_place import second_place
from premortem.acts.bringing_in.bring_in import bring_in
from premortem.acts.looking.verify import verify_ledger
from premortem.errors import Unknown
from premortem.ledger.entries import Entry, Outcome
from premortem.ledger.fold import noon
from premortem.records.database_url import sqlite_url
from premortem.records.opening import Ledger, open_ledger

NOW = datetime(2026, 6, 20, 9, tzinfo=UTC)
ROW = """{"id": "bay-%s", "name": "%s: dock doors", "account": "%s Cold Store",
"seller": "Doorworks", "currency": "EUR",
"created": "%s", "amount": 40000, "sellers": [{"name": "Ines Falk"}], "contacts": [{"name": "Tom Reed"}]}"""


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    held = open_ledger(sqlite_url(tmp_path / "ledger.sqlite3"))
    for number, name, created, end in (
        ("1", "Bay Street", "2026-04-01", Outcome("lost", "Frostgate", rank=2)),
        ("2", "Quay", "2024-01-01", Outcome("no_decision")),
        ("3", "Lane", "2026-04-01", Outcome("won")),
        ("4", "Mill", "2026-04-01", None),
    ):
        deal = tmp_path / number
        (deal / "touches").mkdir(parents=True)
        (deal / "deal.json").write_text(ROW % (number, name, name, created), encoding="utf-8")
        note = f"{created[:4]}-04-02-note.txt"
        (deal / "touches" / note).write_text("Met Tom Reed. The doors freeze shut.", encoding="utf-8")
        bring_in(held, deal, NOW)
        if end is not None:
            day = noon(date(int(created[:4]), 6, 16))
            held.store.append([Entry(f"bay-{number}", day, NOW, "user:ines", end)])
            held.reading.refresh(f"bay-{number}")
    return held


def test_asked_and_got_are_entries_and_the_ledger_still_verifies(ledger: Ledger) -> None:
    tell_step(ledger, "bay-1", "criteria", "asked", "ines", NOW, date(2026, 6, 17))
    tell_step(ledger, "bay-1", "criteria", "got", "ines", NOW, words="price\nservice within four hours")
    document = comeback(ledger, "bay-1", NOW.date())
    criteria = next(one for one in document.steps if one.id == "criteria")
    assert (criteria.state, criteria.asked_on, criteria.ended_on) == ("got", "2026-06-17", "2026-06-20")
    assert criteria.lines == ["price", "service within four hours"]
    assert document.next == "thanks"
    assert document.rank == 2
    assert document.chance is not None
    assert document.chance.likely == "rather likely"
    assert not verify_ledger(ledger).breaks


def test_a_check_in_is_the_first_that_is_open(ledger: Ledger) -> None:
    assert tell_step(ledger, "bay-1", "check-in", "done", "ines", NOW).step == "check_in-1"
    assert tell_step(ledger, "bay-1", "check-in", "done", "ines", NOW).step == "check_in-2"


@pytest.mark.parametrize(
    ("deal", "what", "state", "on", "says"),
    [
        ("bay-1", "criterai", "asked", None, "Did you mean criteria"),
        ("bay-1", "criteria", "eaten", None, "Say one of"),
        ("bay-1", "criteria", "asked", date(2026, 6, 1), "not between the end and today"),
        ("bay-4", "criteria", "asked", None, "has not ended"),
        ("bay-9", "criteria", "asked", None, "no deal"),
    ],
)
def test_what_can_not_be_entered_says_why(
    ledger: Ledger, deal: str, what: str, state: str, on: date | None, says: str
) -> None:
    with pytest.raises(Unknown, match=says):
        tell_step(ledger, deal, what, state, "ines", NOW, on)


def test_a_won_deal_has_a_play_and_no_chance_of_return(ledger: Ledger) -> None:
    document = comeback(ledger, "bay-3", NOW.date())
    assert document.chance is None
    assert document.steps


def test_the_list_holds_the_lost_and_the_undecided_and_the_latest_alarm_first(ledger: Ledger) -> None:
    from premortem.records.lost_deals import LostDeals

    document = second_place(ledger, LostDeals(ledger.alias), NOW.date())
    assert {one.deal for one in document.waiting} == {"bay-1", "bay-2"}
    assert [alarm.kind for one in document.waiting if one.deal == "bay-2" for alarm in one.alarms][:1] == ["silence"]
    assert document.with_alarm == 2


def test_the_record_counts_with_intervals_and_says_that_few_is_few(ledger: Ledger) -> None:
    from premortem.records.lost_deals import LostDeals

    tell_step(ledger, "bay-1", "documents", "asked", "ines", NOW)
    tell_step(ledger, "bay-1", "criteria", "got", "ines", NOW)
    tell_step(ledger, "bay-2", "returned", "done", "ines", NOW)
    counted = {one.what: one for one in second_place(ledger, LostDeals(ledger.alias), NOW.date()).record}
    assert (counted["wishes that we asked for"].some, counted["wishes that we asked for"].of) == (2, 8)
    assert (counted["got, of those asked"].some, counted["got, of those asked"].of) == (1, 2)
    back = counted["came back"]
    assert (back.some, back.of, back.few) == (1, 2, True)
    assert back.share is not None
    assert back.share.low < 0.5 < back.share.high
    assert counted["came back, of those lost a year ago or longer"].of == 1
    assert counted["got, of those asked: who decided"].share is None
