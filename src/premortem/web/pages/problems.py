"""Problems met in an evaluation: in the order in which to mend them, and one deal's; a tracker's table and its word."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from premortem.acts.buying import problems as telling
from premortem.acts.buying import tracker
from premortem.acts.buying.deal_problems import deal_problems as problems_of
from premortem.acts.buying.problems_shown import ProblemsDocument, known_elsewhere, problems_document
from premortem.acts.looking.reviewing import review_changed
from premortem.errors import Unknown
from premortem.ledger.fold import deal_as_of
from premortem.records.evaluations import Evaluated, Evaluations
from premortem.records.firm.models import Firm, Member
from premortem.web import access
from premortem.web.joining import too_often
from premortem.web.keys import key_of
from premortem.web.ledger import ledger, rules, usual
from premortem.web.pages.trials import NO_DAY, buyers_of, day_given

LARGEST = 1_000_000
"""Bytes of a tracker's table."""
MOST_DEALS = 500
LONGEST_WORD = 20_000
"""Bytes of a tracker's word."""


@require_GET
def problems(request: HttpRequest) -> HttpResponse:
    """The problems of all deals that a member sees."""
    member = access.here(request)
    shown = {"told": document(member), "may_tell": works_on_deals(member), "open_deals": _open_deals(member)}
    return render(request, "problems/problems.html", shown)


@require_POST
def problem_found(request: HttpRequest) -> HttpResponse:
    """A problem that one of us found, entered for each of the deals whose buyers may meet it."""
    member, deals = access.here(request), list(dict.fromkeys(request.POST.getlist("deals")))
    if not works_on_deals(member):
        raise PermissionDenied
    try:
        if not all(access.may_change(member, deal) for deal in deals):
            raise Unknown("one of these deals is not yours to change", "Choose from those on this page.")
        telling.found(ledger(), deals, _told(request.POST), request.user.get_username(), datetime.now(UTC))
        review_changed(ledger(), rules(), timezone.localdate(), only=deals)
        messages.success(request, "Kept: we know of it before a buyer meets it. Tell those who will evaluate.")
    except Unknown as mistake:
        messages.error(request, str(mistake))
    except ValueError:
        messages.error(request, NO_DAY)
    return redirect("problems")


def _open_deals(member: Member) -> list[tuple[str, str]]:
    """Deals that a problem may meet, for whoever works on deals; those that decide soonest first."""
    if not works_on_deals(member):
        return []
    rows = access.deals_seen_by(member).filter(status="open").order_by("planned_close", "deal")
    return list(rows.values_list("deal", "name")[:MOST_DEALS])


