"""The buyer's project as our side sees it: the shared plan, what we alone wrote down, what it lacks, where it is ours.

project(ledger, deal, today)     what `project --json` prints

What the buyer said of the problem and of its cost in calls, mails and notes stands beside the plan with its quotes; it
comes into the plan only where somebody writes it there.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from msgspec import Struct

from premortem.acts.buying.project_change import version
from premortem.acts.buying.project_template import template_of
from premortem.acts.buying.room import RoomDocument, room
from premortem.acts.telling.judge import entries_of
from premortem.acts.witness import Cited, Witness
from premortem.buying.alignment import matrix, not_told
from premortem.buying.doing_nothing import Taken, taken_of
from premortem.buying.mirror import mirrors
from premortem.buying.project import Plan, lacks, late, overfull, plan_of
from premortem.buying.templates import Step
from premortem.ledger.contents import ERASED, text
from premortem.ledger.deal import Deal
from premortem.ledger.deciding import day_of_their_own
from premortem.ledger.entries import Entry, Milestone, PersonId
from premortem.ledger.fold import deal_as_of
from premortem.ledger.saying import on
from premortem.ledger.store import Contents, Ledger

HEARD = {
    "problem": ("pain_stated",),
    "impact": ("impact_quantified",),
    "people": ("decision_maker_named", "authority_claimed"),
    "nothing": ("status_quo_option",),
    "sponsor": ("will_fight", "personal_stake", "wants_us"),
    "risk": ("change_risk",),
}
"""Which claims of the buyer's speak of which part of the plan."""
QUOTES = 3
"""Quotes shown beside a part: the newest."""


class StepShown(Struct, frozen=True):
    """A step as we see it. `by` is whose hand wrote it last: the buyer's, or ours."""

    id: str
    title: str
    whose: str
    element: str | None
    owner: PersonId | None
    owner_name: str | None
    due: date | None
    due_set_by: str
    done: date | None
    hours: float | None
    note: str
    shared: bool
    late: bool
    by: str
    version: str
    taken: float | None = None


class CellShown(Struct, frozen=True):
    """`agrees` is null where nobody knows; `told` says whether anybody told at all, `by` whose word it is."""

    on: str
    agrees: bool | None
    told: bool
    words: str
    shared: bool


class RowShown(Struct, frozen=True):
    person: PersonId
    name: str
    cells: list[CellShown]


class HeardShown(Struct, frozen=True):
    """What the buyer said of a part of the plan, in calls, mails and notes."""

    part: str
    evidence: list[Cited]


class BuyerShown(Struct, frozen=True):
    """Somebody on the buyer's side; `shown` tells whether the room shows them."""

    id: PersonId
    name: str
    shown: bool


class TemplateStep(Struct, frozen=True):
    """A step that a plan could begin with, days after its start; `had` of `of` won deals had it."""

    title: str
    whose: str
    days: int
    had: int | None
    of: int | None
    stuck: int | None
    late_by: int | None


class ProjectDocument(Struct, frozen=True):
    """The buyer's project. `shared` is what the buyer sees; `their_day` is the day for deciding that they set there.

    `said_by` tells of each thing that the plan says whose hand wrote it last: 'buyer' or 'us'.
    """

    deal: str
    name: str
    account: str
    as_of: str
    begun: bool
    tasks: list[StepShown]
    shared: RoomDocument
    heard: list[HeardShown]
    agreement: list[RowShown]
    agreement_not_told: int
    buyers: list[BuyerShown]
    their_day: date | None
    buyer_acted_on: date | None
    theirs_alone: int
    said_by: dict[str, str]
    busy: list[StepShown]
    effort: Taken
    lacks: list[str]
    overfull: list[str]
    mirrors: list[str]
    template: list[TemplateStep]
    template_of: int
    schema: str = "premortem.project/1"


