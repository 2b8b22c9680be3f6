"""Contests: check one, keep and announce it, see who stands where, give the award. What was announced stays.

check(text, people)              may it be kept, and why not; what `premortem contest check --json` prints
new(…), approve(…), announce(…)  a draft; somebody agrees to its cost; from then on it is owed
standings(…), award(…)           at any time; and once it is over, computed and recorded
contests(…), bookings(…)         all of them; won deals from a file beside those of the ledger
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

import msgspec

from premortem.acts.contests.contests_shown import (
    Award,
    BookingsDocument,
    CheckDocument,
    ContestsDocument,
    ContestShown,
    Listed,
    ObjectionShown,
    PlaceShown,
    StandingsDocument,
    award_shown,
    contest_shown,
    left_out_of,
    place_shown,
)
from premortem.contests.bookings import Lines, Sum, tally
from premortem.contests.contest import Contest, key_of
from premortem.contests.fairness import late, needs_approval, objections, warnings
from premortem.contests.reading import Read, read_contest, read_told
from premortem.contests.standings import Place, Standings
from premortem.contests.standings import standings as stand
from premortem.errors import Unknown
from premortem.records.contests import DatabaseContests, Kept

A_PAGE = 50
Told = Mapping[str, Any]
"""What a form tells of a contest, under the keys of a contest's file."""


def check(text: str | Told, people: str | None = None, tried_on: Iterable[str] | None = None) -> CheckDocument:
    """Whether a contest may be kept, and how it would have stood on the lines of a CSV of bookings."""
    read = _read(text, people)
    contest = read.contest
    told = [ObjectionShown(one.where, one.words, one.why, one.remedy) for one in read.objections]
    if contest is None or read.objections:
        return CheckDocument(None, told, warnings(contest) if contest else [], [], [])
    places: list[PlaceShown] = []
    left_out: list[str] = []
    if tried_on is not None:
        lines = Lines(tried_on)
        found = stand(contest, tally(lines, contest, contest.last))
        places = [place_shown(contest, one) for one in found.places]
        left_out = [*left_out_of(found), *lines.wrong]
    return CheckDocument(contest_shown(contest, None, contest.first), told, warnings(contest), places, left_out)


def new(kept: DatabaseContests, text: str | Told, people: str | None, by: str, now: datetime) -> ContestShown:
    """Keep a contest as a draft, in place of an older draft of that name.

    Raises Unknown for one that somebody might not win, or that is announced already.
    """
    read = _read(text, people)
    if read.contest is None or read.objections:
        told = "\n  ".join(str(one) for one in read.objections)
        raise Unknown(f"this contest can't be kept:\n  {told}\n", "`premortem contest check` tells the same.")
    contest = read.contest
    before = kept.one(contest.id)
    if before is not None and before.announced is not None:
        day = before.announced.date().isoformat()
        raise Unknown(f"'{contest.id}' was announced on {day} and is locked", "Give a new one another name.")
    kept.keep(contest.id, _body(contest), contest.last, by, now)
    return contest_shown(contest, kept.one(contest.id), now.date())


def approve(kept: DatabaseContests, contest: str, by: str, now: datetime) -> ContestShown:
    """Somebody who has the budget agrees to the cost of a draft. Raises Unknown where there is no such draft."""
    found = _one(kept, contest)
    if found.announced is not None or not kept.approve(contest, found.body, by, now):
        raise Unknown(f"'{contest}' is no draft", "Only a draft's cost can be approved.")
    return contest_shown(_of(found), kept.one(contest), now.date())


def announce(kept: DatabaseContests, contest: str, by: str, now: datetime) -> ContestShown:
    """Announce a draft: from now on it is owed, and nobody can change it.

    Raises Unknown for one that is announced, that has begun, or whose budget nobody approved.
    """
    found = _one(kept, contest)
    asked = _of(found)
    if found.announced is not None:
        day = found.announced.date().isoformat()
        raise Unknown(f"'{contest}' was announced on {day}", "Once is enough; it is locked.")
    if why := late(asked, now.date()):
        raise Unknown(f"'{contest}' can't be announced: {why}", "Let it begin on a day to come.")
    if (why := needs_approval(asked)) and not found.approved_by:
        remedy = (
            f"Whoever has the budget runs: premortem contest approve {contest} --by NAME. Or choose a smaller prize."
        )
        raise Unknown(f"'{contest}' can't be announced yet: {why}, and nobody approved its budget", remedy)
    if not kept.announce(contest, found.body, by, now):
        raise Unknown(f"'{contest}' was changed meanwhile", "Look at it again, and announce what it says now.")
    return contest_shown(asked, kept.one(contest), now.date())


