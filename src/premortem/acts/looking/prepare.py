"""Prepare: the sheet for the next meeting, made of what was said so far; the document of `prepare --json`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from premortem.acts.bringing_in.bring_in import LeftOut
from premortem.acts.looking.prepare_ahead import Avoided, DatesShown, StepShown, avoid, dates, steps_open
from premortem.acts.looking.review import (
    AskShown,
    DealShown,
    NextQuestionShown,
    UnknownShown,
    ask_shown,
    deal_shown,
    questions_shown,
    unknown_shown,
)
from premortem.acts.playbook import Rules, rules_of
from premortem.acts.witness import Cited, Witness
from premortem.checks.coach_conditions import Coach, coach_of, parts_said
from premortem.checks.review import moment_of, review
from premortem.learning.norms import OwnNorms
from premortem.ledger.deal import Deal, DealFact, DealTouch
from premortem.ledger.entries import Entry, PersonId
from premortem.ledger.fold import deal_as_of, end_of
from premortem.ledger.norms import Norms
from premortem.ledger.people import DealPerson
from premortem.ledger.store import Contents


class WhoShown(Struct, frozen=True):
    """Somebody on their side: their part, the touch in which we met them (None: never), the day we last heard them.

    `evidence` are words that show the part they play.
    """

    name: str | None
    title: str | None
    roles: list[str]
    met: str | None
    last_heard: str | None
    silent_last_time: bool
    evidence: list[Cited]
    parts: list[str] = []
    """The roles in words: 'perhaps a coach' until that is proved."""


class KnownShown(Struct, frozen=True):
    """Something that we know, in the words that tell it."""

    what: str
    evidence: list[Cited]


class ConditionShown(Struct, frozen=True):
    """One condition of a coach. `met` is null where nothing speaks for it or against it."""

    name: str
    met: bool | None
    says: str
    evidence: list[Cited]
    ask: AskShown | None


class CoachShown(Struct, frozen=True):
    """Who comes nearest to a coach, and how far."""

    name: str | None
    proved: bool
    conditions: list[ConditionShown]


class PrepareDocument(Struct, frozen=True):
    """The sheet for the next meeting of one deal. `schema` changes when a field's meaning does."""

    deal: DealShown
    as_of: str
    people: list[WhoShown]
    known: list[KnownShown]
    unknown: list[UnknownShown]
    questions: list[NextQuestionShown]
    steps: list[StepShown]
    dates: DatesShown
    avoid: list[Avoided]
    coach: CoachShown | None
    silent_last_time: list[str]
    left_out: list[LeftOut]
    remarks: list[str]
    schema: str = "premortem.prepare/1"


TOLD: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("what hurts", ("pain_stated",)),
    ("what it costs", ("impact_quantified",)),
    ("how they work", ("use_case_described",)),
    ("what presses", ("compelling_event",)),
    ("who signs", ("decision_maker_named", "authority_claimed")),
    ("how it gets decided", ("decision_process_described",)),
    ("the money", ("budget_confirmed", "budget_missing", "price_objection")),
    ("what counts as success", ("success_criteria_stated",)),
    ("what else they weigh", ("competitor_named", "parallel_effort", "status_quo_option")),
    ("what worries them", ("change_risk", "fit_doubt")),
    ("who is for us", ("wants_us", "will_fight")),
    ("who is against", ("opposition_stated",)),
)
"""What a sheet tells of what is known, by the claims that tell it. Dates stand apart."""


