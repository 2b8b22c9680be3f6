"""Making a contest: tried before it is kept, refused with the reason, its people asked about, announced, awarded."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from premortem.acts.contests import contest_people
from premortem.acts.contests.contests import announce, approve, award, bookings, check, new
from premortem.contests.contest import METRICS, key_of
from premortem.contests.matching import Known
from premortem.errors import Unknown
from premortem.records.contests import DatabaseContests
from premortem.records.firm.models import Firm, Member
from premortem.web import access
from premortem.web.ledger import ledger

MAKES = ("manager", "admin")
"""Who makes contests, announces them and gives their award."""
AGREES = ("executive", "admin")
"""Who has the budget, and agrees to a cost that is not small."""
SELLS = {"rep": "sales", "manager": "sales"}
LONGEST = 20_000_000
"""Bytes of a list of people; files of bookings may be larger."""
TEXTS = ("name", "metric", "by", "prize", "currency", "note")


@require_http_methods(["GET", "POST"])
def contest_new(request: HttpRequest) -> HttpResponse:
    """The form of a contest. What can't be kept is shown again as it was typed, with the reasons."""
    member = who_may(request, MAKES)
    if request.method == "GET":
        return _form(request, {"currency": Firm.ours().currency, "winners": "1", "publish": "on", "who": "members"})
    given = {name: str(value) for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}
    try:
        given["people"] = people = _people(request)
    except Unknown as mistake:
        return _form(request, given, [{"where": "people", "words": None, "why": str(mistake), "remedy": ""}], [])
    told = _told(request.POST)
    tried = check(told, people)
    if tried.objections or tried.contest is None:
        return _form(request, given | {"who": "list"}, tried.objections, tried.warnings)
    try:
        kept = new(DatabaseContests(ledger().alias), told, people, member.user.get_username(), datetime.now(UTC))
    except Unknown as mistake:
        why = [{"where": "name", "words": None, "why": str(mistake), "remedy": ""}]
        return _form(request, given | {"who": "list"}, why, tried.warnings)
    messages.success(request, "Kept as a draft: nobody was told. Look at what it says, then announce it.")
    return redirect("contest", kept.id)


@require_POST
def contest_do(request: HttpRequest, contest: str) -> HttpResponse:
    """Approve its budget, answer who is who, announce it, or give its award: the button's `do` says which."""
    does: dict[str, tuple[tuple[str, ...], Callable[..., str]]] = {
        "approve": (AGREES, _approve),
        "people": (MAKES, _answer),
        "announce": (MAKES, _announce),
        "award": (MAKES, _award),
    }
    who, act = does.get(request.POST.get("do", ""), (MAKES, _nothing))
    member = who_may(request, who)
    try:
        messages.success(request, act(DatabaseContests(ledger().alias), contest, member, request.POST))
    except Unknown as mistake:
        messages.error(request, str(mistake))
    return redirect("contest", contest)


@require_POST
def contest_bookings(request: HttpRequest) -> HttpResponse:
    """Won deals from a CSV; what a line lacks is told, and the line left out."""
    who_may(request, MAKES)
    file = request.FILES.get("table")
    if not isinstance(file, UploadedFile):
        messages.error(request, "No file was chosen.")
        return redirect("contests")
    try:
        told = bookings(DatabaseContests(ledger().alias), (line.decode("utf-8-sig") for line in file))
    except UnicodeDecodeError:
        messages.error(request, "This table is not in UTF-8, so nothing of it was taken in.")
        return redirect("contests")
    messages.success(request, f"{told.read:,} bookings read: {told.new:,} new, {told.changed:,} changed.")
    for wrong in told.wrong:
        messages.warning(request, f"Left out, {wrong}.")
    if told.left_out > len(told.wrong):
        messages.warning(request, f"And {told.left_out - len(told.wrong):,} more lines were left out.")
    return redirect("contests")


def members() -> list[Known]:
    """All members, as a contest knows people."""
    rows = Member.objects.select_related("user", "team").filter(user__is_active=True).order_by("user_id")
    return [Known(str(one), one.user.email, str(one.team or ""), SELLS.get(one.role, one.role)) for one in rows]


def who_may(request: HttpRequest, roles: tuple[str, ...]) -> Member:
    member = access.here(request)
    if member.role not in roles:
        raise PermissionDenied
    return member


