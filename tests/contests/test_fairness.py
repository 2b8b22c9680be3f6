"""The car that nobody could win is refused with the reason; the trophy runs."""

from __future__ import annotations

from datetime import date

import pytest

from premortem.contests.fairness import late, needs_approval, warnings
from tests.contests.telling import PEOPLE, a_contest, read


def test_the_car_that_nobody_could_win_is_refused() -> None:
    car = '"A car for everyone over 300% of quota, if the company makes its number; we reserve the right to cancel"'
    _, wrong = read(metric='"over_quota"', prize=car)
    told = [(one.where, one.words) for one in wrong]
    assert ("prize", "300% of quota") in told
    assert ("prize", "if the company") in told
    assert ("prize", "reserve the right") in told
    assert any("If nobody clears it nobody wins" in one.why for one in wrong)


def test_the_trophy_runs() -> None:
    cup = a_contest(metric='"over_quota"', prize='"A cup, and bragging rights"')
    assert cup.sentence == (
        "Whoever books the most for each unit of quota (in EUR) from 1 April 2026 to 30 June 2026 wins; "
        "who ties shares the place and its prize."
    )
    assert needs_approval(cup) is None


@pytest.mark.parametrize(
    ("told", "where", "why"),
    [
        ({"threshold": "300"}, "threshold", "sets a bar"),
        ({"quota_percent": "120"}, "quota_percent", "sets a bar"),
        ({"minimum": "5"}, "minimum", "sets a bar"),
        ({"void_if": '"revenue falls"'}, "void_if", "a way to take the prize back"),
        ({"metric": '"first to reach a million"'}, "metric", "sets a bar"),
        ({"metric": '"attitude"'}, "metric", "from the list"),
        ({"winners": "0"}, "winners", "a way to take the prize back"),
        ({"winners": "3"}, "winners", "everybody, whatever they do"),
        ({"to": "2026-01-01"}, "to", "before the first day"),
        ({"from": '"soon"'}, "from", "should be a day"),
        ({"cost": "-1"}, "cost", "below 0"),
        ({"prize": '"' + "very " * 40 + 'large cup"'}, "prize", "not one line"),
        ({"rates": "{ USD = 0 }"}, "rates.USD", "above 0"),
    ],
)
def test_what_could_leave_nobody_a_winner_is_refused(told: dict[str, str], where: str, why: str) -> None:
    _, wrong = read(**told)
    assert [one for one in wrong if one.where == where and why in one.why], wrong


def test_who_takes_part_must_be_told_apart() -> None:
    _, twice = read(PEOPLE + "ANA  PETROVA,South,sales,10,\n")
    assert "for more than one person" in twice[0].why
    _, without = read(PEOPLE + "Dee Marsh,South,sales,,\n", metric='"over_quota"')
    assert "no quota" in without[0].why
    _, teamless = read("name\nAna\nBen\n", by='"team"')
    assert any("no team" in one.why for one in teamless)


def test_others_than_sellers_are_a_warning_and_no_refusal() -> None:
    cup = a_contest(PEOPLE + "Dee Marsh,South,engineering,10,\nEli,South,,10,\n", by='"team"')
    assert warnings(cup)[0].startswith("Dee Marsh does not work in sales")
    assert "Eli" in warnings(cup)[1]


def test_what_is_dear_or_makes_uneasy_needs_approval() -> None:
    assert needs_approval(a_contest(cost="60000")) is not None
    assert "smaller prize" in str(needs_approval(a_contest(uneasy="true")))


def test_an_incentive_is_known_beforehand() -> None:
    cup = a_contest()
    assert late(cup, date(2026, 4, 1)) is None
    assert "a reward, not an incentive" in str(late(cup, date(2026, 4, 2)))
