"""The fold of a deal, told in the plainest way: everything from the beginning, at every moment.

What folds fast must come to the same as this.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Literal, TypeVar

from msgspec.structs import replace

from premortem.ledger.deal import MET, Change, Deal, DealFact, DealTouch
from premortem.ledger.entries import (
    Agreement,
    Body,
    Changed,
    Comeback,
    Conclusion,
    Entry,
    Erasure,
    Fact,
    Finding,
    Forecast,
    Lesson,
    Measures,
    Milestone,
    Opened,
    OpenMatter,
    Outcome,
    Person,
    PersonId,
    Problem,
    Sent,
    Touch,
    TouchId,
    Trial,
    Verdict,
    Voice,
    Waiver,
)
from premortem.ledger.fold import end_of
from premortem.ledger.people import DealPerson, known_people, same_people
from premortem.ledger.roles import Standing
from tests.ledger.plain_roles import roles_shown

Human = Mapping[PersonId, PersonId]
B = TypeVar("B", bound=Body)


def deal_as_of(entries: Iterable[Entry], at: datetime | None = None, known: datetime | None = None) -> Deal:
    """The deal as it stood at a moment, by what was known at a moment; both default to the end of time.

    Raises ValueError where there is no entry at all or where entries belong to several deals.
    """
    entries = list(entries)
    deals = {entry.deal for entry in entries}
    if len(deals) != 1:
        why = f"entries of several deals: {', '.join(sorted(deals))}" if deals else "no entries"
        raise ValueError(f"{why} can't be folded into a deal")
    seen = [entry for entry in entries if (at is None or entry.at <= at) and (known is None or entry.learned <= known)]
    return _fold(deals.pop(), _ranked(seen), at or max(entry.at for entry in entries))


def history(entries: Sequence[Entry], as_known: bool = False) -> Iterator[tuple[DealTouch, Deal]]:
    """The deal after each of its touches in turn, as it could be known then, or (`as_known`) as it was.

    Of touches at the same moment, those later by name are not yet seen.
    """
    whole = deal_as_of(entries)
    ranked = _ranked(entries)
    to_come = {touch.id for touch in whole.touches}
    for touch in whole.touches:
        to_come.discard(touch.id)
        seen = [
            entry
            for entry in ranked
            if entry.at <= touch.at
            and getattr(entry.body, "touch", None) not in to_come
            and (not as_known or entry.learned <= touch.at)
        ]
        yield touch, _fold(whole.id, seen, touch.at)


def diary(entries: Sequence[Entry], days: Iterable[date]) -> Iterator[tuple[date, Deal]]:
    """The deal at the end of each of these days, by what had been learned by then.

    Raises ValueError where there is no entry at all or where entries belong to several deals.
    """
    whole, ranked = deal_as_of(entries), _ranked(entries)
    for day in days:
        moment = end_of(day)
        yield day, _fold(whole.id, [one for one in ranked if one.at <= moment and one.learned <= moment], moment)


class _Told:
    """Entries by kind, each kind in the order in which later ones outrank earlier ones.

    A person's word outranks a reader's or an import's; then the later in happening, then the later in learning. (Who
    somebody is, how a touch reads and how a deal ended have no before and after: there, the later learned counts.) Of
    two that are equal in all this, what they say decides, so that arrival never does.
    """

    def __init__(self, ranked: Iterable[Entry]) -> None:
        self._by_kind: dict[type, list[Entry]] = defaultdict(list)
        for entry in ranked:
            self._by_kind[type(entry.body)].append(entry)

    def entries(self, kind: type[B]) -> list[tuple[Entry, B]]:
        return [(entry, entry.body) for entry in self._by_kind[kind] if isinstance(entry.body, kind)]

    def bodies(self, kind: type[B]) -> list[B]:
        return [body for _, body in self.entries(kind)]

    def dated(self, kind: type[B]) -> tuple[tuple[datetime, B], ...]:
        return tuple(sorted(((entry.at, body) for entry, body in self.entries(kind)), key=lambda dated: dated[0]))

    def learned(self, kind: type[B]) -> list[tuple[Entry, B]]:
        """In the order in which we learned them, of those learned at once the lesser rank first."""
        return sorted(self.entries(kind), key=lambda told: told[0].learned)


def fold(deal: str, entries: Iterable[Entry], as_of: datetime) -> Deal:
    return _fold(deal, _ranked(entries), as_of)


def _ranked(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(dict.fromkeys(entries), key=_rank)  # hearing the same twice adds nothing


def _rank(entry: Entry) -> tuple[bool, datetime, datetime, str]:
    return entry.by_a_person, entry.at, entry.learned, entry.fingerprint()


def _fold(deal: str, ranked: list[Entry], as_of: datetime) -> Deal:
    """The deal that these entries tell, in the order of `_rank`: sorted once, so that a history needn't sort again."""
    told = _Told(ranked)
    persons = [body for _, body in sorted(told.learned(Person), key=lambda told: told[0].by_a_person)]
    human = same_people(persons)
    touches = _touches(told, human)
    facts = _facts(told, touches, human)
    opened = told.entries(Opened)
    outcomes = told.learned(Outcome)
    changes = _changes(told)
    return Deal(
        id=deal,
        as_of=as_of,
        opened=opened[-1][1] if opened else None,
        created=min(entry.at for entry, _ in opened) if opened else None,
        stages=changes["stage"],
        amounts=changes["amount"],
        planned_closes=changes["planned_close"],
        names=changes["name"],
        owners=changes["owner"],
        people=_people(told, persons, human, touches, facts),
        touches=touches,
        facts=facts,
        milestones={body.milestone: body for body in told.bodies(Milestone)},
        lessons={body.lesson: body for body in told.bodies(Lesson)},
        comebacks={body.step: body for body in told.bodies(Comeback)},
        agreements={(body.person, body.on): body for body in told.bodies(Agreement)},
        trials={body.trial: body for body in told.bodies(Trial)},
        problems={body.problem: body for body in told.bodies(Problem)},
        sent=told.dated(Sent),
        open_matters={body.matter: body for body in told.bodies(OpenMatter)},
        findings=told.dated(Finding),
        forecasts=told.dated(Forecast),
        conclusions=told.dated(Conclusion),
        waivers=told.dated(Waiver),
        outcome=_ended(outcomes[-1]) if outcomes else None,
        erased=frozenset(key for body in told.bodies(Erasure) for key in body.contents),
        human=dict(human),
    )


