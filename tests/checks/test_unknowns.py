from __future__ import annotations

from premortem.checks.review import review
from tests.telling import told, who

CALL = "deal: A story\nsellers: Ines\nbuyers: Tom\n2026-01-05 call: Ines 40%, Tom 60%\n"


def states(story: str) -> dict[str, str]:
    return {one.what: one.state for one in review(told(story)).unknowns}


def test_at_first_nothing_is_known_and_everything_has_its_question() -> None:
    unknowns = review(told(CALL)).unknowns
    assert {one.state for one in unknowns} == {"unknown"}
    assert len(unknowns) == 6
    assert all(one.ask.question.endswith("?") and one.ask.to == who("Tom") for one in unknowns)


def test_a_question_without_an_answer_is_asked() -> None:
    story = CALL + '  Ines discovery_question =budget "is there money set aside?"\n'
    asked = {one.what: one for one in review(told(story)).unknowns}["the budget"]
    assert (asked.state, asked.asked_in) == ("asked", ("2026-01-05-call",))


def test_not_sure_is_an_answer_of_its_own() -> None:
    story = CALL + '  Tom budget_missing "no idea"\n  Tom decision_process_unknown "nobody knows"\n'
    found = states(story)
    assert [found[what] for what in ("the budget", "who signs", "how it gets decided")] == ["unsure"] * 3


def test_the_newest_word_counts() -> None:
    story = CALL + '  Tom decision_date_stated =2026-06-01 "first of June"\n'
    assert states(story)["by when"] == "known"
    assert states(story + '2026-02-01 mail Tom to Ines\n  Tom delay_stated "on hold"\n')["by when"] == "unsure"


def test_words_that_settle_are_quoted() -> None:
    story = (
        CALL + '  Tom impact_quantified "two people full time"\n  Tom competitor_named =Brightline "Brightline too"\n'
    )
    known = [one for one in review(told(story)).unknowns if one.state == "known"]
    assert [one.what for one in known] == ["what the problem costs", "who else is looking"]
    assert all(one.evidence for one in known)


def test_who_signs_is_known_from_the_crm_too() -> None:
    assert states(CALL.replace("buyers: Tom", "buyers: Tom, Dana (economic_buyer)"))["who signs"] == "known"
