"""The day after a loss: what to ask, when to call, and whether it is worth it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from premortem.learning.chance_of_return import chance
from premortem.learning.comeback import ASKS, advocates, alarms, next_step, only_heard, play, returned_on, told_of
from premortem.ledger.deal import Deal
from premortem.ledger.entries import Comeback, Entry, Outcome
from premortem.ledger.fold import deal_as_of
from premortem.ledger.norms import Norm, Norms
from tests.telling import told, who

ENDED = date(2026, 5, 1)
NORMS = Norms()
STORY = """
deal: Harbour depot scheduling
sellers: Ines
buyers: Tom, Mara, Dana (economic_buyer)
2026-01-05 call: Ines 50%, Tom 50%
  Tom personal_stake "I would get my Sundays back"
  Tom wants_us "if it were mine alone, you"
2026-02-05 call: Ines 50%, Tom 40%, Mara 10%
  {line}
2026-05-01 lost to Brightline
"""


def lost(line: str = 'Tom pain_stated "it hurts"', rank: int | None = None) -> Deal:
    entries = told(STORY.format(line=line))
    if rank is not None:
        entries = [
            replace(one, body=replace(one.body, rank=rank)) if isinstance(one.body, Outcome) else one for one in entries
        ]
    return deal_as_of(entries)


def step(name: str, state: str, on: date, what: str | None = None) -> tuple[date, Comeback]:
    return on, Comeback(name, what or name, state)  # type: ignore[arg-type]


def test_the_play_begins_with_the_end_though_nobody_entered_anything() -> None:
    steps = play(ENDED, False, [], NORMS)
    assert [one.id for one in steps[:1]] == ["thanks"]
    assert {one.what for one in steps} == {"thanks", "check_in", *ASKS}
    assert all(one.planned_for == ENDED + timedelta(days=14) for one in steps if one.what in ASKS)
    assert [one.planned_for - ENDED for one in steps if one.what == "check_in"] == [
        timedelta(days=days) for days in (90, 180, 360)
    ]
    assert all(one.use for one in steps), "each wish names its use in the next round"


def test_the_days_follow_the_firms_own_setting() -> None:
    norms = replace(NORMS, winner_fades_days=Norm(30, "set in premortem.toml"))
    assert [one.planned_for for one in play(ENDED, False, [], norms) if one.id == "check_in-1"] == [date(2026, 5, 31)]
    assert "assumption of this product" in NORMS.winner_fades_days.source


def test_a_step_is_asked_and_then_got() -> None:
    steps = play(
        ENDED, False, [step("criteria", "asked", date(2026, 5, 4)), step("criteria", "got", date(2026, 5, 9))], NORMS
    )
    criteria = next(one for one in steps if one.id == "criteria")
    assert (criteria.state, criteria.asked_on, criteria.ended_on) == ("got", date(2026, 5, 4), date(2026, 5, 9))
    following = next_step(steps)
    assert following is not None
    assert following.id == "thanks"


def test_what_is_not_for_this_deal_goes_away() -> None:
    steps = play(ENDED, False, [step("executives", "dropped", ENDED)], NORMS)
    assert "executives" not in {one.id for one in steps}


def test_the_newest_word_of_a_step_counts_whatever_the_order_of_learning() -> None:
    noon = datetime(2026, 5, 9, 12, tzinfo=UTC)
    got = Entry("d", noon, noon, "user:ines", Comeback("documents", "documents", "got"))
    asked = Entry(
        "d",
        noon - timedelta(days=3),
        noon + timedelta(days=1),
        "user:ines",
        Comeback("documents", "documents", "asked"),
    )
    assert [body.state for _, body in told_of([got, asked])] == ["asked", "got"]


def test_silence_is_an_alarm_and_so_is_what_nobody_answers() -> None:
    asked = [step("documents", "asked", date(2026, 5, 3))]
    steps = play(ENDED, False, asked, NORMS)
    assert "silence" not in {one.kind for one in alarms(steps, ENDED, None, date(2026, 6, 10), NORMS)}
    late = alarms(steps, ENDED, None, date(2026, 7, 10), NORMS)
    assert [one.kind for one in late][:1] == ["silence"]
    assert ("unanswered", "documents") in {(one.kind, one.step) for one in late}
    assert ("late", "thanks") in {(one.kind, one.step) for one in late}
    assert "no news is bad news" in late[0].says


def test_a_word_from_them_ends_the_silence() -> None:
    steps = play(ENDED, False, [], NORMS)
    assert "silence" not in {one.kind for one in alarms(steps, ENDED, date(2026, 7, 1), date(2026, 7, 10), NORMS)}


def test_whoever_came_back_needs_no_alarm() -> None:
    steps = play(ENDED, False, [step("returned-1", "done", date(2026, 9, 1), "returned")], NORMS)
    assert returned_on(steps) == date(2026, 9, 1)
    assert alarms(steps, ENDED, None, date(2027, 9, 1), NORMS) == ()


def test_nothing_known_is_not_called_likely() -> None:
    found = chance(lost())
    assert found.likely == "unknown"
    assert [one.speaks for one in found.reasons] == ["unknown"] * 3
    assert all(one.ask for one in found.reasons)


@pytest.mark.parametrize(("rank", "likely"), [(2, "rather likely"), (3, "rather likely"), (5, "rather unlikely")])
def test_the_place_counts_down_to_the_fifth(rank: int, likely: str) -> None:
    assert chance(lost(rank=rank)).likely == likely


def test_a_first_purchase_speaks_for_a_return_with_its_words() -> None:
    found = chance(lost('Tom decision_process_unknown "I never bought such a thing"'))
    assert found.likely == "rather likely"
    assert found.reasons[0].quotes


def test_working_with_the_winner_already_speaks_against_it_and_slows_the_effort() -> None:
    entries = told(STORY.format(line='Tom competitor_named =Brightline "we plan it all in Brightline"'))
    fact = next(one for one in entries if one.kind == "fact" and one.body.claim == "competitor_named")  # type: ignore[union-attr]
    use = replace(fact, body=replace(fact.body, fact="f-use", claim="use_case_described", value=None))
    found = chance(deal_as_of([*entries, use]))
    assert found.likely == "rather unlikely"
    assert found.slower > 1
    assert "Brightline" in found.reasons[1].says


def test_those_who_only_heard_are_the_ones_whom_nobody_met_and_the_decider_first() -> None:
    assert only_heard(lost())[0] == who("Dana")


def test_an_advocate_is_measured_by_the_conditions_of_a_coach() -> None:
    found = advocates(lost(), NORMS)
    assert [one.person for one in found] == [who("Tom")]
    assert {one.name for one in found[0].conditions if one.met} >= {"reason", "wants us"}
    assert len(found[0].conditions) == 5


def test_a_won_deal_has_a_play_in_which_our_own_attention_fades() -> None:
    steps = play(ENDED, True, [], NORMS)
    assert "our own people" in next(one for one in steps if one.what == "check_in").use
