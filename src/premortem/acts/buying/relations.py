"""Rapport and relations: the three bonds, each decider's person of ours, what each buyer did, and the lunch as a play.

relations(ledger, deal, today)                   what `premortem relations DEAL --json` prints
plan_lunch(ledger, deal, owner, due, by, now)    a lunch at the buyer's office is planned
held_lunch(ledger, deal, matter, on, by, now)    it was held: whom we first met there is counted from its touch
"""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from premortem.acts.buying.visibility import put_matter
from premortem.acts.looking.people import deal_in
from premortem.acts.telling.judge import entries_of
from premortem.acts.witness import Cited, Witness
from premortem.buying.relations import (
    LUNCH,
    RUNGS,
    Bond,
    Climb,
    Tie,
    bonds,
    ladder,
    lunches,
    met_elsewhere,
    ties,
)
from premortem.errors import Unknown
from premortem.ledger.contents import keep_text
from premortem.ledger.deal import Deal
from premortem.ledger.entries import OpenMatter
from premortem.ledger.fold import deal_as_of
from premortem.ledger.store import Ledger

PLAY = (
    "Ask your contact whether you may bring lunch to their office: 45 to 60 minutes, their colleagues invited by them, "
    "no slides, and questions for everybody who comes.",
    "It costs them little, whoever invites the others begins to own it, and you meet people whom nobody had named.",
    "It is measured by the new people met there, and by nothing else.",
)
WHO_ELSE = "Who else works with this, and what hurts them?"
AT_THEIRS = "Lunch at their office, 45 to 60 minutes, colleagues invited"


class BondShown(Struct, frozen=True):
    """One of the three rapports; `missing` and `ask` are null where it is there."""

    kind: str
    there: bool
    evidence: list[Cited]
    doubts: list[Cited]
    missing: str | None
    ask: str | None


class TieShown(Struct, frozen=True):
    """A decider; `ours` is null where nobody of ours ever had a talk with them that went both ways, `days` since."""

    decider: str
    decider_id: str
    ours: str | None
    talks: int
    last: str | None
    last_touch: str | None
    days: int | None
    named_in: list[Cited]


class StepShown(Struct, frozen=True):
    """A rung with what shows it: quotes, the names of touches, or steps of the plan that they did."""

    rung: str
    quotes: list[Cited]
    touches: list[str]
    steps: int


class ClimbShown(Struct, frozen=True):
    """What one buyer did; `highest` is 0 to 4, `rung` null at 0. `promised` are introductions not made yet."""

    person: str
    person_id: str
    highest: int
    rung: str | None
    steps: list[StepShown]
    promised: list[Cited]


class LunchShown(Struct, frozen=True):
    """A lunch; `met` is null until its day has a touch in the ledger."""

    id: str
    owner: str | None
    due: str | None
    held: str | None
    met: list[str] | None


class RelationsDocument(Struct, frozen=True):
    """How we stand with a buyer. `met_elsewhere` new people in `touches_elsewhere` touches: beside them stands a lunch.

    `alone` says that there is liking and no fit, which carries nothing.
    """

    deal: str
    name: str
    as_of: str
    bonds: list[BondShown]
    alone: bool
    ties: list[TieShown]
    ladder: list[ClimbShown]
    rungs: list[str]
    play: list[str]
    lunches: list[LunchShown]
    met_elsewhere: int
    touches_elsewhere: int
    schema: str = "premortem.relations/1"


def relations(ledger: Ledger, deal: str, today: date) -> RelationsDocument:
    """How we stand with a deal's buyers. Raises Unknown for a deal that is not there."""
    view = deal_in(ledger, deal)
    witness = Witness(view, ledger.contents)
    found = bonds(view)
    there = {one.kind for one in found if one.there}
    met, touches = met_elsewhere(view)
    return RelationsDocument(
        deal=deal,
        name=view.name,
        as_of=today.isoformat(),
        bonds=[_bond(one, witness) for one in found],
        alone="personal" in there and "technical" not in there,
        ties=[_tie(one, witness, today) for one in ties(view)],
        ladder=[_climb(one, view, witness) for one in ladder(view)],
        rungs=list(RUNGS),
        play=list(PLAY),
        lunches=_lunches(view, witness),
        met_elsewhere=met,
        touches_elsewhere=touches,
    )


