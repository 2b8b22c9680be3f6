"""What the commands and pages show of contests."""

from __future__ import annotations

from datetime import date

import msgspec
from msgspec import Struct

from premortem.contests.contest import Contest
from premortem.contests.fairness import needs_approval
from premortem.contests.standings import Place, Standings, shown
from premortem.records.contests import Kept

NAMED = 5
"""How many owners who don't take part are named."""


class ObjectionShown(Struct, frozen=True):
    """Why a contest can't be kept: where in its file, the words if there are some, the reason, and what to do."""

    where: str
    words: str | None
    why: str
    remedy: str


class ContestShown(Struct, frozen=True):
    """A contest. `state` is draft, announced (before its first day), running, over (to be awarded) or awarded.

    `needs_approval` says why its budget must be approved; null where it needn't. `cost` is that of all prizes.
    """

    id: str
    name: str
    sentence: str
    prize: str
    note: str
    metric: str
    by: str
    winners: int
    first: str
    last: str
    currency: str
    cost: float
    publish: bool
    state: str
    announced_by: str | None
    announced_on: str | None
    approved_by: str | None
    needs_approval: str | None


class PlaceShown(Struct, frozen=True):
    """A place, with its value written out, and what the one before has more; null for the first."""

    place: int
    name: str
    team: str
    value: float
    shown: str
    deals: int
    members: int
    shared: bool
    wins: bool
    behind: str | None


class AwardShown(Struct, frozen=True):
    """Who won, as it was computed on the day when the award was given."""

    winners: list[PlaceShown]
    competitors: int
    counted: int
    given_by: str
    given_on: str


class CheckDocument(Struct, frozen=True):
    """Whether a contest may be kept. `standings` are how it would have stood on bookings given to try it on."""

    contest: ContestShown | None
    objections: list[ObjectionShown]
    warnings: list[str]
    standings: list[PlaceShown]
    left_out: list[str]
    schema: str = "premortem.contest-check/1"


class StandingsDocument(Struct, frozen=True):
    """A page of the standings. `mine` is the place of whoever looks, null where they don't take part.

    `leaders` are the places that win as it stands, or have won. `counted` bookings went in; `left_out` says which did
    not, and why. `award` is null until it was given.
    """

    contest: ContestShown
    as_of: str
    competitors: int
    counted: int
    page: int
    pages: int
    leaders: list[PlaceShown]
    places: list[PlaceShown]
    mine: PlaceShown | None
    left_out: list[str]
    award: AwardShown | None
    schema: str = "premortem.contest/1"


class Listed(Struct, frozen=True):
    """A contest in the list; `winners` once it was awarded."""

    contest: ContestShown
    competitors: int
    winners: list[PlaceShown]


class ContestsDocument(Struct, frozen=True):
    """All contests, the one that ends last first."""

    contests: list[Listed]
    schema: str = "premortem.contests/1"


class BookingsDocument(Struct, frozen=True):
    """What came of a file of bookings. `wrong` tells of the first lines that were left out."""

    read: int
    new: int
    changed: int
    left_out: int
    wrong: list[str]
    schema: str = "premortem.bookings/1"


class Award(Struct, frozen=True):
    """An award as it is recorded."""

    winners: list[Place]
    competitors: int
    counted: int


def contest_shown(contest: Contest, found: Kept | None, today: date) -> ContestShown:
    """A contest as it is kept, seen from a day."""
    announced = found.announced if found else None
    return ContestShown(
        id=contest.id,
        name=contest.name,
        sentence=contest.sentence,
        prize=contest.prize,
        note=contest.note,
        metric=contest.metric,
        by=contest.by,
        winners=contest.winners,
        first=contest.first.isoformat(),
        last=contest.last.isoformat(),
        currency=contest.currency,
        cost=contest.cost or 0,
        publish=contest.publish,
        state=_state(contest, found, today),
        announced_by=(found.announced_by or None) if found else None,
        announced_on=announced.date().isoformat() if announced else None,
        approved_by=(found.approved_by or None) if found else None,
        needs_approval=needs_approval(contest),
    )


def _state(contest: Contest, found: Kept | None, today: date) -> str:
    if found is None or found.announced is None:
        return "draft"
    if found.award is not None:
        return "awarded"
    return "announced" if today < contest.first else "running" if today <= contest.last else "over"


def place_shown(contest: Contest, one: Place) -> PlaceShown:
    """A place with its value written out."""
    behind = None if one.to_next is None else shown(contest, one.to_next)
    value = shown(contest, one.value)
    return PlaceShown(
        one.place, one.name, one.team, one.value, value, one.deals, one.members, one.shared, one.wins, behind
    )


def award_shown(contest: Contest, found: Kept) -> AwardShown | None:
    """The award as it was recorded; None until it was given."""
    if found.award is None or found.given_at is None:
        return None
    given = msgspec.json.decode(found.award, type=Award)
    winners = [place_shown(contest, one) for one in given.winners]
    day = found.given_at.date().isoformat()
    return AwardShown(winners, given.competitors, given.counted, found.given_by or "", day)


def left_out_of(now: Standings) -> list[str]:
    """Which deals did not count, and why, so that no misspelt name robs anybody in silence."""
    told = [f"{deals} in {money}: the contest has no rate for it" for money, deals in now.other_money.items()]
    if now.strangers:
        names = [f"{owner or 'nobody'} ({deals})" for owner, deals in list(now.strangers.items())[:NAMED]]
        more = f" and {len(now.strangers) - NAMED} more" if len(now.strangers) > NAMED else ""
        told.append(f"{sum(now.strangers.values())} of owners who don't take part: {', '.join(names)}{more}")
    return told
