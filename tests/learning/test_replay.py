from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from premortem.checks.base import Answer, Clear
from premortem.checks.review import review
from premortem.learning.replay import Life, Replay, replay
from premortem.ledger.deal import Deal
from premortem.ledger.entries import Ask, Entry, Finding, Verdict
from premortem.ledger.norms import Norm, Norms
from tests.telling import told

STORY = """
deal: Harbour depot
sellers: Ines
buyers: Tom
2026-01-05 call: Ines 70%, Tom 30%{learned}
  Tom decision_maker_named Dana "Dana signs"
2026-01-19 call: Ines 40%, Tom 60%
  Ines introduction_asked Dana "could we meet Dana?"
2026-02-02 call: Ines 40%, Dana 60%
2026-03-01 lost to Brightline
"""
AT_ONCE = STORY.format(learned="")
IMPORTED_LATER = STORY.format(learned=" (learned 2026-01-25)")


def life(replayed: Replay, check: str) -> Life:
    (found,) = [one for one in replayed.lives if one.check == check]
    return found


def test_a_blind_spot_lives_from_when_it_could_be_seen_to_its_cure() -> None:
    unmet = life(replay(told(AT_ONCE)), "economic_buyer_unmet")
    assert unmet.visible == "2026-01-05-call"
    assert unmet.first.severity == "medium"
    assert unmet.cured_after == "2026-02-02-call"


def test_acting_on_it_is_asking_for_an_introduction() -> None:
    unmet = life(replay(told(AT_ONCE)), "economic_buyer_unmet")
    assert unmet.acted is not None
    assert (unmet.acted.how, unmet.acted.touch) == ("an introduction was asked for", "2026-01-19-call")
    assert unmet.days_to_act == 14


def test_known_at_once_is_not_blind() -> None:
    unmet = life(replay(told(AT_ONCE)), "economic_buyer_unmet")
    assert (unmet.known_on, unmet.days_blind) == (date(2026, 1, 5), 0)


def test_what_was_learned_later_leaves_days_of_blindness() -> None:
    unmet = life(replay(told(IMPORTED_LATER)), "economic_buyer_unmet")
    assert unmet.visible == "2026-01-05-call"
    assert (unmet.known_on, unmet.days_blind) == (date(2026, 1, 25), 20)


def test_what_was_learned_only_after_the_end_was_never_known() -> None:
    replayed = replay(told(STORY.format(learned=" (learned 2026-06-01)")))
    unmet = life(replayed, "economic_buyer_unmet")
    assert unmet.known_on is None
    assert unmet.days_blind == (replayed.as_of.date() - date(2026, 1, 5)).days


def test_each_touch_tells_what_appeared_what_changed_and_what_was_cured() -> None:
    first, second, third = replay(told(AT_ONCE)).steps
    assert {one.check for one in first.appeared} == {"economic_buyer_unmet", "seller_dominates"}
    assert second.changed == (("seller_dominates", "high", "low"),)
    assert "no_next_step" in {one.check for one in second.appeared}
    assert third.cured == ("economic_buyer_unmet",)
    assert "economic_buyer_unmet" not in third.standing


def test_a_step_tells_what_our_own_ledger_would_have_raised_that_day() -> None:
    first, second, *_ = replay(told(IMPORTED_LATER)).steps
    assert "economic_buyer_unmet" in first.standing
    assert "economic_buyer_unmet" not in (*first.known, *second.known)


def test_the_last_step_stands_as_the_review_does() -> None:
    entries = told(AT_ONCE.replace("2026-03-01", "2026-02-03"))
    standing = replay(entries).steps[-1].standing
    assert set(standing) == {one.check for one in review(entries).findings}


