"""Who of ours stands with whom of theirs: the three rapports, each decider's person of ours, and what buyers did.

A person's commitment is what they did and not how they sounded: they attended, they organised, they introduced, they
argued for us. Each rung stands on its own evidence; a promise to introduce is none until the introduction took place.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from premortem.ledger.deal import HEARD, MET, Deal, DealFact, DealTouch
from premortem.ledger.entries import OpenMatter, PersonId
from premortem.ledger.rapport import ABSENT, KINDS, SETTLES, doubts_of, rapport

Rung = Literal["attended", "organised", "introduced", "argued for us"]
RUNGS: tuple[Rung, ...] = ("attended", "organised", "introduced", "argued for us")
"""From the least to the most that somebody does for a purchase."""
LUNCH = "lunch-"
"""How the matters begin that are to be found out over lunch at the buyer's office."""


class Bond(Struct, frozen=True):
    """One of the three rapports: `doubts` is the last word against it, `missing` and `ask` None where it holds."""

    kind: str
    there: bool
    evidence: tuple[DealFact, ...]
    doubts: tuple[DealFact, ...]
    missing: str | None
    ask: str | None


class Tie(Struct, frozen=True):
    """A decider and who of ours knows them: `ours` is None where nobody had a talk with them that went both ways."""

    decider: PersonId
    ours: PersonId | None
    talks: int
    last: datetime | None
    last_in: str | None
    named_by: tuple[DealFact, ...]


class Step(Struct, frozen=True):
    """A rung that somebody stands on, with the words, the touches or the steps of their plan that show it."""

    rung: Rung
    facts: tuple[DealFact, ...] = ()
    touches: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()


class Climb(Struct, frozen=True):
    """What one buyer did, from the lowest rung up; `promised` are introductions agreed and not yet made."""

    person: PersonId
    steps: tuple[Step, ...]
    promised: tuple[DealFact, ...] = ()

    @property
    def highest(self) -> int:
        """0 where they did nothing yet, 4 where they argued for us."""
        return max((RUNGS.index(one.rung) + 1 for one in self.steps), default=0)


class Lunch(Struct, frozen=True):
    """A lunch at the buyer's office, planned or held, and whom we first met there; None until its touch came in."""

    matter: str
    owner: str | None
    due: date | None
    held: date | None
    met: tuple[PersonId, ...] | None = None


def bonds(deal: Deal) -> list[Bond]:
    """The three rapports, each with what shows it or with the question that opens it."""
    shown, doubts = rapport(deal), doubts_of(deal)
    return [
        Bond(
            kind,
            kind in shown,
            tuple(shown.get(kind, ())),
            tuple(doubts.get(kind, ())[-1:]),
            None if kind in shown else ABSENT[kind],
            None if kind in shown else SETTLES[kind],
        )
        for kind in KINDS
    ]


def ties(deal: Deal) -> list[Tie]:
    """Every decider with the one of ours who talked with them most, of equals the one who did last."""
    naming = deal.said("decision_maker_named", "authority_claimed")
    named = [known.fact.person for known in naming if known.fact.person and deal.side(known.fact.person) == "buyer"]
    deciders = dict.fromkeys([*(one.id for one in deal.with_role("economic_buyer")), *named])
    return [_tie(deal, one, tuple(known for known in naming if known.fact.person == one)) for one in deciders if one]


def _tie(deal: Deal, decider: PersonId, named_by: tuple[DealFact, ...]) -> Tie:
    talks = [(touch, team) for touch in deal.touches if (team := _both_ways(deal, touch, decider))]
    counted = Counter(one for _, team in talks for one in team)
    latest = {one: touch.at for touch, team in talks for one in team}
    ranked = sorted(counted, key=lambda one: (counted[one], latest[one], one))
    ours = ranked[-1] if ranked else None
    last = talks[-1][0] if talks else None
    return Tie(decider, ours, len(talks), last.at if last else None, last.id if last else None, named_by)


