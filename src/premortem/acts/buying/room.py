"""The buyer's room: the part of the project that both sides see, and nothing else of what we know.

room(entries, contents, today)      what the room shows, made from what is marked as shared alone

Nothing of a deal's name, stage, amount, findings, words or forecasts is read here. People are shown by the card that
was made for the room, and only those of the buyer's side; a step of ours says whose it is, not who of us does it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct

from premortem.acts.buying.project_change import version
from premortem.buying.alignment import QUESTIONS as AGREE_ON
from premortem.buying.alignment import matrix
from premortem.buying.calendar import Line
from premortem.buying.doing_nothing import Cost, Taken, cost_in, effort_of, taken_of
from premortem.buying.project import SAYINGS, Plan, late, overfull, plan_of
from premortem.buying.readiness import QUESTIONS, Ready, answered
from premortem.ledger.contents import card, text
from premortem.ledger.entries import Agreement, Entry, Milestone, PersonId
from premortem.ledger.fold import deal_as_of
from premortem.ledger.ranking import by_rank, in_order
from premortem.ledger.saying import on
from premortem.ledger.store import Contents


class PersonInRoom(Struct, frozen=True):
    """Somebody of the buyer's side whom the room shows."""

    id: PersonId
    name: str
    title: str


class CommentInRoom(Struct, frozen=True):
    """`who` is empty where one of ours wrote it."""

    who: str
    words: str
    on: date | None


class StepInRoom(Struct, frozen=True):
    """A task, a risk or a busy week. `owner_hidden`: somebody does it whom the room does not show.

    `hours` are those it takes, `taken` those it took.
    """

    id: str
    title: str
    whose: str
    owner: PersonId | None
    owner_name: str
    owner_hidden: bool
    due: date | None
    day_by: str
    done: date | None
    hours: float | None
    note: str
    late: bool
    version: str
    comments: list[CommentInRoom]
    taken: float | None = None


class SayingInRoom(Struct, frozen=True):
    """What the plan says of something; `words` are empty and `version` too where nobody said it yet."""

    element: str
    called: str
    question: str
    words: str
    version: str


class ReadyInRoom(Struct, frozen=True):
    said: Ready
    left: str | None
    version: str


class CellInRoom(Struct, frozen=True):
    on: str
    question: str
    agrees: bool | None
    words: str
    told: bool


class AgreementInRoom(Struct, frozen=True):
    person: PersonInRoom
    cells: list[CellInRoom]


class NothingInRoom(Struct, frozen=True):
    """Doing nothing beside doing it: a figure of the buyer's, if there is one, and hours that the change takes."""

    cost: Cost | None
    their_hours: float
    our_hours: float
    without_hours: int


class RoomDocument(Struct, frozen=True):
    """All that the room shows."""

    sayings: list[SayingInRoom]
    ready: list[ReadyInRoom]
    nothing: NothingInRoom
    risks: list[StepInRoom]
    tasks: list[StepInRoom]
    busy: list[StepInRoom]
    people: list[PersonInRoom]
    agreement: list[AgreementInRoom]
    overfull: list[str]
    effort: Taken | None = None

    def person(self, one: PersonId) -> PersonInRoom | None:
        return next((known for known in self.people if known.id == one), None)


class _Shared(Struct, frozen=True):
    """What of a deal may be shown: everything else of the room is made of this."""

    milestones: dict[str, Milestone]
    people: dict[PersonId, PersonInRoom]
    agreements: dict[tuple[PersonId, str], Agreement]
    human: Mapping[PersonId, PersonId]


def room(entries: Sequence[Entry], contents: Contents, today: date) -> RoomDocument:
    """The room as it stands. Raises ValueError where there is no entry."""
    shared = _shared(entries, contents)
    plan = plan_of(shared.milestones)
    behind = {one.milestone for one in late(plan, today)}

    def step(one: Milestone) -> StepInRoom:
        return _step(one, plan, shared, contents, one.milestone in behind)

    return RoomDocument(
        sayings=[_saying(name, plan.sayings.get(name), contents) for name in SAYINGS],
        ready=[_ready(key, plan.ready.get(key), contents) for key in QUESTIONS],
        nothing=_nothing(plan, contents),
        risks=[step(one) for one in plan.risks],
        tasks=[step(one) for one in plan.tasks],
        busy=[step(one) for one in plan.busy],
        people=list(shared.people.values()),
        agreement=_agreement(shared, contents),
        overfull=_overfull(plan, shared),
        effort=taken_of(plan),
    )


