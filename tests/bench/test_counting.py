"""The benchmark counts as the corpus's guide says, and its figures are the textbook's."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.asking import labelled
from bench.counting import Counts, area_under_curve, compared, short
from bench.facts import Item, matched, mean_f1, same_quote, whole
from training.corpus import kept_out

CALL, MAIL = "2026-03-03-call.vtt", "2026-03-05-mail.eml"


def test_a_claim_in_a_turn_counts_once_however_often_it_was_found() -> None:
    truth = [Item(CALL, 4, "pain_stated", "it takes all night")]
    found = [Item(CALL, 4, "pain_stated", "it takes"), Item(CALL, 4, "pain_stated", "all night")]
    assert matched(truth, found) == {"pain_stated": Counts(right=1)}


def test_a_claim_twice_in_a_turn_that_does_not_carry_it_is_one_error() -> None:
    found = [Item(CALL, 4, "pain_stated", "it"), Item(CALL, 4, "pain_stated", "that")]
    assert matched([], found) == {"pain_stated": Counts(wrong=1)}


def test_two_facts_of_a_turn_with_the_same_claim_want_two_findings() -> None:
    truth = [Item(CALL, 4, "person_named", "Dana"), Item(CALL, 4, "person_named", "Tom")]
    assert matched(truth, [Item(CALL, 4, "person_named", "Dana")]) == {"person_named": Counts(right=1, missed=1)}


def test_in_a_mail_the_quote_must_be_the_same() -> None:
    truth = [Item(MAIL, None, "pain_stated", "the night run takes nine hours")]
    near = Item(MAIL, None, "pain_stated", "night run takes nine")
    far = Item(MAIL, None, "pain_stated", "we meet on Tuesday")
    assert matched(truth, [near, far]) == {"pain_stated": Counts(right=1, wrong=1)}
    assert matched(truth, [far]) == {"pain_stated": Counts(wrong=1, missed=1)}


def test_a_quote_is_the_same_from_half_the_words_of_the_shorter_one() -> None:
    assert same_quote("all night", "it takes all day")
    assert not same_quote("all the long night", "it takes all day")
    assert not same_quote("", "it takes all day")


def test_the_mean_over_claims_leaves_out_what_the_truth_does_not_hold() -> None:
    per = {"pain_stated": Counts(right=1), "wants_us": Counts(missed=1), "will_fight": Counts(wrong=7)}
    assert mean_f1(per) == 0.5
    assert whole(per) == Counts(right=1, wrong=7, missed=1)


def test_every_so_manieth_source_is_kept_out_in_the_order_of_names() -> None:
    assert kept_out(["c", "a", "b", "d", "a"], 2) == {"a", "c"}
    assert kept_out(["a", "b"], 0) == set()


def test_precision_recall_and_f1() -> None:
    counts = compared([True, True, False, False], [True, False, True, False])
    assert counts == Counts(1, 1, 1)
    assert (counts.precision, counts.recall, counts.f1) == (0.5, 0.5, 0.5)
    assert (short(0.708), short(1.0), short(0.0)) == (".71", "1.00", ".00")


def test_the_area_under_the_curve_counts_ties_half() -> None:
    assert area_under_curve([0.1, 0.4, 0.35, 0.8], [False, False, True, True]) == 0.75
    assert area_under_curve([0.5, 0.5], [True, False]) == 0.5
    with pytest.raises(ValueError, match="needs both kinds"):
        area_under_curve([0.5], [True])


def test_questions_are_asked_of_words_alone(tmp_path: Path) -> None:
    file = tmp_path / "val_set.txt"
    file.write_text("A|so, who's <laughter> in?|qw\nB|I am.|sd\n", encoding="utf-8")
    assert labelled("swda", file) == ([("A", "so who's laughter in"), ("B", "I am")], [True, False])
