"""One of us over time, by call and by month; the document that `premortem coach --person NAME --json` prints.

It is for the one it is about: how their own calls went, one after the other. Nobody else's calls stand beside theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from msgspec import Struct

from premortem.acts.looking.call_shown import CallShown, QuestionsShown, call_shown, questions_shown
from premortem.acts.looking.coaching import every_deal, spoken_of
from premortem.acts.looking.yardsticks import MedianShown, Yardsticks, median_shown, yardsticks
from premortem.acts.witness import Witness
from premortem.errors import Unknown
from premortem.learning.calls import Call, calls
from premortem.learning.usual import MEASURES, ended_calls, middle
from premortem.ledger.areas import AREAS, Area, area_of, kind_of
from premortem.ledger.contents import card
from premortem.ledger.deal import Deal
from premortem.ledger.entries import PersonId, Question, Voice
from premortem.ledger.fold import deal_as_of
from premortem.ledger.store import Ledger


class OwnCall(Struct, frozen=True):
    """One call of somebody: their own part, what they asked about, and the call as a whole.

    `share` is in 0..1 of all talk; `longest` in seconds, or in words where the call has no times.
    """

    deal: str
    deal_name: str
    share: float
    longest: float | None
    questions: QuestionsShown
    asked_about: list[str]
    call: CallShown


class Month(Struct, frozen=True):
    """The medians of somebody's calls in one month, 'YYYY-MM', each with the calls that it rests on.

    `our_share` is that of our whole side. `asked_about` counts the calls in which they asked about each area.
    """

    month: str
    calls: int
    share: MedianShown | None
    our_share: MedianShown | None
    questions: MedianShown | None
    decision_questions: MedianShown | None
    technical_questions: MedianShown | None
    follow_ups: MedianShown | None
    longest_seconds: MedianShown | None
    longest_words: MedianShown | None
    asked_about: dict[str, int]


class AreaOverTime(Struct, frozen=True):
    """In how many of somebody's calls they asked about an area, and in how many a colleague did and they did not."""

    area: str
    calls: int
    asked: int
    colleague_asked: int


class PersonCoaching(Struct, frozen=True):
    """Somebody's calls over time. `schema` changes when a field's meaning does."""

    person: str
    calls: list[OwnCall]
    months: list[Month]
    areas: list[AreaOverTime]
    says: list[str]
    yardsticks: Yardsticks
    schema: str = "premortem.coach-person/1"


class _Spoken(Struct, frozen=True):
    """A call in which they spoke, and their own voice in it."""

    call: Call
    voice: Voice
    deal: Deal

    def asked(self) -> list[Question]:
        return self.call.asked_by(self.voice.person)

    def asked_about(self) -> list[Area]:
        asked = {area_of(one.topic) for one in self.asked()}
        return [area for area in AREAS if area in asked]


def coach_person(ledger: Ledger, called: str) -> PersonCoaching:
    """One of our side over all deals: by full name, mail address, or a part of the name that only one of us has.

    Raises Unknown where nobody on our side, or more than one, is called so.
    """
    ended: list[tuple[bool, Call]] = []
    ours: list[tuple[str, PersonId, str, frozenset[str]]] = []
    for deal in every_deal(ledger):
        ended += ended_calls(deal, calls(deal))
        ours += [(deal.id, *one) for one in _our_people(deal, ledger)]
    name, records = _one_of_us(ours, called)
    spoken = sorted(_spoken(ledger, records), key=lambda one: (one.call.at, one.deal.id, one.call.touch.id))
    areas = [_over_time(area, spoken) for area in AREAS]
    return PersonCoaching(
        person=name,
        calls=[_own_call(one, ledger) for one in spoken],
        months=[_month(month, list(of_month)) for month, of_month in groupby(spoken, _month_of)],
        areas=areas,
        says=_says(name, areas, len(spoken)),
        yardsticks=yardsticks(ended),
    )


def _our_people(deal: Deal, ledger: Ledger) -> Iterator[tuple[PersonId, str, frozenset[str]]]:
    for person in deal.of_side("seller"):
        known = card(ledger.contents, person.card) if person.card else None
        if known is not None and known.name:
            yield person.id, known.name, frozenset(email.casefold() for email in known.emails)


