"""Which entries are news, and what is told of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from premortem.ledger.entries import (
    Body,
    Changed,
    Entry,
    Fact,
    Forecast,
    Milestone,
    Opened,
    Outcome,
    Problem,
    Touch,
    Verdict,
)
from premortem.web.webhooks.events import EVENTS, Event, message_of, payload_of
from premortem.web.webhooks.news import of_entry

DAY = datetime(2026, 3, 5, 12, tzinfo=UTC)
HEARD = Fact("f-1", "t-1", 0, 0, 4, "wants_us", "p-1", "reader:x", 0.9, value="Kettle Ltd")


def told(*bodies: Body, author: str = "user:dana", late: timedelta = timedelta()) -> list[Event]:
    """What the last of these entries tells."""
    entries = [Entry("d-1", DAY, DAY + late, author, body) for body in bodies]
    return list(of_entry(entries, len(entries)))


def names(events: Sequence[Event]) -> list[str]:
    return [one.type for one in events]


def test_a_deal_opens_and_ends() -> None:
    opened = Opened("Night shift", "Larkspur", "Sam")
    assert names(told(opened)) == ["deal.opened"]
    assert names(told(opened, Outcome("won"))) == ["deal.won"]
    assert names(told(opened, Outcome("unknown"))) == ["deal.ended"]
    [again] = told(opened, Outcome("lost"), Outcome("open"))
    assert (again.type, again.data["again"]) == ("deal.opened", True)


@pytest.mark.parametrize("status", ["lost", "other_way", "no_decision"])
def test_a_loss_says_of_which_kind(status: str) -> None:
    [event] = told(Outcome(status))  # type: ignore[arg-type]
    assert (event.type, event.data) == ("deal.lost", {"on": "2026-03-05", "status": status})


def test_an_end_told_twice_is_news_once() -> None:
    assert told(Outcome("lost"), Outcome("lost", stated_reason="0" * 64)) == []


def test_what_happened_long_before_we_learned_of_it_is_no_news() -> None:
    touch = Touch("t-1", "call", "0", "0", 3, "1")
    for body in (Opened("a", "b", "c"), Outcome("won"), touch):
        assert told(body, late=timedelta(days=31)) == []
        assert len(told(body, late=timedelta(days=30))) == 1


def test_a_touch_read_again_says_so() -> None:
    touch = Touch("t-1", "call", "0", "0", 3, "1")
    [first], [second] = told(touch), told(touch, touch)
    assert (first.data["anew"], second.data["anew"]) == (False, True)
    assert first.path == "/deals/d-1/touches/t-1/"


@pytest.mark.parametrize("says", ["confirmed", "rejected"])
def test_a_fact_judged_tells_its_claim_and_not_its_words(says: str) -> None:
    [event] = told(HEARD, Verdict("f-1", says))  # type: ignore[arg-type]
    assert event.type == f"fact.{says}"
    assert event.data == {"on": "2026-03-05", "fact": "f-1", "claim": "wants_us", "touch": "t-1"}
    assert "Kettle" not in payload_of(event, "https://pm.example/")


def test_a_correction_tells_what_stands_instead() -> None:
    instead = Fact("f-2", "t-1", 0, 0, 4, "status_quo_option", "p-1", "user:dana", 1.0)
    [event] = told(HEARD, Verdict("f-1", "corrected", instead))
    assert (event.type, event.data["instead"]) == ("fact.corrected", "status_quo_option")


def test_a_forecast_is_news_where_its_category_changes() -> None:
    day = date(2026, 6, 30)
    first, same, rep = (
        Forecast("evidence", day, "pipeline"),
        Forecast("evidence", day, "pipeline", won=0.4),
        Forecast("rep", day, "commit"),
    )
    assert told(first, rep, same) == []
    [event] = told(first, rep, Forecast("evidence", day, "best_case"))
    assert (event.data["was"], event.data["category"], event.data["method"]) == ("pipeline", "best_case", "evidence")
    assert told(Forecast("evidence", day)) == []


def test_a_step_changed_by_the_buyers_hand_is_news_and_by_ours_is_none() -> None:
    step = Milestone("m-1", "0", "buyer", due=date(2026, 4, 1), shared=True)
    assert told(step) == []
    [event] = told(step, author="user:buyer:p-1")
    assert (event.type, event.data["due"], event.data["new"]) == ("milestone.changed", date(2026, 4, 1), True)
    assert "p-1" not in payload_of(event, "https://pm.example/")


def test_a_problem_is_news_once() -> None:
    assert names(told(Problem("pr-1", "0"))) == ["problem.recorded"]
    assert told(Problem("pr-1", "0"), Problem("pr-1", "0", "closed")) == []


def test_a_deal_whose_id_no_address_can_hold_stops_nothing() -> None:
    [event] = of_entry([Entry("CRM/17", DAY, DAY, "import:x", Opened("a", "b", "c"))], 1)
    assert (event.deal, event.path) == ("CRM/17", "/")


def test_what_nobody_can_choose_tells_nothing() -> None:
    assert told(Changed("stage", "Proposal")) == []


def test_the_same_event_is_the_same_message_for_each_address() -> None:
    [event] = told(Opened("a", "b", "c"))
    assert message_of(event, 1) == message_of(event, 1) != message_of(event, 2)
    assert message_of(event, 1).startswith("msg_")


def test_every_event_told_can_be_chosen() -> None:
    assert all(len(name) <= 50 and name.count(".") == 1 for name in EVENTS)
