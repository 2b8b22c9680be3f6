"""Petra names a pain, Ingrid signs and was never met: what goes to whom, and what is left unsent."""

from __future__ import annotations

from premortem.buying.content import Piece, answer_nothing, early_requests, few, fits, given, packs, story, wrong_reader
from premortem.buying.needs import needs, stems
from premortem.ledger.entries import Sent
from tests.buying.entering import saying, with_entered
from tests.telling import who

STORY = """
sellers: Ola
buyers: Petra (technical_buyer), Rune (user_buyer), Ingrid (economic_buyer)
2026-01-12 call: Ola 40%, Petra 30%, Rune 30%
  Petra pain_stated "the labels come off in the cold"
  Rune pain_stated "the labels come off in the cold"
  Petra change_risk "if it stops in harvest week I am finished"
  Petra decision_maker_named Ingrid "Ingrid signs"
"""
SAYS = saying(pain_stated="the labels come off in the cold", change_risk="if it stops I am finished")
LABELS = Piece("labels", "Labels that hold", use_case="cold store", pain="labels come off, label falling")
SAFE = Piece("safe", "How a dairy switched in a week", concern="risk")
GUIDE = Piece("guide", "The protocol guide", pain="labels come off", reader="technical_buyer")
PAGE = Piece("page", "One page for owners", use_case="cold store", pain="labels come off", reader="economic_buyer")
ZOO = Piece("zoo", "A zoo's tickets", use_case="ticket office", pain="tickets")
EVERY = [GUIDE, LABELS, PAGE, SAFE, ZOO]


def test_endings_do_not_part_words() -> None:
    assert stems("printing labels") == stems("prints label")


def test_what_answers_a_named_word_is_proposed_and_the_zoo_is_not() -> None:
    deal = with_entered(STORY)
    found = fits(deal, EVERY, needs(deal, SAYS))
    assert {one.piece.key for one in found} == {"labels", "safe", "guide"}
    assert all(one.need.fact.fact.claim in ("pain_stated", "change_risk") for one in found)


def test_the_one_story_is_what_most_people_named_and_at_most_three_go_out() -> None:
    deal = with_entered(STORY)
    found = fits(deal, EVERY, needs(deal, SAYS))
    told = story(found)
    assert told is not None
    assert told.piece.key == "labels"
    chosen = few(found)
    assert len(chosen) <= 3
    assert len({one.piece.key for one in chosen}) == len(chosen)


def test_a_piece_in_another_use_case_is_left_out_though_it_fits() -> None:
    deal = with_entered(STORY)
    other = Piece("other", "Another trade", use_case="frozen fish", pain="come off")
    found = fits(deal, [LABELS, other], needs(deal, SAYS))
    assert {one.piece.key for one in few(found)} == {"labels"}


def test_a_piece_for_whoever_was_not_met_is_carried_up_and_not_sent() -> None:
    deal = with_entered(STORY)
    found = fits(deal, [PAGE], needs(deal, SAYS))
    assert found == []
    pack = packs(deal, EVERY, needs(deal, SAYS))[0]
    assert pack.decider == who("Ingrid")
    assert pack.carrier in (who("Petra"), who("Rune"))
    assert pack.pieces[0] == PAGE
    assert GUIDE not in pack.pieces
    assert pack.ours == (who("Ola"),)


def test_what_was_sent_twice_went_once_and_the_newest_word_counts() -> None:
    first = ("2026-01-13", Sent("labels", who("Petra"), None, "pain_stated"))
    again = ("2026-01-20", Sent("labels", who("Petra"), True))
    went = given(with_entered(STORY, first, again, ("2026-01-21", Sent("zoo", who("Rune")))))
    assert [(one.sent.piece, one.sent.opened, one.at.day) for one in went] == [("labels", True, 13), ("zoo", None, 21)]
    assert [one.sent.piece for one in answer_nothing(went)] == ["zoo"]


def test_a_guide_for_engineers_is_not_for_whoever_signs() -> None:
    deal = with_entered(
        STORY, ("2026-01-13", Sent("guide", who("Ingrid"))), ("2026-01-13", Sent("guide", who("Petra")))
    )
    assert {one.sent.to for one in given(deal) if wrong_reader(deal, one, EVERY)} == {who("Ingrid")}


def test_papers_asked_for_before_a_word_on_the_need_are_early() -> None:
    asked = 'buyers: Petra\n2026-01-05 mail Petra to Ola\n  Petra collateral_requested "three references, please"\n'
    early = early_requests(with_entered(asked))
    assert [one.told for one in early] == [False]
    assert [one.told for one in early_requests(with_entered(asked + STORY))] == [True]
    assert early_requests(with_entered(STORY + asked.replace("01-05", "02-05").replace("buyers: Petra\n", ""))) == []