def _one_of_us(
    ours: Iterable[tuple[str, PersonId, str, frozenset[str]]], called: str
) -> tuple[str, dict[str, set[PersonId]]]:
    """Who is meant, as they are called, and their ids in each deal."""
    ours, wanted = list(ours), called.casefold().strip()
    found = [one for one in ours if wanted == one[2].casefold() or wanted in one[3]]
    found = found or [one for one in ours if wanted in one[2].casefold().split()]
    names = sorted({one[2].casefold(): one[2] for one in found}.values())
    if len(names) > 1 and not any(wanted in one[3] for one in found):
        raise Unknown(f"several of our people are called '{called}'", f"Say which: {', '.join(names)}.")
    if not found:
        known = ", ".join(sorted({one[2] for one in ours}))
        remedy = f"There are: {known}." if known else "Nobody of our side is known in this ledger yet."
        raise Unknown(f"nobody on our side is called '{called}'", remedy)
    records: dict[str, set[PersonId]] = {}
    for deal, person, _, _ in found:
        records.setdefault(deal, set()).add(person)
    return found[-1][2], records


def _spoken(ledger: Ledger, records: dict[str, set[PersonId]]) -> Iterator[_Spoken]:
    for deal, people in records.items():
        view = deal_as_of(ledger.store.read(deal))
        for call in calls(view):
            for voice in call.voices:
                if voice.person in people:
                    yield _Spoken(call, voice, view)


def _own_call(one: _Spoken, ledger: Ledger) -> OwnCall:
    return OwnCall(
        deal=one.deal.id,
        deal_name=one.deal.name,
        share=round(one.voice.share, 4),
        longest=one.voice.longest_monologue,
        questions=questions_shown(one.call, one.voice.person),
        asked_about=list(one.asked_about()),
        call=call_shown(one.call, Witness(one.deal, ledger.contents)),
    )


def _month_of(one: _Spoken) -> str:
    return one.call.at.strftime("%Y-%m")


def _month(month: str, spoken: list[_Spoken]) -> Month:
    def kind(which: str) -> MedianShown | None:
        return _middle(sum(kind_of(asked.topic) == which for asked in one.asked()) for one in spoken)

    return Month(
        month=month,
        calls=len(spoken),
        share=_middle(one.voice.share for one in spoken),
        our_share=_middle(MEASURES["our_share"](one.call) for one in spoken),
        questions=_middle(len(one.asked()) for one in spoken),
        decision_questions=kind("decision"),
        technical_questions=kind("technical"),
        follow_ups=_middle(sum(asked.follow_up for asked in one.asked()) for one in spoken),
        longest_seconds=_middle(one.voice.longest_monologue for one in spoken if one.call.by == "time"),
        longest_words=_middle(one.voice.longest_monologue for one in spoken if one.call.by == "words"),
        asked_about={area: sum(area in one.asked_about() for one in spoken) for area in AREAS},
    )


def _middle(values: Iterable[float | None]) -> MedianShown | None:
    return median_shown(middle(values))


def _over_time(area: Area, spoken: list[_Spoken]) -> AreaOverTime:
    asked = sum(area in one.asked_about() for one in spoken)
    anybody = sum(one.call.areas[area] == "asked" for one in spoken)
    return AreaOverTime(area, len(spoken), asked, anybody - asked)


def _says(name: str, areas: list[AreaOverTime], spoken: int) -> list[str]:
    """Where most of their calls went by without a question, in words."""
    if not spoken:
        return [f"{name} has spoken in no call of this ledger yet."]
    said = []
    for one in areas:
        missed = one.calls - one.asked
        if missed * 2 > one.calls:
            of_calls = "the one call" if one.calls == 1 else f"{missed} of {one.calls} calls"
            colleague = f" (a colleague did in {one.colleague_asked})" if one.colleague_asked else ""
            said.append(f"{name} asked nobody about {spoken_of(one.area)} in {of_calls}{colleague}.")
    return said
