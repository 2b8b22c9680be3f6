"""Contests: what there is to win, who stands where, making one, and the bookings that count."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import msgspec
from django.http import HttpRequest
from django.utils.timezone import localdate
from msgspec import Meta, Struct
from msgspec.structs import replace
from ninja import Router

from premortem.acts.contests import contest_people
from premortem.acts.contests import contests as acts
from premortem.acts.contests.contest_people import PeopleAsked
from premortem.acts.contests.contests_shown import (
    BookingsDocument,
    ContestsDocument,
    ContestShown,
    ObjectionShown,
    StandingsDocument,
)
from premortem.api.asked import Page, by, told_day
from premortem.api.problems import NOT_FITTING, Mistake, Refused
from premortem.api.shown import Given, Shown
from premortem.web import access
from premortem.web.pages.contest_making import AGREES, LONGEST, MAKES, members, rows_of, who_may
from premortem.web.pages.contests import RUNS_IT, kept, seen_by, sees_all

router = Router()
Text = Annotated[str, Meta(max_length=2000)]
Csv = Annotated[str, Meta(max_length=LONGEST)]


class NewContest(Struct, frozen=True, forbid_unknown_fields=True):
    """A contest under the words of its file: `who` takes part are `members` who sell, whoever won in the `crm`, or the
    `list`, a CSV in `people`. `rates`: of other currencies to its own."""

    name: Text
    metric: Text
    by: Text
    prize: Text
    currency: Text
    first: date
    last: date
    winners: Annotated[int, Meta(ge=1, le=1000)] = 1
    cost: Annotated[float, Meta(ge=0, le=1e12)] | None = None
    rates: dict[str, Annotated[float, Meta(gt=0, le=1e12)]] = {}
    note: Text = ""
    uneasy: bool = False
    publish: bool = True
    who: Literal["members", "crm", "list"] = "members"
    people: Csv = ""


class WhoIsWho(Struct, frozen=True, forbid_unknown_fields=True):
    """Answers by a question's id, and the `seen` of the state that they were asked of."""

    seen: str
    answers: dict[str, str]


class Added(Struct, frozen=True):
    """How many names were added to those who take part."""

    added: int


class Table(Struct, frozen=True, forbid_unknown_fields=True):
    """A CSV of won deals: deal, owner, day, amount, currency."""

    csv: Csv


@router.get("contests", response=Shown[ContestsDocument])
def contests(request: HttpRequest) -> ContestsDocument:
    """What runs, what comes, and who won; an award that is not for the whole firm keeps its names to itself."""
    member = access.here(request)
    told = acts.contests(kept(), localdate(), drafts=member.role in RUNS_IT)
    hidden = {one.contest.id for one in told.contests if not (one.contest.publish or sees_all(member, one.contest.id))}
    return replace(
        told, contests=[replace(one, winners=[]) if one.contest.id in hidden else one for one in told.contests]
    )


@router.get("contests/{contest}", response=Shown[StandingsDocument])
def contest(request: HttpRequest, contest: str, page: Page = 1) -> StandingsDocument:
    """One contest. Those who take part see all places; others what there is to win, and who won it."""
    return seen_by(access.here(request), contest, page)[0]


@router.post("contests", response={201: Shown[ContestShown]})
def contest_new(request: HttpRequest, given: Given[NewContest]) -> ContestShown:
    """Keep a contest as a draft, in place of an older draft of that name. Nobody is told."""
    who_may(request, MAKES)
    told = msgspec.structs.asdict(given) | {"from": told_day(given.first), "to": told_day(given.last)}
    people = rows_of(given.who, given.people)
    told = {name: value for name, value in told.items() if name not in ("first", "last", "who") and value is not None}
    told["people"] = "the list"
    wrong = acts.check(told, people).objections
    if wrong:
        raise Refused(422, NOT_FITTING, errors=[Mistake(f"body.{one.where}", _why(one)) for one in wrong])
    return acts.new(kept(), told, people, *by(request))


@router.post("contests/{contest}/approve", response=Shown[ContestShown])
def contest_approve(request: HttpRequest, contest: str) -> ContestShown:
    """Agree to the cost of a draft: for who has the budget."""
    who_may(request, AGREES)
    return acts.approve(kept(), contest, *by(request))


@router.post("contests/{contest}/announce", response=Shown[ContestShown])
def contest_announce(request: HttpRequest, contest: str) -> ContestShown:
    """Announce a draft: from now on it is owed, and nobody can change it."""
    who_may(request, MAKES)
    return acts.announce(kept(), contest, *by(request))


@router.post("contests/{contest}/award", response=Shown[StandingsDocument])
def contest_award(request: HttpRequest, contest: str) -> StandingsDocument:
    """Give the award of a contest that is over: computed, recorded, and never changed after."""
    who_may(request, MAKES)
    return acts.award(kept(), contest, *by(request))


@router.get("contests/{contest}/people", response=Shown[PeopleAsked])
def contest_people_asked(request: HttpRequest, contest: str) -> PeopleAsked:
    """Who of those in a draft is sure, and which names to ask about."""
    who_may(request, MAKES)
    return contest_people.asked(kept(), contest, members())


@router.post("contests/{contest}/people", response=Shown[Added])
def contest_people_answer(request: HttpRequest, contest: str, given: Given[WhoIsWho]) -> Added:
    """Say who is who in a draft."""
    who_may(request, MAKES)
    answers = given.answers | {"seen": given.seen}
    return Added(contest_people.answered(kept(), contest, members(), answers, *by(request)))


@router.post("bookings", response=Shown[BookingsDocument])
def bookings(request: HttpRequest, given: Given[Table]) -> BookingsDocument:
    """Take won deals in from a CSV; what a line lacks is told, and the line left out."""
    who_may(request, MAKES)
    return acts.bookings(kept(), given.csv.splitlines(keepends=True))


def _why(one: ObjectionShown) -> str:
    return " ".join(part for part in (one.why, one.remedy) if part)
