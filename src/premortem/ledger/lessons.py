"""Lessons: what a deal that ended looked like on a day, and whether another deal looks the same.

A pattern is put in the words of the checks: findings that are raised, claims that were said, claims that nobody said.
A deal looks alike where all of it holds; part of it is no likeness.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from premortem.ledger.claims import CLAIMS
from premortem.ledger.entries import Entry, Lesson
from premortem.ledger.ranking import by_rank, in_order


class Showing(Struct, frozen=True):
    """What a deal shows on a day: the checks that are raised in it, and the claims that were said and are believed."""

    raised: frozenset[str]
    said: frozenset[str]

    @property
    def unsaid(self) -> tuple[str, ...]:
        """The claims that nobody said, in the order of the vocabulary."""
        return tuple(claim for claim in CLAIMS if claim not in self.said)


def matches(lesson: Lesson, shown: Showing) -> bool:
    """Whether a deal shows all of a lesson's pattern. A lesson without any pattern matches nothing."""
    return (
        bool(lesson.findings or lesson.claims or lesson.unsaid)
        and shown.raised.issuperset(lesson.findings)
        and shown.said.issuperset(lesson.claims)
        and shown.said.isdisjoint(lesson.unsaid)
    )


def not_shown(lesson: Lesson, shown: Showing) -> list[str]:
    """The parts of a pattern that a deal does not show, each as a clause."""
    return [
        *(f"the finding '{one}' did not stand" for one in lesson.findings if one not in shown.raised),
        *(f"nobody had said '{one}'" for one in lesson.claims if one not in shown.said),
        *(f"'{one}' had been said" for one in lesson.unsaid if one in shown.said),
    ]


class Made(Struct, frozen=True):
    """A lesson as it stands: of which deal, since when it is watched, and by whom it was made."""

    deal: str
    lesson: Lesson
    first: Entry


def standing(entries: Iterable[Entry]) -> list[Made]:
    """The lessons that these entries tell, of any number of deals, those made last first; dropped ones are left out."""
    newest: dict[tuple[str, str], tuple[Entry, Lesson]] = {}
    for entry in in_order(list(entries), by_rank):
        if isinstance(entry.body, Lesson):
            first, _ = newest.get((entry.deal, entry.body.lesson), (entry, entry.body))
            newest[entry.deal, entry.body.lesson] = first, entry.body
    made = [Made(deal, lesson, first) for (deal, _), (first, lesson) in newest.items() if not lesson.dropped]
    return sorted(made, key=lambda one: (one.first.learned, one.deal, one.lesson.lesson), reverse=True)