def standings(
    kept: DatabaseContests,
    contest: str,
    today: date,
    names: Collection[str] = (),
    page: int = 1,
    each: int | None = A_PAGE,
) -> StandingsDocument:
    """Who stands where; `names` are those of whoever looks. Raises Unknown where there is no such contest."""
    found = _one(kept, contest)
    asked = _of(found)
    now = stand(asked, sums_of(kept, asked, today))
    each = each or max(1, len(now.places))
    pages = max(1, -(-len(now.places) // each))
    page = min(max(page, 1), pages)
    mine = _mine(asked, now, names)
    return StandingsDocument(
        contest=contest_shown(asked, found, today),
        as_of=min(today, asked.last).isoformat(),
        competitors=asked.competitors,
        counted=now.counted,
        page=page,
        pages=pages,
        leaders=[place_shown(asked, one) for one in now.places if one.wins],
        places=[place_shown(asked, one) for one in now.places[(page - 1) * each : page * each]],
        mine=place_shown(asked, mine) if mine else None,
        left_out=left_out_of(now),
        award=award_shown(asked, found),
    )


def takes_part(kept: DatabaseContests, contest: str, names: Collection[str]) -> bool:
    """Whether somebody who goes by these names is in a contest. Raises Unknown where there is no such contest."""
    return _person(_of(_one(kept, contest)), names) is not None


def warnings_of(kept: DatabaseContests, contest: str) -> list[str]:
    """What is allowed, and worth a second thought. Raises Unknown where there is no such contest."""
    return warnings(_of(_one(kept, contest)))


def people_in(kept: DatabaseContests, contest: str) -> int:
    """How many people take part. Raises Unknown where there is no such contest."""
    return len(_of(_one(kept, contest)).people)


def award(kept: DatabaseContests, contest: str, by: str, now: datetime) -> StandingsDocument:
    """Give the award of a contest that is over: computed, recorded, and never changed after. Twice gives the same.

    Raises Unknown for one that was not announced or is not over.
    """
    found = _one(kept, contest)
    asked = _of(found)
    if found.announced is None:
        raise Unknown(f"'{contest}' was never announced", "What is told afterwards is a reward, not an incentive.")
    if now.date() <= asked.last:
        raise Unknown(
            f"'{contest}' runs through {asked.last.isoformat()}", "`premortem contest standings` tells who leads."
        )
    if found.award is None:
        told = stand(asked, sums_of(kept, asked, asked.last))
        given = Award([one for one in told.places if one.wins], asked.competitors, told.counted)
        kept.award(contest, msgspec.json.encode(given).decode(), by, now)
    return standings(kept, contest, now.date(), each=None)


def contests(kept: DatabaseContests, today: date, drafts: bool = True) -> ContestsDocument:
    """All contests, or those that were announced."""
    listed = []
    for found in kept.all():
        if drafts or found.announced is not None:
            asked = _of(found)
            given = award_shown(asked, found)
            listed.append(Listed(contest_shown(asked, found, today), asked.competitors, given.winners if given else []))
    return ContestsDocument(listed)


def bookings(kept: DatabaseContests, lines: Iterable[str]) -> BookingsDocument:
    """Add the bookings of a CSV; those that are there already change nothing, those that changed are brought up."""
    read = Lines(lines)
    new, changed = kept.add(read)
    return BookingsDocument(read.read, new, changed, read.left_out, read.wrong)


def _read(text: str | Told, people: str | None) -> Read:
    read = read_contest(text, people) if isinstance(text, str) else read_told(text, people)
    return Read(read.contest, [*read.objections, *(objections(read.contest) if read.contest else [])])


def _one(kept: DatabaseContests, contest: str) -> Kept:
    found = kept.one(contest)
    if found is None:
        raise Unknown(f"there is no contest '{contest}'", "`premortem contest list` shows what there is.")
    return found


def _of(found: Kept) -> Contest:
    return msgspec.json.decode(found.body, type=Contest)


def _body(contest: Contest) -> str:
    return msgspec.json.encode(contest).decode()


def sums_of(kept: DatabaseContests, contest: Contest, today: date) -> list[Sum]:
    """What was booked in a contest so far, by each owner and in each currency."""
    booked = kept.sums(contest.first, min(today, contest.last))
    return [Sum(key_of(one.owner), one.currency, one.deals, one.cents, one.biggest) for one in booked]


def _mine(contest: Contest, now: Standings, names: Collection[str]) -> Place | None:
    me = _person(contest, names)
    if me is None:
        return None
    called = contest.people[me].team if contest.by == "team" else contest.people[me].name
    return next(one for one in now.places if one.name == called)


def _person(contest: Contest, names: Collection[str]) -> int | None:
    mine = {key_of(name) for name in names if name.strip()}
    for number, one in enumerate(contest.people):
        if any(key_of(name) in mine for name in (one.name, *one.also)):
            return number
    return None
