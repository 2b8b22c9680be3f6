from __future__ import annotations

from premortem.acts.looking.review import AskShown, UnknownShown
from premortem.checks.review import review
from premortem.cli.show_review import state_in_words
from tests.telling import told, who

CALL = "deal: A story\nsellers: Ines\nbuyers: Tom\n2026-01-05 call: Ines 40%, Tom 60%\n"


def states(story: str) -> dict[str, str]:
    return {one.what: one.state for one in review(told(story)).unknowns}


def test_at_first_nothing_is_known_and_everything_has_its_question() -> None:
    unknowns = review(told(CALL)).unknowns
    assert {one.state for one in unknowns} == {"unknown"}
    assert len(unknowns) == 7
    assert all(one.ask.question.endswith("?") and one.ask.to == who("Tom") for one in unknowns)


def test_a_question_without_an_answer_is_asked() -> None:
    story = CALL + '  Ines discovery_question =budget "is there money set aside?"\n'
    asked = {one.what: one for one in review(told(story)).unknowns}["the budget"]
    assert (asked.state, asked.asked_in) == ("asked", ("2026-01-05-call",))


def test_not_sure_is_an_answer_of_its_own() -> None:
    found = states(CALL + '  Tom decision_process_unknown "nobody knows"\n')
    assert [found[what] for what in ("who signs", "how it gets decided")] == ["unsure"] * 2


def test_no_is_an_answer_too_and_no_gap() -> None:
    found = states(CALL + '  Tom budget_missing "there is nothing in the plan"\n')
    assert found["the budget"] == "denied"
    assert found["who signs"] == "unknown"


def test_the_five_states_read_differently() -> None:
    story = """
  Ines discovery_question =impact "what does that cost you?"
  Tom pain_stated "we retype everything"
  Tom budget_missing "nothing set aside"
  Tom decision_process_unknown "no idea how that goes here"
"""
    found = states(CALL + story.lstrip("\n"))
    assert found == {
        "who signs": "unsure",
        "how it gets decided": "unsure",
        "by when": "unknown",
        "the budget": "denied",
        "the need": "known",
        "what the problem costs": "asked",
        "who else is looking": "unknown",
    }
    words = {
        state_in_words(UnknownShown("", state, [], [], AskShown("", None)))
        for state in found.values()
        if state != "known"
    }
    assert len(words) == 4


def test_an_eager_user_with_a_budget_settles_money_and_need_and_nothing_else() -> None:
    eager = (
        CALL.replace("Tom\n", "Tom (user_buyer)\n", 1)
        + """  Tom pain_stated "it costs me every Sunday"
  Tom budget_confirmed "I have it in my plan"
  Tom wants_us "I want this, and from you"
"""
    )
    found = states(eager)
    assert [found["the budget"], found["the need"]] == ["known"] * 2
    assert [found[what] for what in ("who signs", "how it gets decided", "by when")] == ["unknown"] * 3


def test_a_signer_whom_their_own_people_doubt_is_not_known() -> None:
    story = CALL + '  Tom decision_process_unknown "since the merger, who knows"\n'
    story += '  Tom decision_maker_named Dana "it used to be Dana"\n'
    assert states(story + '  Tom decision_process_unknown "I really can not say"\n')["who signs"] == "unsure"


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
