from __future__ import annotations

from datetime import date

import pytest

from premortem.checks.base import Answer, Clear, Raised, ask
from premortem.checks.review import Review, moment_of, review
from premortem.ledger.deal import Deal
from premortem.ledger.fold import end_of, noon
from premortem.ledger.norms import Norms
from tests.telling import told

STORY = """
deal: Harbour depot, planned close 2026-06-30
sellers: Ines
buyers: Tom
2026-01-05 call: Ines 40%, Tom 60%
  Tom decision_maker_named Dana "Dana signs"
2026-01-12 call: Ines 70%, Tom 30%
2026-01-19 mail Ines to Tom (learned 2026-03-01)
"""


def checks_of(reviewed: Review) -> list[str]:
    return [one.check for one in reviewed.findings]


def test_today_is_the_day_of_the_last_touch() -> None:
    assert moment_of(told(STORY)) == end_of(date(2026, 1, 19))
    assert review(told(STORY)).deal.as_of == end_of(date(2026, 1, 19))


def test_an_ended_deal_is_seen_from_the_day_before_its_end() -> None:
    ended = told(STORY + "2026-01-19 lost to Brightline\n")
    assert moment_of(ended) == end_of(date(2026, 1, 18))
    assert moment_of(ended, as_of=end_of(date(2026, 1, 6))) == end_of(date(2026, 1, 6))
    assert review(ended, as_of=end_of(date(2027, 1, 1))).deal.outcome is None


def test_a_review_as_of_a_day_sees_nothing_later() -> None:
    early = review(told(STORY), as_of=end_of(date(2026, 1, 6)))
    assert "seller_dominates" not in checks_of(early)
    assert "seller_dominates" in checks_of(review(told(STORY)))


def test_what_was_known_leaves_out_what_was_learned_later() -> None:
    reviewed = review(told(STORY), known=end_of(date(2026, 2, 1)))
    assert [touch.id for touch in reviewed.deal.touches] == ["2026-01-05-call", "2026-01-12-call"]


def test_findings_stand_by_severity_then_by_when_they_could_be_seen() -> None:
    found = review(told(STORY)).findings
    gravity = ["high", "medium", "low"]
    assert [gravity.index(one.severity) for one in found] == sorted(gravity.index(one.severity) for one in found)
    high = [one.first_visible or "" for one in found if one.severity == "high"]
    assert high == sorted(high)


def test_an_absence_is_dated_to_the_start_of_its_last_run() -> None:
    # unmet at first, met, and then another one is named who signs: it has stood since that second name
    story = (
        STORY + '2026-02-02 note by Ines, met Dana\n2026-02-09 call: Ines, Tom\n  Tom decision_maker_named Zoe "Zoe"\n'
    )
    found = {one.check: one for one in review(told(story)).findings}
    assert found["economic_buyer_unmet"].first_visible == "2026-02-09-call"


def test_what_time_alone_raises_is_dated_to_the_last_touch() -> None:
    found = {one.check: one for one in review(told(STORY), as_of=end_of(date(2026, 6, 1))).findings}
    assert found["gone_quiet"].first_visible == "2026-01-19-mail"


def test_the_sellers_stage_alone_never_turns_a_finding_off() -> None:
    def found(stages: str) -> set[str]:
        return set(checks_of(review(told(STORY + stages), as_of=end_of(date(2026, 1, 20)))))

    without = found("")
    assert without
    for stage in ("Qualification", "Proposal", "Negotiation", "Verbal commit", "Closed won", "100%"):
        assert without <= found(f"2026-01-20 stage {stage}\n")
    assert without <= found("2026-01-06 stage Proposal\n2026-01-20 stage Qualification\n")


def test_a_waived_finding_is_set_aside_and_told() -> None:
    reviewed = review(told(STORY + "2026-01-19 waived economic_buyer_unmet\n"))
    assert "economic_buyer_unmet" not in checks_of(reviewed)
    assert [one.check for one, _ in reviewed.waived] == ["economic_buyer_unmet"]


def test_a_waiver_ends_on_its_day() -> None:
    story = told(STORY + "2026-01-19 waived economic_buyer_unmet until 2026-02-01\n")
    assert "economic_buyer_unmet" not in checks_of(review(story, as_of=end_of(date(2026, 2, 1))))
    assert "economic_buyer_unmet" in checks_of(review(story, as_of=end_of(date(2026, 2, 2))))


def test_a_broken_check_is_named_with_its_deal_and_the_others_go_on() -> None:
    def broken(deal: Deal, norms: Norms) -> Answer:
        raise ZeroDivisionError("no touches to divide by")

    def sound(deal: Deal, norms: Norms) -> Answer:
        return Clear("fine")

    reviewed = review(told(STORY), put={"broken": broken, "sound": sound})
    assert reviewed.clear == (("sound", "fine"),)
    (failure,) = reviewed.failed
    assert (failure.check, failure.deal) == ("broken", "d-story")
    assert "the check 'broken' broke on deal 'd-story'" in failure.error


def test_one_that_breaks_on_an_earlier_day_only_is_told_too() -> None:
    def sometimes(deal: Deal, norms: Norms) -> Answer:
        if len(deal.touches) < 2:
            raise IndexError("it wants two touches")
        return Raised("low", "two touches", ask("And now?"), touches=(deal.touches[0].id,))

    reviewed = review(told(STORY), put={"sometimes": sometimes})
    assert [one.first_visible for one in reviewed.findings] == ["2026-01-12-call"]
    assert len(reviewed.failed) == 1


def test_a_deal_without_a_touch_raises_nothing() -> None:
    reviewed = review(told("deal: Empty, planned close 2026-01-31\nsellers: Ines\nbuyers: Dana (economic_buyer)\n"))
    assert reviewed.findings == ()
    assert reviewed.failed == ()


def test_no_entries_are_refused() -> None:
    with pytest.raises(ValueError, match="no entries"):
        review([])


def test_a_moment_before_anything_happened_shows_nothing() -> None:
    assert review(told(STORY), as_of=noon(date(2025, 1, 1))).findings == ()
