"""Competing hazards: against an independent maximiser, hand products and finite differences, and in small firms."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.optimize import minimize
from sklearn.base import clone

from premortem.forecasting.age_curve import age_columns
from premortem.forecasting.competing_hazards import CompetingHazards
from premortem.forecasting.multinomial import Design, most_likely
from premortem.forecasting.person_periods import PersonPeriods

EFFECT = np.array([[0.9, 0.0, -0.4], [-0.5, 0.6, 0.0], [0.0, 0.0, 0.5]])


def a_firm(deals: int, seed: int = 1, effect: np.ndarray = EFFECT) -> PersonPeriods:
    """Deals with three features that stay, followed for up to 30 weeks."""
    random = np.random.default_rng(seed)
    X = random.integers(0, 2, (deals, 3)).astype(float)
    odds = np.exp(np.array([-3.5, -3.2, -3.4]) + X @ effect.T)
    chance = odds / (1 + odds.sum(axis=1, keepdims=True))
    periods, cause = np.full(deals, 29), np.zeros(deals, dtype=np.int64)
    for week in range(29, -1, -1):
        lot = random.uniform(size=deals)
        ends = lot < chance.sum(axis=1)
        how = 1 + (lot[:, None] > np.cumsum(chance, axis=1)).sum(axis=1)
        periods, cause = np.where(ends, week, periods), np.where(ends, how, cause)
    return PersonPeriods.from_spells(X, periods, cause)


def fitted(rows: PersonPeriods, **settings: Any) -> CompetingHazards:
    return CompetingHazards(**settings).fit(rows.X, rows.age, rows.cause, deal=rows.deal)


@pytest.fixture(scope="module")
def firm() -> PersonPeriods:
    return a_firm(400)


@pytest.fixture(scope="module")
def model(firm: PersonPeriods) -> CompetingHazards:
    return fitted(firm)


def test_newton_finds_what_an_independent_maximiser_finds() -> None:
    rows = a_firm(60)
    design = Design(rows, age_columns(30, 3), np.zeros(3), np.ones(3))
    Z = np.vstack([part for part, _, _ in design.chunks()])
    precision = np.full((3, Z.shape[1]), 2.0)

    def lost(flat: np.ndarray) -> float:
        theta = flat.reshape(3, -1)
        eta = np.column_stack([np.zeros(len(Z)), Z @ theta.T])
        seen = eta[np.arange(len(Z)), rows.cause] - np.log(np.exp(eta).sum(axis=1))
        return float(-seen.sum() + 0.5 * (precision * theta**2).sum())

    ours = most_likely(design, np.zeros_like(precision), precision, np.zeros_like(precision))
    theirs = minimize(lost, np.zeros(precision.size), method="BFGS")
    assert ours.theta.ravel() == pytest.approx(theirs.x, abs=2e-3)
    assert ours.penalised == pytest.approx(-theirs.fun, abs=1e-3)


def test_incidence_is_the_product_of_going_on_and_then_ending(model: CompetingHazards) -> None:
    X = np.array([[1.0, 0.0, 1.0]])
    still, ended = 1.0, np.zeros(3)
    found = model.cumulative_incidence(X, [4], 6)
    for week in range(6):
        hazard = model.predict_hazard(X, [4 + week])[0]
        ended = ended + still * hazard
        still *= 1 - hazard.sum()
        assert found[0, week] == pytest.approx(ended)


def test_intervals_follow_from_how_incidence_moves_with_each_coefficient(model: CompetingHazards) -> None:
    X, age, weeks = np.array([[1.0, 1.0, 0.0]]), np.array([3]), 8
    ahead = model._ahead(X, age)
    _, constant, curve = ahead.slopes(weeks, model._by_age)
    for cause in range(3):
        nudge = np.eye(3)[cause] * 1e-5
        up, down = (type(ahead)(ahead.own + s * nudge, ahead.of_age, age).cumulative_incidence(weeks) for s in (1, -1))
        assert constant[0, :, cause] == pytest.approx((up - down)[0, -1] / 2e-5, abs=1e-6)
        bent = np.outer(model._by_age[:, 1], nudge)
        up, down = (type(ahead)(ahead.own, ahead.of_age + s * bent, age).cumulative_incidence(weeks) for s in (1, -1))
        assert curve[0, :, cause, 1] == pytest.approx((up - down)[0, -1] / 2e-5, abs=1e-6)


def test_with_many_deals_the_truth_is_found_and_held_by_the_intervals() -> None:
    rows = a_firm(8000)
    model = fitted(rows)
    assert model.log_hazard_ratio_ == pytest.approx(EFFECT, abs=0.12)
    X = np.array([[i, j, k] for i in (0, 1) for j in (0, 1) for k in (0, 1)], dtype=float)
    odds = np.exp(np.array([-3.5, -3.2, -3.4]) + X @ EFFECT.T)
    hazard = odds / (1 + odds.sum(axis=1, keepdims=True))
    going_on = 1 - hazard.sum(axis=1, keepdims=True)
    truth = hazard * (1 - going_on**10) / (1 - going_on)
    assert model.cumulative_incidence(X, np.full(8, 5), 10)[:, -1] == pytest.approx(truth, abs=0.03)
    bounds = model.interval(X, np.full(8, 5), 10)
    assert ((bounds[..., 0] <= truth) & (truth <= bounds[..., 1])).mean() > 0.8


def test_fifty_deals_without_any_meaning_stay_near_the_base_rate() -> None:
    rows = a_firm(50, effect=np.zeros((3, 3)))
    X = np.array([[i, j, k] for i in (0, 1) for j in (0, 1) for k in (0, 1)], dtype=float)
    won = fitted(rows).cumulative_incidence(X, np.zeros(8), 26)[:, -1, 0]
    assert won.max() - won.min() < 0.25
    bounds = fitted(rows).interval(X, np.zeros(8, dtype=int), 26)[:, 0]
    assert ((bounds[:, 1] - bounds[:, 0]) > 0.2).all()


def test_what_is_believed_beforehand_counts_where_the_rows_say_little() -> None:
    rows = a_firm(12)
    believed = np.zeros((3, 3))
    believed[0, 0] = 2.0
    with_prior = fitted(rows, prior_log_hazard_ratio=believed).log_hazard_ratio_[0, 0]
    assert with_prior > fitted(rows).log_hazard_ratio_[0, 0] + 0.5


def test_a_group_of_noise_is_pooled_harder_than_a_group_that_tells(firm: PersonPeriods) -> None:
    noise = np.random.default_rng(3).normal(size=(firm.deal.max() + 1, 6))[firm.deal]
    groups = ["evidence"] * 3 + ["noise"] * 6
    model = CompetingHazards(groups=groups).fit(np.hstack([firm.X, noise]), firm.age, firm.cause)
    assert model.pooled_sd_["noise"] < 0.5 * model.pooled_sd_["evidence"]


def test_cross_validation_holds_out_whole_deals_and_comes_near(firm: PersonPeriods, model: CompetingHazards) -> None:
    checked = fitted(firm, strength="cross_validation")
    assert checked.log_hazard_ratio_ == pytest.approx(model.log_hazard_ratio_, abs=0.25)
    with pytest.raises(ValueError, match="whole deals"):
        CompetingHazards(strength="cross_validation").fit(firm.X, firm.age, firm.cause)


def test_reasons_add_up_to_how_a_deal_differs_from_the_average_one(firm: PersonPeriods) -> None:
    two = CompetingHazards(("won", "lost")).fit(firm.X, firm.age, np.where(firm.cause == 3, 2, firm.cause))
    X, age = np.array([[1.0, 0.0, 1.0]]), [2]
    ours, usual = two.predict_hazard(X, age)[0], two.predict_hazard(two.average_[None], age)[0]
    assert two.reasons(X, age).sum() == pytest.approx(np.log(ours[0] / ours[1]) - np.log(usual[0] / usual[1]))
    assert two.reasons(X, age)[0, 0] > 0 > two.reasons(1 - X, age)[0, 0]


def test_order_of_rows_and_aggregation_change_nothing(firm: PersonPeriods, model: CompetingHazards) -> None:
    shuffled = firm.rows(np.random.default_rng(4).permutation(len(firm)))
    again = CompetingHazards().fit(shuffled.X, shuffled.age, shuffled.cause)
    assert again.log_hazard_ratio_ == pytest.approx(model.log_hazard_ratio_, abs=1e-6)
    few = firm.aggregated()
    weighed = CompetingHazards().fit(few.X, few.age, few.cause, sample_weight=few.weight)
    assert weighed.log_hazard_ratio_ == pytest.approx(model.log_hazard_ratio_, abs=1e-6)


def test_a_cause_that_never_came_and_a_column_that_never_changes_do_no_harm(firm: PersonPeriods) -> None:
    known = firm.rows(firm.cause < 3)
    model = CompetingHazards().fit(np.hstack([known.X, np.full((len(known), 1), 7.0)]), known.age, known.cause)
    ends = model.cumulative_incidence([[1.0, 0.0, 1.0, 9.0]], [0], 26)[0, -1]
    assert 0 < ends[2] < 0.05
    assert model.log_hazard_ratio_[:, 3] == pytest.approx(np.zeros(3))


def test_a_feature_further_out_than_any_seen_counts_as_the_furthest(model: CompetingHazards) -> None:
    far, further = model.cumulative_incidence([[5.0, 0.0, 0.0], [500.0, 0.0, 0.0]], [0, 0], 8)
    assert np.array_equal(far, further)


def test_what_cannot_be_learned_from_is_refused_with_its_remedy(firm: PersonPeriods) -> None:
    with pytest.raises(ValueError, match="feature 1 has missing values"):
        CompetingHazards().fit([[1.0, np.nan]], [0], [1])
    with pytest.raises(ValueError, match="show the base rate"):
        CompetingHazards().fit([[1.0]], [0], [0])
    with pytest.raises(ValueError, match="1 to 3"):
        CompetingHazards().fit([[1.0]], [0], [4])
    with pytest.raises(ValueError, match="as in fit"):
        fitted(firm).predict_hazard([[1.0]], [0])


def test_it_can_be_cloned_with_its_settings() -> None:
    assert clone(CompetingHazards(causes=("won", "lost"), age_pieces=3)).get_params()["age_pieces"] == 3
