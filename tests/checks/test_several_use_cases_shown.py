from __future__ import annotations

from premortem.checks.several_use_cases_shown import check
from tests.checks.asking import clear, does_not_apply, sign
from tests.telling import who

CALL = "sellers: Ola\nbuyers: Petra\n2026-01-12 call: Ola 60%, Petra 40%\n"
AIRPORT = '  Ola content_offered "a story of an airport"\n'
THEATRE = '  Ola content_offered "and one of a theatre"\n'
REPLY = "2026-01-20 mail Petra to Ola\n"
DOUBT = '  Petra fit_doubt "one would have to saw it to our size"\n'


def test_a_doubt_after_two_pieces_is_a_sign() -> None:
    seen = sign(check, CALL + AIRPORT + THEATRE + REPLY + DOUBT)
    assert "2 pieces of material, and 1 doubt of the fit came after the second" in seen.says
    assert seen.ask.to == who("Petra")
    assert len(seen.evidence) == 3


def test_a_doubt_before_the_second_piece_is_another_matter() -> None:
    clear(check, CALL + AIRPORT + REPLY + DOUBT + "2026-01-22 mail Ola to Petra\n" + THEATRE)


def test_without_doubts_it_is_clear() -> None:
    assert "nobody doubted" in clear(check, CALL + AIRPORT + THEATRE)


def test_one_piece_at_most_does_not_apply() -> None:
    does_not_apply(check, CALL + AIRPORT + REPLY + DOUBT)
