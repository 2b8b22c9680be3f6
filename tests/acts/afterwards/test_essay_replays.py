"""The sample company's two deals that others learn from, lived again as they happened, and one that went well."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

from premortem.acts.afterwards.replay import LifeShown, ReplayDocument, replay
from premortem.acts.bringing_in.read import hear_folder
from premortem.sample.place import DEALS

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@cache
def lived(number: str) -> ReplayDocument:
    ledger, done = hear_folder(next(DEALS.glob(f"{number}-*")), NOW)
    return replay(ledger.store.read(done.deal), ledger.contents)


def life(number: str, check: str) -> LifeShown:
    return next(one for one in lived(number).lives if one.finding.check == check)


def test_the_call_that_looked_good_was_lost_over_a_boss_whom_nobody_knew() -> None:
    """An eager specialist, a demo that went well, and somebody above who decided otherwise."""
    assert lived("01").factors[0].finding.check == "economic_buyer_unknown"
    unknown = life("01", "economic_buyer_unknown")
    assert (unknown.visible_on, lived("01").ended_on) == ("2025-03-12", "2025-05-02")
    assert not unknown.seen_too_late, "there was time to ask"
    assert life("01", "single_threaded").acted_on is None
    assert life("01", "introduction_refused").visible_on == "2025-04-03"


def test_the_push_at_the_quarters_end_frightened_a_buyer_away() -> None:
    """The manager's order, the discount for a date, and the answer that no call was wanted any more."""
    pushed = life("02", "quarter_end_push")
    assert (pushed.visible_on, lived("02").ended_on) == ("2025-06-11", "2025-07-11")
    assert pushed.finding.evidence, "the words with which we pushed"
    unmet = life("02", "economic_buyer_unmet")
    assert unmet.visible_on == "2024-10-08", "nine months before the end"
    assert unmet.finding.check in [one.finding.check for one in lived("02").factors[:3]]


def test_a_deal_that_went_well_has_no_cause_to_look_for() -> None:
    went_well = lived("03")
    assert went_well.factors == []
    assert {"economic_buyer_unknown", "false_coach", "quarter_end_push"}.isdisjoint(
        one.finding.check for one in went_well.lives
    )
    assert life("03", "economic_buyer_unmet").cured_after is not None
