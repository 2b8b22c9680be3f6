"""A life week by week: what is counted, and how fast deals end."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from msgspec.structs import replace

from premortem.forecasting.weeks import CAUSES, Cause, Life, Pace, landmarks, seen, week_ends, weeks_until
from premortem.ledger.fold import end_of
from tests.forecasting.firms import later, plain

MONDAY = date(2026, 1, 5)


def life(weeks: int, how: Cause | None, evidence: float = 0.0) -> Life:
    until = MONDAY + timedelta(days=7 * weeks)
    row = Life("d", MONDAY, until, how)
    return Life("d", MONDAY, until, how, tuple((evidence + n,) for n in range(row.lived)))


def test_a_deal_that_ended_lived_one_week_more_than_one_that_goes_on() -> None:
    assert life(3, "won").lived == 4
    assert life(3, None).lived == 3


def test_each_landmark_stands_beside_the_weeks_that_follow_and_only_the_last_tells_the_end() -> None:
    rows, weight = landmarks([life(5, "lost")], ahead=3, every=2)
    told = list(zip(rows.X[:, 0], rows.age, rows.cause, strict=True))
    lost = CAUSES.index("lost") + 1
    assert told == [(0, 0, 0), (0, 1, 0), (0, 2, 0), (2, 2, 0), (2, 3, 0), (2, 4, 0), (4, 4, 0), (4, 5, lost)]
    by_week = {int(week): weight[rows.age == week].sum() for week in rows.age}
    assert by_week == {0: 1.0, 1: 1.0, 2: 1.0, 3: 1.0, 4: 1.0, 5: 1.0}


def test_what_was_learned_later_is_not_seen() -> None:
    entries = plain(1, "won", good=True, begin=MONDAY, weeks=4)
    assert len(seen(entries, MONDAY)) < len(seen(entries, MONDAY + timedelta(days=60))) == len(entries)
    assert seen(later(entries, MONDAY + timedelta(days=90)), MONDAY + timedelta(days=60)) == []
    assert all(one.at <= end_of(MONDAY) for one in seen(entries, MONDAY))


def test_the_pace_is_ends_by_weeks_lived() -> None:
    lives = [life(n % 10, "won" if n % 2 else "lost") for n in range(2_000)]
    pace = Pace(bands=1).fit(lives)
    lived = sum(one.lived for one in lives)
    assert pace.rates_[0] == pytest.approx([1_000 / lived, 1_000 / lived, 0.0], rel=0.01, abs=1e-4)


def test_chances_add_up_and_grow_with_the_weeks() -> None:
    pace = Pace().fit([life(4, "won"), life(8, "lost"), life(12, "no_decision"), life(6, None)])
    found = pace.incidence(2, 30)
    assert (np.diff(found, axis=0) >= 0).all()
    assert (found.sum(axis=1) <= 1).all()
    assert pace.sampled_incidence(2, 30)[:, -1, 0].std() > 0.05, "three ended deals leave much unsure"


def test_no_ended_deal_no_pace() -> None:
    with pytest.raises(ValueError, match="no deal has ended"):
        Pace().fit([life(4, None)])


def test_weeks_run_to_the_day() -> None:
    assert weeks_until(MONDAY, MONDAY + timedelta(days=7)) == 1
    assert weeks_until(MONDAY, MONDAY + timedelta(days=8)) == pytest.approx(8 / 7)
    assert week_ends(MONDAY, MONDAY + timedelta(days=8)) == [date(2026, 1, 12), date(2026, 1, 13)]


def test_what_was_never_seen_is_not_impossible() -> None:
    pace = Pace().fit([life(n % 20, "lost") for n in range(50)])
    won = pace.incidence(0, 200)[-1, 0]
    assert 0.005 < won < 0.03
    assert np.quantile(pace.sampled_incidence(0, 200)[:, -1, 0], 0.95) > 0.015


def test_a_weeks_rate_is_the_chance_in_that_week_and_the_last_week_counts_to_the_day() -> None:
    pace = Pace().fit([life(n % 4, "won" if n % 2 else "lost") for n in range(400)])
    assert pace.incidence(0, 1)[0] == pytest.approx(pace.rates_[0])
    whole = pace.incidence(0, 2)
    half = pace.incidence(0, 1.5)
    assert half[0] == pytest.approx(whole[0])
    assert half[1] == pytest.approx((whole[0] + whole[1]) / 2)
    assert pace.incidence(0, 2 / 7)[-1] == pytest.approx(whole[0] * 2 / 7)
    assert (Pace(bands=1).fit([life(0, "won")] * 99).incidence(0, 1).sum(axis=1) <= 1).all()


def test_weeks_before_the_oldest_known_end_do_not_count() -> None:
    going = replace(life(30, None), since=20.0)
    ended = replace(life(10, "won"), since=4.0)
    _, weeks = Pace(bands=1).fit([going, ended])._counted([going, ended])
    assert weeks.tolist() == [10.0 + 7.0]
    rows, _ = landmarks([ended], ahead=5, every=4)
    assert rows.age.min() == 4
