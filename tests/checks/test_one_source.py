from __future__ import annotations

from premortem.checks.one_source import check
from tests.checks.asking import clear, does_not_apply, sign
from tests.telling import who

CALL = "sellers: Ines\nbuyers: Tom, Mara\n2026-01-05 call: Ines 40%, Tom 60%\n"
SIGNS = '  Tom decision_maker_named Dana "it ends on Dana\'s desk"\n'
DAY = '  Tom decision_date_stated =2026-06-10 "the tenth of June"\n'
MONEY = '  Tom budget_confirmed "it is in the plan"\n'


def test_three_facts_from_one_mouth_are_a_sign() -> None:
    seen = sign(check, CALL + SIGNS + DAY + MONEY)
    assert "who signs, by when and the budget" in seen.says
    assert "{" + who("Tom") + "} alone" in seen.says
    assert len(seen.evidence) == 3


def test_the_question_goes_to_somebody_else_whom_we_have_heard() -> None:
    assert sign(check, CALL + SIGNS + DAY + MONEY).ask.to == who("Tom")
    assert sign(check, CALL + SIGNS + DAY + MONEY + "2026-01-12 call: Ines, Mara\n").ask.to == who("Mara")


def test_a_note_of_ours_counts_as_the_word_of_whoever_it_met() -> None:
    note = "2026-01-20 note by Ines, met {0}\n" + '  Ines decision_process_described "two of them score"\n'
    sign(check, CALL + SIGNS + DAY + note.format("Tom"))
    assert "2 people" in clear(check, CALL + SIGNS + DAY + note.format("Mara"))


def test_a_second_voice_is_clear() -> None:
    second = '2026-01-12 call: Ines, Mara\n  Mara budget_confirmed "yes, that is there"\n'
    assert "2 people" in clear(check, CALL + SIGNS + DAY + MONEY + second)


def test_two_facts_are_too_few() -> None:
    assert "2 key facts" in does_not_apply(check, CALL + SIGNS + DAY)