def test_a_question_on_its_topic_is_acting_on_it() -> None:
    story = """
deal: A story, planned close 2026-03-31
sellers: Ines
buyers: Tom
2026-01-05 call: Ines 40%, Tom 60%
  Tom decision_date_stated =2026-06-30 "end of June"
2026-01-12 call: Ines 40%, Tom 60%
  Ines discovery_question =pain "what hurts?"
2026-01-19 call: Ines 40%, Tom 60%
  Ines discovery_question =timing "what sets the end of June?"
"""
    acted = life(replay(told(story)), "close_date_unbacked").acted
    assert acted is not None
    assert (acted.how, acted.touch) == ("a question on timing was asked", "2026-01-19-call")


def test_asking_for_somebody_else_is_not_acting_on_it() -> None:
    story = AT_ONCE.replace("introduction_asked Dana", "introduction_asked Zoe").replace(
        "Ines 40%, Dana 60%", "Ines, Tom"
    )
    assert life(replay(told(story)), "economic_buyer_unmet").acted is None


def entered(when: str, body: Verdict | Finding) -> Entry:
    moment = datetime.fromisoformat(when).replace(tzinfo=UTC)
    return Entry("d-story", moment, moment, "user:ines", body)


def test_what_users_write_down_is_acting_on_it() -> None:
    entries = told(AT_ONCE.replace('  Ines introduction_asked Dana "could we meet Dana?"\n', ""))
    evidence = life(replay(entries), "economic_buyer_unmet").first.evidence[0].fact
    assert evidence is not None
    judged = entered("2026-01-08", Verdict(evidence, "confirmed"))
    recorded = entered("2026-01-07", Finding("economic_buyer_unmet", "high", "Seen.", Ask("Who?")))
    acted = life(replay([*entries, judged]), "economic_buyer_unmet").acted
    assert acted is not None
    assert (acted.how, acted.at.day) == ("somebody judged the words that it rests on", 8)
    earlier = life(replay([*entries, judged, recorded]), "economic_buyer_unmet").acted
    assert earlier is not None
    assert (earlier.how, earlier.at.day) == ("it was put on record", 7)


def test_a_waiver_is_acting_on_it() -> None:
    acted = life(replay(told(AT_ONCE + "2026-01-06 waived economic_buyer_unmet\n")), "economic_buyer_unmet").acted
    assert acted is not None
    assert acted.how == "somebody set it aside"


def test_a_broken_check_is_named_once() -> None:
    def broken(deal: Deal, norms: Norms) -> Answer:
        raise ZeroDivisionError("nothing to divide by")

    def sound(deal: Deal, norms: Norms) -> Answer:
        return Clear("fine")

    replayed = replay(told(AT_ONCE), put={"broken": broken, "sound": sound})
    assert [failure.check for failure in replayed.failed] == ["broken"]
    assert replayed.lives == ()


def test_a_deal_without_touches_has_no_steps() -> None:
    assert replay(told("deal: Empty\nsellers: Ines\n")).steps == ()


def test_no_entries_are_refused() -> None:
    with pytest.raises(ValueError, match="no entries"):
        replay([])


def test_after_the_end_each_life_has_a_last_day_on_which_acting_left_time_to_settle_it() -> None:
    replayed = replay(told(AT_ONCE), Norms(days_to_turn=Norm(30, "ours")))
    unmet = life(replayed, "economic_buyer_unmet")

    assert (replayed.ended, unmet.last_useful) == (date(2026, 3, 1), date(2026, 1, 30))
    assert not unmet.seen_too_late


def test_what_could_first_be_seen_after_that_day_was_seen_too_late() -> None:
    replayed = replay(told(AT_ONCE), Norms(days_to_turn=Norm(60, "ours")))

    assert life(replayed, "economic_buyer_unmet").last_useful == date(2025, 12, 31)
    assert all(one.seen_too_late for one in replayed.lives)


def test_an_open_deal_has_no_such_day() -> None:
    replayed = replay(told(AT_ONCE.replace("2026-03-01 lost to Brightline\n", "")))

    assert replayed.ended is None
    assert {one.last_useful for one in replayed.lives} == {None}
