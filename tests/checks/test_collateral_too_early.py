from __future__ import annotations

from premortem.checks.collateral_too_early import check
from tests.checks.asking import clear, does_not_apply, raised
from tests.telling import who

FIRST = "sellers: Ola\nbuyers: Petra, Rune\n2026-01-12 mail Petra to Ola\n"
PAPERS = '  Petra collateral_requested "please send your price list and three references"\n'
NEED = '  Petra pain_stated "the labels come off in the cold"\n'


def test_papers_before_the_need_are_raised() -> None:
    found = raised(check, FIRST + PAPERS)
    assert found.severity == "medium"
    assert "1 request, first on 12 January 2026" in found.says
    assert found.ask.to == who("Petra")


def test_it_stays_on_record_and_grows_mild_once_the_need_was_told() -> None:
    found = raised(check, FIRST + PAPERS + "2026-01-20 call: Ola 40%, Petra 60%\n" + NEED)
    assert found.severity == "low"
    assert "told on 20 January 2026" in found.says


def test_papers_after_the_need_are_fine_even_in_the_same_talk() -> None:
    assert "12 January 2026" in clear(check, FIRST + NEED + PAPERS)


def test_only_the_requests_before_the_need_are_evidence() -> None:
    more = PAPERS.replace("please send", "and then")
    assert len(raised(check, FIRST + PAPERS + NEED + more).evidence) == 1


def test_nothing_asked_for_does_not_apply() -> None:
    does_not_apply(check, FIRST + NEED)
