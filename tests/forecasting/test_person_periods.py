"""Deals cut into periods."""

from __future__ import annotations

import numpy as np
import pytest

from premortem.forecasting.person_periods import PersonPeriods


def test_a_deal_won_in_its_third_week_and_one_still_open_after_two() -> None:
    rows = PersonPeriods.from_spells([[1.0], [0.0]], periods=[2, 1], cause=[1, 0])
    assert rows.deal.tolist() == [0, 0, 0, 1, 1]
    assert rows.age.tolist() == [0, 1, 2, 0, 1]
    assert rows.cause.tolist() == [0, 0, 1, 0, 0]
    assert rows.X[:, 0].tolist() == [1, 1, 1, 0, 0]
    assert rows.ended.tolist() == [4, 1]


def test_a_deal_first_seen_in_its_fifth_week_has_no_rows_before() -> None:
    rows = PersonPeriods.from_spells([[1.0]], periods=[6], cause=[2], entry=[4])
    assert rows.age.tolist() == [4, 5, 6]
    with pytest.raises(ValueError, match="1 deals end in a period before"):
        PersonPeriods.from_spells([[1.0]], periods=[3], cause=[2], entry=[4])


def test_equal_rows_become_one_with_their_number_as_its_weight() -> None:
    rows = PersonPeriods.from_spells(np.ones((10, 2)), periods=np.full(10, 3), cause=np.arange(10) % 2)
    few = rows.aggregated()
    assert len(rows) == 40
    assert len(few) == 5  # four ages, and in the last either cause
    assert sorted(few.weight.tolist()) == [5, 5, 10, 10, 10]
    assert few.ended.tolist() == rows.ended.tolist()


def test_rows_that_all_differ_stay_as_they_are() -> None:
    rows = PersonPeriods.of(np.arange(30.0)[:, None], np.zeros(30), np.zeros(30))
    assert rows.aggregated() is rows


def test_deals_of_two_tables_stay_apart_when_joined() -> None:
    one = PersonPeriods.from_spells([[1.0]], periods=[1], cause=[1])
    both = PersonPeriods.joined([one, one])
    assert both.deal.tolist() == [0, 0, 1, 1]


def test_arrays_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="one entry a row"):
        PersonPeriods.of([[1.0], [2.0]], [0], [0, 1])


def test_a_deal_won_in_its_sixth_week_seen_from_its_first_and_fifth() -> None:
    rows = PersonPeriods.from_spells([[3.0]], periods=[5], cause=[1])
    seen = rows.landmarks(every=4)
    assert seen.age.tolist() == [0, 1, 2, 3, 4, 5, 0, 1]
    assert seen.cause.tolist() == [0, 0, 0, 0, 0, 1, 0, 1]
    assert seen.X[:, 1] == pytest.approx([0.0] * 6 + [np.log(5)] * 2)
    assert seen.deal.tolist() == [0] * 8
    assert seen.weight.tolist() == [0.5] * 8
