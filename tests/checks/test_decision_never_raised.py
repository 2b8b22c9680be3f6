from __future__ import annotations

from premortem.checks.decision_never_raised import check
from tests.checks.asking import clear, does_not_apply, sign
from tests.telling import who

SHOP_TALK = """
sellers: Bram
buyers: Odile
2026-01-05 call: Bram 40%, Odile 60%
  Bram discovery_question =use_case "how do you count them today?"
  Odile use_case_described "two of us walk the hall with a list"
2026-01-19 call: Bram 40%, Odile 60%
  Odile pain_stated "by Friday the list is wrong"
"""


def test_good_talk_that_never_got_to_the_decision_is_a_sign() -> None:
    seen = sign(check, SHOP_TALK)
    assert "In 2 calls, the last on 19 January 2026" in seen.says
    assert seen.touches == ("2026-01-05-call", "2026-01-19-call")
    assert seen.ask.to == who("Odile")


def test_a_question_on_it_or_a_word_unasked_clears_it() -> None:
    assert "timing" in clear(check, SHOP_TALK + '  Bram discovery_question =timing "by when?"\n')
    assert "money" in clear(check, SHOP_TALK + '  Odile budget_missing "there is none this year"\n')


def test_without_any_talk_of_their_work_it_does_not_apply() -> None:
    does_not_apply(check, "sellers: Bram\n2026-01-05 call: Bram, Odile\n")
