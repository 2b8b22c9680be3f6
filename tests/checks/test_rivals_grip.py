from __future__ import annotations

import pytest

from premortem.checks.rivals_grip import check
from tests.checks.asking import clear, does_not_apply, sign
from tests.telling import who

CALL = "sellers: Ola\nbuyers: Petra, Rune\n2026-01-12 call: Ola 40%, Petra 60%\n"
NAMED = '  Petra competitor_named =Frostline "Frostline has had a desk here for years"\n'
AGAINST = '  Petra opposition_stated Rune "Rune would not hear of another"\n'
REFUSED = '  Petra introduction_refused Rune "you will not get to see him"\n'
HELD = CALL + NAMED + AGAINST + REFUSED


def test_a_closed_house_is_a_sign_and_tells_what_would_change_our_mind() -> None:
    seen = sign(check, HELD)
    assert "refused 1 time and never granted" in seen.says
    assert "Walking away is worth a thought" in seen.says
    assert "What would change our mind: a meeting with whoever decides" in seen.says
    assert seen.ask.to == who("Petra")


@pytest.mark.parametrize(
    ("loosens", "because"),
    [
        ('  Petra wants_us "I would rather have you"\n', "want us"),
        ('  Petra introduction_agreed Rune "come on Friday, he will be there"\n', "door"),
    ],
)
def test_an_open_door_or_one_buyer_for_us_loosens_the_grip(loosens: str, because: str) -> None:
    assert because in clear(check, HELD + loosens)


def test_a_rival_alone_holds_nothing() -> None:
    clear(check, CALL + NAMED + AGAINST)


def test_no_rival_or_a_signed_deal_does_not_apply() -> None:
    assert "no rival" in does_not_apply(check, CALL + AGAINST + REFUSED)
    signed = HELD + '  Petra decision_date_stated =2026-01-31 "end of January"\n2026-02-01 stage Signed\n'
    assert "signed" in does_not_apply(check, signed, on="2026-02-02")
