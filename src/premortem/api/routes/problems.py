"""Problems met in an evaluation: in the order in which to mend them, one deal's, and an issue tracker's words."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from django.utils.timezone import localdate
from msgspec import Meta, Struct
from ninja import Router

from premortem.acts.buying import problems as telling
from premortem.acts.buying import tracker
from premortem.acts.buying.deal_problems import DealProblems
from premortem.acts.buying.deal_problems import deal_problems as problems_of
from premortem.acts.buying.problems_shown import ProblemsDocument, known_elsewhere
from premortem.acts.looking.reviewing import review_changed
from premortem.api.asked import by, told_day
from premortem.api.shown import Given, Shown
from premortem.errors import Unknown
from premortem.web import access
from premortem.web.ledger import ledger, rules, usual
from premortem.web.pages.problems import document, field_staff, seen_by, take_in_words

router = Router()
Name = Annotated[str, Meta(max_length=tracker.LONGEST)]


class NewProblem(Struct, frozen=True, forbid_unknown_fields=True):
    """A problem, in words. `met` is the day on which `met_by` (a person's id) met it: none where only we know of it.

    `likelihood`, in 0..1, that others meet it too.
    """

    words: str
    met: date | None = None
    met_by: str | None = None
    moment: telling.Moment = "unknown"
    breaks_trust: bool = False
    likelihood: Annotated[float, Meta(ge=0, le=1)] | None = None
    area: str | None = None
    ticket: Name | None = None


class Found(Struct, frozen=True, forbid_unknown_fields=True):
    """A problem that one of us found, in words, and the deals whose buyers may meet it."""

    words: str
    deals: Annotated[list[str], Meta(min_length=1, max_length=1000)]
    breaks_trust: bool = False
    likelihood: Annotated[float, Meta(ge=0, le=1)] | None = None
    area: str | None = None
    ticket: Name | None = None


class Disclosed(Struct, frozen=True, forbid_unknown_fields=True):
    """That the buyer was told beforehand, and asked to try an area later; today unless told."""

    area: str
    on: date | None = None


class Answered(Struct, frozen=True, forbid_unknown_fields=True):
    """That the buyer got an answer, today unless told."""

    on: date | None = None


class Bound(Struct, frozen=True, forbid_unknown_fields=True):
    """The ticket of an issue tracker."""

    ticket: Name


class TrackerWord(Struct, frozen=True, forbid_unknown_fields=True):
    """What a tracker says of a ticket. `problem` and `deal` bind it the first time that it is named."""

    ticket: Name
    state: Name = ""
    problem: Name = ""
    deal: Name = ""


class HeardShown(Struct, frozen=True):
    """How many problems were bound, answered, opened again, left as they were; and what was not understood."""

    bound: int
    answered: int
    opened: int
    same: int
    not_understood: list[str]


class KnownShown(Struct, frozen=True):
    """A problem that is known from other deals and that this buyer should be told of."""

    problem: str
    words: str


@router.get("problems", response=Shown[ProblemsDocument])
def problems(request: HttpRequest) -> ProblemsDocument:
    """The problems of all deals that you may see, in the order in which to mend them."""
    return document(access.here(request))


@router.post("problems/words", response=Shown[HeardShown])
def problem_words(request: HttpRequest, given: Given[list[TrackerWord]]) -> HeardShown:
    """Take in what an issue tracker says, of the deals on which you work: it answers problems, and closes none."""
    words = [tracker.Word(one.ticket, one.state, one.problem, one.deal) for one in given]
    heard = take_in_words(access.here(request), words, request.user.get_username())
    return HeardShown(heard.bound, heard.answered, heard.opened, heard.same, list(heard.not_understood))


@router.post("problems", response={201: Shown[ProblemsDocument]})
def problem_found(request: HttpRequest, given: Given[Found]) -> ProblemsDocument:
    """Enter a problem that we found before a buyer did, in each deal that it may meet."""
    deals = list(dict.fromkeys(given.deals))
    for deal in deals:
        access.change(request, deal)
    told = telling.ProblemTold(
        words=given.words,
        breaks_trust=given.breaks_trust,
        likelihood=given.likelihood,
        area=given.area,
        ticket=given.ticket,
    )
    telling.found(ledger(), deals, told, *by(request))
    review_changed(ledger(), rules(), localdate(), only=deals)
    return document(access.here(request))


@router.get("deals/{deal}/problems", response=Shown[DealProblems])
def deal_problems(request: HttpRequest, deal: str) -> DealProblems:
    """One deal's problems, the unsolved first, with the clock of each."""
    member = access.see(request, deal)
    access.note_look(member, deal)
    return _told(deal)


@router.get("deals/{deal}/problems/known", response=Shown[list[KnownShown]])
def problems_known(request: HttpRequest, deal: str) -> list[KnownShown]:
    """What is known elsewhere, in deals that you may see, and of which this buyer was told nothing."""
    member = access.see(request, deal)
    known = known_elsewhere(seen_by(member), deal)
    access.note_look(member, deal)
    return [KnownShown(one.problem, telling.words_of(ledger(), one)) for one in known]


@router.post("deals/{deal}/problems/known/{problem}/disclosed", response={201: Shown[DealProblems]})
def problem_disclose_known(request: HttpRequest, deal: str, problem: str, given: Given[Disclosed]) -> DealProblems:
    """Enter that the buyer was told of a problem that is known elsewhere: it is one of this deal then."""
    member, (who, now) = access.change(request, deal), by(request)
    known = next((one for one in known_elsewhere(seen_by(member), deal) if one.problem == problem), None)
    if known is None:
        raise Unknown("this problem is not open elsewhere", "problems/known lists those that are.")
    words = telling.words_of(ledger(), known)
    telling.disclose_known(ledger(), deal, known, words, given.area, who, now, told_day(given.on))
    return _after(request, deal)


@router.post("deals/{deal}/problems", response={201: Shown[DealProblems]})
def problem_meet(request: HttpRequest, deal: str, given: Given[NewProblem]) -> DealProblems:
    """Enter a problem. Its clock runs from the day on which they met it."""
    access.change(request, deal)
    met = told_day(given.met)
    told = telling.ProblemTold(
        words=given.words,
        met_by=given.met_by if met else None,
        met=met,
        moment=given.moment if met else "unknown",
        breaks_trust=given.breaks_trust,
        likelihood=given.likelihood,
        area=given.area,
        ticket=given.ticket,
    )
    telling.meet(ledger(), deal, told, *by(request))
    return _after(request, deal)


@router.post("deals/{deal}/problems/{problem}/disclosed", response=Shown[DealProblems])
def problem_disclose(request: HttpRequest, deal: str, problem: str, given: Given[Disclosed]) -> DealProblems:
    """Enter that the buyer was told of it, and tries that area later."""
    access.change(request, deal)
    telling.disclose(ledger(), deal, problem, given.area, *by(request), told_day(given.on))
    return _after(request, deal)


@router.post("deals/{deal}/problems/{problem}/answered", response=Shown[DealProblems])
def problem_answer(request: HttpRequest, deal: str, problem: str, given: Given[Answered]) -> DealProblems:
    """Enter that the buyer got an answer. Field staff say when it is closed."""
    access.change(request, deal)
    telling.answer(ledger(), deal, problem, *by(request), told_day(given.on))
    return _after(request, deal)


@router.post("deals/{deal}/problems/{problem}/closed", response=Shown[DealProblems])
def problem_close(request: HttpRequest, deal: str, problem: str) -> DealProblems:
    """Close a problem: for those who stand before customers."""
    member = access.change(request, deal)
    telling.close(ledger(), deal, problem, *by(request), member.role, field_staff())
    return _after(request, deal)


@router.post("deals/{deal}/problems/{problem}/open", response=Shown[DealProblems])
def problem_reopen(request: HttpRequest, deal: str, problem: str) -> DealProblems:
    """Enter that a problem is there again."""
    access.change(request, deal)
    telling.reopen(ledger(), deal, problem, *by(request))
    return _after(request, deal)


@router.put("deals/{deal}/problems/{problem}/ticket", response=Shown[DealProblems])
def problem_bind(request: HttpRequest, deal: str, problem: str, given: Given[Bound]) -> DealProblems:
    """Say which ticket of an issue tracker a problem has."""
    access.change(request, deal)
    telling.bind(ledger(), deal, problem, *by(request), given.ticket)
    return _after(request, deal)


def _told(deal: str) -> DealProblems:
    return problems_of(ledger(), deal, localdate(), usual().whole)


def _after(request: HttpRequest, deal: str) -> DealProblems:
    review_changed(ledger(), rules(), localdate(), only=[deal])
    access.note_look(access.here(request), deal)
    return _told(deal)
