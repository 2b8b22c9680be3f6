"""A deal on one page: its review, who is who and who brought us to whom, what was told twice differently, its days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from premortem.acts.looking.prepare_ahead import DatesShown, dates
from premortem.acts.looking.review import Reasoned, ReviewDocument, review_document
from premortem.acts.looking.reviewing import buyers_day
from premortem.acts.playbook import Rules, rules_of
from premortem.acts.witness import Cited, Witness
from premortem.checks.coach_conditions import parts_said
from premortem.checks.conflicts import conflicts
from premortem.checks.review import moment_of, review
from premortem.learning.norms import OwnNorms
from premortem.ledger.deal import HEARD, Change, Deal, DealFact
from premortem.ledger.entries import Entry, PersonId, TouchId
from premortem.ledger.fold import deal_as_of, end_of
from premortem.ledger.norms import Norms
from premortem.ledger.people import DealPerson
from premortem.ledger.store import Contents

Stance = Literal["for", "against", "unknown"]
How = Literal["introduced", "promised", "refused", "named"]


class PersonOnPage(Struct, frozen=True):
    """Somebody in the deal. `met` is the touch in which we first met them, `stance` their newest word on us (`words`).

    `overrules`: they can say yes or no over the others, as the economic buyer does.
    """

    id: PersonId
    name: str
    title: str | None
    side: str
    roles: list[str]
    overrules: bool
    met: TouchId | None
    met_on: str | None
    last_heard: str | None
    stance: Stance
    words: Cited | None
    parts: list[str] = []
    """The roles in words: 'perhaps a coach' until that is proved."""


class Tie(Struct, frozen=True):
    """How `to` came to us through `via`: introduced, promised, refused, or only named; `words` say it."""

    via: PersonId
    to: PersonId
    how: How
    words: Cited


class ToldTwice(Struct, frozen=True):
    """Two answers that can't both be true, and what settled it since; None while both stand."""

    about: str
    first: Cited
    against: Cited
    settled: Cited | None


class TouchOnPage(Struct, frozen=True):
    """A touch and who was heard in it; `there` were written to, in copy or silent."""

    id: TouchId
    name: str
    kind: str
    on: str
    heard: list[PersonId]
    there: list[PersonId]


class ChangeOnPage(Struct, frozen=True):
    """A value that the CRM's row took on, and the day."""

    on: str
    value: str


class DealPage(Struct, frozen=True):
    """All that a deal's page shows. `first_day` and `last_day` are the days from which the deal can be seen."""

    review: ReviewDocument
    people: list[PersonOnPage]
    ties: list[Tie]
    told_twice: list[ToldTwice]
    touches: list[TouchOnPage]
    stages: list[ChangeOnPage]
    planned: list[ChangeOnPage]
    dates: DatesShown
    buyers_day: str | None
    first_day: str
    last_day: str


def deal_page(
    entries: Sequence[Entry],
    contents: Contents,
    as_of: date | None = None,
    rules: Rules | None = None,
    today: date | None = None,
    usual: OwnNorms | None = None,
) -> DealPage:
    """The deal as of a day, by the moments and rules of a review. A day before the first or after the last is that one.

    It is measured by what is `usual`, where given, else by what the rules find usual at that moment. Raises
    ValueError where there is no entry.
    """
    rules = rules or rules_of()
    latest = moment_of(entries, today=today).date()
    whole = deal_as_of(entries)
    first, last = _days(whole, latest, today)
    moment = moment_of(entries, end_of(min(max(as_of, first), last)) if as_of else None, today=today)
    seen = deal_as_of(entries, moment) if as_of or usual is None else whole
    currency = seen.opened.currency if seen.opened else None
    norms = usual.of(seen.amount, currency) if usual else rules.norms_of(seen)
    found = review(entries, moment, norms, put=rules.put, today=today)
    deal, witness = found.deal, Witness(found.deal, contents)
    witness.hear(deal.touches)
    document = review_document(found, whole, contents, (), (), witness)
    off = [Reasoned(check, why) for check, why in rules.switched_off]
    their_day = buyers_day(deal)
    return DealPage(
        review=replace(document, does_not_apply=[*document.does_not_apply, *off]),
        people=[_person(deal, one, witness, norms) for one in _in_order(deal)],
        ties=list(_ties(deal, witness)),
        told_twice=list(_told_twice(deal, witness)),
        touches=_touches(deal, witness),
        stages=_changes(deal.stages),
        planned=_changes(deal.planned_closes),
        dates=dates(deal, witness),
        buyers_day=their_day.isoformat() if their_day else None,
        first_day=first.isoformat(),
        last_day=last.isoformat(),
    )