def project(ledger: Ledger, deal: str, today: date) -> ProjectDocument:
    """One deal's project as it stands. Raises Unknown for a deal that is not there."""
    entries = entries_of(ledger, deal)
    view = deal_as_of(entries)
    plan, witness = plan_of(view.milestones), Witness(view, ledger.contents)
    begun = None if plan.tasks else template_of(ledger, deal)
    rows = matrix([one.id for one in view.buyers], view.agreements)
    return ProjectDocument(
        deal=deal,
        name=view.name,
        account=view.opened.account if view.opened else "",
        as_of=today.isoformat(),
        begun=plan.begun,
        tasks=_tasks(entries, view, plan.tasks, witness, ledger.contents, {one.milestone for one in late(plan, today)}),
        shared=room(entries, ledger.contents, today),
        heard=_heard(view, witness),
        agreement=_agreement(view, witness, ledger.contents),
        agreement_not_told=not_told(rows),
        buyers=[BuyerShown(one.id, witness.name(one.id) or ERASED, one.shared is not None) for one in view.buyers],
        their_day=day_of_their_own(view),
        buyer_acted_on=view.buyer_acted[-1].date() if view.buyer_acted else None,
        theirs_alone=len(plan.theirs),
        said_by={name: _hand(entries, one) for name, one in plan.sayings.items() if one.note},
        busy=_tasks(entries, view, plan.busy, witness, ledger.contents, set()),
        effort=taken_of(plan),
        lacks=lacks(plan, view),
        overfull=_overfull(plan, witness),
        mirrors=_mirrors(view, plan, ledger.contents),
        template=[_template(step) for step in begun.steps] if begun else [],
        template_of=begun.of if begun else 0,
    )


def _tasks(
    entries: Sequence[Entry],
    view: Deal,
    steps: Sequence[Milestone],
    witness: Witness,
    contents: Contents,
    behind: Collection[str],
) -> list[StepShown]:
    return [
        StepShown(
            id=one.milestone,
            title=text(contents, one.title),
            whose=one.whose,
            element=one.element,
            owner=view.human.get(one.owner, one.owner) if one.owner else None,
            owner_name=witness.name(view.human.get(one.owner, one.owner)) if one.owner else None,
            due=one.due,
            due_set_by=one.due_set_by,
            done=one.done,
            hours=one.effort,
            note=text(contents, one.note) if one.note else "",
            shared=one.shared,
            late=one.milestone in behind,
            by=_hand(entries, one),
            version=version(one),
            taken=one.spent,
        )
        for one in steps
    ]


def _hand(entries: Sequence[Entry], step: Milestone) -> str:
    """Whose hand wrote a step last: the buyer's, or ours."""
    told = [one for one in entries if isinstance(one.body, Milestone) and one.body.milestone == step.milestone]
    return "buyer" if told and told[-1].by_the_buyer else "us"


def _heard(view: Deal, witness: Witness) -> list[HeardShown]:
    """The buyer's own words, newest first; a part of which nothing was said stands there without any."""
    found = []
    for part, claims in HEARD.items():
        said = [known for known in view.said(*claims) if view.side(known.fact.speaker) == "buyer"]
        found.append(HeardShown(part, [witness.cite(known.quote) for known in said[: -QUOTES - 1 : -1]]))
    return found


def _agreement(view: Deal, witness: Witness, contents: Contents) -> list[RowShown]:
    return [
        RowShown(
            row.person,
            witness.name(row.person) or ERASED,
            [
                CellShown(
                    cell.on,
                    cell.agrees,
                    cell.told,
                    text(contents, cell.words) if cell.words else "",
                    (said := view.agreements.get((row.person, cell.on))) is not None and said.shared,
                )
                for cell in row.cells
            ],
        )
        for row in matrix([one.id for one in view.buyers], view.agreements)
    ]


def _overfull(plan: Plan, witness: Witness) -> list[str]:
    return [
        f"Week of {on(one.week)}: {one.hours:g} hours for {witness.name(one.person)}, with {one.free:g} beside the day "
        f"job ({'said' if one.said else 'assumed'})."
        for one in overfull(plan)
    ]


def _mirrors(view: Deal, plan: Plan, contents: Contents) -> list[str]:
    titles = {one.milestone: text(contents, one.title) for one in plan.tasks}
    return mirrors(plan.tasks, titles, [(str(one.value), one.at.date()) for one in view.stages])


def _template(step: Step) -> TemplateStep:
    return TemplateStep(step.title, step.whose, step.days, step.had, step.of, step.stuck, step.late_by)
