"""An import taken back leaves the deal as it was: no check counts what it told, no list names whom it alone named."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from premortem.acts.bringing_in.bring_in import bring_in
from premortem.acts.bringing_in.undo_import import touches_brought, undo_import, withdraw
from premortem.acts.looking.review import review_document
from premortem.acts.telling.judge import judge
from premortem.checks.review import review
from premortem.ledger.contents import MemoryLedger
from premortem.ledger.entries import Entry, Milestone
from premortem.ledger.fold import deal_as_of, diary, history
from premortem.ledger.store import Ledger
from premortem.records.reading import rows_of
from tests.acts.harbour import harbour

START = datetime(2026, 11, 22, 9, tzinfo=UTC)
HOURS = [START + timedelta(hours=hour) for hour in range(8)]
LINES = (
    "Ines Okafor: Who signs an order of this size at your place?",
    "Tom Reyes: Anything over fifty thousand goes to Dana Whitlock, she is our CFO and signs it off.",
    "Tom Reyes: Honestly, we can't get the schedule right and it costs us two days each month.",
    "Priya Nair: I joined from purchasing. We are also talking to Rostera about this.",
    "Ines Okafor: Shall we meet on 12 March to decide?",
    "Tom Reyes: I don't have time for that right now, it has to wait until June.",
)
CALLS = st.lists(
    st.tuples(st.integers(1, 28), st.lists(st.sampled_from(LINES), min_size=1, max_size=5)), min_size=1, max_size=3
)


def told(place: Path, calls: list[tuple[int, list[str]]], month: str) -> Path:
    """A folder of calls, each on its day."""
    place.mkdir(parents=True, exist_ok=True)
    for old in place.iterdir():
        old.unlink()
    for number, (day, lines) in enumerate(calls):
        text = "\n".join(lines) + "\n"
        (place / f"2026-{month}-{day:02d}-call-{number}.txt").write_text(text, encoding="utf-8")
    return place


def shown(ledger: Ledger) -> tuple[object, ...]:
    """All that pages, lists and checks have of the deal."""
    entries = ledger.store.read("d-1")
    deal = deal_as_of(entries)
    document = review_document(review(entries), deal, ledger.contents, [], [])
    past = [(touch.id, one) for touch, one in history(entries)]
    return document, rows_of(deal), past


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CALLS, CALLS)
def test_the_review_before_an_import_is_that_after_its_undo(
    tmp_path: Path, there: list[tuple[int, list[str]]], more: list[tuple[int, list[str]]]
) -> None:
    ledger = MemoryLedger()
    bring_in(ledger, harbour(tmp_path), HOURS[0])
    bring_in(ledger, told(tmp_path / "there", there, "02"), HOURS[1], "d-1")
    before = shown(ledger)
    files = told(tmp_path / "more", more, "03")
    bring_in(ledger, files, HOURS[2], "d-1")
    with_it = shown(ledger)
    undo_import(ledger, "d-1", HOURS[2], "ines", HOURS[3])
    assert shown(ledger) == before
    assert not any(one.counts for one in touches_brought(ledger, "d-1", HOURS[2]))
    bring_in(ledger, files, HOURS[4], "d-1")
    assert len(shown(ledger)[1].touches) == len(with_it[1].touches)  # type: ignore[attr-defined]
    assert [row["person"] for row in shown(ledger)[1].people] == [row["person"] for row in with_it[1].people]  # type: ignore[attr-defined]


@pytest.fixture
def ledger(tmp_path: Path) -> MemoryLedger:
    """Harbour with one call; two hours later a second one came, in which Priya was heard."""
    made = MemoryLedger()
    bring_in(made, harbour(tmp_path), HOURS[0])
    bring_in(made, told(tmp_path / "more", [(3, list(LINES))], "03"), HOURS[2], "d-1")
    return made


def test_a_deal_is_looked_at_from_the_day_of_what_still_counts(ledger: MemoryLedger) -> None:
    assert review(ledger.store.read("d-1")).deal.as_of.date().isoformat() == "2026-03-03"
    undo_import(ledger, "d-1", HOURS[2], "ines", HOURS[3])
    found = review(ledger.store.read("d-1"))
    assert found.deal.as_of.date().isoformat() == "2026-01-13"
    assert len(found.deal.touches) == 1


def test_what_was_believed_then_is_still_seen_as_it_was_known_then(ledger: MemoryLedger) -> None:
    undo_import(ledger, "d-1", HOURS[2], "ines", START + timedelta(days=2))
    entries = ledger.store.read("d-1")
    days = [START.date(), (START + timedelta(days=3)).date()]
    assert [len(deal.touches) for _, deal in diary(entries, days)] == [2, 1]


def test_a_fact_that_somebody_confirmed_stays_with_its_touch(ledger: MemoryLedger) -> None:
    second = touches_brought(ledger, "d-1", HOURS[2])[0].touch
    fact = next(one.fact.fact for one in deal_as_of(ledger.store.read("d-1")).facts if one.fact.touch == second)
    judge(ledger, "d-1", fact, "confirmed", "ines", HOURS[3])
    undo_import(ledger, "d-1", HOURS[2], "ines", HOURS[4])
    deal = deal_as_of(ledger.store.read("d-1"))
    assert [one.fact.fact for one in deal.facts if one.fact.touch == second] == [fact]
    assert len(deal.touches) == 2
    assert [touch.id for touch, _ in history(ledger.store.read("d-1"))] == [touch.id for touch in deal.touches]


def test_whom_somebody_gave_a_step_stays_though_only_that_call_named_them(ledger: MemoryLedger) -> None:
    names = {person for person, one in deal_as_of(ledger.store.read("d-1")).people.items() if one.met is not None}
    undo_import(ledger, "d-1", HOURS[2], "ines", HOURS[3])
    gone = names - set(deal_as_of(ledger.store.read("d-1")).people)
    assert gone
    one = min(gone)
    step = Milestone("m-1", "a" * 64, "buyer", owner=one)
    ledger.store.append([Entry("d-1", HOURS[4], HOURS[4], "user:ines", step)])
    assert one in deal_as_of(ledger.store.read("d-1")).people


def test_a_deal_that_the_import_opened_drops_out_and_begins_anew(tmp_path: Path) -> None:
    ledger, folder = MemoryLedger(), harbour(tmp_path)
    bring_in(ledger, folder, HOURS[0])
    before = deal_as_of(ledger.store.read("d-1"))
    assert not withdraw(ledger, "d-1", HOURS[0], "ines", HOURS[1])
    undo_import(ledger, "d-1", HOURS[0], "ines", HOURS[1])
    assert withdraw(ledger, "d-1", HOURS[0], "ines", HOURS[1])
    assert ledger.store.deals() == []
    assert rows_of(deal_as_of(ledger.store.read("d-1"))).deal == []
    bring_in(ledger, folder, HOURS[2])
    assert ledger.store.deals() == ["d-1"]
    deal = deal_as_of(ledger.store.read("d-1"))
    assert (deal.stage, deal.amount, len(deal.touches)) == (before.stage, before.amount, 1)
    assert len(deal.people) == len(before.people)


def test_a_deal_on_which_somebody_worked_stays(tmp_path: Path) -> None:
    ledger = MemoryLedger()
    bring_in(ledger, harbour(tmp_path), HOURS[0])
    step = Milestone("m-1", "a" * 64, "buyer")
    ledger.store.append([Entry("d-1", HOURS[1], HOURS[1], "user:ines", step)])
    undo_import(ledger, "d-1", HOURS[0], "ines", HOURS[2])
    assert not withdraw(ledger, "d-1", HOURS[0], "ines", HOURS[2])
    assert ledger.store.deals() == ["d-1"]
