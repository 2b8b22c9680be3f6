"""Days as people say them, seen from Wednesday 18 March 2026."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from premortem.listening.days import bare_days, days_said

DAY = date(2026, 3, 18)


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("2026-05-09", "2026-05-09"),
        ("on the twenty-first", "2026-03-21"),
        ("on the twenty first of May", "2026-05-21"),
        ("on the fourteenth of April", "2026-04-14"),
        ("Thursday the twenty-sixth", "2026-03-26"),
        ("on Thursday the second of April", "2026-04-02"),
        ("by Friday the 27th", "2026-03-27"),
        ("June ninth, say", "2026-06-09"),
        ("Sept 5", "2026-09-05"),
        ("20 Jan", "2027-01-20"),
        ("next Thursday at 2", "2026-03-26"),
        ("on Friday", "2026-03-20"),
        ("tomorrow", "2026-03-19"),
        ("next week", "2026-03-23/2026-03-27"),
        ("KW 23", "2026-06-01/2026-06-05"),
        ("in Q3", "2026-07-01/2026-09-30"),
        ("next quarter", "2026-04-01/2026-06-30"),
        ("by the end of June", "2026-06-21/2026-06-30"),
        ("first week of August", "2026-08-01/2026-08-07"),
        ("in February", "2027-02-01/2027-02-28"),
        ("before Memorial Day", "2026-03-18/2026-05-25"),
        ("at Easter", "2026-04-05"),
        ("after Thanksgiving", "2026-11-26"),
        ("on 28/5", "2026-05-28"),
        ("by 4/30", "2026-04-30"),
        ("this summer", "2026-06-01/2026-08-31"),
    ],
)
def test_a_day_or_period(said: str, value: str) -> None:
    (found,) = days_said(said, DAY)
    assert found.value == value


def test_a_day_that_cannot_be_told_is_found_and_has_no_value() -> None:
    assert [one.value for one in days_said("on 4/5 or before Diwali", DAY)] == [None, None]


@pytest.mark.parametrize(
    "said",
    [
        *(
            "before Easter",
            "by Easter",
            "until Easter",
            "till Easter",
            "Good Friday",
            "Christmas",
            "xmas",
            "New Year's",
        ),
        *(
            "Memorial Day",
            "labor day",
            "labour day",
            "midsummer",
            "the fourth of July",
            "fourth of July",
            "July fourth",
        ),
        *("Whitsun", "Pentecost", "Halloween", "carnival", "Ramadan", "Eid", "the holidays", "half term", "Diwali"),
        *("end of May", "middle of May", "mid-May", "start of May", "beginning of May", "late May", "early May"),
        *("first week of May", "last week of May", "second half of May", "first half of Q3", "back end of Q3"),
        *("next Friday", "this Friday", "on Friday", "by Friday", "coming Friday", "last Friday", "weds", "tues"),
        *("q2", "first quarter", "second quarter", "third quarter", "fourth quarter", "kw 23", "calendar week 23"),
        *("week 23", "tomorrow", "the day after tomorrow", "this spring", "in May", "by May", "after May", "from May"),
        *(
            "since May",
            "for May",
            "of May",
            "around May",
            "say May",
            "to May",
            "the May",
            "until the 4th",
            "for the 4th",
        ),
        *("fourth of April", "thirty-first of May", "twenty first of May", "eleventh of May", "sixth of May"),
        *("seventh of May", "eighth of May", "ninth of May", "tenth of May", "twelfth of May", "fifth of May"),
        *(
            "1 Jan",
            "feb 2",
            "mar 3",
            "apr 4",
            "5 may",
            "jun 6",
            "jul 7",
            "aug 8",
            "sept 9",
            "oct 10",
            "nov 11",
            "dec 1",
        ),
        *("mon 4", "tue 4", "wed 4", "thurs 4", "fri 4", "sat 4", "sun 4", "28/5", "2026-05-01", "NEXT WEEK"),
    ],
)
def test_however_it_begins_it_is_found_whole(said: str) -> None:
    (found,) = days_said(f"so, {said}!", DAY)
    assert (found.start, found.end) == (4, 4 + len(said))


def test_letters_that_grow_when_made_small_shift_nothing() -> None:
    (found,) = days_said("İSTANBUL by FRIDAY", DAY)
    assert (found.start, found.value) == (9, "2026-03-20")


@pytest.mark.parametrize(
    "said", ["I may go", "march on", "2.3 million", "the second floor", "6.8 percent", "a third of it"]
)
def test_what_is_no_day(said: str) -> None:
    assert days_said(said, DAY) == []


def test_a_bare_number_is_a_day_only_where_a_sentence_begins() -> None:
    assert [one.value for one in bare_days("Yes, the twenty-ninth works.", DAY)] == ["2026-03-29"]
    assert bare_days("We came second.", DAY) == []
    assert bare_days("The 45th works.", DAY) == []


@given(st.text(), st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_whatever_is_said_spans_lie_in_the_text(text: str, day: date) -> None:
    for one in days_said(text, day):
        assert 0 <= one.start < one.end <= len(text)


@given(st.dates(date(2000, 1, 1), date(2080, 1, 1)), st.integers(1, 28), st.sampled_from(["March", "July", "December"]))
def test_a_day_of_a_month_is_never_long_past(today: date, day: int, month: str) -> None:
    (found,) = days_said(f"on {day} {month}", today)
    assert found.value is not None
    assert -45 <= (date.fromisoformat(found.value) - today).days <= 366
