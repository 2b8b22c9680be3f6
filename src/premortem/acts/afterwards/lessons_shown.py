"""What lessons find: the open deals that look like one that ended did, and each lesson's record on deals that ended.

lessons(…)    all of them; the document that `premortem lessons --json` prints
lights(…)     the open deals of somebody that lessons warn of, for a list
of_deal(…)    the lessons that one deal looks like
titles(…)     what lessons are called, to choose from
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import Struct

from premortem.acts.afterwards.ends_called import ENDS_CALLED
from premortem.acts.looking.rules import FiredShown, fired_shown
from premortem.learning.ends import FEW
from premortem.learning.record import ENDS, NOT_WON, Fired
from premortem.ledger.contents import texts
from premortem.ledger.lessons import Made, standing
from premortem.ledger.store import Contents, Ledger
from premortem.records.models import DealRow
from premortem.records.resembling import Resembling

NAMED_AT_MOST = 20
"""Open deals that a lesson names; the others are counted, and the list of deals shows them."""


class Alike(Struct, frozen=True):
    """An open deal that looks like one that ended did."""

    deal: str
    name: str
    account: str | None


class EndsShown(Struct, frozen=True):
    """On how many of the deals that ended so the pattern stood before the end; `few` where they are few."""

    lost: FiredShown
    no_decision: FiredShown
    other_way: FiredShown
    not_won: FiredShown
    won: FiredShown
    few: bool

    @property
    def rows(self) -> list[tuple[str, FiredShown]]:
        """By how deals ended, for a table."""
        return [
            (ENDS_CALLED["lost"], self.lost),
            (ENDS_CALLED["no_decision"], self.no_decision),
            (ENDS_CALLED["other_way"], self.other_way),
            ("not won, together", self.not_won),
            ("won", self.won),
        ]


class LessonShown(Struct, frozen=True):
    """A lesson in words: it was made of `deal` (`name` is null where that may not be seen), as that looked on `seen`.

    `id` is what drops it, `made_on` the day since which it is watched.
    """

    id: str
    deal: str | None
    name: str | None
    title: str
    seen: str | None
    made_on: str
    findings: list[str]
    claims: list[str]
    unsaid: list[str]


class Watched(Struct, frozen=True):
    """A lesson, the open deals that look like it, how many more there are, and how it did.

    `since` counts deals that ended after it was made, `before` those that had ended by then: the pattern was chosen in
    sight of these, so they prove less. The deal that it was made of counts in neither.
    """

    lesson: LessonShown
    says: str
    alike: list[Alike]
    more: int
    since: EndsShown
    before: EndsShown

    @property
    def how_many(self) -> int:
        """Open deals that look like it."""
        return len(self.alike) + self.more

    @property
    def record(self) -> list[tuple[str, FiredShown, FiredShown]]:
        """By how deals ended: since it was made, and before."""
        return [
            (called, since, before)
            for (called, since), (_, before) in zip(self.since.rows, self.before.rows, strict=True)
        ]


class LessonsDocument(Struct, frozen=True):
    """All lessons, the newest first. `schema` changes when a field's meaning does."""

    lessons: list[Watched]
    schema: str = "premortem.lessons/1"


class Light(Struct, frozen=True):
    """An open deal, and the lessons that it looks like, the newest first."""

    deal: Alike
    lessons: list[LessonShown]


def lessons(ledger: Ledger, among: Resembling, only: str | None = None) -> LessonsDocument:
    """All lessons (or the one of this id). Open deals are those among `among`, records count all deals."""
    made = {one.lesson.lesson: one for one in standing(among.lessons()) if only in (None, one.lesson.lesson)}
    how_many, ended = among.open(made), among.ended(list(made.values()))
    newest = {lesson: among.newest([lesson], NAMED_AT_MOST) for lesson in how_many}
    named = among.seen({one.deal for one in made.values()}.union(*newest.values()))
    shown = _shown(made.values(), ledger.contents, named)
    return LessonsDocument(
        [
            Watched(
                lesson=shown[lesson],
                says=says(deals, one.lesson.seen),
                alike=[_alike(named[deal]) for deal in newest.get(lesson, ())],
                more=max(0, deals - NAMED_AT_MOST),
                since=_by_end({one.status: one.since for one in ended[lesson]}),
                before=_by_end({one.status: one.before for one in ended[lesson]}),
            )
            for lesson, one in made.items()
            for deals in (how_many.get(lesson, 0),)
        ]
    )


