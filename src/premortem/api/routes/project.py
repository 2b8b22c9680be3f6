"""The buyer's project on our side: the plan, what it lacks, and who agrees."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal, cast

from django.http import HttpRequest
from msgspec import UNSET, Meta, Struct, UnsetType, structs
from ninja import Router

from premortem.acts.buying.project import ProjectDocument
from premortem.acts.buying.project import project as project_of
from premortem.acts.buying.project_change import WORDS, Hand, Wanted, add, change, comment
from premortem.acts.buying.project_people import NAME, add_person, agree
from premortem.acts.buying.project_template import begin
from premortem.acts.looking.reviewing import review_changed
from premortem.api.asked import by, today, told_day
from premortem.api.problems import Refused
from premortem.api.shown import Given, Shown
from premortem.buying.project import BUSY, READY, SAYINGS
from premortem.buying.readiness import Answer, noted
from premortem.web import access, plan_forms
from premortem.web.ledger import ledger, rules
from premortem.web.pages.project import KINDS, by_whom, named_in

router = Router()
Text = Annotated[str, Meta(max_length=WORDS)]
Hours = Annotated[float, Meta(ge=0, le=2000)]
Whose = Literal["buyer", "joint", "ours"]
Kind = Literal["task", "risk", "busy", "decision", "signature", "go_live", "first_value"]


class Start(Struct, frozen=True, forbid_unknown_fields=True):
    """The day on which the plan begins: today, unless told."""

    start: date | None = None


class NewStep(Struct, frozen=True, forbid_unknown_fields=True):
    """A step, a turn of the plan, a risk or a busy week. `owner` by a person's id; efforts in hours."""

    title: Text = ""
    kind: Kind = "task"
    whose: Whose = "joint"
    owner: str | None = None
    due: date | None = None
    note: Text = ""
    effort: Hours | None = None
    shared: bool = False


class StepTold(Struct, frozen=True, forbid_unknown_fields=True):
    """What to change of a step; what is left out stays. `seen` is the version that was looked at: what others changed
    since, and is told here too, is refused (409)."""

    seen: str
    title: Text | UnsetType = UNSET
    whose: Whose | UnsetType = UNSET
    owner: str | UnsetType | None = UNSET
    due: date | UnsetType | None = UNSET
    done: date | UnsetType | None = UNSET
    note: Text | UnsetType = UNSET
    effort: Hours | UnsetType | None = UNSET
    spent: Hours | UnsetType | None = UNSET
    dropped: bool | UnsetType = UNSET
    shared: bool | None = None


class ReadyTold(Struct, frozen=True, forbid_unknown_fields=True):
    """The answer to a question on readiness, words beside it, and the version that was looked at."""

    answer: Answer
    note: Text = ""
    seen: str = ""


class Comment(Struct, frozen=True, forbid_unknown_fields=True):
    """Something said beside a step that is shared."""

    words: Text


class Agrees(Struct, frozen=True, forbid_unknown_fields=True):
    """Whether somebody, by id, agrees on something; null where nobody knows."""

    person: str
    on: str
    agrees: bool | None = None
    words: Text = ""


