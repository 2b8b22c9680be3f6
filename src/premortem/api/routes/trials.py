"""Trials: those that go on in all deals with what care was worth, and one deal's, with what is missing."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from django.utils.timezone import localdate
from msgspec import Struct
from ninja import Router

from premortem.acts.buying import trials as telling
from premortem.acts.buying.trials_overview import TrialsOverview, trials_overview
from premortem.acts.buying.trials_shown import TrialsDocument, trials_document
from premortem.acts.looking.reviewing import review_changed
from premortem.api.asked import by, told_day
from premortem.api.shown import Given, Shown
from premortem.records.evaluations import Evaluations
from premortem.records.firm.models import Member
from premortem.web import access
from premortem.web.ledger import ledger, rules
from premortem.web.pages.trials import untold_to

router = Router()


class TrialPlan(telling.TrialTold, frozen=True, forbid_unknown_fields=True):
    """What is told of a trial; what is left out stays as it was. People are told by name or id, efforts in hours."""


class Begun(Struct, frozen=True, forbid_unknown_fields=True):
    """That a trial begins, today unless told; `because`: why, though something is missing."""

    because: str = ""
    on: date | None = None


class Verdict(Struct, frozen=True, forbid_unknown_fields=True):
    """What a user of theirs says of it, in their words; who, by id."""

    person: str
    words: str


class Week(Struct, frozen=True, forbid_unknown_fields=True):
    """What happened in the week of a day: this one, unless told."""

    words: str
    on: date | None = None


class Judged(Struct, frozen=True, forbid_unknown_fields=True):
    """Whether a criterion was met, as its judge says."""

    met: bool


class TrialEnd(Struct, frozen=True, forbid_unknown_fields=True):
    """How a trial ended, today unless told."""

    how: telling.Ended
    on: date | None = None


@router.get("trials", response=Shown[TrialsOverview])
def trials(request: HttpRequest) -> TrialsOverview:
    """The trials of all deals that you may see, and supported against unsupported ones."""
    deals = Evaluations(seen=access.deals_seen_by(access.here(request))).all()
    return trials_overview(deals, localdate())


@router.get("deals/{deal}/trials", response=Shown[TrialsDocument])
def deal_trials(request: HttpRequest, deal: str) -> TrialsDocument:
    """One deal's trials: the plan, what is missing, and how it goes."""
    member = access.see(request, deal)
    access.note_look(member, deal)
    return trials_document(ledger(), deal, localdate(), untold_to(member, deal))


@router.post("deals/{deal}/trials", response={201: Shown[TrialsDocument]})
def trial_plan(request: HttpRequest, deal: str, given: Given[TrialPlan]) -> TrialsDocument:
    """Plan a trial."""
    member = access.change(request, deal)
    telling.plan(ledger(), deal, _with_days(given), *by(request))
    return _after(member, deal)


@router.put("deals/{deal}/trials/{trial}", response=Shown[TrialsDocument])
def trial_write(request: HttpRequest, deal: str, trial: str, given: Given[TrialPlan]) -> TrialsDocument:
    """Tell more of a trial."""
    member = access.change(request, deal)
    telling.plan(ledger(), deal, _with_days(given), *by(request), trial)
    return _after(member, deal)


@router.post("deals/{deal}/trials/{trial}/begin", response=Shown[TrialsDocument])
def trial_begin(request: HttpRequest, deal: str, trial: str, given: Given[Begun]) -> TrialsDocument:
    """Begin a trial."""
    member, on = access.change(request, deal), told_day(given.on)
    telling.begin(ledger(), deal, trial, *by(request), given.because, on, untold_to(member, deal))
    return _after(member, deal)


@router.post("deals/{deal}/trials/{trial}/verdicts", response={201: Shown[TrialsDocument]})
def trial_verdict(request: HttpRequest, deal: str, trial: str, given: Given[Verdict]) -> TrialsDocument:
    """Take down what a user of theirs says of it."""
    member = access.change(request, deal)
    telling.verdict(ledger(), deal, trial, given.person, given.words, *by(request))
    return _after(member, deal)


@router.post("deals/{deal}/trials/{trial}/weeks", response={201: Shown[TrialsDocument]})
def trial_week(request: HttpRequest, deal: str, trial: str, given: Given[Week]) -> TrialsDocument:
    """Tell what happened in a week."""
    member, on = access.change(request, deal), told_day(given.on) or localdate()
    telling.week(ledger(), deal, trial, on, given.words, *by(request))
    return _after(member, deal)


@router.put("deals/{deal}/trials/{trial}/criteria/{number}", response=Shown[TrialsDocument])
def trial_judged(request: HttpRequest, deal: str, trial: str, number: int, given: Given[Judged]) -> TrialsDocument:
    """Tell whether a criterion was met, by its number from 1."""
    member = access.change(request, deal)
    telling.judged(ledger(), deal, trial, {number: given.met}, *by(request))
    return _after(member, deal)


@router.post("deals/{deal}/trials/{trial}/end", response=Shown[TrialsDocument])
def trial_end(request: HttpRequest, deal: str, trial: str, given: Given[TrialEnd]) -> TrialsDocument:
    """End a trial that runs, or stop a planned one."""
    member = access.change(request, deal)
    telling.end(ledger(), deal, trial, given.how, *by(request), told_day(given.on))
    return _after(member, deal)


def _with_days(told: TrialPlan) -> TrialPlan:
    """The same. Raises Refused for a day that no deal can have."""
    days = [told.read_out, *(day for one in told.criteria or () for day in (one.by, one.agreed))]
    for day in days:
        told_day(day)
    return told


def _after(member: Member, deal: str) -> TrialsDocument:
    review_changed(ledger(), rules(), localdate(), only=[deal])
    access.note_look(member, deal)
    return trials_document(ledger(), deal, localdate(), untold_to(member, deal))