@require_GET
def problems_table(request: HttpRequest) -> HttpResponse:
    """The same as a table for an issue tracker."""
    answer = HttpResponse(tracker.table(document(access.here(request))), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="problems.csv"'
    return answer


@require_POST
def problems_import(request: HttpRequest) -> HttpResponse:
    """Take in a tracker's table: it answers problems, and closes none."""
    member, file = access.here(request), request.FILES.get("table")
    try:
        if file is None or (file.size or 0) > LARGEST:
            raise Unknown("no table came, or one of more than a megabyte", "Choose the CSV that your tracker exported.")
        words = tracker.words_in(file.read().decode("utf-8-sig"))
        heard = take_in_words(member, words, request.user.get_username())
    except (Unknown, UnicodeDecodeError) as mistake:
        messages.error(request, str(mistake) if isinstance(mistake, Unknown) else "This table is not in UTF-8.")
        return redirect("problems")
    told = f"{heard.bound} bound, {heard.answered} answered, {heard.opened} opened again, {heard.same} as they were."
    messages.success(request, told)
    for one in heard.not_understood[:20]:
        messages.warning(request, f"Left out: {one}.")
    return redirect("problems")


@csrf_exempt
@require_POST
def hook_problems(request: HttpRequest) -> HttpResponse:
    """A tracker's word, sent with a key that may write: `{"ticket": "DOOR-7", "state": "fixed"}`."""
    if too_often(request):
        return JsonResponse({"error": "too often: wait a minute"}, status=429)
    member = _sender(request)
    if member is None:
        return JsonResponse({"error": "no key that may write; send Authorization: Bearer …"}, status=401)
    try:
        if len(request.body) > LONGEST_WORD:
            raise ValueError
        told = json.loads(request.body)
        word = tracker.Word(*(str(told.get(key) or "")[:100] for key in ("ticket", "state", "problem", "deal")))
    except (ValueError, AttributeError):
        return JsonResponse({"error": "send an object with ticket and state, 20 kB at most"}, status=400)
    if not word.ticket:
        return JsonResponse({"error": "no ticket"}, status=400)
    heard = take_in_words(member, [word], member.user.get_username())
    return JsonResponse(heard._asdict(), status=404 if heard.not_understood else 200)


@require_GET
def deal_problems(request: HttpRequest, deal: str) -> HttpResponse:
    """One deal's problems, their clocks, and what is known elsewhere that this buyer should be told."""
    member = access.see(request, deal)
    entries = ledger().store.read(deal)
    if not entries:
        raise Http404
    access.note_look(member, deal)
    known = [(one.problem, telling.words_of(ledger(), one)) for one in known_elsewhere(seen_by(member), deal)]
    shown = {
        "told": problems_of(ledger(), deal, timezone.localdate(), usual().whole),
        "known": known,
        "buyers": buyers_of(deal_as_of(entries)),
        "moments": telling.MOMENTS,
        "may_change": access.may_change(member, deal),
        "may_close": field_staff().may_close(request.user.get_username(), member.role),
        "today": timezone.localdate().isoformat(),
    }
    return render(request, "problems/deal.html", shown)


@require_POST
def problem_tell(request: HttpRequest, deal: str) -> HttpResponse:
    """Enter a word on a problem: the button's `do` says which."""
    member = access.change(request, deal)
    try:
        messages.success(request, _tell(request.POST, deal, request.user.get_username(), member))
        review_changed(ledger(), rules(), timezone.localdate(), only=[deal])
    except Unknown as mistake:
        messages.error(request, str(mistake))
    except ValueError:
        messages.error(request, NO_DAY)
    return redirect("deal_problems", deal)


def works_on_deals(member: Member) -> bool:
    return member.role in ("rep", "manager", "admin")


def field_staff() -> telling.FieldStaff:
    """Reps and managers, and whom the firm's settings name."""
    return telling.FieldStaff(named=Firm.ours().field_people.split())


def document(member: Member) -> ProblemsDocument:
    """The problems of all deals that a member sees."""
    return problems_document(seen_by(member), ledger().contents, timezone.localdate(), usual().whole)


def _tell(given: QueryDict, deal: str, by: str, member: Member) -> str:
    held, now, one = ledger(), datetime.now(UTC), given.get("problem", "")
    area, on = given.get("area", ""), day_given(given.get("on"))
    match given.get("do"):
        case "meet":
            telling.meet(held, deal, _told(given), by, now)
            return "Kept. Its clock runs from the day on which they met it."
        case "disclose":
            telling.disclose(held, deal, one, area, by, now, on)
            return "Kept: they know of it, and try that area later."
        case "disclose_known":
            known = next((some for some in known_elsewhere(seen_by(member), deal) if some.problem == one), None)
            if known is None:
                raise Unknown("this problem is not open elsewhere", "The list on this page has those that are.")
            telling.disclose_known(held, deal, known, telling.words_of(held, known), area, by, now, on)
            return "Kept: they know of it, and try that area later."
        case "answer":
            telling.answer(held, deal, one, by, now, on)
            return "Kept: they have an answer. Field staff say when it is closed."
        case "close":
            telling.close(held, deal, one, by, now, member.role, field_staff())
            return "Closed."
        case "reopen":
            telling.reopen(held, deal, one, by, now)
            return "It is open again."
        case "bind":
            telling.bind(held, deal, one, by, now, given.get("ticket", ""))
            return "Bound to its ticket."
        case other:
            raise Unknown(f"'{other}' is nothing that can be told of a problem", "Use one of the page's forms.")


def _told(given: QueryDict) -> telling.ProblemTold:
    met, likely = day_given(given.get("met")), (given.get("likelihood") or "").strip()
    return telling.ProblemTold(
        words=given.get("words", ""),
        met_by=(given.get("met_by") or None) if met else None,
        met=met,
        moment=given.get("moment", "unknown") if met else "unknown",
        breaks_trust=bool(given.get("breaks_trust")),
        likelihood=float(likely) / 100 if likely else None,
        area=given.get("area"),
        ticket=given.get("ticket"),
    )


def seen_by(member: Member) -> list[Evaluated]:
    return Evaluations(seen=access.deals_seen_by(member)).all()


def take_in_words(member: Member, words: list[tracker.Word], by: str) -> tracker.Heard:
    deals = seen_by(member)
    may = {one.deal for one in deals if access.may_change(member, one.deal)}
    heard = tracker.take_in(ledger(), deals, words, by, datetime.now(UTC), may.__contains__)
    if heard.bound or heard.answered or heard.opened:
        review_changed(ledger(), rules(), timezone.localdate(), only=sorted(may))
    return heard


def _sender(request: HttpRequest) -> Member | None:
    """Whose key came with the request, if it may write and holds."""
    kind, _, word = request.headers.get("Authorization", "").partition(" ")
    key = key_of(word) if kind.casefold() == "bearer" else None
    if key is None or not key.may("write"):
        return None
    key.used()
    return key.member