class NewPerson(Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody on the buyer's side."""

    name: Annotated[str, Meta(max_length=NAME)]
    title: Annotated[str, Meta(max_length=NAME)] = ""


@router.get("deals/{deal}/project", response=Shown[ProjectDocument])
def project(request: HttpRequest, deal: str) -> ProjectDocument:
    """The buyer's project of a deal, beside what they said of it; `shared` is what the buyer sees."""
    member = access.see(request, deal)
    access.note_look(member, deal)
    return project_of(ledger(), deal, today())


@router.post("deals/{deal}/project", response={201: Shown[ProjectDocument]})
def project_begin(request: HttpRequest, deal: str, given: Given[Start]) -> ProjectDocument:
    """Lay out a plan of what such projects need, shared, from a day on."""
    access.change(request, deal)
    who, now = by(request)
    begin(ledger(), deal, who, told_day(given.start) or today(), now)
    return _after(request, deal)


@router.post("deals/{deal}/project/steps", response={201: Shown[ProjectDocument]})
def project_add(request: HttpRequest, deal: str, given: Given[NewStep]) -> ProjectDocument:
    """Add a step, a turn, a risk or a busy week."""
    access.change(request, deal)
    wanted: Wanted = {"title": given.title, "whose": given.whose, "owner": given.owner, "due": given.due}
    wanted = {**wanted, "note": given.note, "effort": given.effort}
    if given.kind == BUSY:
        wanted = {**wanted, "title": given.title or plan_forms.BUSY_WEEK}
    hand, now = _hand(request)
    add(ledger(), deal, hand, wanted, now, KINDS.get(given.kind), given.shared)
    return _after(request, deal)


@router.put("deals/{deal}/project/steps/{step}", response=Shown[ProjectDocument])
def project_step(request: HttpRequest, deal: str, step: str, given: Given[StepTold]) -> ProjectDocument:
    """Change a step; or say what the project says of itself, under problem, impact, others, people, nothing, worth or
    sponsor, as a note: that is shared."""
    access.change(request, deal)
    told = structs.asdict(given)
    wanted = cast(Wanted, {name: told[name] for name in plan_forms.FIELDS if told[name] is not UNSET})
    _change(request, deal, step, wanted, given.seen, True if step in SAYINGS else given.shared)
    return _after(request, deal)


@router.put("deals/{deal}/project/readiness/{question}", response=Shown[ProjectDocument])
def project_ready(request: HttpRequest, deal: str, question: str, given: Given[ReadyTold]) -> ProjectDocument:
    """Answer a question on the buyer's readiness, by its key. The room shows it."""
    access.change(request, deal)
    wanted: Wanted = {"note": noted(given.answer, given.note)}
    _change(request, deal, f"{READY}:{question}", wanted, given.seen, True)
    return _after(request, deal)


@router.post("deals/{deal}/project/steps/{step}/comments", response={201: Shown[ProjectDocument]})
def project_comment(request: HttpRequest, deal: str, step: str, given: Given[Comment]) -> ProjectDocument:
    """Say something beside a step that is shared."""
    access.change(request, deal)
    hand, now = _hand(request)
    comment(ledger(), deal, hand, step, given.words, now)
    return _after(request, deal)


@router.post("deals/{deal}/project/agreement", response=Shown[ProjectDocument])
def project_agree(request: HttpRequest, deal: str, given: Given[Agrees]) -> ProjectDocument:
    """Enter whether somebody agrees."""
    access.change(request, deal)
    hand, now = _hand(request)
    agree(ledger(), deal, hand, given.person, given.on, given.agrees, given.words, now)
    return _after(request, deal)


@router.post("deals/{deal}/project/people", response={201: Shown[ProjectDocument]})
def project_person(request: HttpRequest, deal: str, given: Given[NewPerson]) -> ProjectDocument:
    """Add somebody on the buyer's side."""
    access.change(request, deal)
    hand, now = _hand(request)
    add_person(ledger(), deal, hand, given.name, given.title, now)
    return _after(request, deal)


def _hand(request: HttpRequest) -> tuple[Hand, datetime]:
    who, now = by(request)
    return Hand.ours(who), now


def _change(request: HttpRequest, deal: str, step: str, wanted: Wanted, seen: str, shared: bool | None) -> None:
    """Raises Refused (409) where somebody else changed the same meanwhile."""
    hand, now = _hand(request)
    found = change(ledger(), deal, hand, step, wanted, seen, now, shared)
    if found.clash:
        raise Refused(409, " ".join(plan_forms.what_differs(found, named_in(deal), by_whom)))


def _after(request: HttpRequest, deal: str) -> ProjectDocument:
    review_changed(ledger(), rules(), today(), only=[deal])
    access.note_look(access.here(request), deal)
    return project_of(ledger(), deal, today())
