"""The intervals, against the figures that their authors and others published, and against what must always hold."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from premortem.learning.intervals import Interval, difference, ratio, share


@pytest.mark.parametrize(
    ("some", "of", "low", "high"),
    # Newcombe, Stat. Med. 17 (1998) 857-872, table I, method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_a_share_as_published(some: int, of: int, low: float, high: float) -> None:
    found = share(some, of)
    assert found.value == some / of
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    # Newcombe, Stat. Med. 17 (1998) 873-890, table II, method 10.
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_a_difference_as_published(one: tuple[int, int], other: tuple[int, int], low: float, high: float) -> None:
    found = difference(share(*one), share(*other))
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_a_ratio_as_published() -> None:
    # Perondi et al. (2004) as the R package contingencytables gives it: MOVER-R Wilson, 1.1537 to 41.9763.
    found = ratio(share(7, 34), share(1, 34))
    assert found.value == pytest.approx(7)
    assert (round(found.low, 4), round(found.high, 4)) == (1.1537, 41.9763)


def test_where_the_other_may_be_nothing_a_ratio_has_no_end() -> None:
    found = ratio(share(5, 10), share(0, 10))
    assert (found.value, found.high) == (inf, inf)
    assert found.low == pytest.approx(1.5313, abs=1e-4)


def test_more_confidence_is_wider() -> None:
    usual, surer = share(3, 10), share(3, 10, 0.995)
    assert surer.low < usual.low < usual.high < surer.high


@pytest.mark.parametrize(("some", "of"), [(0, 0), (3, 2), (-1, 2)])
def test_what_is_no_share_is_refused(some: int, of: int) -> None:
    with pytest.raises(ValueError, match="is no share"):
        share(some, of)


def test_nothing_by_nothing_is_refused() -> None:
    with pytest.raises(ZeroDivisionError):
        ratio(share(0, 5), share(0, 9))


COUNTED = st.integers(1, 60).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


@given(COUNTED, COUNTED)
def test_no_interval_leaves_what_is_possible(one: tuple[int, int], other: tuple[int, int]) -> None:
    first, second = share(*one), share(*other)
    for found in (first, second):
        assert 0 <= found.low <= found.value <= found.high <= 1
    apart = difference(first, second)
    assert -1 - 1e-9 <= apart.low <= apart.value <= apart.high <= 1 + 1e-9
    back = difference(second, first)
    assert (back.low, back.high) == pytest.approx((-apart.high, -apart.low))


@given(COUNTED, COUNTED)
def test_difference_and_ratio_never_contradict_each_other(one: tuple[int, int], other: tuple[int, int]) -> None:
    if one[0] + other[0] == 0:
        return
    first, second = share(*one), share(*other)
    apart, times = difference(first, second), ratio(first, second)
    assert times.low <= times.value + 1e-9
    assert times.value <= times.high + 1e-9
    assert _above(apart, 0.0) == _above(times, 1.0)
    assert _below(apart, 0.0) == _below(times, 1.0)


def _above(found: Interval, bar: float) -> bool:
    return found.low > bar + 1e-9


def _below(found: Interval, bar: float) -> bool:
    return found.high < bar - 1e-9
