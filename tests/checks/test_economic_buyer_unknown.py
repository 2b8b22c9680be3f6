from __future__ import annotations

from premortem.checks.economic_buyer_unknown import check
from tests.checks.asking import clear, does_not_apply, raised
from tests.telling import who

THREE_TALKS = """
sellers: Ines
buyers: Tom
2026-01-05 call: Ines 40%, Tom 60%
2026-01-12 call: Ines 40%, Tom 60%
2026-01-19 mail Tom to Ines
"""


def test_three_touches_without_a_word_on_who_signs_raise_it() -> None:
    found = raised(check, THREE_TALKS)
    assert found.severity == "medium"
    assert found.touches == ("2026-01-05-call", "2026-01-12-call", "2026-01-19-mail")
    assert found.ask.to == who("Tom")


def test_a_proposal_without_a_known_signer_is_grave() -> None:
    assert raised(check, THREE_TALKS + "2026-01-20 stage Proposal sent\n", on="2026-01-20").severity == "high"


def test_one_touch_is_too_early() -> None:
    assert "too early" in does_not_apply(check, "sellers: Ines\n2026-01-05 call: Ines 40%, Tom 60%\n")


def test_a_buyer_who_does_not_know_raises_it_at_once_and_is_quoted() -> None:
    story = 'sellers: Ines\n2026-01-05 call: Ines, Tom\n  Tom decision_process_unknown "no idea who, honestly"\n'
    found = raised(check, story)
    assert [quote.touch for quote in found.evidence] == ["2026-01-05-call"]
    assert "doesn't know how it gets decided" in found.says
    assert "who in your house would know" in found.ask.question.lower()


def test_a_named_signer_clears_it() -> None:
    because = clear(check, THREE_TALKS + '  Tom decision_maker_named Dana "Dana signs"\n')
    assert because == f"the final yes is with {{{who('Dana')}}}"


def test_who_can_only_veto_does_not_sign() -> None:
    story = THREE_TALKS.replace("buyers: Tom", "buyers: Tom, Ola (legal)")
    found = raised(check, story + '  Tom decision_maker_named Ola "Ola can stop it"\n')
    assert len(found.evidence) == 1


def test_a_name_that_the_buyers_people_mostly_doubt_is_no_known_signer() -> None:
    story = """
sellers: Ines
buyers: Tom, Olga
2026-01-05 call: Ines, Tom
  Tom decision_process_unknown "since the merger nobody can say"
  Tom decision_maker_named Dana "it used to be Dana"
2026-01-12 call: Ines, Olga
  Olga decision_process_unknown "some desk upstairs, I think"
"""
    found = raised(check, story)
    assert f"may be with {{{who('Dana')}}}" in found.says
    assert who("Dana") in clear(
        check, story + '2026-02-02 mail Olga to Ines\n  Olga decision_maker_named Dana "Dana"\n'
    )


def test_whoever_says_that_the_yes_is_theirs_is_known() -> None:
    story = THREE_TALKS + '2026-01-26 call: Ines, Lena\n  Lena authority_claimed "I put my name under it"\n'
    assert who("Lena") in clear(check, story)
