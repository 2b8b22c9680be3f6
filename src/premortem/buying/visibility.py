"""What we see of a customer: what is known of them and from whom, what is open and whose that is, and whom to ask.

An unknown has an owner, a way and a date, else nobody closes it. A guess is an assumption and says so; it has a day on
which it is looked at again. And since we mostly talk with those whom we like, each month a few contacts are drawn by
lot and all are asked the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from hashlib import sha256
from heapq import nsmallest
from typing import Literal, NamedTuple

from msgspec import Struct

from premortem.ledger.deal import Deal, DealFact
from premortem.ledger.entries import Entry, Hash, OpenMatter, PersonId

SOON = timedelta(days=7)
DRAWN = 10
"""Contacts that are drawn a month: as many as somebody does ask."""
SAMPLE = "sample-"
"""How the matters begin that are answers to the question of a month."""
ANSWERS = ("better", "the same", "worse", "not sure")
QUESTION = (
    "How has business gone for you since last quarter: better, the same or worse, and what makes it so? "
    "And what should we have asked you and did not?"
)
Standing = Literal["open", "due soon", "overdue", "settled"]


class Subject(NamedTuple):
    """Something to know of a customer: the claims that tell of it, and the question that opens it."""

    key: str
    what: str
    claims: tuple[str, ...]
    question: str


SUBJECTS = (
    Subject(
        "market",
        "what presses on them from outside",
        ("compelling_event",),
        "What is changing in your own market, and what does it press you to do?",
    ),
    Subject(
        "health",
        "how they are doing",
        ("budget_confirmed", "budget_missing", "delay_stated"),
        "How has this year gone for your firm, and what does that leave room for?",
    ),
    Subject(
        "work",
        "what their work costs them today",
        ("impact_quantified", "pain_stated"),
        "If you put a number on it, in hours or in money, what does this cost you in a month?",
    ),
    Subject(
        "others",
        "who else works for them on this",
        ("competitor_named", "parallel_effort", "status_quo_option"),
        "Who else looks at this for you, inside and outside, and how do they do?",
    ),
)


class Known(Struct, frozen=True):
    """What was said on a subject, and by how many; `one_voice` where it rests on a single person's word."""

    subject: Subject
    facts: tuple[DealFact, ...]
    people: tuple[PersonId, ...]

    @property
    def one_voice(self) -> bool:
        return len(self.people) == 1


class Open(Struct, frozen=True):
    """A matter with its course: what was asked or assumed first, and the answer where it is settled."""

    matter: OpenMatter
    asked: Hash
    answer: Hash | None
    standing: Standing
    late: int
    """Days since it was due; 0 where it is not overdue."""


def known_of(deal: Deal) -> list[Known]:
    """Each subject with all that was said on it, the newest word last, and who said it."""
    found = []
    for subject in SUBJECTS:
        facts = deal.said(*subject.claims)
        people = dict.fromkeys(known.fact.speaker for known in facts if known.fact.speaker is not None)
        found.append(Known(subject, tuple(facts), tuple(people)))
    return found


def matters(entries: Iterable[Entry], today: date) -> list[Open]:
    """A deal's matters that were not dropped: the overdue first, then by their days, what is settled last."""
    told: dict[str, list[OpenMatter]] = {}
    for entry in sorted((one for one in entries if isinstance(one.body, OpenMatter)), key=lambda one: one.learned):
        assert isinstance(entry.body, OpenMatter)
        told.setdefault(entry.body.matter, []).append(entry.body)
    found = [_open(course, today) for course in told.values() if not course[-1].dropped]
    return sorted(found, key=_pressing)


def _open(course: Sequence[OpenMatter], today: date) -> Open:
    newest, asked = course[-1], course[0].words
    standing = standing_of(newest, today)
    late = (today - newest.due).days if standing == "overdue" and newest.due else 0
    return Open(newest, asked, newest.words if newest.settled and newest.words != asked else None, standing, late)


def standing_of(matter: OpenMatter, today: date) -> Standing:
    """How a matter stands on a day. One without a date never comes due: that is its fault."""
    if matter.settled is not None:
        return "settled"
    if matter.due is None or matter.due > today + SOON:
        return "open"
    return "overdue" if matter.due < today else "due soon"


def _pressing(one: Open) -> tuple[bool, date, str]:
    return one.standing == "settled", one.matter.due or date.max, one.matter.matter


def lacking(matter: OpenMatter) -> list[str]:
    """What a matter lacks to be closed by anybody: an owner, a way, a date."""
    parts = (("an owner", matter.owner), ("a way", matter.way), ("a date", matter.due))
    return [name for name, told in parts if not told]


def month_of(day: date) -> str:
    """'2026-11': what a draw is seeded by."""
    return f"{day.year:04d}-{day.month:02d}"


def drawn(contacts: Collection[tuple[str, PersonId]], month: str, most: int = DRAWN) -> list[tuple[str, PersonId]]:
    """Contacts (deal and person) drawn by lot: everybody has the same chance, and the month alone decides.

    Each has a lot of their own, the hash of the month and of who they are, so that a contact who is added or left out
    takes or gives one place and moves nobody else.
    """
    lots = ((sha256(f"{month} {deal} {person}".encode()).digest(), deal, person) for deal, person in set(contacts))
    return [(deal, person) for _, deal, person in nsmallest(most, lots)]


def sample_id(month: str, person: PersonId) -> str:
    """The id of the matter in which somebody's answer of a month stands."""
    return f"{SAMPLE}{month}-{person}"
