from __future__ import annotations

from premortem.checks.content_for_wrong_reader import check
from tests.checks.asking import clear, does_not_apply, sign
from tests.telling import who

CALL = """sellers: Ola
buyers: Petra (technical_buyer), Ingrid (economic_buyer)
2026-01-12 call: Ola 40%, Petra 60%
"""
OFFER = '  Ola content_offered "the protocol guide comes tonight"\n'


def test_material_that_never_meets_the_decider_is_a_sign() -> None:
    seen = sign(check, CALL + OFFER + "2026-01-13 mail Ola to Petra\n" + OFFER)
    assert f"2 times, never where {{{who('Ingrid')}}} took part" in seen.says
    assert "one story" in seen.says
    assert seen.ask.to == who("Petra")
    assert len(seen.evidence) == 2


def test_in_copy_they_could_read_it() -> None:
    mail = "2026-01-13 mail Ola to Petra, cc Ingrid\n" + OFFER
    assert "on 13 January 2026" in clear(check, CALL + OFFER + mail)


def test_once_met_they_can_ask_for_themselves() -> None:
    assert "was met" in clear(check, CALL + OFFER + "2026-01-20 call: Ola 50%, Ingrid 50%\n")


def test_no_material_or_no_decider_does_not_apply() -> None:
    assert "no material" in does_not_apply(check, CALL)
    assert "final yes" in does_not_apply(check, CALL.replace(", Ingrid (economic_buyer)", "") + OFFER)