def _both_ways(deal: Deal, touch: DealTouch, person: PersonId) -> list[PersonId]:
    """Those of ours who took part in a touch in which this person was heard; in a mail, whom they wrote to."""
    if person not in touch.people(*HEARD):
        return []
    return [one for one in touch.people(*MET) if deal.side(one) == "seller"]


def ladder(deal: Deal) -> list[Climb]:
    """What each buyer did, those who did most first; of equals, whoever was heard most often."""
    closeness = {one: place for place, one in enumerate(deal.closest_buyers)}
    climbs = [_climb(deal, one.id) for one in deal.buyers]
    return sorted(climbs, key=lambda one: (-one.highest, closeness.get(one.person, len(closeness)), one.person))


def _climb(deal: Deal, person: PersonId) -> Climb:
    attended = [touch.id for touch in deal.touches_with(person, "spoke", "listed", "reported") if touch.type != "mail"]
    brought, promised = _introductions(deal, person)
    fought = [known for known in deal.said("will_fight") if person in (known.fact.person, known.fact.speaker)]
    steps = (
        Step("attended", touches=tuple(attended)),
        _organised(deal, person),
        Step("introduced", tuple(brought)),
        Step("argued for us", tuple(fought)),
    )
    return Climb(person, tuple(one for one in steps if one.facts or one.touches or one.steps), tuple(promised))


def _organised(deal: Deal, person: PersonId) -> Step:
    """They did a step of the plan, or set a day on which a colleague whom we had not met came along with them."""
    done = [one.milestone for one in deal.milestones.values() if _did(deal, one.owner, person) and one.done]
    facts: list[DealFact] = []
    touches: list[str] = []
    for known in deal.said("next_step_agreed"):
        if known.fact.speaker != person:
            continue
        following = next((touch for touch in deal.touches_with(person, *HEARD) if touch.at > known.at), None)
        if following is not None and any(one != person for one in first_met(deal, following)):
            facts.append(known)
            touches.append(following.id)
    return Step("organised", tuple(facts), tuple(dict.fromkeys(touches)), tuple(sorted(done)))


def _did(deal: Deal, owner: PersonId | None, person: PersonId) -> bool:
    return owner is not None and deal.human.get(owner, owner) == person


def _introductions(deal: Deal, person: PersonId) -> tuple[list[DealFact], list[DealFact]]:
    """Introductions that this person agreed to: those that took place, and those that did not yet."""
    made: list[DealFact] = []
    promised: list[DealFact] = []
    for known in deal.said("introduction_agreed"):
        if known.fact.speaker != person:
            continue
        brought = deal.people.get(known.fact.person or "")
        if brought is not None and brought.met is not None and deal.touch(brought.met).at >= known.at:
            made.append(known)
        elif brought is None or brought.met is None:
            promised.append(known)
    return made, promised


def first_met(deal: Deal, *touches: DealTouch) -> list[PersonId]:
    """The buyers whom we met for the first time in these touches."""
    here = {touch.id for touch in touches}
    return [one.id for one in deal.buyers if one.met in here]


def lunches(deal: Deal) -> list[Lunch]:
    """The lunches at the buyer's office, in the order of their days."""
    told = [one for one in deal.open_matters.values() if one.matter.startswith(LUNCH) and not one.dropped]
    return sorted((_lunch(deal, one) for one in told), key=lambda one: (one.held or one.due or date.max, one.matter))


def _lunch(deal: Deal, told: OpenMatter) -> Lunch:
    there = [touch for touch in deal.touches if told.settled is not None and touch.at.date() == told.settled]
    met = tuple(first_met(deal, *there)) if there else None
    return Lunch(told.matter, told.owner, told.due, told.settled, met)


def met_elsewhere(deal: Deal) -> tuple[int, int]:
    """New people met, and touches with a buyer, on all days but those of a lunch: what a lunch is measured by."""
    days = {one.held for one in lunches(deal) if one.held is not None}
    others = [touch for touch in deal.heard("buyer") if touch.at.date() not in days]
    return len(first_met(deal, *others)), len(others)
