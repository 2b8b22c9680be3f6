"""Who stands where: sums → places. Whatever the numbers are, somebody is first; who ties shares the place."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction

from msgspec import Struct

from premortem.contests.bookings import Sum
from premortem.contests.contest import IN_MONEY, Contest, key_of


class Place(Struct, frozen=True):
    """A person or a team in the standings. `place` counts from 1; those who tie have the same, and the next is skipped.

    `value` is in the metric's unit: money, a count, or bookings for each unit of quota (1.2 is 120%). `to_next` is what
    the place before has more, None for the first. `members` are the people of a team, 1 for a person.
    """

    place: int
    name: str
    team: str
    value: float
    deals: int
    members: int
    shared: bool
    wins: bool
    to_next: float | None


class Standings(Struct, frozen=True):
    """All places, the first first. `counted` bookings went in.

    `strangers` are owners who don't take part, with how many deals; `other_money` currencies without a rate, likewise.
    """

    places: list[Place]
    counted: int
    strangers: dict[str, int]
    other_money: dict[str, int]


class _Score(Struct):
    """What somebody has so far; `cents` in the contest's currency, exact."""

    cents: Fraction | int = 0
    biggest: Fraction | int = 0
    deals: int = 0


def standings(contest: Contest, sums: list[Sum]) -> Standings:
    """The places of everybody in it, those who have nothing yet too."""
    whose = {key_of(name): number for number, one in enumerate(contest.people) for name in (one.name, *one.also)}
    scores = [_Score() for _ in contest.people]
    strangers: Counter[str] = Counter()
    other_money: Counter[str] = Counter()
    for one in sums:
        rate = _rate(contest, one.currency)
        if one.owner not in whose:
            strangers[one.owner] += one.deals
        elif rate is None and contest.metric != "deals":
            other_money[one.currency.strip().upper()] += one.deals
        else:
            _add(scores[whose[one.owner]], one, rate or 0)
    rows = _teams(contest, scores) if contest.by == "team" else _each(contest, scores)
    return Standings(
        places=_places(rows, contest.winners),
        counted=sum(score.deals for score in scores),
        strangers=dict(strangers.most_common()),
        other_money=dict(other_money.most_common()),
    )


class _Row(Struct, frozen=True):
    """A competitor before it is known who is before whom."""

    name: str
    team: str
    value: Fraction
    deals: int
    members: int


def _add(score: _Score, one: Sum, rate: Fraction | int) -> None:
    score.cents += one.cents * rate
    score.biggest = max(score.biggest, one.biggest * rate)
    score.deals += one.deals


def _rate(contest: Contest, currency: str) -> Fraction | int | None:
    """What a unit of a currency is worth; a booking that names none is in the contest's own."""
    named = currency.strip().upper()
    if not named or named == contest.currency:
        return 1
    rate = contest.rates.get(named)
    return None if rate is None else Fraction(str(rate))


def _each(contest: Contest, scores: list[_Score]) -> list[_Row]:
    return [
        _Row(one.name, one.team, _value(contest, score, one.quota or 0), score.deals, 1)
        for one, score in zip(contest.people, scores, strict=True)
    ]


def _teams(contest: Contest, scores: list[_Score]) -> list[_Row]:
    of_team: Mapping[str, list[int]] = defaultdict(list)
    for number, one in enumerate(contest.people):
        of_team[one.team].append(number)
    rows = []
    for team, numbers in of_team.items():
        together = _together(scores[number] for number in numbers)
        quota = sum(contest.people[number].quota or 0 for number in numbers)
        rows.append(_Row(team, team, _value(contest, together, quota), together.deals, len(numbers)))
    return rows


def _together(scores: Iterable[_Score]) -> _Score:
    whole = _Score()
    for score in scores:
        whole.cents += score.cents
        whole.biggest = max(whole.biggest, score.biggest)
        whole.deals += score.deals
    return whole


def _value(contest: Contest, score: _Score, quota: float) -> Fraction:
    if contest.metric == "deals":
        return Fraction(score.deals)
    if contest.metric == "over_quota":
        return Fraction(score.cents) / 100 / Fraction(str(quota))
    return Fraction(score.biggest if contest.metric == "biggest_deal" else score.cents) / 100


def _places(rows: list[_Row], winners: int) -> list[Place]:
    """Highest first; within a tie by name, which decides nothing."""
    # A float never turns the order of two fractions round, and is compared sooner; the fraction decides where it ties.
    ordered = sorted(rows, key=lambda one: (-float(one.value), -one.value, key_of(one.name)))
    times = Counter(one.value for one in ordered)
    places: list[Place] = []
    place, before = 0, None
    for number, one in enumerate(ordered, 1):
        if not places or one.value != ordered[number - 2].value:
            before = ordered[number - 2].value if places else None
            place = number
        ahead = None if before is None else float(before - one.value)
        shared = times[one.value] > 1
        found = Place(
            place, one.name, one.team, float(one.value), one.deals, one.members, shared, place <= winners, ahead
        )
        places.append(found)
    return places


def shown(contest: Contest, value: float) -> str:
    """A value as people say it: '1,250,000 EUR', '7 deals', '124% of quota'."""
    if contest.metric in IN_MONEY:
        return f"{value:,.2f} {contest.currency}" if value % 1 else f"{value:,.0f} {contest.currency}"
    if contest.metric == "over_quota":
        return f"{value:.1%} of quota"
    return f"{value:,.0f} deal{'' if value == 1 else 's'}"
