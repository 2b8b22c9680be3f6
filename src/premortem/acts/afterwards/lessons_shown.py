"""What lessons find: the open deals that look like one that ended did, and each lesson's record on deals that ended.

lessons(…)    all of them; the document that `premortem lessons --json` prints
lights(…)     the open deals of somebody that lessons warn of, for a list
of_deal(…)    the lessons that one deal looks like
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct

from premortem.acts.looking.rules import FiredShown, fired_shown
from premortem.learning.ends import FEW
from premortem.learning.lessons import Made, standing
from premortem.learning.record import ENDS, NOT_WON, Fired
from premortem.ledger.contents import text
from premortem.ledger.store import Contents, Ledger
from premortem.records.models import DealRow
from premortem.records.resembling import Ended, Pattern, Resembling, S, Shows

NAMED_AT_MOST = 50
"""Open deals that a lesson names; the others are counted."""


LOOKED_AT = 900
"""Open deals that a day can be about."""


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
            ("lost to a rival", self.lost),
            ("no decision", self.no_decision),
            ("solved another way", self.other_way),
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
    made = [one for one in standing(among.lessons()) if only in (None, one.lesson.lesson)]
    ended, going_on = (among.ended(), among.open()) if made else ([], [])
    alike = [_others_alike(each, going_on) for each in made]
    named = among.seen({one.deal for like in alike for one in like[:NAMED_AT_MOST]} | {one.deal for one in made})
    return LessonsDocument(
        [_watched(ledger.contents, each, like, ended, named) for each, like in zip(made, alike, strict=True)]
    )


def lights(ledger: Ledger, among: Resembling, most: int) -> tuple[list[Light], int]:
    """The open deals among these that look like a lesson, those of the newest touches first, and how many more.

    Of very many deals the `LOOKED_AT` of the newest touches are looked at.
    """
    made = standing(among.lessons())
    found = []
    newest = among.open(LOOKED_AT) if made else []
    like = [(each, {one.deal for one in _others_alike(each, newest)}) for each in made]
    for one in newest:
        alike = [each for each, deals in like if one.deal in deals]
        if alike:
            found.append((one.deal, alike))
    named = among.seen({one for deal, alike in found[:most] for one in (deal, *(each.deal for each in alike))})
    lit = [
        Light(_alike(named[deal]), [_lesson(each, ledger.contents, named) for each in alike])
        for deal, alike in found[:most]
    ]
    return lit, max(0, len(found) - most)


def of_deal(ledger: Ledger, among: Resembling, deal: str) -> list[LessonShown]:
    """The lessons that a deal looks like, by its kept review. Whether it is still open is for the caller to ask."""
    made, kept = standing(among.lessons()), among.shows(deal)
    if kept is None or not made:
        return []
    alike = [one for one in made if _others_alike(one, [kept])]
    named = among.seen({one.deal for one in alike})
    return [_lesson(one, ledger.contents, named) for one in alike]


def _watched(
    contents: Contents, made: Made, alike: Sequence[Shows], ended: Sequence[Ended], named: Mapping[str, DealRow]
) -> Watched:
    others = [one for one in ended if one.deal != made.deal]
    like = {one.deal for one in _others_alike(made, others)}
    return Watched(
        lesson=_lesson(made, contents, named),
        says=says(len(alike), made.lesson.seen),
        alike=[_alike(named[one.deal]) for one in alike[:NAMED_AT_MOST]],
        more=max(0, len(alike) - NAMED_AT_MOST),
        since=_by_end([one for one in others if one.ended >= made.first.learned], like),
        before=_by_end([one for one in others if one.ended < made.first.learned], like),
    )


def says(deals: int, seen: date | None) -> str:
    """'3 open deals look like this one did on 2026-03-03.'"""
    day = f" on {seen.isoformat()}" if seen else ""
    if not deals:
        return f"No open deal looks like this one did{day}."
    return f"{deals} open deal{' looks' if deals == 1 else 's look'} like this one did{day}."


def _others_alike(made: Made, deals: Sequence[S]) -> list[S]:
    """Those of these deals that show a lesson's pattern, but for the one that it was made of."""
    pattern = Pattern(made.lesson.findings, made.lesson.claims, made.lesson.unsaid)
    return [one for one in pattern.among(deals) if one.deal != made.deal]


def _alike(row: DealRow) -> Alike:
    return Alike(row.deal, row.name, row.account)


def _lesson(made: Made, contents: Contents, named: Mapping[str, DealRow]) -> LessonShown:
    """`named` are the deals that may be seen."""
    lesson = made.lesson
    return LessonShown(
        id=lesson.lesson,
        deal=made.deal if made.deal in named else None,
        name=named[made.deal].name if made.deal in named else None,
        title=text(contents, lesson.title),
        seen=lesson.seen.isoformat() if lesson.seen else None,
        made_on=made.first.learned.date().isoformat(),
        findings=list(lesson.findings),
        claims=list(lesson.claims),
        unsaid=list(lesson.unsaid),
    )


def _by_end(ended: Sequence[Ended], like: set[str]) -> EndsShown:
    of, on = Counter(one.status for one in ended), Counter(one.status for one in ended if one.deal in like)
    fired = {end: Fired(on[end], of[end]) for end in ENDS}
    lost = [fired[end] for end in NOT_WON]
    together = Fired(sum(one.deals for one in lost), sum(one.of for one in lost))
    return EndsShown(
        lost=fired_shown(fired["lost"]),
        no_decision=fired_shown(fired["no_decision"]),
        other_way=fired_shown(fired["other_way"]),
        not_won=fired_shown(together),
        won=fired_shown(fired["won"]),
        few=len(ended) < FEW,
    )
