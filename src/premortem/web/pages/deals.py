"""Deals: a table that sorts, filters and keeps its address, the views that somebody saved of it, and its CSV."""

from __future__ import annotations

from typing import Any, cast, get_args
from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from premortem.acts.afterwards.lessons_shown import titles
from premortem.acts.looking.deal_table import deal_table, table_csv
from premortem.records.deal_lists import SORTS, DealLists, Sort, Status, Wanted, Whose
from premortem.records.firm.models import Member, SavedView
from premortem.web import access
from premortem.web.ledger import ledger
from premortem.web.tasks import review_today

WHOSE = (("mine", "my deals"), ("team", "my team's"), ("all", "all that I see"))
STATUS = (("open", "open"), ("closed", "closed"), ("all", "open and closed"))
SEVERITY = (("", "any findings"), ("high", "high"), ("medium", "medium"), ("low", "low"), ("none", "no finding"))
SILENT = (7, 14, 30, 60, 90)
COLUMNS: tuple[tuple[Sort, str], ...] = (
    ("name", "Deal"),
    ("stage", "Stage"),
    ("amount", "Amount"),
    ("findings", "Open findings"),
    ("unknowns", "Not known"),
    ("last_word", "Buyer's last word"),
    ("buyer_day", "Buyer's date"),
    ("planned_close", "Our close"),
    ("cause", "Likely cause"),
)
FROM_THE_TOP = ("amount", "findings", "unknowns")
"""What is read from the most downwards at the first click."""
KEPT = ("whose", "status", "stage", "severity", "text", "silent", "lesson", "sort", "down")


def lists_of(member: Member) -> DealLists:
    """The lists of what a member may see, as the deals stand today."""
    review_today()
    return DealLists(access.deals_seen_by(member), member.user_id, member.team_id)


def own(member: Member) -> Whose:
    """Which deals are a member's own business: a rep's are theirs, a manager's the team's."""
    homes: dict[str, Whose] = {"rep": "mine", "manager": "team"}
    return homes.get(member.role, "all")


@require_GET
def deals(request: HttpRequest) -> HttpResponse:
    """The table, or with ?format=csv all of it as a file."""
    member = access.here(request)
    lists, wanted = lists_of(member), wanted_of(request, member)
    today = timezone.localdate()
    if request.GET.get("format") == "csv":
        file = HttpResponse("\ufeff" + table_csv(lists, wanted, today), content_type="text/csv; charset=utf-8")
        file["Content-Disposition"] = f'attachment; filename="deals-{today.isoformat()}.csv"'
        return file
    table = deal_table(lists, wanted, today, _number(request.GET.get("page")) or 1)
    shown = {"table": table, "wanted": wanted, "member": member, **_around(request, member, wanted, table.page)}
    part = bool(getattr(request, "htmx", False)) and not request.htmx.boosted  # type: ignore[attr-defined]
    return render(request, "deals/part.html" if part else "deals/deals.html", shown | {"part": part})


def _around(request: HttpRequest, member: Member, wanted: Wanted, page: int) -> dict[str, Any]:
    """What stands around the table: filters, the way to other pages of it, saved views."""
    query = _query(wanted)
    return {
        "choices": {"whose": WHOSE, "status": STATUS, "severity": SEVERITY, "silent": SILENT, "sort": COLUMNS},
        "lessons": titles(ledger()),
        "columns": [_column(name, called, wanted) for name, called in COLUMNS],
        "query": query,
        "csv": f"?{query}&format=csv",
        "before": f"?{query}&page={page - 1}",
        "next": f"?{query}&page={page + 1}",
        "views": SavedView.objects.filter(user=member.user, page="deals"),
        "filtered": any(
            (wanted.stage, wanted.severity, wanted.text, wanted.silent, wanted.lesson, wanted.status != "open")
        ),
        "narrowed": wanted.whose != "all",
    }


def _column(name: Sort, called: str, wanted: Wanted) -> dict[str, Any]:
    """A column's heading, and where a click on it leads: the other way round where the table is sorted by it."""
    here = wanted.sort == name
    down = not wanted.down if here else name in FROM_THE_TOP
    turned = {**_parameters(wanted), "sort": name, "down": "1" if down else "0"}
    way = ("descending" if wanted.down else "ascending") if here else ""
    return {"name": name, "called": called, "url": "?" + urlencode(turned), "sorted": way, "number": name == "amount"}


def wanted_of(request: HttpRequest, member: Member) -> Wanted:
    """What an address asks for; whatever it does not say, or says wrongly, is as on first sight."""
    given = request.GET
    sort = given.get("sort", "findings")
    return Wanted(
        whose=cast(Whose, _one_of(given.get("whose"), get_args(Whose), own(member))),
        status=cast(Status, _one_of(given.get("status"), get_args(Status), "open")),
        stage=given.get("stage", "")[:200],
        severity=cast(Any, _one_of(given.get("severity"), ("high", "medium", "low", "none"), "")),
        text=given.get("text", "").strip()[:100],
        silent=_number(given.get("silent")),
        lesson=given.get("lesson", "")[:100],
        sort=cast(Sort, sort if sort in SORTS else "findings"),
        down=given.get("down", "1") != "0",
    )


def _one_of(given: str | None, known: tuple[str, ...], otherwise: str) -> str:
    return given if given in known else otherwise


def _number(given: str | None) -> int | None:
    return int(given) if given and given.isdecimal() and len(given) < 5 else None


def _parameters(wanted: Wanted) -> dict[str, str]:
    told = {name: getattr(wanted, name) for name in KEPT if name != "down"}
    return {name: str(value) for name, value in told.items() if value} | {"down": "1" if wanted.down else "0"}


def _query(wanted: Wanted) -> str:
    return urlencode(_parameters(wanted))


@require_POST
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep the table's address under a name, or forget the view that `delete` numbers. Views are one's own."""
    member = access.here(request)
    mine = SavedView.objects.filter(user=member.user, page="deals")
    gone = _number(request.POST.get("delete"))
    if gone is not None:
        mine.filter(pk=gone).delete()
        return redirect("deals")
    name = request.POST.get("name", "").strip()[:100]
    told = [(key, value) for key, value in parse_qsl(request.POST.get("query", "")) if key in KEPT]
    if name:
        SavedView.objects.update_or_create(
            user=member.user, page="deals", name=name, defaults={"query": urlencode(told)}
        )
        messages.success(request, f"Saved as '{name}'.")
    else:
        messages.error(request, "Give the view a name first.")
    return HttpResponseRedirect(f"{reverse('deals')}?{urlencode(told)}")
