from __future__ import annotations

from datetime import date

from premortem.checks.base import Clear
from premortem.checks.content_for_wrong_reader import check
from premortem.ledger.entries import Entry, Sent
from premortem.ledger.fold import deal_as_of, noon
from premortem.ledger.norms import Norms
from tests.checks.asking import clear, does_not_apply, sign
from tests.telling import told, who

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


def test_a_piece_that_was_entered_as_sent_to_the_decider_is_clear() -> None:
    story = CALL + OFFER
    sent = Entry("d-story", noon(date(2026, 1, 14)), noon(date(2026, 1, 14)), "user:ola", Sent("page", who("Ingrid")))
    answer = check(deal_as_of([*told(story), sent]), Norms())
    assert isinstance(answer, Clear)
    assert "14 January 2026" in answer.because
