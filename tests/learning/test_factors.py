"""What most probably lost a deal: the end that it came to is known by now, and weighs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from premortem.checks.cause_record import COUNTED_BY_END, Named
from premortem.learning.acting import Act
from premortem.learning.factors import factors, weigher
from premortem.learning.replay import Life, Replay, Step
from premortem.ledger.entries import Ask, Finding, Severity
from tests.checks.test_cause import Labelled, counted_in, labelled

DAYS = [datetime(2026, month, 3, 12, tzinfo=UTC) for month in (3, 4, 5)]


def found(check: str, severity: Severity = "high", since: str = "t-0") -> Finding:
    return Finding(check, severity, f"{check} stands", Ask("What now?"), first_visible=since)


def lived(*lives: Life) -> Replay:
    standing = tuple(life.check for life in lives)
    steps = tuple(Step(f"t-{number}", day, standing, ()) for number, day in enumerate(DAYS))
    return Replay("d-1", DAYS[-1], steps, lives)


def test_what_leads_to_nothing_counts_less_where_a_rival_won() -> None:
    standing = [found("no_impact"), found("trial_unsupported")]

    assert [one.check for one in factors(lived(), standing, "lost")] == ["trial_unsupported", "no_impact"]
    assert [one.check for one in factors(lived(), standing, "no_decision")] == ["no_impact", "trial_unsupported"]


def test_a_mild_finding_comes_behind_the_same_kind_when_grave() -> None:
    by_gravity = [factors(lived(), [found("indecision", grave)])[0].weight for grave in ("high", "medium", "low")]

    assert by_gravity == sorted(by_gravity, reverse=True)
    assert by_gravity[0] > by_gravity[1] > by_gravity[2] > 0


def test_a_factor_tells_since_when_it_could_be_seen_how_long_we_were_blind_and_what_was_done() -> None:
    asked = Act(DAYS[2], "a question on timing was asked", "t-2")
    life = Life(found("indecision"), "t-1", DAYS[1], None, 30, asked, 29)

    one = factors(lived(life), [found("indecision", since="t-2")], "no_decision")[0]

    assert (one.visible, one.visible_at, one.days_blind, one.acted) == ("t-1", DAYS[1], 30, asked)


def test_a_finding_that_time_alone_raised_after_the_last_touch_has_no_life_and_is_a_factor_all_the_same() -> None:
    one = factors(lived(), [found("gone_quiet", since="t-2")], "no_decision")[0]

    assert (one.visible, one.visible_at, one.days_blind) == ("t-2", None, 0)


def test_a_check_that_nobody_counted_weighs_little_and_is_not_left_out() -> None:
    told = factors(lived(), [found("our_own_check"), found("indecision")], "no_decision")

    assert [one.check for one in told] == ["indecision", "our_own_check"]


def test_an_end_that_nobody_knows_weighs_by_all_ends_together() -> None:
    assert weigher("unknown") == weigher(None)
    assert weigher("lost") != weigher(None)


def counted_by_end(deals: Iterable[Labelled]) -> dict[str, dict[str, Named]]:
    deals = list(deals)
    return {end: counted_in(deal for deal in deals if deal.end == end) for end in COUNTED_BY_END}


def test_the_main_cause_of_a_deal_it_has_not_counted_is_mostly_among_the_first_three() -> None:
    deals = labelled()
    among = 0
    for deal in deals:
        weights = weigher(deal.end, counted_by_end(other for other in deals if other is not deal))
        first = sorted(deal.stood, key=lambda one: (-weights.get(one, weights[""]), one))[:3]
        among += deal.main in first
    assert among / len(deals) >= 0.75
