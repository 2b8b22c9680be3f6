from __future__ import annotations

from premortem.checks.decision_process_unknown import check
from premortem.checks.review import review
from tests.checks.asking import clear, does_not_apply, raised, sign
from tests.telling import told, who

CALL = "sellers: Ines\nbuyers: Tom, Mara\n2026-01-05 call: Ines 40%, Tom 60%\n"
NO_IDEA = '  Tom decision_process_unknown "it goes to the group, and there I lose sight of it"\n'
THE_WAY = '  Mara decision_process_described "two of us score, then the board nods"\n'
LATER = "2026-01-12 call: Ines, Mara\n"


def test_not_knowing_is_raised_at_once_and_goes_to_whoever_said_it() -> None:
    found = raised(check, CALL + NO_IDEA)
    assert found.severity == "medium"
    assert "nobody has described it" in found.says
    assert len(found.evidence) == 1
    assert found.ask.to == who("Tom")


def test_late_in_the_cycle_it_is_grave() -> None:
    assert raised(check, CALL + NO_IDEA, on="2026-07-01").severity == "high"


def test_a_way_described_afterwards_leaves_it_mild_and_names_the_day() -> None:
    found = raised(check, CALL + NO_IDEA + LATER + THE_WAY)
    assert found.severity == "low"
    assert "described it on 12 January 2026" in found.says


def test_a_way_described_before_by_somebody_else_leaves_both_standing() -> None:
    found = raised(check, CALL + "2026-01-06 call: Ines, Mara\n" + THE_WAY + LATER + NO_IDEA)
    assert "both stand" in found.says
    assert len(found.evidence) == 2


def test_a_doubt_on_a_detail_beside_the_description_is_none() -> None:
    assert "described on 5 January" in clear(check, CALL + THE_WAY + NO_IDEA)


def test_silence_about_it_is_a_sign_from_the_third_touch_on() -> None:
    two = CALL + LATER
    assert "too early" in does_not_apply(check, two)
    assert "Nobody on the buyer's side" in sign(check, two + "2026-01-19 call: Ines, Tom\n").says


def test_it_is_dated_to_the_word_that_said_so() -> None:
    story = CALL + LATER + NO_IDEA.replace("Tom", "Mara") + "2026-01-19 call: Ines, Tom\n"
    found = next(one for one in review(told("deal: A\n" + story)).findings if one.check == "decision_process_unknown")
    assert found.first_visible == "2026-01-12-call"
