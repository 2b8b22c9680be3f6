"""What to ask next: few questions, each once, to somebody who can be asked, the one that changes most first."""

from __future__ import annotations

from datetime import date

from premortem.checks.base import Sign
from premortem.checks.next_questions import AT_MOST, NextQuestion, next_questions
from premortem.checks.unknowns import unknowns
from premortem.ledger.deal import Deal
from premortem.ledger.entries import Ask, Finding, Severity
from premortem.ledger.fold import deal_as_of, end_of
from tests.telling import told, who

MILL = """
deal: Mill lighting
sellers: Ines
buyers: Tom, Vera
2026-01-05 call: Ines, Tom
2026-01-12 call: Ines, Tom
  Tom decision_maker_named Dana "Dana signs"
"""


def mill(more: str = "", on: str = "2026-01-20") -> Deal:
    return deal_as_of(told(MILL + more), end_of(date.fromisoformat(on)))


def found(check: str, question: str, to: str | None = "Tom", severity: Severity = "high") -> Finding:
    return Finding(check, severity, f"It is {check}.", Ask(question, who(to) if to else None))


def asked(deal: Deal, *findings: Finding, signs: tuple[tuple[str, Sign], ...] = ()) -> tuple[NextQuestion, ...]:
    return next_questions(deal, findings, signs, ())


def settled(one: NextQuestion) -> list[str]:
    return [settled.what for settled in one.settles]


def test_nothing_open_asks_nothing() -> None:
    assert asked(mill()) == ()


def test_five_at_most() -> None:
    words = ("orchards", "ferries", "lanterns", "bridges", "kettles", "saddles", "violins")
    many = [found(f"check_{one}", f"Which {one}?") for one in words]
    assert len(asked(mill(), *many)) == AT_MOST == 5


def test_what_has_cost_deals_more_often_is_asked_first() -> None:
    first, second = asked(
        mill(),
        found("no_next_step", "What comes now?"),
        found("economic_buyer_unmet", "What would {" + who("Dana") + "} want to hear first?"),
    )
    assert (settled(first), settled(second)) == (["economic_buyer_unmet"], ["no_next_step"])


def test_a_finding_and_the_unknown_behind_it_are_one_question() -> None:
    deal = mill()
    number = found("no_impact", "What does an hour in the dark cost you?")
    questions = next_questions(deal, (number,), (), unknowns(deal))
    first = next(one for one in questions if "no_impact" in settled(one))
    assert settled(first) == ["no_impact", "what the problem costs"]
    assert first.ask.question == "What does an hour in the dark cost you?"
    assert sum("costs" in what for one in questions for what in settled(one)) == 1


def test_two_findings_about_meeting_the_same_person_are_one_question() -> None:
    dana = "{" + who("Dana") + "}"
    (only,) = asked(
        mill(),
        found("economic_buyer_unmet", f"What would {dana} want to be sure of?"),
        found("introduction_refused", f"What would make half an hour with {dana} worth it?"),
    )
    assert settled(only) == ["economic_buyer_unmet", "introduction_refused"]


def test_questions_about_two_people_stay_two() -> None:
    dana, vera = "{" + who("Dana") + "}", "{" + who("Vera") + "}"
    both = asked(
        mill(),
        found("stakeholder_unmet", f"What matters to {vera}?"),
        found("economic_buyer_unmet", f"What matters to {dana}?"),
    )
    assert len(both) == 2


def test_two_questions_in_nearly_the_same_words_are_one() -> None:
    (only,) = asked(
        mill(),
        found("a_check", "Which harvest week would suit your people best?"),
        found("b_check", "Which harvest week would suit best?"),
    )
    assert settled(only) == ["a_check", "b_check"]


def test_a_question_to_nobody_goes_to_whoever_carries_the_deal() -> None:
    (only,) = asked(mill(), found("a_check", "And now?", to=None))
    assert (only.ask.to, only.through) == (who("Tom"), None)


def test_somebody_never_met_is_asked_through_the_closest_and_later() -> None:
    first, second = asked(mill(), found("a_check", "Which lantern?", to="Vera"), found("b_check", "Which ferry?"))
    assert settled(first) == ["b_check"]
    assert (second.ask.to, second.through) == (who("Vera"), who("Tom"))


def test_what_was_asked_in_the_last_touch_waits() -> None:
    findings = (found("no_impact", "What does it cost you?"), found("introduction_refused", "What would make it easy?"))
    assert settled(asked(mill(), *findings)[0]) == ["no_impact"]
    just_asked = mill('  Ines discovery_question =impact "and in money?"\n')
    assert settled(asked(just_asked, *findings)[0]) == ["introduction_refused"]


def test_a_silence_is_asked_about_before_all_else() -> None:
    quiet, number = found("gone_quiet", "Has something changed?"), found("no_impact", "What does it cost you?")
    assert settled(asked(mill(), number, quiet)[0]) == ["gone_quiet"]
    ended = found("gone_quiet", "What was going on then?", severity="low")
    assert settled(asked(mill(), number, ended)[0]) == ["no_impact"]


def test_a_sign_comes_behind_a_finding() -> None:
    sign = ("old_word", Sign("It is old.", Ask("Is this still so?", who("Tom"))))
    first, second = asked(mill(), found("no_coach", "What would it change for you?"), signs=(sign,))
    assert (settled(first), settled(second)) == (["no_coach"], ["old_word"])
    assert second.settles[0].kind == "sign"


def test_the_first_says_how_near_the_day_is() -> None:
    finding = found("no_impact", "What does it cost you?")
    near = asked(mill("2026-01-13 close 2026-01-31 by rep\n"), finding)
    assert near[0].why == "It is no_impact. The planned close is 11 days off."
    theirs = asked(mill('  Tom decision_date_stated =2026-01-21 "on the 21st"\n'), finding)
    assert theirs[0].why.endswith("The buyer's day is 1 day off.")
    assert asked(mill("2026-01-13 close 2026-06-30 by rep\n"), finding)[0].why == "It is no_impact."


def test_an_unknown_says_how_it_stands() -> None:
    deal = mill()
    by_what = {settled(one)[0]: one for one in next_questions(deal, (), (), unknowns(deal))}
    assert by_what["the budget"].why == "The budget: nobody has asked yet."
    assert "who signs" not in by_what
