"""Forecasts are written down when they are made, once a day, and held against the end."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from premortem.acts.forecasts.forecast import forecast
from premortem.acts.forecasts.forecast_record import forecast_record
from premortem.acts.forecasts.record_forecasts import call, record_forecasts
from premortem.errors import Unknown
from premortem.ledger.contents import MemoryLedger
from premortem.ledger.entries import Entry, Forecast, Outcome
from premortem.ledger.fold import deal_as_of, noon
from tests.forecasting.firms import NOW, TODAY, telling_firm

BY = date(2026, 8, 31)
AFTER = BY + timedelta(days=1)


@pytest.fixture
def firm() -> MemoryLedger:
    return telling_firm(closed=60, going=2)


def written(firm: MemoryLedger, deal: str) -> list[Forecast]:
    return [one.body for one in firm.store.read(deal) if isinstance(one.body, Forecast)]


def test_all_methods_are_written_once_a_day(firm: MemoryLedger) -> None:
    done = record_forecasts(firm, "ines", NOW, by=BY)
    assert (done.deals, done.before) == (2, 0)
    assert {one.method for one in written(firm, "d-900")} == {"base_rate", "stage", "gates", "learned"}
    again = record_forecasts(firm, "ines", NOW + timedelta(hours=3), by=BY)
    assert (again.written, again.before) == (0, done.written)
    tomorrow = record_forecasts(firm, "ines", NOW + timedelta(days=1), by=BY)
    assert tomorrow.written == done.written
    assert not written(firm, "d-000"), "a deal that ended has no forecast"


def test_what_the_gates_rest_on_is_written_with_it(firm: MemoryLedger) -> None:
    record_forecasts(firm, "ines", NOW, by=BY)
    gates = next(one for one in written(firm, "d-900") if one.method == "gates")
    facts = {known.fact.fact for known in deal_as_of(firm.store.read("d-900")).facts}
    assert gates.evidence
    assert set(gates.evidence) <= facts
    assert gates.assumptions
    assert gates.category == "best_case"


def test_what_was_written_changes_no_number(firm: MemoryLedger) -> None:
    before = forecast(firm, None, TODAY, BY)
    record_forecasts(firm, "ines", NOW, by=BY)
    assert forecast(firm, None, TODAY, BY) == before


def test_a_call_is_the_reps_own_and_the_newest_counts(firm: MemoryLedger) -> None:
    call(firm, "d-900", BY, "ines", NOW, won=0.4)
    call(firm, "d-900", BY, "ines", NOW + timedelta(hours=1), won=0.7, category="best case")
    told = next(one for one in forecast(firm, None, TODAY, BY).deals if one.id == "d-900")
    rep = next(one for one in told.methods if one.method == "rep")
    assert (rep.won, rep.category) == (0.7, "best_case")
    assert "ines" in rep.says


def test_a_call_for_a_later_day_is_none_for_this_one(firm: MemoryLedger) -> None:
    call(firm, "d-900", BY + timedelta(days=30), "ines", NOW, won=0.9)
    told = next(one for one in forecast(firm, None, TODAY, BY).deals if one.id == "d-900")
    rep = next(one for one in told.methods if one.method == "rep")
    assert rep.won is None
    assert "later than" in rep.says


@pytest.mark.parametrize(
    ("deal", "by", "won", "category", "says"),
    [
        ("nobody", BY, 0.5, None, "no deal"),
        ("d-000", BY, 0.5, None, "has ended"),
        ("d-900", TODAY - timedelta(days=1), 0.5, None, "is past"),
        ("d-900", BY, None, None, "a chance or a category"),
        ("d-900", BY, 60.0, None, "no chance"),
        ("d-900", BY, None, "maybe", "no category"),
    ],
)
def test_a_call_that_says_nothing_is_refused(
    firm: MemoryLedger, deal: str, by: date, won: float | None, category: str | None, says: str
) -> None:
    with pytest.raises(Unknown, match=says):
        call(firm, deal, by, "ines", NOW, won, category)


def ended(firm: MemoryLedger, deal: str, how: str, day: date) -> None:
    body = Outcome("won" if how == "won" else "lost")
    firm.store.append([Entry(deal, noon(day), noon(day), "import:story", body)])


def test_forecasts_are_held_against_the_end(firm: MemoryLedger) -> None:
    call(firm, "d-900", BY, "ines", NOW, won=0.9, category="commit")
    call(firm, "d-901", BY, "bo", NOW, won=0.2)
    assert forecast_record(firm, TODAY).methods[0].waiting == 2
    ended(firm, "d-900", "won", TODAY + timedelta(days=20))
    ended(firm, "d-901", "won", BY + timedelta(days=20))
    told = forecast_record(firm, AFTER, {"ines": "north"}.get)
    (rep,) = told.methods
    assert rep.record is not None
    assert rep.record.brier == pytest.approx((0.1**2 + 0.2**2) / 2), "won after its day is not won by its day"
    assert [(one.name, one.record and one.record.deals) for one in told.reps] == [("bo", 1), ("ines", 1)]
    assert [one.name for one in told.teams] == ["north"]
    assert not rep.enough
    (commit,) = told.categories
    assert (commit.category, commit.won.value, commit.won.of) == ("commit", 1.0, 1)


def test_the_periods_sum_is_held_against_what_came(firm: MemoryLedger) -> None:
    call(firm, "d-900", BY, "ines", NOW, won=0.9)
    call(firm, "d-901", BY, "ines", NOW, won=0.6)
    ended(firm, "d-900", "won", TODAY + timedelta(days=20))
    (rep,) = forecast_record(firm, AFTER).methods
    assert rep.record is not None
    (total,) = rep.record.totals
    assert total.bias == total.mape == pytest.approx(0.5)


def test_a_deal_that_ended_early_waits_for_its_day_like_those_still_open(firm: MemoryLedger) -> None:
    call(firm, "d-900", BY, "ines", NOW, won=0.9)
    ended(firm, "d-900", "won", TODAY + timedelta(days=20))
    (rep,) = forecast_record(firm, BY).methods
    assert (rep.record, rep.waiting) == (None, 1)


def test_a_call_whose_day_has_passed_is_none_for_the_next_period(firm: MemoryLedger) -> None:
    call(firm, "d-900", BY, "ines", NOW, won=0.9)
    told = next(one for one in forecast(firm, None, AFTER, BY + timedelta(days=60)).deals if one.id == "d-900")
    rep = next(one for one in told.methods if one.method == "rep")
    assert rep.won is None
    assert "has passed" in rep.says
