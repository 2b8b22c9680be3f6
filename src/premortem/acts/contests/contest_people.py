"""Who takes part in a draft: which member each is, and under which names their deals stand. What is not sure is asked.

asked(kept, contest, members)           what is sure, and what somebody should say
answered(kept, contest, answers, …)     what they said, kept in the draft
as_rows(people), of_members(…), of_crm(…)   who may take part, as the rows of a CSV to be changed in a form
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from premortem.contests.contest import Contest, Person, key_of
from premortem.contests.fairness import objections
from premortem.contests.matching import Known, keys_of, seats, unclaimed
from premortem.contests.reading import COLUMNS
from premortem.errors import Unknown
from premortem.records.contests import DatabaseContests, Kept

MOST = 50
"""Questions that are asked at once."""


class Choice(Struct, frozen=True):
    """A possible answer: what is sent, and what it says."""

    value: str
    says: str


class Asked(Struct, frozen=True):
    """A question: a name that is to be added to somebody. `id` names its field; the first choice is the likeliest."""

    id: str
    question: str
    choices: list[Choice]


class PeopleAsked(Struct, frozen=True):
    """What is sure of the people of a draft, and what to ask. `seen` tells one state of the draft from another.

    `here` are in the contest and members here, `not_here` have no member, so nobody sees a page as them.
    """

    seen: str
    here: int
    not_here: list[str]
    asked: list[Asked]
    more: int


def asked(kept: DatabaseContests, contest: str, members: Sequence[Known]) -> PeopleAsked:
    """What is sure, and what to ask. Raises Unknown where there is no such contest."""
    found, draft = _draft(kept, contest)
    known = seats(draft, members)
    questions = [
        Asked(
            f"seat-{seat.person}",
            f"Is {draft.people[seat.person].name} a member here?",
            [Choice(one.email, f"{one.name}, {one.email}") for one in seat.ask],
        )
        for seat in known
        if seat.ask
    ]
    for one in unclaimed(draft, kept.owners()):
        ask = [Choice(str(number), draft.people[number].name) for number in one.ask]
        if ask:
            deals = f"{one.deals} deal{'' if one.deals == 1 else 's'}"
            questions.append(Asked(f"owner-{one.owner}", f"{deals} won by “{one.owner}”: whose?", ask))
    not_here = [draft.people[seat.person].name for seat in known if seat.member is None and not seat.ask]
    return PeopleAsked(
        _version(found), sum(one.member is not None for one in known), not_here, questions[:MOST], len(questions[MOST:])
    )


def answered(
    kept: DatabaseContests, contest: str, members: Sequence[Known], answers: Mapping[str, str], by: str, now: datetime
) -> int:
    """Keep what was answered in the draft and say how many names that added; an empty answer adds none.

    `answers` are by the question's id, and `seen` the state that they were asked of. Raises Unknown where the draft
    changed meanwhile, was announced, or where an answer fits no question.
    """
    found, draft = _draft(kept, contest)
    if found.announced is not None:
        raise Unknown(f"'{contest}' was announced and is locked", "What stands under other names is told beside it.")
    if answers.get("seen") != _version(found):
        raise Unknown("this draft was changed meanwhile", "Look at it again: the questions may be others.")
    also: dict[int, list[str]] = {}
    for one in asked(kept, contest, members).asked:
        chosen = answers.get(one.id, "")
        if not chosen:
            continue
        if chosen not in {choice.value for choice in one.choices}:
            raise Unknown(f"'{chosen[:40]}' is no answer to '{one.question}'", "Choose one of those given.")
        kind, _, about = one.id.partition("-")
        person, name = (int(about), chosen) if kind == "seat" else (int(chosen), about)
        also.setdefault(person, []).append(name)
    people = tuple(_with(one, also.get(number, ())) for number, one in enumerate(draft.people))
    changed = replace(draft, people=people)
    if wrong := objections(changed):
        raise Unknown(f"that can't be kept: {wrong[0].where}: {wrong[0].why}", wrong[0].remedy)
    if also:
        kept.keep(contest, msgspec.json.encode(changed).decode(), changed.last, by, now)
    return sum(len(names) for names in also.values())


def as_rows(people: Iterable[Person]) -> str:
    """People as the CSV that a contest's list of people is."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    for one in people:
        quota = "" if one.quota is None else f"{one.quota:.15g}"
        table.writerow((one.name, one.team, one.function, quota, ";".join(one.also)))
    return out.getvalue()


def of_members(members: Iterable[Known]) -> list[Person]:
    """Members as people of a contest, found by the address they were invited by."""
    return [Person(one.name, one.team, one.function, None, (one.email,) if one.email else ()) for one in members]


def of_crm(kept: DatabaseContests) -> list[Person]:
    """Everybody under whose name a deal was won; one way of writing each, and the others beside it."""
    ways: dict[str, list[str]] = {}
    for owner in sorted(kept.owners()):
        ways.setdefault(key_of(owner), []).append(owner)
    return [Person(min(some, key=lambda one: (one == one.lower(), one))) for some in ways.values()]


def _draft(kept: DatabaseContests, contest: str) -> tuple[Kept, Contest]:
    found = kept.one(contest)
    if found is None:
        raise Unknown(f"there is no contest '{contest}'", "`premortem contest list` shows what there is.")
    return found, msgspec.json.decode(found.body, type=Contest)


def _version(found: Kept) -> str:
    return hashlib.sha256(found.body.encode()).hexdigest()[:16]


def _with(person: Person, names: Iterable[str]) -> Person:
    new = [one for one in names if key_of(one) not in keys_of(person)]
    return replace(person, also=(*person.also, *new)) if new else person
