from __future__ import annotations

from premortem.checks.no_question_asked import check
from tests.checks.asking import clear, does_not_apply, sign
from tests.telling import who

LECTURE = "sellers: Bram\nbuyers: Odile, Reto\n2026-01-05 call: Bram 80%, Odile 15%, Reto 5%\n"


def test_a_call_without_a_question_of_ours_is_a_sign() -> None:
    seen = sign(check, LECTURE)
    assert "5 January 2026" in seen.says
    assert seen.ask.to == who("Reto")
    assert seen.touches == ("2026-01-05-call",)


def test_any_question_of_ours_clears_it() -> None:
    clear(check, LECTURE.replace("Bram 80%", "Bram 80% 1 question"))
    clear(check, LECTURE + '  Bram discovery_question =pain "what hurts most?"\n')


def test_a_better_call_later_clears_it() -> None:
    clear(check, LECTURE + "2026-01-12 call: Bram 40% 6 questions, Odile 60%\n")


def test_questions_of_theirs_are_not_ours() -> None:
    sign(check, LECTURE.replace("Odile 15%", "Odile 15% 4 questions"))


def test_a_call_of_which_nothing_was_measured_tells_nothing() -> None:
    does_not_apply(check, "sellers: Bram\n2026-01-05 call: Bram, Odile\n2026-01-06 mail Bram to Odile\n")
