from __future__ import annotations

from premortem.checks.silent_participant import check
from tests.checks.asking import clear, does_not_apply, raised
from tests.telling import who

SAT_IN = "sellers: Ines, Oren\nbuyers: Tom, Mara\n2026-01-05 call: Ines 40%, Tom 60%; Mara, Oren listed\n"


def test_whoever_sat_through_a_call_unasked_is_asked_now() -> None:
    found = raised(check, SAT_IN)
    assert found.severity == "medium"
    assert found.touches == ("2026-01-05-call",)
    assert found.ask.to == who("Mara")
    assert who("Oren") not in found.says


def test_a_question_put_to_them_clears_it() -> None:
    story = SAT_IN + '  Ines discovery_question Mara =risk "Mara, what worries you in this?"\n'
    assert who("Mara") in clear(check, story)


def test_it_stands_when_they_speak_later_and_tells_when() -> None:
    found = raised(check, SAT_IN + "2026-02-02 call: Ines 40%, Mara 60%\n")
    assert found.severity == "low"
    assert "heard on 2 February 2026 after all" in found.says


def test_everybody_heard_is_clear() -> None:
    clear(check, "sellers: Ines\n2026-01-05 call: Ines 40%, Tom 60%\n")


def test_mails_tell_nothing_of_who_was_there() -> None:
    does_not_apply(check, "sellers: Ines\n2026-01-05 mail Ines to Tom, cc Mara\n")


def test_silence_of_somebody_who_could_end_it_is_grave() -> None:
    assert raised(check, SAT_IN.replace("Mara\n", "Mara (technical_buyer)\n", 1)).severity == "high"


def test_silence_in_two_calls_is_grave() -> None:
    assert raised(check, SAT_IN + "2026-01-12 call: Ines 40%, Tom 60%; Mara listed\n").severity == "high"
