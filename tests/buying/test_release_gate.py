"""A release goes through the gate step by step; friendly customers come after our own hunt."""

from __future__ import annotations

from datetime import date

import pytest

from premortem.buying.release_gate import STEPS, Tick, items, may_ship, standings, tick
from premortem.errors import Unknown

DAY = date(2026, 5, 4)


def through(last: int) -> dict[str, Tick]:
    done: dict[str, Tick] = {}
    for step in STEPS[: last + 1]:
        for item in step.items:
            told = "3" if item.asks == "number" else "Bo" if item.asks == "words" else ""
            done[item.key] = tick(done, item.key, "ines", DAY, told)
    return done


def test_a_step_waits_for_the_one_before_it() -> None:
    with pytest.raises(Unknown, match="step 3 waits for step 0"):
        tick({}, "novices", "ines", DAY, "4")
    done = through(1)
    assert [one.waits_for for one in standings(done)] == [None, None, None, 2, 2, 2]
    with pytest.raises(Unknown, match="waits for step 2"):
        tick(done, "reward", "ines", DAY, "a year of service")


def test_what_a_thing_asks_for_has_to_be_told() -> None:
    with pytest.raises(Unknown, match="their names"):
        tick(through(1), "hunters", "ines", DAY)
    with pytest.raises(Unknown, match="above 0"):
        tick(through(2), "novices", "ines", DAY, "none")
    with pytest.raises(Unknown, match="nothing called"):
        tick({}, "luck", "ines", DAY)


def test_it_ships_after_step_three_and_never_beside_an_open_problem_that_breaks_trust() -> None:
    assert len(may_ship({}, 0)) == sum(len(step.items) for step in STEPS if step.number <= 3)
    assert may_ship(through(3), 0) == []
    assert may_ship(through(3), 2) == ["problems that break trust are open: 2"]
    assert len(items()) == sum(len(step.items) for step in STEPS)
