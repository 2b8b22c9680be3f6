from __future__ import annotations

from premortem.checks.seller_dominates import check
from tests.checks.asking import clear, does_not_apply, raised
from tests.telling import who

LECTURE = "sellers: Ines\nbuyers: Tom, Mara\n2026-01-05 call: Ines 70%, Tom 25%, Mara 5%\n"
QUESTION = '  Ines discovery_question =pain "what bothers you most?"\n'


def test_a_lecture_is_grave_and_the_least_heard_is_asked() -> None:
    found = raised(check, LECTURE + QUESTION)
    assert found.severity == "high"
    assert "70%" in found.says
    assert "1 question" in found.says
    assert found.ask.to == who("Mara")


def test_half_of_the_talk_is_a_caution() -> None:
    assert raised(check, LECTURE.replace("70%", "55%")).severity == "medium"


def test_many_questions_excuse_a_large_share() -> None:
    assert "asked enough" in clear(check, LECTURE + QUESTION * 11)


def test_two_sellers_count_as_one_side() -> None:
    story = "sellers: Ines, Oren\nbuyers: Tom\n2026-01-05 call: Ines 30%, Oren 25%, Tom 45%\n"
    assert "55%" in raised(check, story).says


def test_a_better_call_later_makes_it_mild_and_is_told() -> None:
    found = raised(check, LECTURE + "2026-01-12 call: Ines 35%, Tom 65%\n")
    assert found.severity == "low"
    assert "12 January 2026 was shared better: 35%" in found.says


def test_listening_is_clear() -> None:
    assert "40%" in clear(check, LECTURE.replace("70%", "40%"))


def test_mails_and_unmeasured_calls_do_not_apply() -> None:
    does_not_apply(check, "sellers: Ines\n2026-01-05 call: Ines, Tom\n2026-01-06 mail Ines to Tom\n")


def test_a_talk_among_ourselves_does_not_apply() -> None:
    does_not_apply(check, "sellers: Ines, Oren\n2026-01-05 call: Ines 80%, Oren 20%\n")
