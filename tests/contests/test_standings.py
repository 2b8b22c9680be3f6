"""Who stands where: somebody is always first, ties share, both days count, and nothing is left out in silence."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from premortem.contests.bookings import Booking, Lines, tally
from premortem.contests.contest import Contest
from premortem.contests.standings import Place, Standings, standings
from tests.contests.telling import a_contest

END = date(2026, 12, 31)
OWNERS = ("ana petrova", "ana@lark.example", "ben okoro", "cy lind")


def stand(contest: Contest, *bookings: Booking, until: date = END) -> Standings:
    return standings(contest, tally(bookings, contest, until))


def won(owner: str, amount: float, day: str = "2026-05-01", currency: str = "EUR") -> Booking:
    return (f"{owner}-{day}-{amount}", owner, day, round(amount * 100), currency)


def places(found: Standings) -> list[tuple[int, str, float]]:
    return [(one.place, one.name, one.value) for one in found.places]


def test_whoever_books_the_most_is_first_under_any_of_their_names() -> None:
    found = stand(a_contest(), won("ana petrova", 100), won("ana@lark.example", 50.5), won("cy lind", 120))
    assert places(found) == [(1, "Ana Petrova", 150.5), (2, "Cy Lind", 120), (3, "Ben Okoro", 0)]
    assert found.places[1].to_next == 30.5
    assert [one.wins for one in found.places] == [True, False, False]


def test_a_tie_shares_the_place_and_the_next_is_skipped() -> None:
    found = stand(a_contest(), won("ana petrova", 0.1), won("ana petrova", 0.2), won("cy lind", 0.3))
    assert [(one.place, one.shared, one.wins) for one in found.places] == [
        (1, True, True),
        (1, True, True),
        (3, False, False),
    ]


def test_where_nobody_booked_anything_all_share_the_first_place() -> None:
    assert all(one.place == 1 and one.wins for one in stand(a_contest()).places)


def test_the_first_and_the_last_day_count_and_what_is_yet_to_come_does_not() -> None:
    days = ("2026-03-31", "2026-04-01", "2026-06-30", "2026-07-01")
    each = [won("cy lind", 10, day) for day in days]
    assert stand(a_contest(), *each).places[0].value == 20
    assert stand(a_contest(), *each, until=date(2026, 4, 15)).places[0].value == 10


def test_teams_are_summed_and_quotas_make_sizes_even() -> None:
    deals = (won("ana petrova", 900), won("ben okoro", 150), won("cy lind", 1000))
    assert places(stand(a_contest(by='"team"'), *deals)) == [(1, "North", 1050), (2, "South", 1000)]
    even = stand(a_contest(by='"team"', metric='"over_quota"'), *deals)
    assert places(even) == [(1, "South", 1.0), (2, "North", 0.7)]


def test_each_metric_counts_what_it_says() -> None:
    deals = (won("ana petrova", 90), won("ana petrova", 20), won("cy lind", 100), won("ana petrova", -50))
    assert stand(a_contest(metric='"deals"'), *deals).places[0].value == 2
    assert places(stand(a_contest(metric='"biggest_deal"'), *deals))[0] == (1, "Cy Lind", 100)
    assert places(stand(a_contest(), *deals))[1] == (2, "Ana Petrova", 60)


def test_other_money_is_turned_by_the_rate_that_was_announced_or_told_as_left_out() -> None:
    deals = (won("cy lind", 100, currency="usd"), won("ana petrova", 80), won("zed", 5))
    with_rate = stand(a_contest(rates="{ USD = 0.9 }"), *deals)
    assert places(with_rate)[0] == (1, "Cy Lind", 90)
    without = stand(a_contest(), *deals)
    assert (without.other_money, without.strangers) == ({"USD": 1}, {"zed": 1})


def test_lines_that_cannot_be_read_are_told_and_the_others_count() -> None:
    text = ["deal,owner,day,amount", "a,Cy  LIND,2026-05-01,10", "a,Cy Lind,2026-05-01,10", "b,Cy Lind,May,1"]
    text += ["c,Cy Lind,2026-05-01,nan", "d,,2026-05-01,1", ",Cy,2026-05-01,1", "e,Cy Lind,2026-05-01,12,500"]
    lines = Lines(text)
    assert list(lines) == [("a", "cy lind", "2026-05-01", 1000, "")]
    assert (lines.read, lines.left_out) == (1, 6)
    assert lines.wrong[0] == "line 3: 'a' stood on an earlier line already; the first counts"
    missing = Lines(["deal,owner"])
    assert list(missing) == []
    assert "no column 'day'" in missing.wrong[0]


AMOUNTS = st.integers(-(10**9), 10**9)


@given(st.lists(st.tuples(st.sampled_from(OWNERS), AMOUNTS)), st.sampled_from(["person", "team"]))
def test_somebody_always_wins_and_the_order_of_bookings_says_nothing(told: list[tuple[str, int]], by: str) -> None:
    contest = a_contest(by=f'"{by}"')
    deals: list[Booking] = [(str(n), owner, "2026-05-01", cents, "EUR") for n, (owner, cents) in enumerate(told)]
    found = stand(contest, *deals)
    winners = [one for one in found.places if one.wins]
    assert winners
    assert len(found.places) == contest.competitors
    assert all(one.value == max(other.value for other in found.places) for one in winners)
    assert _values(stand(contest, *reversed(deals)).places) == _values(found.places)


def _values(places: list[Place]) -> list[tuple[int, str, float]]:
    return [(one.place, one.name, one.value) for one in places]
