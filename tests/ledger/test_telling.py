"""What is folded bit by bit is at every touch what it would be from the beginning."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bench.dealing import made_up
from premortem.ledger.deal import Deal
from premortem.ledger.entries import Entry
from premortem.ledger.fold import deal_as_of, diary, ending, history, with_its_past
from premortem.ledger.telling import Telling
from tests.ledger import plain_fold
from tests.ledger.entries_drawn import START, ledgers, moments

DAYS = [(START + timedelta(days=number)).date() for number in range(0, 14, 2)]


def in_full(deal: Deal) -> tuple[object, ...]:
    """A deal with the order of its people, which no comparison of two dicts looks at."""
    return deal, list(deal.people), list(deal.milestones)


@settings(max_examples=200, deadline=None)
@given(ledgers(), st.none() | moments, st.none() | moments)
def test_a_fold_is_what_the_plain_one_makes(entries: list[Entry], at: datetime | None, known: datetime | None) -> None:
    assert in_full(deal_as_of(entries, at, known)) == in_full(plain_fold.deal_as_of(entries, at, known))


@settings(max_examples=200, deadline=None)
@given(ledgers(), st.booleans())
def test_a_history_is_at_every_touch_what_the_plain_one_is(entries: list[Entry], as_known: bool) -> None:
    told, plain = history(entries, as_known), plain_fold.history(entries, as_known)
    assert [(touch, in_full(deal)) for touch, deal in told] == [(touch, in_full(deal)) for touch, deal in plain]


@settings(deadline=None)
@given(ledgers())
def test_a_diary_is_on_every_day_what_the_plain_one_is(entries: list[Entry]) -> None:
    assert list(diary(entries, DAYS)) == list(plain_fold.diary(entries, DAYS))


@settings(max_examples=200, deadline=None)
@given(ledgers(), moments, st.none() | moments)
def test_a_deal_with_its_past_is_both_in_one(entries: list[Entry], at: datetime, known: datetime | None) -> None:
    deal, past = with_its_past(entries, at, known)
    assert deal == plain_fold.deal_as_of(entries, at, known)
    seen = [entry for entry in entries if entry.at <= at and (known is None or entry.learned <= known)]
    assert past == (list(plain_fold.history(seen)) if seen else [])


@settings(deadline=None)
@given(ledgers(), st.none() | moments, st.none() | moments)
def test_an_ending_is_that_of_the_deal(entries: list[Entry], at: datetime | None, known: datetime | None) -> None:
    deal, end = plain_fold.deal_as_of(entries, at, known), ending(entries, at, known)
    assert end.latest == deal.as_of
    assert end.last_touch == (deal.touches[-1].at if deal.touches else None)
    assert end.ended == (deal.outcome[0] if deal.outcome else None)


@settings(max_examples=200, deadline=None)
@given(ledgers(), st.randoms(use_true_random=False))
def test_however_it_is_told_it_comes_to_the_same(entries: list[Entry], chance: random.Random) -> None:
    chance.shuffle(entries)
    told, heard = Telling("d-1"), list[Entry]()
    while entries:
        some, entries = entries[:3], entries[3:]
        heard += some
        told.hear(some)
        assert in_full(told.as_of(START)) == in_full(plain_fold.fold("d-1", heard, START))


def test_a_long_deal_is_at_every_touch_what_the_plain_one_is() -> None:
    entries = made_up("d-long", 150, random.Random(7), ended=True)
    assert [(touch, in_full(deal)) for touch, deal in history(entries)] == [
        (touch, in_full(deal)) for touch, deal in plain_fold.history(entries)
    ]
