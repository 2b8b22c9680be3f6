"""Trials: those that go on in all deals with what care was worth, and one deal's, with what is missing line by line."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from premortem.acts.buying import trials as telling
from premortem.acts.buying.problems_shown import untold
from premortem.acts.buying.trials_overview import trials_overview
from premortem.acts.buying.trials_shown import trials_document
from premortem.acts.looking.reviewing import review_changed
from premortem.acts.witness import Witness
from premortem.errors import Unknown
from premortem.ledger.deal import Deal
from premortem.ledger.fold import deal_as_of
from premortem.records.evaluations import Evaluations
from premortem.records.firm.models import Member
from premortem.web import access
from premortem.web.ledger import ledger, rules

CRITERIA_ROWS = 4
NO_DAY = "That is no day or no number. Write days as YYYY-MM-DD."


@require_GET
def trials(request: HttpRequest) -> HttpResponse:
    """The trials of all deals that a member sees."""
    member = access.here(request)
    deals = Evaluations(seen=access.deals_seen_by(member)).all()
    return render(request, "trials/trials.html", {"told": trials_overview(deals, timezone.localdate())})


@require_GET
def deal_trials(request: HttpRequest, deal: str) -> HttpResponse:
    """One deal's trials: the plan, what is missing, and how it goes."""
    member = access.see(request, deal)
    entries = ledger().store.read(deal)
    if not entries:
        raise Http404
    access.note_look(member, deal)
    view = deal_as_of(entries)
    told = trials_document(ledger(), deal, timezone.localdate(), untold_to(member, deal))
    shown = {
        "told": told,
        "buyers": buyers_of(view),
        "may_change": access.may_change(member, deal),
        "ended": view.outcome is not None,
        "spare": range(CRITERIA_ROWS),
    }
    return render(request, "trials/deal.html", shown)


@require_POST
def trial_tell(request: HttpRequest, deal: str) -> HttpResponse:
    """Enter a word on a trial: the button's `do` says which."""
    member = access.change(request, deal)
    try:
        messages.success(request, _tell(request.POST, deal, request.user.get_username(), member))
        review_changed(ledger(), rules(), timezone.localdate(), only=[deal])
    except Unknown as mistake:
        messages.error(request, str(mistake))
    except ValueError:
        messages.error(request, NO_DAY)
    return redirect("deal_trials", deal)


def _tell(given: QueryDict, deal: str, by: str, member: Member) -> str:
    held, now, which = ledger(), datetime.now(UTC), given.get("trial") or None
    words = given.get("words", "")
    match given.get("do"):
        case "plan":
            telling.plan(held, deal, _told(given), by, now, which)
            return "Kept."
        case "begin":
            telling.begin(held, deal, which, by, now, words, day_given(given.get("on")), untold_to(member, deal))
            return "The trial has begun."
        case "verdict":
            telling.verdict(held, deal, which, given.get("person", ""), words, by, now)
            return "Kept in their words."
        case "week":
            telling.week(held, deal, which, day_given(given.get("on")) or now.date(), words, by, now)
            return "The week is kept."
        case "judged":
            number, met = int(given.get("number", "0")), given.get("met") == "yes"
            telling.judged(held, deal, which, {number: met}, by, now)
            return f"Criterion {number}: {'met' if met else 'not met'}."
        case "end":
            told = telling.end(held, deal, which, given.get("how", ""), by, now, day_given(given.get("on")))
            return f"The trial has {told.state}." if told.state != "stopped" else "The trial was stopped."
        case other:
            raise Unknown(f"'{other}' is nothing that can be told of a trial", "Use one of the page's forms.")


def _told(given: QueryDict) -> telling.TrialTold:
    """What the plan's form says. A line of the criteria without a measure and a target is none."""
    lines = zip(*(given.getlist(f"criterion_{part}") for part in ("measure", "target", "judge", "by", "agreed")))  # noqa: B905
    criteria = tuple(
        telling.CriterionTold(measure, target, judge or None, day_given(by), day_given(agreed))
        for measure, target, judge, by, agreed in lines
        if measure.strip() or target.strip()
    )
    return telling.TrialTold(
        goal=given.get("goal"),
        criteria=criteria if "criterion_measure" in given else None,
        helper=given.get("helper"),
        our_effort=_hours(given.get("our_effort")),
        their_effort=_hours(given.get("their_effort")),
        read_out=day_given(given.get("read_out")),
        read_out_with=tuple(given.getlist("read_out_with")),
        next_step=given.get("next_step"),
    )


def untold_to(member: Member, deal: str) -> list[str]:
    """Of the deals that this member sees: a problem of another one is shown to nobody who may not look there."""
    return untold(Evaluations(seen=access.deals_seen_by(member)).all(), deal, ledger().contents)


def buyers_of(view: Deal) -> list[tuple[str, str, bool]]:
    """Who could judge, be invited or speak: id, name, and whether they are known to decide."""
    names = Witness(view, ledger().contents).names
    decide = {one.id for one in view.with_role("economic_buyer")}
    return sorted(
        ((one.id, names[one.id], one.id in decide) for one in view.buyers if one.id in names), key=lambda one: one[1]
    )


def day_given(written: str | None) -> date | None:
    return date.fromisoformat(written.strip()) if written and written.strip() else None


def _hours(written: str | None) -> float | None:
    return float(written.strip()) if written and written.strip() else None
