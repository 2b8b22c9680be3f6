"""What a log tells of a case at a moment, and that it tells nothing of later."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from premortem.forecasting.event_history import EventLog, HistoryFeatures
from premortem.forecasting.history_forecast import HistoryForecast


def a_log() -> EventLog:
    """Two cases; the second is called twice, and its papers come back."""
    case = ["a", "b", "b", "b", "a", "b"]
    done = ["apply", "apply", "call", "call", "won", "papers"]
    return EventLog.of(
        case,
        done,
        [0.5, 1.5, 2.5, 4.5, 9.5, 5.5],
        who=["", "eva", "eva", "tom", "", "tom"],
        amount=[100, 50] + [50] * 4,
    )


def told(log: EventLog, moment: float) -> dict[str, float]:
    """Of case b at that moment."""
    features = HistoryFeatures(at_least=1).fit(log, [0, 1], [9.6, 9.6])
    return dict(zip(features.features_, features.transform(log, [1], [moment])[0].tolist(), strict=True))


def test_events_are_sorted_by_case_and_time() -> None:
    log = a_log()
    assert log.cases == ("a", "b")
    assert log.day.tolist() == [0.5, 9.5, 1.5, 2.5, 4.5, 5.5]
    assert log.amount.tolist() == [100, 50]
    assert log.first(["won"]).tolist() == [9.5, np.inf]


def test_two_calls_count_two_and_the_last_is_two_days_ago() -> None:
    seen = told(a_log(), 6.5)
    assert seen["ever: call"] == 1
    assert seen["count: call"] == pytest.approx(np.log(3))
    assert seen["since last: call"] == pytest.approx(np.log(1 + 2))
    assert seen["since first: call"] == pytest.approx(np.log(1 + 4))
    assert seen["last: papers"] == 1
    assert seen["ever: won"] == 0
    assert seen["worked last: tom"] == 1


def test_what_comes_later_or_happens_elsewhere_later_changes_nothing() -> None:
    log = a_log()
    before = told(log, 3.0)
    assert before["count: call"] == pytest.approx(np.log(2))
    later = np.where(log.day > 3.0, log.day + 100, log.day)
    features = HistoryFeatures(at_least=1).fit(log, [0, 1], [9.6, 9.6])
    moved = features.transform(replace(log, day=later), [1], [3.0])
    assert moved[0].tolist() == list(before.values())


def test_a_case_without_any_event_yet_is_refused() -> None:
    features = HistoryFeatures(at_least=1).fit(a_log(), [0, 1], [9.6, 9.6])
    with pytest.raises(ValueError, match="no event up to its moment"):
        features.transform(a_log(), [1], [0.0])


def test_columns_have_a_group_each() -> None:
    features = HistoryFeatures(at_least=1).fit(a_log(), [0, 1], [9.6, 9.6])
    assert len(features.groups_) == len(features.features_) == len(set(features.features_))
    assert {"ever", "count", "pace", "amount", "load"} <= set(features.groups_)


def a_year_of_cases(n: int = 300) -> tuple[EventLog, np.ndarray, np.ndarray, np.ndarray]:
    """Where papers came back the case is mostly won, within three weeks; else mostly lost, later."""
    random = np.random.default_rng(5)
    start = random.uniform(0, 300, n)
    papers = random.uniform(size=n) < 0.5
    won = random.uniform(size=n) < np.where(papers, 0.8, 0.2)
    end = start + 6 + np.where(won, random.exponential(8, n), random.exponential(20, n))
    case = [str(i) for i in range(n)] * 2 + [str(i) for i in np.flatnonzero(papers)]
    done = ["apply"] * n + ["end"] * n + ["papers"] * int(papers.sum())
    log = EventLog.of(case, done, np.concatenate([start, end, start[papers] + 2]))
    number = np.array([int(name) for name in log.cases])
    return log, start[number] + 5, end[number], np.where(won, 1, 2)[number]


def test_papers_that_came_back_raise_the_chance_and_the_end_itself_is_not_needed() -> None:
    log, moment, end, cause = a_year_of_cases()
    seen, later = np.flatnonzero(moment < 250), np.flatnonzero(moment >= 250)
    model = HistoryForecast(("won", "lost"), trees=False)
    model.fit(log, seen, moment[seen], end[seen], cause[seen], today=250)
    chance = model.win_probability(log, later, moment[later])
    papers = log.first(["papers"])[later] < np.inf
    assert chance[papers].mean() > 0.65
    assert chance[~papers].mean() < 0.35


def test_how_a_case_ends_after_today_has_no_effect_on_what_is_learned() -> None:
    log, moment, end, cause = a_year_of_cases(120)
    seen = np.flatnonzero(moment < 150)
    one = HistoryForecast(("won", "lost"), trees=False).fit(log, seen, moment[seen], end[seen], cause[seen], 150)
    other_way = np.where(end > 150, 3 - cause, cause)[seen]
    two = HistoryForecast(("won", "lost"), trees=False).fit(log, seen, moment[seen], end[seen], other_way, 150)
    assert np.array_equal(one.win_probability(log, seen, moment[seen]), two.win_probability(log, seen, moment[seen]))
    with pytest.raises(ValueError, match="before the case's end"):
        HistoryForecast().fit(log, seen, end[seen] + 1, end[seen], cause[seen], 400)
