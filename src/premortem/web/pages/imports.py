"""Import: where files are dropped, and what came in so far."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, TooManyFilesSent
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from premortem.records.firm.models import Member, Upload
from premortem.web import access, tasks
from premortem.web.deal_homes import WORKS
from premortem.web.export_upload import may_bring_exports
from premortem.web.pages.import_export import keep_preview
from premortem.web.pages.import_upload import KINDS, STATES, WORKING, drop
from premortem.web.receiving import (
    MOST_BYTES,
    TOO_LARGE,
    TOO_MANY,
    KeepFolders,
    Refused,
    lay_down,
    named_briefly,
    read_away,
    too_large,
)

KEPT = timedelta(days=7)
"""How long a preview waits for an answer before its files are deleted."""
MOST_CHOICES = 500


@csrf_exempt  # checked below, once the files are told to keep their folders; reading the form comes before either
@require_http_methods(["GET", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """What came in so far, and where to drop more."""
    if request.method == "POST":
        if too_large(request):
            read_away(request)
            messages.error(request, TOO_LARGE)
            return _on_to(request, reverse("import"))
        request.upload_handlers = [KeepFolders(request)]
        try:
            request.POST  # noqa: B018  reads the form
        except TooManyFilesSent:
            messages.error(request, TOO_MANY)
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
            "may_exports": may_bring_exports(member),
            "deals": _choices(member) if member.role in WORKS else [],
            "most": MOST_CHOICES,
            "most_bytes": MOST_BYTES,
            "too_large": TOO_LARGE,
            "chosen": request.GET.get("deal", ""),
            "uploads": [(one, STATES[one.state], KINDS[one.kind]) for one in mine],
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
    sweep()
    files = [*request.FILES.getlist("files"), *request.FILES.getlist("folder")]
    try:
        folder = lay_down(files)
    except Refused as refused:
        messages.error(request, str(refused))
        return _on_to(request, reverse("import"))
    given = {"folder": str(folder), "files": named_briefly(files), "deal": deal}
    upload = Upload.objects.create(user=member.user, moved_at=timezone.now(), **given)
    transaction.on_commit(lambda: tasks.read_upload.enqueue(upload.pk))
    return _on_to(request, reverse("upload", args=[upload.pk]))


def _on_to(request: HttpRequest, place: str) -> HttpResponse:
    """On to a page: a script that sent dropped files is told where, since it can't be led there."""
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(status=204, headers={"HX-Redirect": place})
    return redirect(place)


def sweep() -> None:
    """Delete the files of previews that nobody answered, names of files, and rows that nobody mended: they name people.

    Of an import that stopped half written the files stay: it goes on from them.
    """
    past = Upload.objects.filter(made_at__lt=timezone.now() - KEPT)
    for upload in past.filter(state__in=("previewed", "failed")):
        drop(upload)
    past.exclude(files="").exclude(state__in=WORKING).update(files="")
    for upload in past.filter(state="done", kind="export", preview__told__left_out__0__isnull=False):
        upload.preview["told"]["left_out"] = []
        keep_preview(upload)
