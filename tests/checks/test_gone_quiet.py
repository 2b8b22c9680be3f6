from __future__ import annotations

from premortem.checks.gone_quiet import check
from tests.checks.asking import clear, does_not_apply, raised
from tests.telling import who

LAST_WORD = "sellers: Ines\nbuyers: Tom, Mara\n2026-01-05 call: Ines 40%, Tom 60%\n"
CHASED = LAST_WORD + "2026-01-15 mail Ines to Tom\n2026-02-02 mail Ines to Tom\n"


def test_chasing_into_silence_is_grave() -> None:
    found = raised(check, CHASED)
    assert found.severity == "high"
    assert "28 days ago; 2 touches of ours" in found.says
    assert found.touches == ("2026-01-05-call", "2026-01-15-mail", "2026-02-02-mail")
    assert found.ask.to == who("Tom")


def test_one_unanswered_mail_is_medium() -> None:
    assert raised(check, LAST_WORD + "2026-02-02 mail Ines to Tom\n").severity == "medium"


def test_within_the_norm_it_is_clear() -> None:
    assert "21 days ago" in clear(check, LAST_WORD + "2026-01-26 mail Ines to Tom\n")


def test_our_own_silence_counts_unless_a_day_lies_ahead() -> None:
    assert "nobody of ours" in raised(check, LAST_WORD, on="2026-03-01").says
    agreed = LAST_WORD + '  Tom next_step_agreed =2026-03-02 "call me on the second of March"\n'
    clear(check, agreed, on="2026-03-01")


def test_a_silence_that_the_buyer_ended_stays_mild_and_tells_when() -> None:
    found = raised(check, CHASED + "2026-02-09 mail Mara to Ines\n")
    assert found.severity == "low"
    assert "35 days, until 9 February 2026" in found.says
    assert found.ask.to == who("Mara")


def test_a_pause_with_one_mail_in_it_is_forgotten_once_answered() -> None:
    clear(check, LAST_WORD + "2026-02-02 mail Ines to Tom\n2026-02-03 mail Tom to Ines\n")


def test_a_buyer_never_heard_does_not_apply() -> None:
    does_not_apply(check, "sellers: Ines\n2026-01-05 mail Ines to Tom\n")


def test_one_mail_long_after_the_last_word_is_told_even_when_it_was_answered() -> None:
    found = raised(check, LAST_WORD + "2026-03-02 mail Ines to Tom\n2026-03-20 mail Tom to Ines\n")
    assert found.severity == "low"
    assert "74 days, until 20 March 2026; 1 touch of ours" in found.says


def test_a_note_of_ours_is_no_cry_into_silence() -> None:
    clear(check, LAST_WORD + "2026-03-02 note by Ines\n2026-03-20 mail Tom to Ines\n")


def test_a_mail_in_which_a_step_was_agreed_is_none_either() -> None:
    agreed = "2026-01-15 mail Ines to Tom\n" + '  Ines next_step_agreed =2026-02-09 "the ninth it is, as you said"\n'
    clear(check, LAST_WORD + agreed + "2026-02-02 mail Ines to Tom\n2026-02-09 mail Mara to Ines\n")
