"""The Aalen-Johansen estimator, against results worked out by hand, identities, and lifelines where it is there."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from premortem.forecasting.cumulative_incidence import AalenJohansen, complementary_log_log_interval

TWO = ("won", "lost")


def test_eight_deals_by_hand_with_ties_between_causes_and_with_a_censored_deal() -> None:
    # At 1, of 8 at risk, one is won and one lost; at 2, of 6, one won; at 3, of 5, one each and one is censored, yet
    # it was at risk; at 4 one is censored; at 5 the last one is won.
    found = AalenJohansen(TWO).fit([1, 1, 2, 3, 3, 3, 4, 5], [1, 2, 1, 1, 2, 0, 0, 1])
    assert found.ages_.tolist() == [1, 2, 3, 5]
    assert found.at_risk_.tolist() == [8, 6, 5, 1]
    assert found.cumulative_incidence_ == pytest.approx(
        np.array([[1 / 8, 1 / 8], [2 / 8, 1 / 8], [3 / 8, 2 / 8], [6 / 8, 2 / 8]])
    )
    assert found.still_open_ == pytest.approx([0.75, 0.625, 0.375, 0])


def test_without_censoring_the_variance_is_the_binomials() -> None:
    duration, cause = [1, 1, 2, 2, 2, 5, 7, 7], [1, 2, 1, 1, 2, 2, 1, 2]
    found = AalenJohansen(TWO).fit(duration, cause)
    share = found.cumulative_incidence_
    assert found.variance_ == pytest.approx(share * (1 - share) / 8)


def test_a_deal_that_came_under_observation_late_is_not_at_risk_before() -> None:
    found = AalenJohansen(TWO).fit([2, 3, 4], [1, 2, 1], entry=[0, 1, 2])
    assert found.at_risk_.tolist() == [2, 2, 1]
    assert found.cumulative_incidence_ == pytest.approx(np.array([[0.5, 0], [0.5, 0.25], [0.75, 0.25]]))


def test_with_one_cause_it_is_one_minus_kaplan_meier_and_greenwoods_variance() -> None:
    duration, ended = np.array([1, 2, 2, 3, 4, 4, 6]), np.array([1, 1, 0, 1, 1, 1, 0])
    found = AalenJohansen(("ended",)).fit(duration, ended)
    survival, greenwood = 1.0, 0.0
    for row, (n, d) in enumerate([(7, 1), (6, 1), (4, 1), (3, 2)]):
        survival *= 1 - d / n
        greenwood += d / (n * (n - d))
        assert found.cumulative_incidence_[row, 0] == pytest.approx(1 - survival)
        assert found.variance_[row, 0] == pytest.approx(survival**2 * greenwood)


def test_all_causes_and_those_still_open_add_up_to_one_whatever_the_ties(rng: np.random.Generator) -> None:
    duration, cause = rng.integers(1, 9, 300), rng.integers(0, 4, 300)
    found = AalenJohansen().fit(duration, cause)
    assert found.cumulative_incidence_.sum(axis=1) + found.still_open_ == pytest.approx(np.ones(len(found.ages_)))
    shuffled = rng.permutation(300)
    again = AalenJohansen().fit(duration[shuffled], cause[shuffled])
    assert np.array_equal(found.cumulative_incidence_, again.cumulative_incidence_)


def test_between_two_ages_the_share_is_that_of_the_earlier_one() -> None:
    found = AalenJohansen(TWO).fit([2, 4], [1, 2])
    assert found.at([0, 1.9, 2, 3, 9]).tolist() == [[0, 0], [0, 0], [0.5, 0], [0.5, 0], [0.5, 0.5]]


def test_the_interval_is_symmetric_on_its_scale_and_never_leaves_zero_and_one() -> None:
    share, variance = np.array([0.0, 0.02, 0.5, 1.0]), np.array([0.0, 0.01, 0.02, 0.0])
    bounds = complementary_log_log_interval(share, variance, 0.9)
    assert (bounds >= 0).all()
    assert (bounds <= 1).all()
    low, middle, high = np.log(-np.log(1 - np.array([bounds[2, 0], 0.5, bounds[2, 1]])))
    assert middle - low == pytest.approx(high - middle)
    assert high - middle == pytest.approx(1.6448536 * np.sqrt(0.02) / (0.5 * np.log(2)))


def test_nine_in_ten_intervals_hold_the_truth(rng: np.random.Generator) -> None:
    held = 0
    for _ in range(400):
        duration, cause = rng.geometric(0.2, 60), rng.integers(1, 3, 60)
        seen = rng.integers(2, 12, 60)
        found = AalenJohansen(TWO).fit(np.minimum(duration, seen), np.where(duration <= seen, cause, 0))
        low, high = found.interval_[np.searchsorted(found.ages_, 4, side="right") - 1, 0]
        held += low <= (1 - 0.8**4) / 2 <= high
    assert 0.86 <= held / 400 <= 0.94


@pytest.mark.parametrize(
    ("duration", "cause", "entry", "says"),
    [
        ([1, 2], [1], None, "of one length"),
        ([1, 2], [1, 3], None, "a cause must be 0"),
        ([1, 2], [1, 1], [0, 2], "larger than the deal's age at entry"),
    ],
)
def test_what_makes_no_sense_is_refused(
    duration: list[int], cause: list[int], entry: list[int] | None, says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        AalenJohansen(TWO).fit(duration, cause, entry)


def test_it_agrees_with_lifelines_where_nothing_is_tied(rng: np.random.Generator) -> None:
    lifelines = pytest.importorskip("lifelines", reason="lifelines is not installed, so nothing to compare with")
    duration: NDArray[np.float64] = rng.permutation(np.arange(1.0, 121.0))
    cause = rng.integers(0, 3, 120)
    ours = AalenJohansen(TWO).fit(duration, cause)
    for event in (1, 2):
        theirs = lifelines.AalenJohansenFitter(calculate_variance=True).fit(duration, cause, event_of_interest=event)
        curve = theirs.cumulative_density_.iloc[:, 0].reindex(ours.ages_).to_numpy()
        assert ours.cumulative_incidence_[:, event - 1] == pytest.approx(curve)
        variance = theirs.variance_.reindex(ours.ages_).to_numpy().ravel()
        assert ours.variance_[:, event - 1] == pytest.approx(variance)


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(20)
