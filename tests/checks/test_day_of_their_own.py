"""A day that the buyer set by their own hand in the shared plan outranks what was heard, in checks and gates alike."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from premortem.checks.review import moment_of, review
from premortem.forecasting.cadence import cadence_of
from premortem.forecasting.gates import gates
from premortem.ledger.entries import Entry, Milestone
from premortem.ledger.norms import Norms
from tests.telling import told, who

STORY = """
deal: Harbour depot, planned close 2026-03-31
sellers: Ines
buyers: Tom
2026-01-05 call: Ines 60%, Tom 40%
2026-01-12 call: Ines 60%, Tom 40%
2026-01-20 call: Ines 60%, Tom 40%
"""
ACTED = datetime(2026, 2, 20, 9, tzinfo=UTC)


def story(due: date, set_by: str = "buyer") -> list[Entry]:
    body = Milestone("m-1", "0" * 64, "buyer", due=due, element="decision", due_set_by=set_by, shared=True)  # type: ignore[arg-type]
    author = f"user:buyer:{who('Tom')}" if set_by == "buyer" else "user:ines"
    return [*told(STORY), Entry("d-story", ACTED, ACTED, author, body)]


def raised(entries: list[Entry]) -> set[str]:
    return {one.check for one in review(entries).findings}


def test_nobody_gave_a_day_until_the_buyer_wrote_one() -> None:
    assert {"close_date_unbacked", "decision_date_unknown"} <= raised(told(STORY))
    found = review(story(date(2026, 3, 20)))
    assert not {"close_date_unbacked", "decision_date_unknown", "gone_quiet"} & {one.check for one in found.findings}
    assert next(one for one in found.unknowns if one.what == "by when").state == "known"


def test_a_day_that_we_wrote_changes_nothing() -> None:
    assert {"close_date_unbacked", "decision_date_unknown"} <= raised(story(date(2026, 3, 20), "rep"))


def test_a_plan_of_ours_that_is_ahead_of_their_day_is_told() -> None:
    found = next(one for one in review(story(date(2026, 6, 30))).findings if one.check == "close_date_unbacked")
    assert "the buyer set 30 June 2026 in the shared plan" in found.says
    assert found.severity == "high"


def test_what_the_buyer_does_in_the_room_counts_as_their_word() -> None:
    entries = story(date(2026, 3, 20))
    assert moment_of(entries).date() == ACTED.date()
    assert moment_of(told(STORY)).date() == date(2026, 1, 20)


def test_the_gate_is_passed_by_their_day_and_fails_to_be_once_it_is_over() -> None:
    norms = Norms()
    for days, state in ((30, "passed"), (-10, "unknown")):
        deal = review(story(ACTED.date() + timedelta(days=days))).deal
        assert gates(deal, norms, cadence_of(norms, None)).of("buyers_date").state == state