def _told(given: QueryDict) -> dict[str, Any]:
    """What the form says, under the keys of a contest's file; what is no day or number stays as it was typed."""
    told: dict[str, Any] = {name: given.get(name, "").strip() for name in TEXTS}
    told |= {key: _or_text(date.fromisoformat, given.get(key, "")) for key in ("from", "to")}
    told["winners"] = _or_text(int, given.get("winners") or "1")
    if cost := given.get("cost", "").strip():
        told["cost"] = _or_text(float, cost.replace(",", ""))
    told["rates"] = _rates(given.get("rates", ""))
    told |= {"uneasy": bool(given.get("uneasy")), "publish": bool(given.get("publish")), "people": "the list"}
    return told


def _or_text(reads: Callable[[str], Any], typed: str) -> Any:
    with suppress(ValueError):  # what is wrong with it is told beside everything else that is wrong
        return reads(typed.strip())
    return typed


def _rates(typed: str) -> dict[str, Any]:
    """'USD 0.92, GBP 1.15' as rates."""
    pairs = [one.split() for one in typed.replace(";", ",").split(",") if one.strip()]
    return {one[0]: _or_text(float, " ".join(one[1:])) for one in pairs}


def _people(request: HttpRequest) -> str:
    """Who takes part, as CSV: whoever sells here, whoever won a deal in the CRM, a file, or the list as typed."""
    given, file = request.POST, request.FILES.get("file")
    if isinstance(file, UploadedFile):
        if (file.size or 0) > LONGEST:
            raise Unknown("this list of people is too large", "A list of 20 MB at most.")
        try:
            return str(file.read(), "utf-8-sig")
        except UnicodeDecodeError as mistake:
            raise Unknown("this list of people is not in UTF-8", "Save it as CSV in UTF-8.") from mistake
    return rows_of(given.get("who", ""), given.get("people", ""))


def rows_of(who: str, listed: str) -> str:
    """`members` who sell, whoever won a deal in the `crm`, or else the list as it is, as CSV."""
    if who == "members":
        return contest_people.as_rows(contest_people.of_members(sellers()))
    if who == "crm":
        return contest_people.as_rows(contest_people.of_crm(DatabaseContests(ledger().alias)))
    return listed.replace("\r\n", "\n")


def sellers() -> list[Known]:
    """Members who sell; who goes by a name that another has too is told apart by their address."""
    found = [one for one in members() if one.function == "sales"]
    names = [key_of(one.name) for one in found]
    return [one._replace(name=one.email) if names.count(key_of(one.name)) > 1 else one for one in found]


def _form(
    request: HttpRequest, given: dict[str, str], why: list[Any] | None = None, warnings: Any = ()
) -> HttpResponse:
    shown = {
        "given": given,
        "why": why or [],
        "warnings": warnings,
        "metrics": [(key, f"Whoever {one}") for key, (one, _) in METRICS.items()],
        "whos": [
            ("members", f"Who sells here: the {len(sellers())} members who are reps or managers"),
            ("crm", "Everybody under whose name a deal was won, in the CRM or a file of bookings"),
            ("list", "The list below"),
        ],
    }
    return render(request, "contests/new.html", shown, status=409 if why else 200)


def _approve(kept: DatabaseContests, contest: str, member: Member, given: QueryDict) -> str:
    approve(kept, contest, member.user.get_username(), datetime.now(UTC))
    return "Its cost is approved."


def _announce(kept: DatabaseContests, contest: str, member: Member, given: QueryDict) -> str:
    announce(kept, contest, member.user.get_username(), datetime.now(UTC))
    return "Announced. From now on it is owed, and nobody can change it."


def _award(kept: DatabaseContests, contest: str, member: Member, given: QueryDict) -> str:
    told = award(kept, contest, member.user.get_username(), datetime.now(UTC))
    names = ", ".join(one.name for one in told.leaders[:3])
    return f"Awarded, as computed: {names}{' and others' if len(told.leaders) > 3 else ''}."


def _answer(kept: DatabaseContests, contest: str, member: Member, given: QueryDict) -> str:
    answers = {name: str(value) for name, value in given.items()}
    added = contest_people.answered(kept, contest, members(), answers, member.user.get_username(), datetime.now(UTC))
    return f"{added} name{'' if added == 1 else 's'} added to those who take part."


def _nothing(kept: DatabaseContests, contest: str, member: Member, given: QueryDict) -> str:
    raise Unknown("that is nothing that can be done with a contest", "Use one of the page's buttons.")
