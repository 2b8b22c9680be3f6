from __future__ import annotations

import pytest

from premortem.checks.stakeholder_unmet import check
from tests.checks.asking import clear, does_not_apply, raised
from tests.telling import who

TALK = """
sellers: Ines
buyers: Tom, Mara ({role})
2026-01-05 call: Ines 40%, Tom 60%
  Tom person_named Mara "Mara will want to look at it"
"""


@pytest.mark.parametrize("role", ["technical_buyer", "legal", "procurement", "user_buyer", "influencer"])
def test_a_role_makes_somebody_worth_meeting(role: str) -> None:
    found = raised(check, TALK.format(role=role))
    assert found.severity == "medium"
    assert f"{{{who('Mara')}}}" in found.says
    assert len(found.evidence) == 1
    assert found.ask.to == who("Tom")


def test_somebody_against_us_whom_we_never_met_is_grave() -> None:
    story = TALK.format(role="influencer") + '  Tom opposition_stated Gus "Gus wants none of it"\n'
    found = raised(check, story)
    assert found.severity == "high"
    assert found.says.index(who("Gus")) < found.says.index(who("Mara"))


def test_being_spoken_of_in_touch_after_touch_gives_weight() -> None:
    once = 'sellers: Ines\nbuyers: Tom\n2026-01-05 call: Ines, Tom\n  Tom person_named Kim "Kim knows"\n'
    twice = once + '2026-01-09 call: Ines, Tom\n  Tom person_named Kim "Kim"\n'
    assert "nobody with weight" in does_not_apply(check, once)
    assert "nobody with weight" in does_not_apply(check, twice)
    assert "again and again" in raised(check, twice + '2026-01-16 call: Ines, Tom\n  Tom person_named Kim "K"\n').says


def test_a_promised_introduction_makes_it_mild() -> None:
    story = TALK.format(role="legal") + '  Tom introduction_agreed Mara "I will ask her to join"\n'
    assert raised(check, story).severity == "low"


def test_once_met_it_is_clear() -> None:
    assert who("Mara") in clear(check, TALK.format(role="legal") + "2026-01-12 call: Ines, Mara\n")


def test_silent_in_the_room_is_not_met() -> None:
    raised(check, TALK.format(role="legal") + "2026-01-12 call: Ines 40%, Tom 60%; Mara listed\n")


def test_whoever_signs_is_left_to_the_check_of_its_own() -> None:
    story = 'sellers: Ines\nbuyers: Tom\n2026-01-05 call: Ines, Tom\n  Tom decision_maker_named Dana "Dana signs"\n'
    does_not_apply(check, story)


def test_whoever_decides_besides_the_one_who_signs_matters() -> None:
    story = """
sellers: Ines
buyers: Tom, Dana (economic_buyer)
2026-01-05 call: Ines, Tom
  Tom decision_maker_named Dana "Dana signs"
  Tom decision_maker_named Gus "and Gus can stop it"
"""
    found = raised(check, story)
    assert f"{{{who('Gus')}}}, who can stop it" in found.says
    assert who("Dana") not in found.says
    assert found.severity == "high"
