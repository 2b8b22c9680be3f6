"""Import: files come in, a preview tells what they would add, and nothing is written until somebody takes it in."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
from django.contrib import messages
from django.core.exceptions import PermissionDenied, TooManyFilesSent
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from premortem.acts.preview import FileLine, Preview
from premortem.acts.undo_import import TouchBrought, touches_brought, undo_import
from premortem.records.firm.models import Member, Upload
from premortem.web import access, tasks
from premortem.web.ledger import ledger
from premortem.web.receiving import KeepFolders, Refused, forget, lay_down, too_large

WORKS = ("rep", "manager", "admin")
"""The roles that may bring in deals."""
KEPT = timedelta(days=7)
"""How long a preview waits for an answer before its files are deleted."""
STUCK = timedelta(minutes=3)
"""After how long without a word the work on an upload counts as stopped."""
MOST_CHOICES = 500
FILES_A_PAGE = 100
SHOWN_FIRST = 200
STATES = {
    "reading": "being read",
    "previewed": "waits for your yes",
    "importing": "being taken in",
    "done": "taken in",
    "failed": "not taken in",
    "dropped": "dropped",
}


@csrf_exempt  # checked below, once the files are told to keep their folders; reading the form comes before either
@require_http_methods(["GET", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """What came in so far, and where to drop more."""
    if request.method == "POST":
        if too_large(request):
            messages.error(request, "This is more than 200 MB. Import it in parts, or without attachments.")
            return _on_to(request, reverse("import"))
        request.upload_handlers = [KeepFolders(request)]
        try:
            request.POST  # noqa: B018  reads the form
        except TooManyFilesSent:
            messages.error(request, "These are more than 5,000 files. Import them in parts.")
            return _on_to(request, reverse("import"))
    return _imports(request)


@csrf_protect
def _imports(request: HttpRequest) -> HttpResponse:
    member = access.here(request)
    if request.method == "POST":
        return _receive(request, member)
    mine = Upload.objects.filter(user=member.user).defer("preview").order_by("-pk")[:20]
    return render(
        request,
        "imports/imports.html",
        {
            "may": member.role in WORKS,
            "deals": _choices(member) if member.role in WORKS else [],
            "most": MOST_CHOICES,
            "chosen": request.GET.get("deal", ""),
            "uploads": [(one, STATES[one.state]) for one in mine],
        },
    )


def _choices(member: Member) -> list[dict[str, Any]]:
    """The deals to which single files may be added: open ones, the latest first."""
    found = access.deals_seen_by(member).filter(status="open").order_by("-last_touch_at")
    return [dict(one) for one in found.values("deal", "name", "account")[:MOST_CHOICES]]


def _receive(request: HttpRequest, member: Member) -> HttpResponse:
    if member.role not in WORKS:
        raise PermissionDenied
    deal = request.POST.get("deal_id", "").strip() or request.POST.get("deal", "")
    if deal:
        access.change(request, deal)
    _sweep()
    try:
        folder = lay_down([*request.FILES.getlist("files"), *request.FILES.getlist("folder")])
    except Refused as refused:
        messages.error(request, str(refused))
        return _on_to(request, reverse("import"))
    upload = Upload.objects.create(user=member.user, folder=str(folder), deal=deal, moved_at=timezone.now())
    transaction.on_commit(lambda: tasks.read_upload.enqueue(upload.pk))
    return _on_to(request, reverse("upload", args=[upload.pk]))


def _on_to(request: HttpRequest, place: str) -> HttpResponse:
    """On to a page: a script that sent dropped files is told where, since it can't be led there."""
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(status=204, headers={"HX-Redirect": place})
    return redirect(place)


def _sweep() -> None:
    """Delete the files of previews that nobody answered."""
    over = Upload.objects.filter(state__in=("previewed", "failed"), made_at__lt=timezone.now() - KEPT)
    for upload in over:
        _drop(upload)


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, number: int) -> HttpResponse:
    """One upload: how far it is, what it would add, what it added."""
    member = access.here(request)
    found = get_object_or_404(Upload, pk=number)
    if found.user_id != member.user_id and member.role != "admin":
        raise Http404
    if request.method == "POST":
        _decide(request, found, member)
        return redirect("upload", number)
    shown = {"upload": found, "state": STATES[found.state], "stuck": _stuck(found), **_inside(request, found, member)}
    return render(request, f"imports/{'progress' if request.htmx else 'upload'}.html", shown)  # type: ignore[attr-defined]