def prepare(
    entries: Sequence[Entry],
    contents: Contents,
    as_of: date | None = None,
    norms: Norms | None = None,
    left_out: Sequence[LeftOut] = (),
    remarks: Sequence[str] = (),
    rules: Rules | None = None,
    today: date | None = None,
    usual: OwnNorms | None = None,
) -> PrepareDocument:
    """Everything that the next meeting needs, seen from the day from which a review would look, by the same rules.

    It is measured by `norms`, else by what is `usual`, else by what the rules find usual at that moment.
    """
    rules = rules or rules_of()
    moment = moment_of(entries, end_of(as_of) if as_of else None, today=today)
    whole = deal_as_of(entries)
    norms = norms or _norms(deal_as_of(entries, moment), rules, usual)
    found = review(entries, moment, norms, put=rules.put, today=today)
    deal = found.deal
    witness = Witness(deal, contents)
    witness.hear(deal.touches)
    silent = _silent_last_time(deal)
    return PrepareDocument(
        deal=deal_shown(deal, whole),
        as_of=deal.as_of.date().isoformat(),
        people=[_who(deal, one, witness, silent, norms) for one in _in_order(deal)],
        known=[KnownShown(what, _cited(deal, witness, claims)) for what, claims in TOLD if _newest(deal, claims)],
        unknown=[unknown_shown(one, witness) for one in found.unknowns if one.state != "known"],
        questions=questions_shown(found, witness),
        steps=steps_open(deal, witness),
        dates=dates(deal, witness),
        avoid=avoid(found, witness),
        coach=_coach(coach_of(deal, norms), witness),
        silent_last_time=[witness.name(one) or "" for one in silent],
        left_out=list(left_out),
        remarks=list(remarks),
    )


def _norms(seen: Deal, rules: Rules, usual: OwnNorms | None) -> Norms:
    if usual is None:
        return rules.norms_of(seen)
    return usual.of(seen.amount, seen.opened.currency if seen.opened else None)


def _coach(coach: Coach | None, witness: Witness) -> CoachShown | None:
    if coach is None:
        return None
    conditions = [
        ConditionShown(
            one.name,
            one.met,
            witness.sentence(one.says),
            list(dict.fromkeys(witness.cite(quote) for quote in one.quotes)),
            ask_shown(one.ask, witness) if one.ask is not None else None,
        )
        for one in coach.conditions
    ]
    return CoachShown(witness.name(coach.person), coach.proved, conditions)


def _in_order(deal: Deal) -> list[DealPerson]:
    """Who signs first, then whoever has a part, those met before those only named."""
    return sorted(
        deal.buyers,
        key=lambda one: ("economic_buyer" not in one.roles, not one.proven, one.met is None, one.id),
    )


def _who(deal: Deal, person: DealPerson, witness: Witness, silent: list[PersonId], norms: Norms) -> WhoShown:
    known = witness.cards.get(person.id)
    heard = _last_heard(deal, person.id)
    return WhoShown(
        name=witness.name(person.id),
        title=known.title if known is not None and known.name else None,
        roles=sorted(person.proven),
        met=witness.touch_name(person.met) if person.met else None,
        last_heard=heard.at.date().isoformat() if heard else None,
        silent_last_time=person.id in silent,
        evidence=_shows(deal, person, witness),
        parts=parts_said(deal, person, norms),
    )


def _last_heard(deal: Deal, person: PersonId) -> DealTouch | None:
    touches = deal.touches_with(person, "spoke", "wrote", "reported")
    return touches[-1] if touches else None


def _shows(deal: Deal, person: DealPerson, witness: Witness) -> list[Cited]:
    """The weightiest words for the part they play, else the last words that speak of them."""
    by_id = {known.fact.fact: known for known in deal.facts}
    shown = [by_id[fact] for one in person.shown if not one.guessed for fact in one.facts[:1] if fact in by_id]
    spoken_of = [known for known in deal.facts if known.fact.person == person.id and known.believed]
    return list(dict.fromkeys(witness.cite(known.quote) for known in (shown or spoken_of[-1:])))[:2]


def _newest(deal: Deal, claims: tuple[str, ...]) -> list[DealFact]:
    """The last fact of these claims, for a rival or a person the last on each."""
    last = {(known.fact.claim, known.fact.person): known for known in deal.said(*claims) if known.believed}
    return sorted(last.values(), key=lambda known: known.at)[-2:]


def _cited(deal: Deal, witness: Witness, claims: tuple[str, ...]) -> list[Cited]:
    return list(dict.fromkeys(witness.cite(known.quote) for known in _newest(deal, claims)))


def _silent_last_time(deal: Deal) -> list[PersonId]:
    """Who of theirs was in the last call and was not heard."""
    calls = [touch for touch in deal.touches if touch.type == "call"]
    if not calls:
        return []
    last = calls[-1]
    there = [*(last.measures.silent if last.measures is not None else ()), *last.people("listed")]
    heard = set(last.people("spoke"))
    return [one for one in dict.fromkeys(there) if deal.side(one) == "buyer" and one not in heard]
