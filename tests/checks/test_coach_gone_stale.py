from __future__ import annotations

from premortem.checks.coach_gone_stale import check
from tests.checks.asking import clear, does_not_apply, sign
from tests.telling import who

COACH = """
sellers: Ode
buyers: Ilka, Rolf
2026-05-04 call: Ode, Ilka
  Ilka personal_stake "I'd sleep again"
  Ilka wants_us "I would have you tomorrow"
  Ilka inside_information "the board sits on the ninth"
"""


def test_a_coach_who_talks_is_clear() -> None:
    assert who("Ilka") in clear(check, COACH)


def test_a_coach_gone_quiet() -> None:
    found = sign(check, COACH + "2026-06-20 call: Ode, Rolf\n")
    assert "4 May 2026, 47 days ago" in found.says
    assert found.ask.to == who("Ilka")
    assert found.evidence


def test_a_coach_who_still_writes_and_tells_nothing() -> None:
    found = sign(check, COACH + "2026-07-20 mail Ilka to Ode\n")
    assert "still talks to us" in found.says


def test_tips_that_proved_wrong() -> None:
    story = COACH + '  Ilka budget_confirmed "it is paid for"\n'
    found = sign(check, story + '2026-05-18 call: Ode, Ilka, Rolf\n  Rolf budget_missing "no it is not"\n')
    assert "1 thing" in found.says
    assert len(found.evidence) == 2


def test_it_does_not_apply_where_nobody_was_a_coach() -> None:
    does_not_apply(check, "sellers: Ode\n2026-05-04 call: Ode, Ilka\n")