def _days(whole: Deal, latest: date, today: date | None) -> tuple[date, date]:
    """From when a deal can be seen: its first day to today, or to the day before its end."""
    begun = [touch.at.date() for touch in whole.touches[:1]]
    begun += [whole.created.date()] if whole.created else []
    last = latest if whole.outcome is not None or today is None else max(latest, today)
    return min([*begun, last]), last


ORDER = {"buyer": 0, "outside": 1, "seller": 2, "unknown": 3}


def _in_order(deal: Deal) -> list[DealPerson]:
    """Their side first; of each, who signs, then those we met, then those only named."""
    return sorted(
        deal.people.values(),
        key=lambda one: (ORDER[one.side], "economic_buyer" not in one.roles, one.met is None, not one.proven, one.id),
    )


def _person(deal: Deal, person: DealPerson, witness: Witness, norms: Norms) -> PersonOnPage:
    known = witness.cards.get(person.id)
    heard = deal.touches_with(person.id, *HEARD)
    stance, words = _stance(deal, person.id)
    return PersonOnPage(
        id=person.id,
        name=witness.name(person.id) or "",
        title=known.title if known is not None and known.name else None,
        side=person.side,
        roles=sorted(person.proven),
        overrules="economic_buyer" in person.roles,
        met=person.met,
        met_on=deal.touch(person.met).at.date().isoformat() if person.met else None,
        last_heard=heard[-1].at.date().isoformat() if heard else None,
        stance=stance,
        words=witness.cite(words.quote) if words else None,
        parts=parts_said(deal, person, norms),
    )


def _stance(deal: Deal, person: PersonId) -> tuple[Stance, DealFact | None]:
    """By the newest word: what somebody wanted in March does not stand against what they said in May."""
    told = [
        known
        for known in deal.said("wants_us", "will_fight", "opposition_stated")
        if (known.fact.person or known.fact.speaker) == person and deal.side(person) != "seller"
    ]
    if not told:
        return "unknown", None
    return "against" if told[-1].fact.claim == "opposition_stated" else "for", told[-1]


def _ties(deal: Deal, witness: Witness) -> Iterator[Tie]:
    """The weightiest tie to each of theirs: of an introduction the newest word, else who of theirs named them first."""
    last = {known.fact.person: known for known in deal.said("introduction_agreed", "introduction_refused")}
    first = {known.fact.person: known for known in reversed(deal.said("person_named", "decision_maker_named"))}
    for person in deal.people.values():
        told = last.get(person.id) or first.get(person.id)
        via = told.fact.speaker if told else None
        if told is None or via is None or via == person.id or person.side == "seller" or via not in deal.people:
            continue
        how = _how(deal, person, told)
        if how != "named" or deal.side(via) != "seller":
            yield Tie(via, person.id, how, witness.cite(told.quote))


def _how(deal: Deal, person: DealPerson, told: DealFact) -> How:
    if told.fact.claim not in ("introduction_agreed", "introduction_refused"):
        return "named"
    if person.met is not None and deal.touch(person.met).at >= told.at:
        return "introduced"
    return "promised" if told.fact.claim == "introduction_agreed" else "refused"


def _told_twice(deal: Deal, witness: Witness) -> Iterator[ToldTwice]:
    for one in conflicts(deal):
        settled = witness.cite(one.settled.quote) if one.settled else None
        yield ToldTwice(one.about, witness.cite(one.first.quote), witness.cite(one.against.quote), settled)


def _touches(deal: Deal, witness: Witness) -> list[TouchOnPage]:
    return [
        TouchOnPage(
            touch.id,
            witness.touch_name(touch.id),
            touch.type,
            touch.at.date().isoformat(),
            heard := touch.people(*HEARD),
            [one for one in touch.people() if one not in heard],
        )
        for touch in deal.touches
    ]


def _changes(changes: Sequence[Change]) -> list[ChangeOnPage]:
    return [ChangeOnPage(one.at.date().isoformat(), str(one.value)) for one in changes if one.value is not None]