def _ended(newest: tuple[Entry, Outcome]) -> tuple[datetime, Outcome] | None:
    entry, outcome = newest
    return None if outcome.status == "open" else (entry.at, outcome)


def _changes(told: _Told) -> dict[str, tuple[Change, ...]]:
    by_field: dict[str, list[Change]] = defaultdict(list)
    for entry, body in told.entries(Changed):
        by_field[body.field].append(Change(entry.at, entry.learned, body.value, body.set_by))
    ordered = {field: tuple(sorted(changes, key=lambda change: change.at)) for field, changes in by_field.items()}
    return defaultdict(tuple, ordered)


def _touches(told: _Told, human: Human) -> tuple[DealTouch, ...]:
    newest: dict[TouchId, DealTouch] = {}
    for entry, body in told.learned(Touch):
        parts = tuple(replace(part, person=human.get(part.person, part.person)) for part in body.parts)
        speakers = tuple(parts[seat].person if 0 <= seat < len(parts) else None for seat in body.seats)
        questions = tuple(replace(one, person=_human(human, one.person)) for one in body.questions)
        newest[body.touch] = DealTouch(
            id=body.touch,
            type=body.type,
            at=entry.at,
            learned=entry.learned,
            raw=body.raw,
            words=body.words,
            turns=body.turns,
            reading=body.reading,
            parts=tuple(dict.fromkeys(parts)),
            speakers=speakers,
            measures=_measures(body.measures, human),
            questions=questions,
        )
    return tuple(sorted(newest.values(), key=lambda touch: (touch.at, touch.id)))


def _human(human: Human, person: PersonId | None) -> PersonId | None:
    return None if person is None else human.get(person, person)