def lights(ledger: Ledger, among: Resembling, most: int) -> tuple[list[Light], int]:
    """The open deals among these that look like a lesson, those of the newest touches first, and how many more."""
    made = {one.lesson.lesson: one for one in standing(among.lessons())}
    newest = among.newest(made, most) if made else []
    more = among.deals(made) - most if len(newest) == most else 0
    like = among.of_deals(newest)
    alike = {deal: [lesson for lesson in made if lesson in like[deal]] for deal in newest}
    meant = [one for lesson, one in made.items() if any(lesson in those for those in alike.values())]
    named = among.seen({*newest, *(one.deal for one in meant)})
    shown = _shown(meant, ledger.contents, named)
    return [Light(_alike(named[deal]), [shown[one] for one in those]) for deal, those in alike.items()], more


def titles(ledger: Ledger) -> list[tuple[str, str]]:
    """The id and the title of each lesson that is watched, the newest first."""
    made = standing(Resembling().lessons())
    called = texts(ledger.contents, [one.lesson.title for one in made])
    return [(one.lesson.lesson, called[one.lesson.title]) for one in made]


def of_deal(ledger: Ledger, among: Resembling, deal: str) -> list[LessonShown]:
    """The lessons that a deal looks like, by its kept review. Whether it is still open is for the caller to ask."""
    like = among.of_deals([deal]).get(deal, set())
    alike = [one for one in standing(among.lessons()) if one.lesson.lesson in like] if like else []
    named = among.seen({one.deal for one in alike})
    return list(_shown(alike, ledger.contents, named).values())


def says(deals: int, seen: date | None) -> str:
    """'3 open deals look like this one did on 2026-03-03.'"""
    day = f" on {seen.isoformat()}" if seen else ""
    if not deals:
        return f"No open deal looks like this one did{day}."
    return f"{deals} open deal{' looks' if deals == 1 else 's look'} like this one did{day}."


def _alike(row: DealRow) -> Alike:
    return Alike(row.deal, row.name, row.account)


def _shown(some: Iterable[Made], contents: Contents, named: Mapping[str, DealRow]) -> dict[str, LessonShown]:
    """Lessons by their ids; `named` are the deals that may be seen."""
    made = list(some)
    called = texts(contents, [one.lesson.title for one in made])
    return {one.lesson.lesson: _lesson(one, called[one.lesson.title], named.get(one.deal)) for one in made}


def _lesson(made: Made, title: str, deal: DealRow | None) -> LessonShown:
    lesson = made.lesson
    return LessonShown(
        id=lesson.lesson,
        deal=deal.deal if deal else None,
        name=deal.name if deal else None,
        title=title,
        seen=lesson.seen.isoformat() if lesson.seen else None,
        made_on=made.first.learned.date().isoformat(),
        findings=list(lesson.findings),
        claims=list(lesson.claims),
        unsaid=list(lesson.unsaid),
    )


def _by_end(counted: Mapping[str, tuple[int, int]]) -> EndsShown:
    fired = {end: Fired(*counted.get(end, (0, 0))) for end in ENDS}
    lost = [fired[end] for end in NOT_WON]
    together = Fired(sum(one.deals for one in lost), sum(one.of for one in lost))
    return EndsShown(
        lost=fired_shown(fired["lost"]),
        no_decision=fired_shown(fired["no_decision"]),
        other_way=fired_shown(fired["other_way"]),
        not_won=fired_shown(together),
        won=fired_shown(fired["won"]),
        few=sum(of for _, of in counted.values()) < FEW,
    )
