"""A buyer's project as a plan: its parts, what it lacks, whose weeks are too full, what doing nothing costs."""

from __future__ import annotations

from datetime import date

import pytest

from premortem.buying.alignment import matrix, not_told
from premortem.buying.doing_nothing import Cost, cost_in, effort_of
from premortem.buying.mirror import mirrors
from premortem.buying.project import Plan, lacks, late, overfull, plan_of, week_of
from premortem.buying.readiness import QUESTIONS, answered, noted
from premortem.ledger.entries import Agreement, Milestone
from premortem.ledger.fold import deal_as_of
from tests.telling import told, who

MONDAY, DANA = date(2026, 3, 2), "p-dana"


def step(name: str, **more: object) -> Milestone:
    return Milestone(name, "0" * 64, **{"whose": "joint", **more})  # type: ignore[arg-type]


def plan(*steps: Milestone) -> Plan:
    return plan_of({one.milestone: one for one in steps})


def test_a_plan_is_told_by_its_parts_in_the_order_of_days() -> None:
    found = plan(
        step("b", due=date(2026, 5, 1)),
        step("a", due=date(2026, 4, 1)),
        step("no-day"),
        step("gone", dropped=True),
        step("problem", element="problem", note="1" * 64),
        step("r", element="risk"),
        step("q", element="ready:users"),
        step("c", element="comment:a", done=date(2026, 3, 3)),
    )
    assert [one.milestone for one in found.tasks] == ["a", "b", "no-day"]
    assert (list(found.sayings), list(found.ready), list(found.comments)) == (["problem"], ["users"], ["a"])
    assert [one.milestone for one in found.risks] == ["r"]


def test_what_a_plan_does_not_say_is_asked() -> None:
    deal = deal_as_of(told("deal: Depot\nsellers: Ines\nbuyers: Tom\n2026-01-05 call: Ines 60%, Tom 40%"))
    assert lacks(plan(), deal) == []  # where nothing has begun, nothing is missing
    missing = " ".join(lacks(plan(step("sign", element="signature", whose="ours")), deal))
    assert "ends at the signature" in missing
    assert "Nothing in it is the buyer's alone" in missing
    assert "No risk of the change is named" in missing
    full = plan(step("live", element="first_value", whose="buyer", owner=who("Tom")), step("r", element="risk"))
    said = " ".join(lacks(full, deal))
    assert "signature" not in said
    assert "owner" not in said
    assert "Doing nothing: nobody has said it yet." in said


def test_a_week_is_too_full_by_what_somebody_said_or_by_what_is_assumed() -> None:
    tasks = [step("t1", owner=DANA, due=MONDAY, effort=3.0), step("t2", owner=DANA, due=date(2026, 3, 6), effort=2.0)]
    (found,) = overfull(plan(*tasks))
    assert (found.week, found.hours, found.free, found.said) == (MONDAY, 5.0, 4.0, False)
    busy = step("busy", element="busy", owner=DANA, due=date(2026, 3, 4), effort=8.0)
    assert overfull(plan(*tasks, busy)) == []
    assert overfull(plan(tasks[0], step("busy", element="busy", owner=DANA, due=MONDAY)))[0].free == 0.0
    assert overfull(plan(step("t", owner=DANA, due=MONDAY, effort=9.0, done=MONDAY))) == []
    assert week_of(date(2026, 3, 8)) == MONDAY


def test_what_is_late_is_open_and_past() -> None:
    one, done = step("t", due=MONDAY), step("d", due=MONDAY, done=date(2026, 3, 9))
    assert late(plan(one, done), date(2026, 3, 3)) == [one]
    assert late(plan(one), MONDAY) == []


@pytest.mark.parametrize(
    ("words", "cost"),
    [
        ("It costs us 4,000 EUR a month.", Cost(4000.0, "EUR", "month")),
        ("12 hours a week go into it", Cost(12.0, "hours", "week")),
        ("1.5 days per quarter", Cost(1.5, "days", "quarter")),
        ("some 1 200 € / year", Cost(1200.0, "€", "year")),
        ("we lose 3 people", None),
        ("", None),
    ],
)
def test_a_figure_is_read_from_the_buyers_words_and_never_invented(words: str, cost: Cost | None) -> None:
    assert cost_in(words) == cost


def test_a_figure_is_told_for_a_year_and_effort_apart_by_side() -> None:
    assert Cost(4000.0, "EUR", "month").a_year == 48_000
    found = plan(
        step("a", whose="buyer", effort=2.0), step("b", effort=3.0), step("c", whose="ours", effort=7.0), step("d")
    )
    assert effort_of(found) == (5.0, 7.0, 1)


def test_an_answer_on_readiness_is_yes_no_not_sure_or_none() -> None:
    assert answered("users", None).answer == "unknown"
    one = answered("users", noted("no", "Nobody asked them."))
    assert (one.answer, one.words) == ("no", "Nobody asked them.")
    assert one.left == "ask those who will work with it before they are told"
    assert answered("users", noted("yes", "")).left is None
    assert answered("users", "they like it").words == "they like it"
    assert len(QUESTIONS) == 6


def test_silence_agrees_to_nothing_and_not_sure_is_an_answer() -> None:
    rows = matrix([DANA, "p-tom"], {(DANA, "timing"): Agreement(DANA, "timing", None)})
    assert [(cell.on, cell.told, cell.agrees) for cell in rows[0].cells][2] == ("timing", True, None)
    assert not_told(rows) == 5


def test_a_plan_that_is_called_and_done_as_our_stages_is_ours() -> None:
    days = [date(2026, 1, 5), date(2026, 1, 20), date(2026, 2, 10)]
    stages = [("Discovery", days[0]), ("Demo", days[1]), ("Proposal", days[2])]
    steps = [step(f"s{number}", done=day) for number, day in enumerate(days)]
    ours = {"s0": "Discovery call", "s1": "Demo for the team", "s2": "Proposal sent"}
    found = mirrors(steps, ours, stages)
    assert found[0].startswith("3 of 3 steps are called as our stages are: Discovery call")
    assert "all done on days on which our own stage moved" in found[1]
    theirs = {"s0": "Ask the works council", "s1": "Measure a week", "s2": "Put it to the board"}
    later = [step(f"s{number}", done=date(2026, 3, 1 + number)) for number in range(3)]
    assert mirrors(later, theirs, stages) == []
    assert mirrors([step(f"s{number}", whose="ours") for number in range(3)], theirs, []) == [
        "All 3 steps are our own doings; none is the buyer's."
    ]
    assert mirrors(steps[:2], ours, stages) == []
