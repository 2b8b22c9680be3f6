from __future__ import annotations

from premortem.checks.economic_buyer_unmet import check
from tests.checks.asking import clear, does_not_apply, raised
from tests.telling import who

NAMED = """
sellers: Ines
buyers: Tom
2026-01-05 call: Ines 40%, Tom 60%
  Tom decision_maker_named Dana "that lands on Dana's desk"
2026-01-12 mail Ines to Tom, cc Dana
2026-01-19 call: Ines 40%, Tom 60%
"""


def test_a_signer_who_is_only_spoken_of_or_in_copy_is_not_met() -> None:
    found = raised(check, NAMED)
    assert found.severity == "high"
    assert "14 days after" in found.says
    assert [quote.touch for quote in found.evidence] == ["2026-01-05-call"]
    assert found.ask.to == who("Tom")
    assert f"{{{who('Dana')}}}" in found.ask.question


def test_it_is_milder_while_an_introduction_is_promised() -> None:
    assert raised(check, NAMED + '  Tom introduction_agreed Dana "I will bring her"\n').severity == "medium"


def test_a_refusal_after_a_promise_is_grave_again_and_changes_the_question() -> None:
    story = NAMED + '  Tom introduction_agreed Dana "soon"\n2026-01-26 call: Ines, Tom\n'
    found = raised(check, story + '  Tom introduction_refused Dana "not now"\n')
    assert found.severity == "high"
    assert "refused once" in found.says
    assert "need in your hands" in found.ask.question


def test_once_met_it_is_clear_and_says_when() -> None:
    assert "met on 2 February 2026" in clear(check, NAMED + "2026-02-02 note by Ines, met Dana\n")


def test_it_does_not_apply_while_nobody_is_known_to_sign() -> None:
    assert "nobody is known" in does_not_apply(check, "sellers: Ines\n2026-01-05 call: Ines, Tom\n")


def test_of_two_signers_the_unmet_one_counts() -> None:
    story = NAMED + '2026-02-02 note by Ines, met Dana\n  Ines decision_maker_named Zoe "above fifty it is Zoe"\n'
    found = raised(check, story)
    assert f"{{{who('Zoe')}}}" in found.says
    assert f"{{{who('Dana')}}}" not in found.says


def test_where_the_buyers_people_doubt_who_it_is_nobody_counts_as_the_one() -> None:
    doubt = NAMED.replace(
        "  Tom decision", '  Tom decision_process_unknown "who knows, since the merger"\n  Tom decision'
    )
    doubt += '  Tom decision_process_unknown "still nobody can say"\n'
    assert "doubt who gives" in does_not_apply(check, doubt)


def test_once_somebody_met_says_that_the_yes_is_theirs_names_from_before_no_longer_count() -> None:
    both = NAMED + '2026-01-26 note by Ines, met Zoe\n  Ines decision_maker_named Zoe "above fifty it is Zoe"\n'
    assert f"{{{who('Dana')}}}" in raised(check, both).says
    hers = '2026-02-02 call: Ines, Zoe\n  Zoe authority_claimed "this one I sign myself"\n'
    assert "met on 26 January 2026" in clear(check, both + hers)
