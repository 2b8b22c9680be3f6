from __future__ import annotations

from premortem.checks.content_overload import check
from tests.checks.asking import clear, does_not_apply, raised
from tests.telling import who

CALL = "sellers: Ola\nbuyers: Petra\n2026-01-12 call: Ola 60%, Petra 40%\n"
QUESTION = '  Ola discovery_question =use_case "how does a night go, part {}?"\n'
OFFER = '  Ola content_offered "I will send a story of a dairy, {}"\n'
MAIL = "2026-01-14 mail Ola to Petra\n"


def asked(times: int) -> str:
    return "".join(QUESTION.format(number) for number in range(times))


def offered(times: int) -> str:
    return "".join(OFFER.format(number) for number in range(times))


def test_two_pieces_after_hardly_a_question_are_raised() -> None:
    found = raised(check, CALL + asked(4) + offered(1) + MAIL + offered(1))
    assert found.severity == "medium"
    assert "by 14 January 2026 it went out twice or more, after 4 questions" in found.says
    assert found.ask.to == who("Petra")


def test_it_names_both_views_of_the_field() -> None:
    says = raised(check, CALL + offered(2)).says
    assert "a piece for each reader" in says
    assert "one story for the whole group" in says


def test_it_stays_on_record_and_grows_mild_once_we_asked_more() -> None:
    later = "2026-02-02 call: Ola 30%, Petra 70%\n" + asked(8)
    assert raised(check, CALL + offered(2) + later).severity == "low"


def test_more_than_anybody_sifts_is_raised_however_much_we_asked() -> None:
    assert raised(check, CALL + asked(20) + offered(5)).severity == "medium"
    assert raised(check, CALL + asked(3) + offered(5)).severity == "high"


def test_one_piece_or_well_asked_ones_are_clear() -> None:
    clear(check, CALL + offered(1))
    assert "2 pieces offered, after 7 questions" in clear(check, CALL + asked(7) + offered(2))


def test_no_material_of_ours_does_not_apply() -> None:
    does_not_apply(check, CALL + asked(2))