def _bond(one: Bond, witness: Witness) -> BondShown:
    quotes = [witness.cite(known.quote) for known in one.evidence]
    return BondShown(
        one.kind, one.there, quotes, [witness.cite(known.quote) for known in one.doubts], one.missing, one.ask
    )


def _tie(one: Tie, witness: Witness, today: date) -> TieShown:
    return TieShown(
        decider=witness.name(one.decider) or "",
        decider_id=one.decider,
        ours=witness.name(one.ours),
        talks=one.talks,
        last=one.last.date().isoformat() if one.last else None,
        last_touch=one.last_in,
        days=(today - one.last.date()).days if one.last else None,
        named_in=[witness.cite(known.quote) for known in one.named_by],
    )


def _climb(one: Climb, view: Deal, witness: Witness) -> ClimbShown:
    steps = [
        StepShown(
            step.rung,
            [witness.cite(known.quote) for known in step.facts],
            [_touch(view, touch) for touch in step.touches],
            len(step.steps),
        )
        for step in one.steps
    ]
    rung = RUNGS[one.highest - 1] if one.highest else None
    promised = [witness.cite(known.quote) for known in one.promised]
    return ClimbShown(witness.name(one.person) or "", one.person, one.highest, rung, steps, promised)


def _touch(view: Deal, touch: str) -> str:
    known = view.touch(touch)
    return f"{known.type} of {known.at.date().isoformat()}"


def _lunches(view: Deal, witness: Witness) -> list[LunchShown]:
    return [
        LunchShown(
            one.matter,
            one.owner,
            one.due.isoformat() if one.due else None,
            one.held.isoformat() if one.held else None,
            None if one.met is None else [witness.name(person) or "" for person in one.met],
        )
        for one in lunches(view)
    ]


def plan_lunch(ledger: Ledger, deal: str, owner: str, due: date, by: str, now: datetime) -> OpenMatter:
    """Plan a lunch at the buyer's office: it is something to find out, with an owner and a date.

    Raises Unknown for a deal that is not there, for nobody as its owner, and for a day that is past.
    """
    entries_of(ledger, deal)
    if not owner.strip():
        raise Unknown("a lunch needs somebody who sets it up", "Say who.")
    if due < now.date():
        raise Unknown(f"{due.isoformat()} is past", "Name a day to come, or enter that it was held.")
    return put_matter(ledger, deal, _lunch(ledger, f"{LUNCH}{due.isoformat()}", owner, due, None), by, now)


def held_lunch(ledger: Ledger, deal: str, on: date, by: str, now: datetime, matter: str | None = None) -> OpenMatter:
    """Enter that a lunch was held on a day: the planned one `matter`, or one that nobody had planned.

    Raises Unknown for a deal or a lunch that is not there, and for a day still to come.
    """
    view = deal_as_of(entries_of(ledger, deal))
    if on > now.date():
        raise Unknown(f"{on.isoformat()} is still to come", "Enter it once it was held.")
    planned = view.open_matters.get(matter or "")
    if matter is not None and (planned is None or not matter.startswith(LUNCH)):
        raise Unknown(f"there is no lunch '{matter}' in {deal}", f"`premortem relations {deal}` shows them.")
    name, owner = matter or f"{LUNCH}{on.isoformat()}", planned.owner if planned and planned.owner else by
    return put_matter(ledger, deal, _lunch(ledger, name, owner, planned.due if planned else on, on), by, now)


def _lunch(ledger: Ledger, matter: str, owner: str, due: date | None, held: date | None) -> OpenMatter:
    words, way = keep_text(ledger.contents, WHO_ELSE), keep_text(ledger.contents, AT_THEIRS)
    return OpenMatter(matter, "unknown", words, owner.strip(), way, due, held)