def lines(document: RoomDocument, whose: Mapping[str, str]) -> list[Line]:
    """The tasks to take along; `whose` says how each side is called."""
    return [
        Line(one.id, one.title, whose[one.whose], one.owner_name, one.due, one.done, one.hours, one.note, one.taken)
        for one in document.tasks
    ]


def _shared(entries: Sequence[Entry], contents: Contents) -> _Shared:
    deal = deal_as_of(entries)
    people = {one.id: _person(one.id, one.shared, contents) for one in deal.of_side("buyer") if one.shared}
    said = [one for one in entries if isinstance(one.body, Agreement) and one.body.shared]
    return _Shared(
        {name: one for name, one in deal.milestones.items() if one.shared},
        {one: known for one, known in people.items() if known is not None},
        {(deal.human.get(one.person, one.person), one.on): one for one in _agreements(said)},
        deal.human,
    )


def _agreements(said: Sequence[Entry]) -> list[Agreement]:
    return [entry.body for entry in in_order(said, by_rank) if isinstance(entry.body, Agreement)]


def _person(one: PersonId, key: str, contents: Contents) -> PersonInRoom | None:
    known = card(contents, key)
    return PersonInRoom(one, known.name, known.title or "") if known is not None and known.name else None


def _step(one: Milestone, plan: Plan, shared: _Shared, contents: Contents, behind: bool) -> StepInRoom:
    owner = shared.people.get(shared.human.get(one.owner, one.owner)) if one.owner else None
    return StepInRoom(
        id=one.milestone,
        title=text(contents, one.title),
        whose=one.whose,
        owner=owner.id if owner else None,
        owner_name=owner.name if owner else "",
        owner_hidden=one.owner is not None and owner is None,
        due=one.due,
        day_by=one.due_set_by,
        done=one.done,
        hours=one.effort,
        note=text(contents, one.note) if one.note else "",
        late=behind,
        version=version(one),
        comments=[_comment(told, shared, contents) for told in plan.comments.get(one.milestone, ())],
        taken=one.spent,
    )


def _comment(told: Milestone, shared: _Shared, contents: Contents) -> CommentInRoom:
    who = shared.people.get(shared.human.get(told.owner, told.owner)) if told.owner else None
    name = "" if told.owner is None else who.name if who else "a colleague"
    return CommentInRoom(name, text(contents, told.title), told.done)


def _saying(name: str, one: Milestone | None, contents: Contents) -> SayingInRoom:
    said = SAYINGS[name]
    words = text(contents, one.note) if one is not None and one.note else ""
    return SayingInRoom(name, said.called, said.question, words, version(one))


def _ready(key: str, one: Milestone | None, contents: Contents) -> ReadyInRoom:
    said = answered(key, text(contents, one.note) if one is not None and one.note else None)
    return ReadyInRoom(said, said.left, version(one))


def _nothing(plan: Plan, contents: Contents) -> NothingInRoom:
    """The figure comes from what is said of doing nothing, else of what the problem does to them."""
    notes = [plan.sayings[name].note for name in ("nothing", "impact") if name in plan.sayings]
    costs = [cost for note in notes if note and (cost := cost_in(text(contents, note))) is not None]
    return NothingInRoom(costs[0] if costs else None, *effort_of(plan))


def _agreement(shared: _Shared, contents: Contents) -> list[AgreementInRoom]:
    rows = matrix(shared.people, shared.agreements)
    return [
        AgreementInRoom(
            shared.people[row.person],
            [
                CellInRoom(
                    cell.on, AGREE_ON[cell.on], cell.agrees, text(contents, cell.words) if cell.words else "", cell.told
                )
                for cell in row.cells
            ],
        )
        for row in rows
    ]


def _overfull(plan: Plan, shared: _Shared) -> list[str]:
    found = []
    for one in overfull(plan):
        who = shared.people.get(one.person)
        if who is not None:
            free = "as written here" if one.said else "as long as nobody says otherwise"
            hours = f"{one.hours:g} hours for {who.name}, with {one.free:g} beside the day job"
            found.append(f"Week of {on(one.week)}: {hours} ({free}).")
    return found
