from __future__ import annotations

import pytest

from premortem.checks.no_rival_known import check
from tests.checks.asking import clear, does_not_apply, sign
from tests.telling import who

TWO = "sellers: Ola\nbuyers: Petra\n2026-01-12 call: Ola 40%, Petra 60%\n2026-01-20 mail Petra to Ola\n"
THREE = TWO + "2026-02-02 call: Ola 50%, Petra 50%\n"


def test_knowing_no_other_way_is_a_gap_and_no_comfort() -> None:
    seen = sign(check, THREE)
    assert "we have not asked. That is a gap, not a comfort." in seen.says
    assert "including leaving it alone" in seen.ask.question
    assert seen.ask.to == who("Petra")
    assert len(seen.touches) == 3


def test_it_tells_that_we_asked() -> None:
    assert "no answer that tells" in sign(check, THREE + '  Ola discovery_question =competition "who else?"\n').says


@pytest.mark.parametrize("way", ["competitor_named =Frostline", "parallel_effort", "status_quo_option"])
def test_any_other_way_fills_it(way: str) -> None:
    assert "2 February 2026" in clear(check, THREE + f'  Petra {way} "there is another way"\n')


def test_before_the_third_touch_it_does_not_apply() -> None:
    does_not_apply(check, TWO)