def _measures(measures: Measures | None, human: Human) -> Measures | None:
    """Two labels of one human are one voice."""
    if measures is None:
        return None
    voices: dict[PersonId, Voice] = {}
    for voice in measures.voices:
        one = human.get(voice.person, voice.person)
        voices[one] = _joined(voices[one], voice) if one in voices else replace(voice, person=one)
    silent = tuple(dict.fromkeys(human.get(one, one) for one in measures.silent))
    return replace(measures, voices=tuple(voices.values()), silent=tuple(one for one in silent if one not in voices))


def _joined(one: Voice, other: Voice) -> Voice:
    return replace(
        one,
        share=one.share + other.share,
        words=one.words + other.words,
        turns=one.turns + other.turns,
        questions=one.questions + other.questions,
        seconds=None if one.seconds is None or other.seconds is None else one.seconds + other.seconds,
        longest_monologue=max(one.longest_monologue or 0, other.longest_monologue or 0) or None,
    )


def _facts(told: _Told, touches: tuple[DealTouch, ...], human: Human) -> tuple[DealFact, ...]:
    """The facts that stand: of each touch's newest reading, and whatever a person confirmed, corrected or added."""
    verdicts = {body.fact: body for _, body in told.learned(Verdict)}
    newest = {touch.id: touch for touch in touches}
    words = {(body.touch, body.reading): body.words for body in told.bodies(Touch)}
    standing: dict[str, DealFact] = {}
    for entry, fact in told.learned(Fact):
        verdict = verdicts.get(fact.fact)
        touch = newest.get(fact.touch)
        if touch is None or (verdict is not None and verdict.says == "rejected"):
            continue
        if verdict is None and not entry.by_a_person and fact.reading != touch.reading:
            continue
        rests_on: Literal["read", "confirmed", "corrected", "added"] = "added" if entry.by_a_person else "read"
        said = fact
        if verdict is not None:
            rests_on = "corrected" if verdict.instead is not None else "confirmed"
            said = replace(verdict.instead, fact=fact.fact) if verdict.instead is not None else fact
        quoted = words.get((fact.touch, said.reading or fact.reading or touch.reading), touch.words)
        standing[fact.fact] = DealFact(_of_humans(said, human), entry.at, entry.learned, rests_on, quoted)
    return tuple(sorted(standing.values(), key=lambda k: (k.at, k.fact.touch, k.fact.turn, k.fact.start, k.fact.fact)))


def _of_humans(fact: Fact, human: Human) -> Fact:
    speaker, person = _human(human, fact.speaker), _human(human, fact.person)
    return fact if (speaker, person) == (fact.speaker, fact.person) else replace(fact, speaker=speaker, person=person)


def _people(
    told: _Told, persons: list[Person], human: Human, touches: tuple[DealTouch, ...], facts: tuple[DealFact, ...]
) -> dict[PersonId, DealPerson]:
    known = known_people(persons, human)
    gone = {human.get(body.person, body.person) for body in told.bodies(Erasure) if body.person is not None}
    seen: dict[PersonId, list[tuple[TouchId, str]]] = defaultdict(list)
    spoken_of: dict[TouchId, list[PersonId]] = defaultdict(list)
    for standing in facts:
        if standing.fact.person is not None:
            spoken_of[standing.fact.touch].append(standing.fact.person)
    for touch in touches:
        for part in touch.parts:
            seen[part.person].append((touch.id, part.how))
        for one in spoken_of[touch.id]:
            seen[one].append((touch.id, "named"))
    met = {one: next((touch for touch, how in seen[one] if how in MET), None) for one in known}
    weighable = {
        one: Standing(person.trades, person.roles, person.in_crm, met[one] is not None, bool(seen[one]))
        for one, person in known.items()
        if person.side != "seller"
    }
    shown = roles_shown([one.fact for one in facts if one.believed], weighable)
    return {
        one: DealPerson(
            id=one,
            side=person.side or "unknown",
            roles=person.roles | {role.role for role in shown.get(one, ())},
            declared=person.roles,
            shown=shown.get(one, ()),
            trades=person.trades,
            card=None if one in gone else person.card,
            cards=person.cards,
            in_crm=person.in_crm,
            unsure=person.unsure,
            merged=person.merged,
            first_named=next((touch for touch, _ in seen[one]), None),
            met=met[one],
            present=tuple(dict.fromkeys(touch for touch, how in seen[one] if how != "named")),
        )
        for one, person in known.items()
    }