def _stuck(upload: Upload) -> bool:
    told = upload.moved_at or upload.made_at
    return upload.state in ("reading", "importing") and timezone.now() - told > STUCK


def _decide(request: HttpRequest, upload: Upload, member: Member) -> None:
    """Do what a button asks for, if the upload is where that can be done: of two presses, one counts."""
    match request.POST.get("do"):
        case "take" if _move(upload, ("previewed",), "importing", taken_at=timezone.now()):
            tasks.take_in.enqueue(upload.pk)
        case "drop" if upload.state in ("previewed", "failed"):
            _drop(upload)
            messages.success(request, "Dropped. Nothing of it was kept.")
        case "again" if upload.state == "failed" or _stuck(upload):
            _again(upload)
        case "undo" if upload.state == "done":
            _undo(request, upload, member)
        case _:
            messages.error(request, "That can't be done any more: somebody was faster, or it is done already.")


def _move(upload: Upload, states: tuple[str, ...], to: str, **given: Any) -> bool:
    found = Upload.objects.filter(pk=upload.pk, state__in=states)
    return found.update(state=to, says="", done=0, of=0, moved_at=timezone.now(), **given) == 1


def _again(upload: Upload) -> None:
    if upload.taken_at is None:
        if _move(upload, ("failed", "reading"), "reading"):
            tasks.read_upload.enqueue(upload.pk)
    elif _move(upload, ("failed", "importing"), "importing"):
        tasks.take_in.enqueue(upload.pk)


def _drop(upload: Upload) -> None:
    if Upload.objects.filter(pk=upload.pk, state=upload.state).update(state="dropped", preview={}):
        forget(Path(upload.folder))


def _undo(request: HttpRequest, upload: Upload, member: Member) -> None:
    """Take back the touches that are marked, each in its deal."""
    assert upload.taken_at is not None
    marked, back = set(request.POST.getlist("touch")), 0
    for deal in (str(one["deal"]) for one in upload.preview["done"]):
        if access.may_change(member, deal):
            back += undo_import(
                ledger(), deal, upload.taken_at, member.user.get_username(), timezone.now(), only=marked
            )
    if not back:
        messages.error(request, "Mark the touches to take back first.")
        return
    tasks.review_all.enqueue()
    messages.success(request, f"Taken back: {back} touch{'es' if back > 1 else ''}. Nothing of them counts any more.")


def _inside(request: HttpRequest, upload: Upload, member: Member) -> dict[str, Any]:
    """What an upload's page shows in the state that it is in."""
    if upload.state == "previewed":
        told = msgspec.convert(upload.preview, Preview)
        adds = sum(one.entries for one in told.deals)
        return {"preview": told, "adds": adds, "facts": sum(one.facts for one in told.deals), **_files(request, told)}
    if upload.state == "done":
        return {"brought": _brought(upload, member)}
    return {}


def _files(request: HttpRequest, told: Preview) -> dict[str, Any]:
    """The files row by row, a page at a time, those left out first."""
    rows: list[tuple[str, FileLine]] = [(deal.name, line) for deal in told.deals for line in deal.files]
    rows += [("", line) for line in told.stray]
    order = ("left_out", "new", "anew", "known")
    rows.sort(key=lambda row: order.index(row[1].became))
    page = Paginator(rows, FILES_A_PAGE).get_page(request.GET.get("page"))
    people = [(deal.name, one) for deal in told.deals for one in deal.people]
    left = sum(line.became == "left_out" for _, line in rows)
    read = sum(line.became in ("new", "anew") for _, line in rows)
    counts = {"read": read, "left": left, "known": len(rows) - left - read}
    return {"rows": page, "people": people[:SHOWN_FIRST], "people_found": len(people), **counts}


def _brought(upload: Upload, member: Member) -> list[dict[str, Any]]:
    """What was taken in, deal by deal; of the first deals, their touches, which can be taken back."""
    done: list[dict[str, Any]] = upload.preview["done"]
    seen = {row.deal: row for row in access.deals_seen_by(member).filter(deal__in=[one["deal"] for one in done[:500]])}
    brought = []
    for number, one in enumerate(done):
        row = seen.get(one["deal"])
        touches: list[TouchBrought] = []
        if number < 20 and row is not None and upload.taken_at is not None:
            touches = touches_brought(ledger(), row.deal, upload.taken_at)
        may = row is not None and access.may_change(member, row.deal)
        brought.append({**one, "row": row, "brought": touches, "may": may})
    return brought
